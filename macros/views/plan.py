"""What the plan, the teams and the reference pages show."""

from __future__ import annotations

from itertools import groupby

from macros.model.base import LEVELS
from macros.model.plan import Plan, Task, Week
from macros.model.practice import Prompt
from macros.model.reference import GRADE_WORDS, Figure, Post, ReadingGroup, Source, Team, Term, Track
from macros.views import markdown
from macros.views.page import source_line
from macros.views.view import View, date, grade, levels


def plan(view: View, id: str) -> str:
    """A plan week by week, every task a box to tick with minutes, output and the place to do it."""
    row = view.catalog.get(id, Plan)
    return markdown.blocks(view.text(row.intro), *(_week(view, week) for week in row.weeks))


def _week(view: View, week: Week) -> str:
    tasks = {day.day: [view.catalog.get(id, Task) for id in day.tasks] for day in week.days}
    total = _minutes(view, [task for day in tasks.values() for task in day])
    return markdown.blocks(
        markdown.heading(2, week.title, week.id, row=True),
        f"{view.text(week.goal)} *Up to {total // 60} h {total % 60:02d} min.*",
        *(_day(view, number, rows) for number, rows in tasks.items()),
    )


def _day(view: View, number: int, tasks: list[Task]) -> str:
    minutes = _minutes(view, tasks)
    return markdown.blocks(
        f"**Day {number}** · {minutes} min\n" + markdown.attributes(classes=["hp-day"]),
        markdown.bullets((task_line(view, task) for task in tasks), (task.id for task in tasks)),
    )


def _minutes(view: View, tasks: list[Task]) -> int:
    """The longest any reader spends on `tasks`: nobody does those of another track or level."""
    tracks = [track.id for track in view.catalog.all(Track)]
    return max(
        sum(task.minutes for task in tasks if level in task.levels and (not task.tracks or track in task.tracks))
        for level in LEVELS
        for track in tracks
    )


def task_line(view: View, task: Task) -> str:
    """One task: a box to tick, minutes, output, the place to do it, and for whom it is."""
    extra = [f"{task.minutes} min", f"output: {view.text(task.output)}", view.link(task.at)]
    if task.levels != LEVELS:
        extra.append(levels(task.levels))
    if task.tracks:
        extra.append("tracks: " + ", ".join(view.link(track) for track in task.tracks))
    return f'{markdown.checkbox(task.id, view.text(task.do))} <span class="hp-task">{" · ".join(extra)}</span>'


def tracks(view: View) -> str:
    """The tracks: which topics go deep for which teams, and why."""
    rows = view.catalog.all(Track)
    return markdown.table(
        ("Track", "For", "Go deep on", "Why"),
        [
            (
                f"**{view.text(row.title)}**",
                ", ".join(view.link(team) for team in row.teams) or "any team",
                ", ".join(view.link(id) for id in (*row.topics, *row.components)),
                view.text(row.because),
            )
            for row in rows
        ],
        [row.id for row in rows],
        widths=(20, 25, 20, 35),
    )


def teams(view: View) -> str:
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


def _prompts_of(view: View, team: str) -> list[Prompt]:
    return [prompt for prompt in view.catalog.all(Prompt) if team in prompt.teams]


def _posts(view: View, posts: tuple[Post, ...]) -> str:
    def line(post: Post) -> str:
        source = view.catalog.get(post.source, Source)
        name = f"[{source.title}]({source.url})" if source.url else source.title
        return f"{name}, {source.publisher}, {date(source.date)}. {view.text(post.why)}"

    return markdown.bullets(line(post) for post in posts)


def reading_list(view: View) -> str:
    """The reading list by group."""
    return markdown.blocks(
        *(
            markdown.blocks(
                markdown.heading(2, row.title, row.id, row=True), view.text(row.intro), _posts(view, row.posts)
            )
            for row in view.catalog.all(ReadingGroup)
        )
    )


def figures(view: View) -> str:
    """Every figure with its year and source."""
    rows = view.catalog.all(Figure)
    return markdown.table(
        ("Figure", "Of what", "Year", "Source"),
        [
            (
                f"**{row.value}**",
                f"{view.text(row.what)} {view.text(row.note or '')}".strip(),
                str(row.year),
                view.cite(*row.sources),
            )
            for row in rows
        ],
        [row.id for row in rows],
        widths=(25, 35, 10, 30),
    )


def source_list(view: View) -> str:
    """Every source by grade, newest first."""
    parts = []
    rows = sorted(view.catalog.all(Source), key=lambda row: list(GRADE_WORDS).index(row.grade))
    for name, group in groupby(rows, key=lambda row: row.grade):
        ordered = sorted(group, key=lambda row: (row.date if row.date != "undated" else "0", row.id), reverse=True)
        parts += [
            markdown.heading(2, GRADE_WORDS[name], f"sources-{name}"),
            markdown.bullets((source_line(view, row.id) for row in ordered), (row.id for row in ordered)),
        ]
    return markdown.blocks(*parts)


def _where(view: View, row: Term) -> str:
    """Where a term is taught; for one that is not, the rows that use it."""
    if row.taught:
        return f" → {_taught(view, row.taught, row.at)}"
    return f" See {', '.join(view.link(id) for id in row.see)}." if row.see else ""


def _taught(view: View, taught: str, at: str | None) -> str:
    """A link to the row, the page or the heading that teaches a term."""
    if not at:
        return view.link(taught)
    page = view.catalog.pages[view.catalog.homes[taught].page]
    title = next(heading.title for heading in page.headings if heading.id == at)
    target, _, _ = view.target(taught).partition("#")
    return f"[{title}]({target}#{at})"


def glossary(view: View, area: str) -> str:
    """The terms of one part of the alphabet, in its order."""
    rows = sorted((row for row in view.catalog.all(Term) if row.area == area), key=lambda row: row.term.lower())
    return markdown.definitions(
        (
            (
                row.term + (f" ({', '.join(row.also)})" if row.also else ""),
                f"{view.text(row.means)}{_where(view, row)}",
            )
            for row in rows
        ),
        [row.id for row in rows],
    )
