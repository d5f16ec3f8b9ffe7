"""Topics and stack components: the decisions, failure modes, ladders and probes a reader practises."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from macros.rows.base import (
    LEVELS,
    AnyId,
    ComponentId,
    LevelName,
    Part,
    PictureId,
    PlainLabel,
    Row,
    SourceId,
    TeamId,
    Titled,
    TopicId,
)
from macros.rows.kinds import kind
from macros.rows.markup import Line, Say, Speech, Text, Title, When
from macros.rows.walkthrough import Walk, check_steps


@kind(called="Question to ask first", says=(("", "changes"),), search=("Practice", 0.9), related=True)
class ClarifyingQuestion(Row):
    """A question worth asking first, and what the answer changes."""

    ask: Line
    changes: Text

    @property
    def label(self) -> str:
        """Its question."""
        return self.ask


class Option(Part):
    """One way to decide."""

    name: Title
    what: Text


@kind(
    says=(
        ("", "question"),
        ("In one sentence", "say"),
    ),
    search=("Decisions", 1.4),
    related=True,
    image=True,
)
class Decision(Titled):
    """A choice the design turns on. `separates` is the number or failure that tells the options apart."""

    step: Line | None = Field(None, description="Name of the step of the walk that it belongs to")
    example: Text | None = Field(None, description="A plain example: a member, a title, an evening")
    question: Text
    weaker: Option
    sound: Option
    strong: Option
    separates: Text
    weaker_is_right_when: Text
    say: Say = Field(description="One spoken sentence: the choice and its price")
    deeper: Text | None = Field(None, description="Sums, exceptions and second opinions, folded")
    see: tuple[AnyId, ...] = ()


@kind(says=(("In one sentence", "say"),), search=("Failure modes", 1.3), related=True, image=True)
class FailureMode(Titled):
    """A way the system breaks, told by its six fields."""

    step: Line | None = Field(None, description="Name of the step of the walk where it happens")
    trigger: Text
    member_sees: Text
    first_signal: Text
    degrades: Annotated[Text, PlainLabel("What degrades and what stops")] = Field(
        description="What degrades and what stops"
    )
    recovers: Text
    practise: Text
    say: Say = Field(description="One spoken sentence: what breaks, and what you do")
    deeper: Text | None = Field(None, description="Sums, exceptions and second opinions, folded")
    see: tuple[AnyId, ...] = ()


class Step(Part):
    """What one level adds to a sub-problem, and whether it comes unprompted, with a nudge, or is not expected."""

    does: Text
    how: Annotated[Literal["unprompted", "nudge", "not expected"], PlainLabel("Comes")]


@kind(
    says=tuple((f"At {name.upper()}", f"{name}.does") for name in LEVELS),
    search=("Decisions", 1),
    related=True,
    image=True,
)
class LadderRow(Row):
    """One sub-problem at three levels; each level adds an observable behaviour."""

    problem: Line
    l4: Step
    l5: Step
    l6: Step

    @property
    def label(self) -> str:
        """Its sub-problem."""
        return self.problem


class Bar(Part):
    """The bar for one topic, a paragraph per level."""

    l4: Text
    l5: Text
    l6: Text


@kind(called="What Netflix published", says=(("", "decision"),), search=("Decisions", 1), related=True)
class Published(Row):
    """A dated decision or fact that Netflix, or somebody who saw it, published."""

    date: When | Literal["undated"]
    title: Title
    decision: Text
    reason: Text
    gave_up: Text | None = None
    since: Text | None = Field(None, description="What changed since")
    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]

    @property
    def label(self) -> str:
        """Its title."""
        return self.title


@kind(called="Follow-up question", says=(("A good answer", "good"),), search=("Practice", 1), related=True, image=True)
class Probe(Row):
    """A follow-up question, the level it separates, a good answer and a weak one."""

    ask: Line
    level: LevelName
    good: Annotated[Text, PlainLabel("A good answer")]
    weak: Annotated[Text, PlainLabel("A weak answer")] = Field(
        description="What a weak answer sounds like, and why it is weak"
    )
    see: tuple[AnyId, ...] = ()

    @property
    def label(self) -> str:
        """Its question."""
        return self.ask

    @property
    def for_levels(self) -> tuple[LevelName, ...]:
        """The level it separates."""
        return (self.level,)


@kind(says=(("", "because"),), search=("Failure modes", 0.8), related=True)
class Alert(Row):
    """A signal worth watching and what is done about it."""

    signal: Line
    because: Text
    response: Literal["page", "ticket", "dashboard"]

    @property
    def label(self) -> str:
        """Its signal."""
        return self.signal


@kind(called="Changed requirement", says=(("", "design"),), search=("Decisions", 0.8), related=True)
class Shift(Row):
    """A requirement that changes in six months, and what changes in the design."""

    change: Line
    design: Text

    @property
    def label(self) -> str:
        """What changes."""
        return self.change


@kind(called="Spoken answer", says=(("", "answer"),), search=("Practice", 0.8), image=True)
class Spoken(Row):
    """An answer of about 90 seconds, written as speech."""

    level: LevelName
    prompt: Line
    answer: Speech

    @property
    def label(self) -> str:
        """The prompt it answers."""
        return self.prompt

    @property
    def for_levels(self) -> tuple[LevelName, ...]:
        """The level it is spoken at."""
        return (self.level,)


@kind(says=(("", "do"),), search=("Practice", 0.9), related=True)
class Drill(Titled):
    """An exercise with an output somebody else could see."""

    minutes: Annotated[int, Field(ge=5, le=120)]
    do: Text
    output: Line


@kind(called="Line to tick", search=("Practice", 0.5), ticks=True)
class Check(Row):
    """One observable line of a checklist."""

    line: Line

    @property
    def label(self) -> str:
        """Its line."""
        return self.line


FLOORS: dict[str, dict[str, int]] = {
    "first": {"questions": 5, "decisions": 3, "failure_modes": 6, "ladder": 6, "checklist": 6, "published": 4},
    "full": {
        "questions": 6,
        "decisions": 6,
        "failure_modes": 12,
        "ladder": 10,
        "probes": 15,
        "published": 12,
        "spoken": 3,
        "drills": 3,
        "checklist": 8,
        "alerts": 5,
        "shifts": 2,
    },
}


def _below_floor(row: Topic | Component, floors: dict[str, int]) -> None:
    short = [
        f"{name} has {len(getattr(row, name))} of {floor}"
        for name, floor in floors.items()
        if len(getattr(row, name)) < floor
    ]
    if short:
        raise ValueError("below its floor: " + ", ".join(short))


@kind(file="topics/*.yml", many=False, where="`docs/topics/`", owns=True, search=("Pages", 6), related=True)
class Topic(Titled):
    """A subject of the design round. Ids of its rows begin with the topic's id."""

    depth: Literal["first", "full"]
    what: Text = Field(description="What the topic is, in two sentences")
    walk: Walk
    hard_part: Text = Field(description="Its first sentence stands alone on the topic's card")
    picture: PictureId = Field(description="Picture of the hard part; its outline stands on the topic's card")
    teams: Annotated[tuple[TeamId, ...], Field(min_length=1)]
    separates: Annotated[tuple[LevelName, ...], Field(min_length=1)]
    components: tuple[ComponentId, ...]
    questions: tuple[ClarifyingQuestion, ...]
    decisions: tuple[Decision, ...]
    failure_modes: tuple[FailureMode, ...]
    alerts: tuple[Alert, ...] = ()
    shifts: tuple[Shift, ...] = ()
    ladder: tuple[LadderRow, ...]
    bar: Bar
    published: tuple[Published, ...]
    probes: tuple[Probe, ...] = ()
    spoken: tuple[Spoken, ...] = ()
    drills: tuple[Drill, ...] = ()
    checklist: tuple[Check, ...]

    @model_validator(mode="after")
    def _floors(self) -> Topic:
        _below_floor(self, FLOORS[self.depth])
        if self.depth == "full" and {said.level for said in self.spoken} != {"l4", "l5", "l6"}:
            raise ValueError("a full topic has one spoken answer per level")
        check_steps(self.walk, self.decisions, "decisions")
        check_steps(self.walk, self.failure_modes, "failure_modes")
        return self


class Status(Part):
    """Whether Netflix still uses it, as of when."""

    state: Literal["in use", "in maintenance", "replaced", "not known"]
    as_of: When
    note: Text
    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]


@kind(file="stack/*.yml", many=False, where="`docs/stack/`", owns=True, search=("Pages", 4), related=True)
class Component(Titled):
    """A part of the stack. Ids of its rows begin with the component's id."""

    need: Text
    choice: Text
    walk: Walk
    status: Status
    instead: Annotated[tuple[Option, ...], Field(min_length=1)] = Field(description="What to use without it, and when")
    failure_modes: Annotated[tuple[FailureMode, ...], Field(min_length=3)]
    published: Annotated[tuple[Published, ...], Field(min_length=3)]
    probes: Annotated[tuple[Probe, ...], Field(min_length=3)]
    topics: Annotated[tuple[TopicId, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _steps_exist(self) -> Component:
        check_steps(self.walk, self.failure_modes, "failure_modes")
        return self
