"""What the first page shows: the choice of a plan, the topics as cards, the components, two answers, what is inside."""

from __future__ import annotations

import html
import posixpath
from collections import Counter
from collections.abc import Iterable

from macros.planner import LENGTHS
from macros.rows.base import LEVELS
from macros.rows.markup import first_sentence, plain
from macros.rows.mistakes import Mistake
from macros.rows.teams import Track
from macros.rows.topic import Component, Topic
from macros.views import markdown
from macros.views.icons import icon
from macros.views.pictures import outline
from macros.views.registry import NOTHING, macro, names_of
from macros.views.render_context import RenderContext

_USUAL = {"level": "l5", "weeks": 4, "hours": 6}  # what My plan takes where its address says nothing

# Kinds of rows that a reader would count, with the word for many, in the order in which they are shown.
_COUNTED = {
    "topic": "topics",
    "component": "components",
    "prompt": "prompts",
    "decision": "decisions",
    "failure-mode": "failure modes",
    "probe": "probes",
    "term": "terms",
    "picture": "pictures",
    "source": "sources",
}


@macro(plain=NOTHING)
def plan_chooser(view: RenderContext) -> str:
    """Level, team and time, which lead to My plan; it reads them from its address."""
    levels = "".join(
        f'<label><input type="radio" name="level" value="{name}"{" checked" if name == _USUAL["level"] else ""}>'
        f'<strong class="hp-level hp-level-{name}">{name.upper()}</strong></label>'
        for name in LEVELS
    )
    tracks = [(track.id.removeprefix("track-"), plain(track.title)) for track in view.catalog.all(Track)]
    lengths = [(str(weeks), _long(weeks)) for weeks in reversed(LENGTHS)]
    # The page with the plan itself; a page has no row to be named by.
    plan = next(page for page in view.catalog.pages.values() if any(call.name == "my_plan" for call in page.calls))
    action = posixpath.relpath(f"/{plan.url}", f"/{view.page.url}") + "/"
    return (
        # One line of HTML, which both engines pass on untouched. The fields are those of My plan's address, in its order.
        f'<form class="hp-chooser" action="{action}" method="get" aria-label="Choose your plan"><input type="hidden" name="v" value="1">'
        f"<fieldset><legend>Level</legend>{levels}</fieldset>"
        # The last track is for those who do not know theirs yet.
        f"<label>Team {_select('track', tracks, tracks[-1][0])}</label>"
        f"<label>Time {_select('weeks', lengths, str(_USUAL['weeks']))}</label>"
        f'<input type="hidden" name="hours" value="{_USUAL["hours"]}"><button class="hp-go">Show my plan</button></form>'
    )


def _select(name: str, options: Iterable[tuple[str, str]], chosen: str) -> str:
    inside = "".join(
        f'<option value="{value}"{" selected" if value == chosen else ""}>{html.escape(words)}</option>'
        for value, words in options
    )
    return f'<select name="{name}">{inside}</select>'


def _long(weeks: int) -> str:
    return f"{weeks} week{'s' if weeks > 1 else ''}" if weeks else "One evening"


@macro(plain=names_of(Topic))
def topic_cards(view: RenderContext) -> str:
    """Every topic as a card: its name, its hard part in one sentence, the outline of the picture that shows it."""
    return markdown.box(
        "cards",
        markdown.bullets(
            f"{outline(view, row.picture)} **{view.link(row.id)}** {first_sentence(row.hard_part)}"
            for row in view.catalog.all(Topic)
        ),
    )


@macro(plain=names_of(Component))
def component_row(view: RenderContext) -> str:
    """Every component with what it is, in a line."""
    return markdown.box(
        "parts",
        markdown.bullets(
            f"**{view.link(row.id)}** {first_sentence(row.choice)}" for row in view.catalog.all(Component)
        ),
    )


@macro("mistake")
def two_answers(view: RenderContext, id: str) -> str:
    """A mistake as two answers side by side, the weak one and the strong one, and why the weak one loses."""
    row = view.catalog.get(id, Mistake)
    return markdown.blocks(
        markdown.box(
            "two",
            markdown.box("weak", f"{icon('x')} **Weak**", f"“{view.text(row.sounds_like)}”"),
            markdown.box("strong", f"{icon('check')} **Strong**", f"“{view.text(row.say_instead)}”"),
        ),
        f"**Why.** {view.text(row.costs)} This is {view.link(row.id, 'one of')} {len(view.catalog.all(Mistake))} mistakes.",
    )


@macro(plain=NOTHING)
def guide_numbers(view: RenderContext) -> str:
    """How much is inside: rows of the kinds that a reader would count."""
    count = Counter(entry.kind for entry in view.catalog.entries.values())
    return markdown.box(
        "numbers", markdown.bullets(f"**{count[kind]:,}** {words}" for kind, words in _COUNTED.items() if count[kind])
    )
