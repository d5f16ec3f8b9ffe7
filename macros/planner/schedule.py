"""Choose tasks for one reader and pack them into weeks and days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from macros.planner.order import in_order
from macros.planner.shares import Slot, slots
from macros.rows.plan import Task

LENGTHS = (0, 1, 2, 3, 4, 5, 6)  # weeks; 0 is one evening
HOURS = (4, 6, 8, 12)  # a week
EVENING = 120  # minutes; more of them cost sleep
_STUDY_DAYS = {4: 4, 6: 5, 8: 6, 12: 6}  # a week; the seventh day is always free
_FILLED = 0.9  # of a week; the rest is for what takes longer than it should
_FULL = 0.95  # of a week, where one more task would not fit otherwise
_LIGHT = 40  # minutes of a day below which fewer days are better than thin ones


class LeftOut(NamedTuple):
    """A task of the reader's track and level that has no place; `waits_for` is the task left out before it, or ''."""

    task: Task
    waits_for: str


class Schedule(NamedTuple):
    """Weeks of study days of tasks, what was left out, and the minutes that a day and a week may have."""

    weeks: tuple[tuple[tuple[Task, ...], ...], ...]
    left_out: tuple[LeftOut, ...]
    day: int
    week: int

    @property
    def tasks(self) -> tuple[Task, ...]:
        """Every chosen task in the order of the plan."""
        return tuple(task for week in self.weeks for day in week for task in day)


def plan(tasks: Iterable[Task], track: str, level: str, weeks: int, hours: int) -> Schedule:
    """Return the schedule of a reader: `weeks` of LENGTHS at `hours` of HOURS a week. Raises ValueError for others.

    The order of `tasks` is their importance within a phase: what comes first is kept when time is short.
    """
    if weeks not in LENGTHS or hours not in HOURS:
        raise ValueError(f"no plan of {weeks} weeks at {hours} hours a week")
    ordered, phases = in_order([task for task in tasks if is_for(task, track, level)])
    if weeks:
        days, whole = _STUDY_DAYS[hours], hours * 60
        filled, most = int(whole * _FILLED), int(whole * _FULL)
    else:
        days, whole, filled, most = 1, EVENING, EVENING, EVENING
    count = max(weeks, 1)
    demand: dict[str, int] = {}
    for task in ordered:
        demand[phases[task.id]] = demand.get(phases[task.id], 0) + task.minutes
    placed = _place(ordered, phases, slots(demand, count, filled, evening=not weeks), most)
    _use_what_is_free(ordered, phases, placed, count, filled)
    chosen = [[task for task in ordered if placed.get(task.id) == week] for week in range(count)]
    return Schedule(
        weeks=tuple(_days(week, days, whole // days) for week in chosen),
        left_out=_left_out(tasks, track, level, placed),
        day=whole // days,
        week=whole,
    )


def is_for(task: Task, track: str, level: str) -> bool:
    """Whether a task is one for readers of this track and level."""
    return level in task.levels and (not task.tracks or track in task.tracks)


def _place(ordered: Sequence[Task], phases: dict[str, str], all_slots: Sequence[Slot], most: int) -> dict[str, int]:
    """Return the week of each task that finds room: slot by slot, what comes first is taken first.

    A phase of several weeks is spread evenly. A task may go over its slot by half of its minutes, never over its week.
    """
    placed: dict[str, int] = {}
    known = {task.id for task in ordered}
    week, used, carried = -1, 0, 0.0
    for index, slot in enumerate(all_slots):
        if slot.week != week:
            week, used, carried = slot.week, 0, 0.0
        ahead = sum(other.minutes for other in all_slots[index:] if other.phase == slot.phase)
        waiting = [task for task in ordered if phases[task.id] == slot.phase and task.id not in placed]
        room = slot.minutes + carried
        if ahead > slot.minutes:
            room = min(room, sum(task.minutes for task in waiting) * slot.minutes / ahead)
        taken = 0
        for task in waiting:
            ready = all(before in placed for before in task.after if before in known)
            if ready and taken + task.minutes / 2 <= room and used + task.minutes <= most:
                placed[task.id] = week
                taken += task.minutes
                used += task.minutes
        carried += slot.minutes - taken
    return placed


def _use_what_is_free(
    ordered: Sequence[Task], phases: dict[str, str], placed: dict[str, int], count: int, most: int
) -> None:
    """Give tasks without a place the first week with room in which the order of the phases still holds."""
    known = {task.id: task for task in ordered}
    names = list(dict.fromkeys(phases[task.id] for task in ordered))
    used = [sum(known[id].minutes for id, at in placed.items() if at == week) for week in range(count)]
    for task in ordered:
        if task.id in placed or not all(before in placed for before in task.after if before in known):
            continue
        phase = names.index(phases[task.id])
        first = max((at for id, at in placed.items() if names.index(phases[id]) < phase), default=0)
        first = max([first, *(placed[before] for before in task.after if before in known)])
        last = min((at for id, at in placed.items() if names.index(phases[id]) > phase), default=count - 1)
        week = next((week for week in range(first, last + 1) if used[week] + task.minutes <= most), None)
        if week is not None:
            placed[task.id] = week
            used[week] += task.minutes


def _days(tasks: Sequence[Task], days: int, budget: int) -> tuple[tuple[Task, ...], ...]:
    """Return a week's tasks on its study days, as evenly as their order lets them be.

    Of all ways to cut the row of tasks into days, the one with the least sum of squared minutes; without its longest
    task no day is over `budget`. There is always one: each task on the day that holds its middle minute.
    """
    total = sum(task.minutes for task in tasks)
    used = min(days, max(1, -(-total // budget), total // _LIGHT))
    best: list[tuple[int, tuple[int, ...]] | None] = [(0, ())] + [None] * len(tasks)  # by how many tasks are placed
    for _ in range(used):
        best = [_with_a_day(tasks, best, end, budget) for end in range(len(tasks) + 1)]
    found = best[-1]
    assert found is not None
    ends = (*found[1], *[len(tasks)] * (days - used))
    return tuple(tuple(tasks[begin:end]) for begin, end in zip((0, *ends), ends, strict=False))


def _with_a_day(
    tasks: Sequence[Task], before: Sequence[tuple[int, tuple[int, ...]] | None], end: int, budget: int
) -> tuple[int, tuple[int, ...]] | None:
    """Return the best cost and ends of days when one more day ends before task `end`, None where there is no way."""
    found, minutes, longest = [], 0, 0
    # From its last task to ever more of them: what is over the budget without its longest task stays over it.
    for begin in range(end, -1, -1):
        if begin < end:
            minutes += tasks[begin].minutes
            longest = max(longest, tasks[begin].minutes)
        if minutes - longest > budget:
            break
        if way := before[begin]:
            found.append((way[0] + minutes**2, (*way[1], end)))
    return min(found, default=None)


def _left_out(tasks: Iterable[Task], track: str, level: str, placed: dict[str, int]) -> tuple[LeftOut, ...]:
    mine = [task for task in tasks if is_for(task, track, level)]
    missing = {task.id for task in mine} - placed.keys()
    return tuple(
        LeftOut(task, next((before for before in task.after if before in missing), ""))
        for task in mine
        if task.id in missing
    )
