"""What the page "My plan" and the list of all tasks show."""

from __future__ import annotations

from macros.model.base import LEVELS
from macros.model.plan import PHASES, Task
from macros.model.reference import Track
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
    lines = [
        f"**{view.text(track.title)}:** {' · '.join(_ready(track, name) for name in LEVELS)}"
        for track in view.catalog.all(Track)
    ]
    return markdown.blocks(
        markdown.box(
            "plan", "To choose here, your browser has to run scripts. If it does not, print a plan from the list below."
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


def every_task(view: View) -> str:
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


def _why(view: View, task: Task) -> str:
    return f'<span class="hp-task">Why: {view.text(task.why)}</span>' if task.why else ""
