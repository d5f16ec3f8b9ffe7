"""What holds of every plan: for every track, level, length and hours on the tasks of the guide, and on random ones."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.catalog import catalog
from macros.planner import HOURS, LENGTHS, LeftOut, Schedule, plan
from macros.planner.order import in_order
from macros.planner.schedule import EVENING, is_for
from macros.rows.base import LEVELS
from macros.rows.plan import PHASES, Task
from tools.site_build import ROOT

TRACKS = ("track-one", "track-two")


def task(id: str, **fields: object) -> Task:
    return Task.model_validate(
        {"id": id, "do": "Do.", "minutes": 45, "output": "A page", "at": "caching", **fields}, strict=False
    )


def faults(tasks: Sequence[Task], track: str, level: str, weeks: int, found: Schedule) -> list[str]:
    """Return what is wrong with a schedule, in words."""
    mine = {one.id: one for one in tasks if is_for(one, track, level)}
    order = [one.id for one in found.tasks]
    at = {id: index for index, id in enumerate(order)}
    wrong = [f"{id}: twice" for id in set(order) if order.count(id) > 1]
    wrong += [f"{id}: of another track or level" for id in order if id not in mine]
    wrong += [
        f"{one.id}: without or before {before}"
        for one in found.tasks
        for before in one.after
        if before in mine and at.get(before, len(at)) > at[one.id]
    ]
    _, phases = in_order(list(mine.values()))
    ranks = [PHASES.index(phases[id]) for id in order if id in phases]
    wrong += ["the phases are out of order"] * (ranks != sorted(ranks))
    for number, week in enumerate(found.weeks, 1):
        whole = sum(one.minutes for day in week for one in day)
        wrong += [f"week {number}: no slack"] * (whole > (found.week if weeks == 0 else found.week * 0.95))
        for day in week:
            minutes = [one.minutes for one in day]
            wrong += [f"week {number}: a day over its budget by more than a task"] * (
                sum(minutes) - max(minutes, default=0) > found.day
            )
    named = [left.task.id for left in found.left_out]
    wrong += ["not every task is placed or named once as left out"] * (sorted([*order, *named]) != sorted(mine))
    wrong += [f"{left.task.id}: waits for what is there" for left in found.left_out if left.waits_for in at]
    return wrong + [f"{max(weeks, 1)} weeks wanted"] * (len(found.weeks) != max(weeks, 1))


@pytest.fixture(scope="module")
def guide() -> catalog.Catalog:
    return catalog.load(ROOT)


@pytest.mark.parametrize("weeks", LENGTHS)
def test_every_plan_of_the_guide_holds(guide: catalog.Catalog, weeks: int) -> None:
    tasks = guide.all("task")
    for track in guide.all("track"):
        for level in LEVELS:
            for hours in HOURS:
                found = plan(tasks, track.id, level, weeks, hours)
                assert faults(tasks, track.id, level, weeks, found) == [], (track.id, level, weeks, hours)
                assert found.tasks, "an empty plan"


MINUTES = st.integers(1, 36).map(lambda five: five * 5)


@st.composite
def random_tasks(draw: st.DrawFn) -> list[Task]:
    """Any tasks: after any others (of later phases, in circles), for any tracks and levels."""
    ids = [f"task-{number}" for number in range(draw(st.integers(0, 40)))]
    return [
        task(
            id,
            minutes=draw(MINUTES),
            phase=draw(st.sampled_from(PHASES)),
            after=tuple(draw(st.lists(st.sampled_from(ids), max_size=2, unique=True))),
            levels=tuple(draw(st.lists(st.sampled_from(LEVELS), min_size=1, unique=True))),
            tracks=tuple(draw(st.lists(st.sampled_from(TRACKS), max_size=2, unique=True))),
        )
        for id in ids
    ]


@settings(max_examples=60, deadline=None)
@given(random_tasks(), st.sampled_from(TRACKS), st.sampled_from(LEVELS))
def test_every_plan_of_any_tasks_holds(tasks: list[Task], track: str, level: str) -> None:
    for weeks in LENGTHS:
        for hours in HOURS:
            found = plan(tasks, track, level, weeks, hours)
            assert faults(tasks, track, level, weeks, found) == []
    assert found == plan(tasks, track, level, weeks, hours)


def test_six_weeks_have_the_parts_of_the_plan() -> None:
    tasks = [task(f"task-{phase}-{n}", phase=phase, minutes=60) for phase in PHASES for n in range(1 if phase == "start" else 10)]  # fmt: skip
    weeks = plan(tasks, "track-one", "l5", 6, 6).weeks
    assert [sorted({one.phase for day in week for one in day}) for week in weeks] == [
        ["depth", "start"], ["depth"], ["aloud"], ["posts"], ["stories"], ["rehearsal"],
    ]  # fmt: skip


def test_an_evening_is_two_hours_whatever_the_week_has() -> None:
    tasks = [task(f"task-{phase}-{n}", phase=phase, minutes=30) for phase in PHASES for n in range(3)]
    found = [plan(tasks, "track-one", "l5", 0, hours) for hours in HOURS]
    assert all(one == found[0] for one in found)
    assert 90 <= sum(one.minutes for one in found[0].tasks) <= EVENING
    assert {one.phase for one in found[0].tasks} >= {"depth", "stories", "rehearsal"}


def test_what_comes_first_is_kept_and_a_task_waits_for_the_one_before_it() -> None:
    tasks = [task("task-a", minutes=180), task("task-b", after=("task-c",)), task("task-c", minutes=175), task("task-d", minutes=30)]  # fmt: skip
    found = plan(tasks, "track-one", "l5", 1, 4)
    assert [one.id for one in found.tasks] == ["task-a", "task-d"]
    assert found.left_out == (LeftOut(tasks[1], "task-c"), LeftOut(tasks[2], ""))


def test_tasks_in_a_circle_are_named_as_left_out() -> None:
    tasks = [task("task-a", after=("task-b",)), task("task-b", after=("task-a",)), task("task-c")]
    found = plan(tasks, "track-one", "l5", 6, 12)
    assert [one.id for one in found.tasks] == ["task-c"]
    assert [left.waits_for for left in found.left_out] == ["task-b", "task-a"]


@pytest.mark.parametrize(("weeks", "hours"), [(7, 6), (-1, 6), (4, 5)])
def test_other_lengths_are_refused(weeks: int, hours: int) -> None:
    with pytest.raises(ValueError, match="no plan of"):
        plan([], "track-one", "l5", weeks, hours)


@pytest.mark.parametrize(
    ("weeks", "fault"),
    [
        (("ab",), "task-a: without or before task-b"),
        (("bb",), "task-b: twice"),
        (("bad",), "a day over its budget by more than a task"),
        (("b", "a", "d"), "weeks wanted"),
        (("bx",), "task-x: of another track or level"),
        (("b",), "not every task is placed or named"),
        (("cb",), "the phases are out of order"),
    ],
)
def test_each_of_these_faults_is_seen(weeks: tuple[str, ...], fault: str) -> None:
    tasks = {
        "a": task("task-a", after=("task-b",)),
        "b": task("task-b"),
        "c": task("task-c", phase="stories"),
        "d": task("task-d", minutes=60),
        "x": task("task-x", levels=("l4",)),
    }
    broken = Schedule(tuple((tuple(tasks[one] for one in week),) for week in weeks), (), 60, 240)
    found = faults(list(tasks.values()), "track-one", "l5", 1, broken)
    assert any(fault in one for one in found), found
