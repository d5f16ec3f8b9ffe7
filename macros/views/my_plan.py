"""What the pages "My plan" and "My progress" and the list of all tasks show."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence

from macros.catalog.page import Page
from macros.rows.base import LEVELS, Row
from macros.rows.levels import Level
from macros.rows.plan import PHASES, Task
from macros.rows.teams import Track
from macros.rows.topic import Topic
from macros.views import markdown
from macros.views.plan import task_line
from macros.views.registry import macro
from macros.views.render_context import RenderContext, level

_TITLES = {
    "start": "Before the first chapter",
    "depth": "Depth",
    "aloud": "Aloud, without notes",
    "posts": "The posts",
    "stories": "Stories",
    "rehearsal": "Rehearsal",
}


@macro()
def my_plan(view: RenderContext) -> str:
    """The place where the script builds the plan, and the ready-made plan of every track and level as plain links."""
    lines = [
        f"**{view.text(track.title)}:** {' · '.join(_ready(track, name) for name in LEVELS)}"
        for track in view.catalog.all(Track)
    ]
    return markdown.blocks(
        markdown.box(
            "plan",
            "To choose here, your browser has to run scripts. If it does not, print a plan from the list below.",
            data_hp_script="plan",
        ),
        markdown.heading(2, "Print a plan for your track and level", "plans-to-print"),
        "Each of these plans takes four weeks, with six hours a week. Find your track and choose your level.",
        markdown.bullets(lines),
    )


def _ready(track: Track, name: str) -> str:
    """A link whose address `finish` fills in: the page is written there, and engines treat an address in HTML differently.

    The heading says what the list is for, so a link shows its level only; its name for a screen reader says it all.
    """
    words = f"{track.title}, {name.upper()}"
    return f'<a data-hp-ready="{track.id.removeprefix("track-")}-{name}.html" aria-label="{words}, to print">{name.upper()}</a>'


@macro()
def my_progress(view: RenderContext) -> str:
    """Where the plan and each checklist stand; in a browser the script puts in what is next and how much is done."""
    levels = view.catalog.all(Level)
    return markdown.blocks(
        markdown.heading(2, "What is next in your plan", "progress-next"),
        markdown.box(
            "progress",
            f"Choose a plan in {_to_call(view, 'my_plan', (), 'My plan')}. {_count('0 tasks', 1, 'Your plan: tasks done')}"
            f"\n{markdown.attributes(data_hp_part='plan')}",
            f"The first task that you have not ticked then stands here.\n{markdown.attributes(data_hp_part='task')}",
            data_hp_script="plan-overview",
        ),
        markdown.heading(2, "Your level", "progress-level"),
        markdown.bullets(_level(view, index) for index in range(len(levels))),
        markdown.heading(2, "Your topics", "progress-topics"),
        markdown.bullets(
            f"{view.link(topic.checklist[0].id, topic.title)} {_boxes(topic.checklist, topic.title)}"
            for topic in view.catalog.all(Topic)
        ),
    )


def _level(view: RenderContext, index: int) -> str:
    levels = view.catalog.all(Level)[: index + 1]
    row, names = levels[-1], [one.name for one in levels]
    below = f"{', '.join(names[:-1])} and " if names[:-1] else ""
    rule = f"every box of {below}{row.name} is ticked."
    return (
        f"{level(row.id)} {_to_call(view, 'self_check', (row.id,), f'Self-check at {row.name}')}. "
        f'You are ready at {row.name} <span data-hp-rule="{rule}">when {rule}</span> '
        f"{_boxes(row.rubric, row.name)}"
    )


def _boxes(rows: Sequence[Row], name: str) -> str:
    return _count(f"{len(rows)} boxes", len(rows), f"{name}: boxes ticked", [row.id for row in rows])


def _count(words: str, end: int, label: str, ids: Sequence[str] = ()) -> str:
    """How many there are, and a bar for those that are done, seen where scripts run; the script finds the `ids` here."""
    boxes = f' data-hp-boxes="{" ".join(ids)}"' if ids else ""
    bar = f'<progress max="{end}" value="0" aria-label="{label}"{boxes}></progress>'
    return f'<span class="hp-count">{bar} <span data-hp-count>{words}</span></span>'


def _to_call(view: RenderContext, name: str, args: tuple[str, ...], words: str) -> str:
    """A link to the section in which a page calls a macro."""
    page, line = next(
        (page, call.line)
        for page in view.catalog.pages.values()
        for call in page.calls
        if (call.name, call.args) == (name, args)
    )
    return f"[{words}]({_section(view, page, line)})"


def _section(view: RenderContext, page: Page, line: int) -> str:
    title, *before = [heading.id for heading in page.headings if heading.line < line]
    path = posixpath.relpath(page.path, posixpath.dirname(view.page.path) or ".") if page != view.page else ""
    return path + (f"#{before[-1]}" if before else "" if path else f"#{title}")


@macro(homes="kind:task")
def every_task(view: RenderContext) -> str:
    """Every task by its part of the plan, a box to tick with its reason, minutes, output and the place to do it."""
    parts = []
    for phase in PHASES:
        tasks = [task for task in view.catalog.all(Task) if task.phase == phase]
        if tasks:
            lines = (f"{task_line(view, task)} {_why(view, task)}" for task in tasks)
            parts += [
                markdown.heading(2, _TITLES[phase], f"tasks-{phase}"),
                markdown.bullets(lines, (task.id for task in tasks)),
            ]
    return markdown.blocks(*parts)


def _why(view: RenderContext, task: Task) -> str:
    return f'<span class="hp-task">Why: {view.text(task.why)}</span>' if task.why else ""
