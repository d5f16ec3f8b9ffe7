"""What the page "My plan" and the list of all tasks show."""

from __future__ import annotations

from typing import Any

from macros.model.base import LEVELS
from macros.model.plan import PHASES
from macros.views import markdown
from macros.views.plan import task_line
from macros.views.view import View

_TITLES = {
    "start": "Before the first chapter",
    "depth": "Depth",
    "aloud": "Aloud, without notes",
    "posts": "The posts",
    "stories": "Stories",
    "rehearsal": "Rehearsal",
}


def my_plan(view: View) -> str:
    """The place where the script builds the plan, and the ready-made plan of every track and level as plain links."""
    rows = [(view.text(track.title), *(_ready(track, name) for name in LEVELS)) for track in view.catalog.all("track")]
    return markdown.blocks(
        markdown.box("plan", "Choosing, dates and ticks need a script. Without one, take a ready-made plan below."),
        markdown.heading(2, "Ready to print", "plans-to-print"),
        "Four weeks at six hours a week, one page for each track and level. They need no script.",
        markdown.table(("Track", *(name.upper() for name in LEVELS)), rows, widths=(40, 20, 20, 20)),
    )


def _ready(track: Any, name: str) -> str:
    """A link whose address `finish` fills in: the page is written there, and engines treat an address in HTML differently."""
    words = f"{track.title}, {name.upper()}"
    return (
        f'<a data-hp-ready="{track.id.removeprefix("track-")}-{name}.html" aria-label="{words}, to print">to print</a>'
    )


def every_task(view: View) -> str:
    """Every task by its part of the plan, a box to tick with its reason, minutes, output and the place to do it."""
    parts = []
    for phase in PHASES:
        tasks = [task for task in view.catalog.all("task") if task.phase == phase]
        if tasks:
            lines = (f"{task_line(view, task)} {_why(view, task)}" for task in tasks)
            parts += [
                markdown.heading(2, _TITLES[phase], f"tasks-{phase}"),
                markdown.bullets(lines, (task.id for task in tasks)),
            ]
    return markdown.blocks(*parts)


def _why(view: View, task: Any) -> str:
    return f'<span class="hp-task">Why: {view.text(task.why)}</span>' if task.why else ""
