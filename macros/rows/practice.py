"""The question bank: prompts as they are said, with what a round over them tends to ask and what a listener ticks."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Literal, get_args

from pydantic import Field, model_validator

from macros.rows.base import AnyId, LevelName, LocatedError, Part, PlainLabel, SourceId, TeamId, Titled, TopicId
from macros.rows.kinds import kind
from macros.rows.markup import Line, Say, Text, Year
from macros.rows.sources import Grade
from macros.rows.walkthrough import Walk, check_steps

Area = Literal[
    "platform", "traffic", "operations", "storage", "classics", "tickets", "streaming", "playback", "delivery", "live",
    "clients", "phones", "languages", "games", "home", "members", "data", "ranking", "models", "experiments", "ads",
    "ad-breaks", "ad-business", "ad-reporting", "money", "encoding", "studio",
]  # fmt: skip
AREAS: tuple[Area, ...] = get_args(Area)  # in the order of their pages


class Question(Part):
    """A question the prompt deserves before anything is drawn, and what the answer changes."""

    ask: Line
    changes: Text


class Option(Part):
    """One way to build the hard part: when it is right, also where it is not our choice, and what it costs."""

    name: Line
    right: Line = Field(description="When this is the right choice")
    price: Line


class FollowUp(Part):
    """What an interviewer asks at a minute of the hour, and what they listen for."""

    minute: Annotated[int, Field(ge=0, le=55)]
    step: Line | None = Field(None, description="Name of the step of the walk that it tests")
    asks: Line
    listens_for: Text
    forces_change: Annotated[bool, PlainLabel("The requirement changes")] = Field(
        False, description="True for the one that changes a requirement"
    )


class Ticks(Part):
    """What a listener hears at one level: a hit, a part of it, a miss."""

    hit: Text
    partial: Text
    miss: Text


@kind(
    file="prompts/*.yml",
    prefix="prompt-",
    where='`prompts("AREA")`',
    says=(("", "says"),),
    search=("Practice", 1.2),
    related=True,
    image=True,
)
class Prompt(Titled):
    """One prompt of the design round. `year` and `levels` are those of the report, left out where it has none."""

    typed: tuple[Line, ...] = Field((), description="What people type who look for it; only the search reads it")
    says: Text = Field(description="The prompt as it would be said, in our words")
    also: tuple[Line, ...] = Field((), description="Other wordings, reported or ours, that the same answer serves")
    area: Area
    teams: Annotated[tuple[TeamId, ...], Field(min_length=1)]
    levels: tuple[LevelName, ...] = Field((), description="Levels the report names")
    year: Year | None = Field(None, description="Year of the report, where it names one")
    grade: Grade
    sources: tuple[SourceId, ...] = ()
    questions: Annotated[tuple[Question, ...], Field(min_length=3)]
    walk: Walk
    hard_part: Text
    options: tuple[Option, ...] = Field((), description="The ways to build the hard part side by side, ours last")
    say: Say = Field(description="One spoken sentence: the hard part, the choice and its price")
    follow_ups: Annotated[tuple[FollowUp, ...], Field(min_length=4)]
    l4: Ticks
    l5: Ticks
    l6: Ticks
    deeper: tuple[Text, ...] = Field((), description="Sums and edge cases, folded")
    topics: Annotated[tuple[TopicId, ...], Field(min_length=1)]
    see: Annotated[tuple[AnyId, ...], Field(min_length=2)] = Field(description="The rows to read before trying again")

    @property
    def other_names(self) -> tuple[str, ...]:
        """Its other wordings, and what else is typed for it."""
        return (*self.also, *self.typed)

    @property
    def for_levels(self) -> tuple[LevelName, ...]:
        """The levels that its report names."""
        return self.levels

    @model_validator(mode="after")
    def _can_be_run(self) -> Prompt:
        if self.grade != "ours" and not self.sources:
            raise ValueError("a reported prompt needs its source; grade it 'ours' if we wrote it")
        minutes = [one.minute for one in self.follow_ups]
        for index, (earlier, later) in enumerate(pairwise(minutes), 1):
            if later <= earlier:
                loc = ("follow_ups", index, "minute")
                raise LocatedError(loc, f"minute {later} comes after minute {earlier}; follow-ups stand in their order")
        if sum(one.forces_change for one in self.follow_ups) != 1:
            raise ValueError("exactly one follow-up changes a requirement; set forces_change: true on it")
        check_steps(self.walk, self.follow_ups, "follow_ups")
        return self


@kind(file="hour.yml", prefix="hour-", where="`hour()`; every text that names a minute follows it")
class Phase(Titled):
    """A part of the design round; `begins` and `ends` are minutes. Every text that names a minute follows it."""

    begins: Annotated[int, Field(ge=0, le=60)]
    ends: Annotated[int, Field(ge=1, le=60)]
    candidate: Text
    interviewer: Text
    changes: bool = Field(False, description="True for the one in which a requirement changes")
