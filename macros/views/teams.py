"""What the teams and the reading list show."""

from __future__ import annotations

from macros.rows.practice import Prompt
from macros.rows.sources import Source
from macros.rows.teams import Post, ReadingGroup, Team
from macros.views import markdown
from macros.views.registry import macro
from macros.views.render_context import RenderContext, date, grade


@macro(homes="kind:team")
def teams(view: RenderContext) -> str:
    """Each team: what it does, what to study and which prompts to practise."""
    return markdown.blocks(
        *(
            markdown.blocks(
                markdown.heading(2, row.name, row.id, row=True),
                view.text(row.does),
                markdown.definitions(
                    [
                        ("Study", ", ".join(view.link(id) for id in (*row.topics, *row.components))),
                        ("Practise", ", ".join(view.link(prompt.id) for prompt in _prompts_of(view, row.id))),
                    ]
                ),
                f"**Also worth an hour** {grade('ours')}" if row.further_prompts else "",
                markdown.bullets(view.text(line) for line in row.further_prompts),
                "**Three posts to read**",
                _posts(view, row.posts),
            )
            for row in view.catalog.all(Team)
        )
    )


def _prompts_of(view: RenderContext, team: str) -> list[Prompt]:
    return [prompt for prompt in view.catalog.all(Prompt) if team in prompt.teams]


def _posts(view: RenderContext, posts: tuple[Post, ...]) -> str:
    def line(post: Post) -> str:
        source = view.catalog.get(post.source, Source)
        name = f"[{source.title}]({source.url})" if source.url else source.title
        return f"{name}, {source.publisher}, {date(source.date)}. {view.text(post.why)}"

    return markdown.bullets(line(post) for post in posts)


@macro(homes="kind:reading-group")
def reading_list(view: RenderContext) -> str:
    """The reading list by group."""
    return markdown.blocks(
        *(
            markdown.blocks(
                markdown.heading(2, row.title, row.id, row=True), view.text(row.intro), _posts(view, row.posts)
            )
            for row in view.catalog.all(ReadingGroup)
        )
    )
