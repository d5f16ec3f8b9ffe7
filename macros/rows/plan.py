"""The prep plan: tasks once, plans that arrange them by week and day."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import Field

from macros.rows.base import AnyId, LevelName, Part, PlainLabel, Row, TaskId, Titled, TrackId
from macros.rows.kinds import kind
from macros.rows.markup import Line, Text

Phase = Literal["start", "depth", "aloud", "posts", "stories", "rehearsal"]
PHASES: tuple[Phase, ...] = get_args(Phase)  # in the order in which a plan goes through them
Minutes = Annotated[int, Field(ge=5, le=180)]


@kind(
    file="tasks.yml",
    prefix="task-",
    where="every task; My plan, by its `phase`, `levels`, `tracks` and `after`; within a phase, what stands first in the file is kept when time is short",
    says=(("", "output"),),
    search=("Practice", 0.5),
    ticks=True,
)
class Task(Row):
    """One sitting: what to do, for how long, and the output somebody could see."""

    do: Text
    why: Line | None = Field(None, description="Why this task, in one sentence")
    minutes: Minutes
    output: Line
    phase: Phase = Field("depth", description="The part of the plan it belongs to")
    after: tuple[TaskId, ...] = Field((), description="Tasks that come before it")
    at: Annotated[AnyId, PlainLabel("With")] = Field(description="The row or page this task is done with")
    levels: Annotated[tuple[LevelName, ...], Field(min_length=1)] = ("l4", "l5", "l6")
    tracks: tuple[TrackId, ...] = Field((), description="Empty: for every track")

    @property
    def label(self) -> str:
        """What there is to do."""
        return self.do

    @property
    def for_levels(self) -> tuple[LevelName, ...]:
        """The levels it is for."""
        return self.levels


class Day(Part):
    """One day's tasks. Days count from 1 within the week."""

    day: Annotated[int, Field(ge=1, le=7)]
    tasks: Annotated[tuple[TaskId, ...], Field(min_length=1)]


@kind(called="Week of a plan", search=("Practice", 0.5))
class Week(Titled):
    """One week with one goal."""

    goal: Text
    days: Annotated[tuple[Day, ...], Field(min_length=3)]


@kind(file="plans/*.yml", many=False, where="`docs/plan/`", owns=True, search=("Pages", 2.6))
class Plan(Titled):
    """A whole plan, week by week, ending in a rehearsal."""

    intro: Text
    weeks: Annotated[tuple[Week, ...], Field(min_length=1)]
