"""What a plan shows, its tasks and its tracks."""

from __future__ import annotations

from macros.rows.base import LEVELS
from macros.rows.plan import Plan, Task, Week
from macros.rows.teams import Track
from macros.views import markdown
from macros.views.registry import macro
from macros.views.render_context import RenderContext, levels


@macro("plan", homes="weeks")
def plan(view: RenderContext, id: str) -> str:
    """A plan week by week, every task a box to tick with minutes, output and the place to do it."""
    row = view.catalog.get(id, Plan)
    return markdown.blocks(view.text(row.intro), *(_week(view, week) for week in row.weeks))


def _week(view: RenderContext, week: Week) -> str:
    tasks = {day.day: [view.catalog.get(id, Task) for id in day.tasks] for day in week.days}
    total = _minutes(view, [task for day in tasks.values() for task in day])
    return markdown.blocks(
        markdown.heading(2, week.title, week.id, row=True),
        f"{view.text(week.goal)} *Up to {total // 60} h {total % 60:02d} min.*",
        *(_day(view, number, rows) for number, rows in tasks.items()),
    )


def _day(view: RenderContext, number: int, tasks: list[Task]) -> str:
    """A day in its order: what everybody does, and folded, so that a reader opens one, what each group of tracks does."""
    groups: dict[tuple[str, ...], list[Task]] = {}
    for task in tasks:
        groups.setdefault(task.tracks, []).append(task)
    return markdown.blocks(
        f"**Day {number}** · {_minutes(view, tasks)} min\n" + markdown.attributes(classes=["hp-day"]),
        *(_group(view, tracks, rows) for tracks, rows in groups.items()),
    )


def _group(view: RenderContext, tracks: tuple[str, ...], tasks: list[Task]) -> str:
    lines = (_line(view, task, levels(task.levels) if task.levels != LEVELS else "") for task in tasks)
    shown = markdown.bullets(lines, (task.id for task in tasks))
    if not tracks:
        return shown
    return markdown.box(
        "more",
        f'<summary markdown="span">{_names(view, tracks)}</summary>',
        shown,
        tag="details",
        data_hp_script="late/tracks",
        data_hp_tracks=" ".join(tracks),
    )


def _minutes(view: RenderContext, tasks: list[Task]) -> int:
    """The longest any reader spends on `tasks`: nobody does those of another track or level."""
    tracks = [track.id for track in view.catalog.all(Track)]
    return max(
        sum(task.minutes for task in tasks if level in task.levels and (not task.tracks or track in task.tracks))
        for level in LEVELS
        for track in tracks
    )


def task_line(view: RenderContext, task: Task) -> str:
    """One task: a box to tick, for whom it is, what to do, minutes, output and the place to do it."""
    tracks = f"**{_names(view, task.tracks)}**" if task.tracks else ""
    return _line(view, task, " · ".join(filter(None, [tracks, levels(task.levels) if task.levels != LEVELS else ""])))


def _line(view: RenderContext, task: Task, readers: str) -> str:
    extra = [f"{task.minutes} min", f"output: {view.text(task.output)}", f"page: {view.link(task.at)}"]
    words = f"{readers}: {view.text(task.do)}" if readers else view.text(task.do)
    return f'{markdown.checkbox(task.id, words)} <span class="hp-task">{" · ".join(extra)}</span>'


def _names(view: RenderContext, tracks: tuple[str, ...]) -> str:
    """The tracks by name, or the few that are not among them."""
    names = {track.id: view.text(track.title) for track in view.catalog.all(Track)}
    others = [name for id, name in names.items() if id not in tracks]
    if 0 < len(others) <= 2 < len(tracks):
        return f"All tracks but {' and '.join(others)}"
    return ", ".join(names[id] for id in tracks)


@macro(homes="kind:track")
def tracks(view: RenderContext) -> str:
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
