"""The head and foot of a page, which depend on everything else it shows."""

from __future__ import annotations

import functools
import re

from macros.views import markdown
from macros.views.page import review_due, source_line
from macros.views.registry import NOTHING, REGISTERED, macro
from macros.views.render_context import CITATION, RenderContext, date

_READING_SPEED = 230  # words a minute, an ordinary speed for technical prose
_CITED = re.compile(re.escape(CITATION) + r"\(#cited-([a-z0-9-]+)\)")
# The template, which knows the pages before and after, puts its own in the place of this.
END = '<div class="hp-end"></div>'
_NOT_WORDS = re.compile(r"<svg.*?</svg>|\]\([^)]*\)|\{ [^}]* \}|<[^>]+>")


@functools.lru_cache(maxsize=512)
def render(view: RenderContext, name: str, *args: str) -> str:
    """Return the Markdown of one macro; kept for a page's worth, since head, foot and page ask for the same."""
    return REGISTERED[name].view(view, *args)


@functools.lru_cache(maxsize=1)
def body(view: RenderContext) -> str:
    """Return the Markdown of every macro on the page but its head and foot."""
    calls = [call for call in view.page.calls if not REGISTERED[call.name].last]
    return "\n".join(render(view, call.name, *call.args) for call in calls)


def words(view: RenderContext) -> int:
    """Return how many words a reader meets on the page: its own and those its macros show."""
    return view.page.words + len(_NOT_WORDS.sub(" ", body(view)).split())


def minutes(view: RenderContext) -> int:
    """Return how many minutes the page takes to read, at least one."""
    return max(1, round(words(view) / _READING_SPEED))


@macro(plain=NOTHING, last=True)
def page_head(view: RenderContext) -> str:
    """The three-line summary, reading time, and when the page was and will be reviewed."""
    page = view.page
    due = review_due(page.reviewed, page.review_in)
    parts = [f"{minutes(view)} min read", f"reviewed {date(page.reviewed)}"]
    overdue = view.today > due
    parts.append(
        markdown.mark(f"review overdue since {date(due.isoformat())}", "hp-overdue")
        if overdue
        else f"next review by {date(due.isoformat()[:7])}"
    )
    return markdown.blocks(
        markdown.box("summary", markdown.bullets(page.summary)),
        " · ".join(parts) + "\n" + markdown.attributes(classes=["hp-meta"]),
    )


@functools.lru_cache(maxsize=1)
def cited(view: RenderContext) -> tuple[str, ...]:
    """Return the ids of the sources that the page cites, in the order of their numbers."""
    return tuple(dict.fromkeys(_CITED.findall(body(view))))


def numbered(view: RenderContext, text: str) -> str:
    """Return what a macro of the page shows with the number of each source in place."""
    return _CITED.sub(lambda found: rf"[\[{cited(view).index(found[1]) + 1}\]](#cited-{found[1]})", text)


@macro(plain=NOTHING, last=True)
def page_foot(view: RenderContext) -> str:
    """The place where the page's template leads on, the sources with date and grade, folded, and what was moved away."""
    ids = cited(view)
    moved: dict[str, list[str]] = {}
    for old, target in view.catalog.moved.get(view.page.path, ()):
        moved.setdefault(target, []).append(old)
    return markdown.blocks(
        END,
        markdown.box(
            "more hp-sources",
            f'<summary markdown="span">Sources of this page ({len(ids)})</summary>',
            markdown.bullets((source_line(view, id) for id in ids), (f"cited-{id}" for id in ids), counted=True),
            tag="details",
        )
        if ids
        else "",
        markdown.box(
            "moved",
            "Moved from this page:",
            markdown.bullets(
                "".join(f'<span id="{old}"></span>' for old in more)
                + f"*{view.link(target)}*{markdown.attributes(id=first)}"
                for target, (first, *more) in moved.items()
            ),
        )
        if moved
        else "",
    )
