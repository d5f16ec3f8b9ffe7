"""The loop, the levels, the culture, the mistakes and the annotated rounds."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from macros.model.base import AnyId, DimensionId, LevelName, Part, Row, SourceId, Titled, TopicId, ValueId
from macros.model.reference import Grade
from macros.model.text import Line, Say, Speech, Text, Year


class Asked(Part):
    """A question or task as it is asked, with the grade of its report."""

    ask: Line
    grade: Grade
    sources: tuple[SourceId, ...] = ()

    @model_validator(mode="after")
    def _reports_have_sources(self) -> Asked:
        if self.grade != "ours" and not self.sources:
            raise ValueError("a reported question needs its source; grade it 'ours' if we wrote it")
        return self


class Expected(Asked):
    """What people report from a stage; `year` is left out where the report has none."""

    year: Year | None = None


class Answered(Asked, Row):
    """A question somebody asks aloud, what it looks for, and what works and fails as an answer."""

    looks_for: Text
    works: Text
    fails: Text

    @property
    def label(self) -> str:
        """Its question."""
        return self.ask


class StageQuestion(Answered):
    """A question of a stage; `year` is left out where the report has none."""

    year: Year | None = None
    see: tuple[AnyId, ...] = ()


class Stage(Titled):
    """One step of the hiring loop."""

    length: Line
    form: Line
    who: Line
    decides: Text
    grade: Grade
    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]
    prepare: Annotated[tuple[Text, ...], Field(min_length=3)] = Field(description="Preparation for one evening")
    expect: Annotated[tuple[Expected, ...], Field(min_length=3)]
    ask: Annotated[tuple[Line, ...], Field(min_length=2)]
    loses: Annotated[tuple[Text, ...], Field(min_length=2)]
    questions: tuple[StageQuestion, ...] = Field((), description="Questions worth an answer of their own")


class Dimension(Titled):
    """One thing an interviewer can observe, the same at every level."""

    observes: Text


class RubricRow(Row):
    """One dimension at one level, in words a listener could tick."""

    dimension: DimensionId
    hit: Text
    partial: Text
    miss: Text
    say: Say = Field(description="One spoken sentence that would be a hit")
    check: Line = Field(description="The self-check line, in the first person")

    @property
    def label(self) -> str:
        """The id of its dimension, whose label the catalog puts in its place."""
        return self.dimension


class Tell(Row):
    """A sentence that gives the level away."""

    says: Line
    reads_as: Literal["below", "at", "above"]
    why: Text

    @property
    def label(self) -> str:
        """The sentence itself."""
        return self.says


class Level(Row):
    """L4, L5 or L6: the question the hour answers, the rubric, the tells, the classic miss."""

    name: Literal["L4", "L5", "L6"]
    title: Line
    question: Line
    adds: Text
    hour: Text = Field(description="How the hour feels")
    rubric: Annotated[tuple[RubricRow, ...], Field(min_length=7, max_length=9)]
    tells: Annotated[tuple[Tell, ...], Field(min_length=4)]
    classic_miss: Text
    practise: Annotated[tuple[Text, ...], Field(min_length=3)]

    @property
    def label(self) -> str:
        """Its title."""
        return self.title


class Principle(Titled):
    """One of the leading principles of the culture memo."""

    says: Text
    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]
    in_the_loop: Text


class Value(Row):
    """One of the eight values of the culture memo."""

    name: Line
    asks: Text
    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]
    in_design_round: Text
    story_prompt: Line
    follow_ups: Annotated[tuple[Line, ...], Field(min_length=2)]
    non_answer: Text
    wrong_because: Text
    ask_back: Line

    @property
    def label(self) -> str:
        """Its name."""
        return self.name


class CultureProbe(Answered):
    """A question of the culture round; `also` holds other wordings from reports that the same story answers."""

    area: Literal["first", "further"] = Field("first", description="Prepared first, or after them: each has a page")
    values: Annotated[tuple[ValueId, ...], Field(min_length=1)]
    also: tuple[Line, ...] = ()
    typed: tuple[Line, ...] = Field((), description="What people type who look for it; only the search reads it")

    @property
    def other_names(self) -> tuple[str, ...]:
        """Its other wordings, and what else is typed for it."""
        return (*self.also, *self.typed)


class Mistake(Titled):
    """A habit that costs the round."""

    sounds_like: Text
    costs: Text
    say_instead: Text
    levels: Annotated[tuple[LevelName, ...], Field(min_length=1)]
    drill: Text
    grade: Grade
    sources: tuple[SourceId, ...] = ()
    see: tuple[AnyId, ...] = ()

    @property
    def for_levels(self) -> tuple[LevelName, ...]:
        """The levels it hurts."""
        return self.levels


class Turn(Part):
    """One thing said in a round, and what the interviewer notes beside it."""

    who: Literal["interviewer", "candidate"]
    says: Speech
    note: Text | None = None


class Round(Titled):
    """An annotated round: one prompt, one level, one verdict."""

    prompt: Line
    level: LevelName
    verdict: Literal["misses the bar", "meets the bar"]
    topics: tuple[TopicId, ...]
    turns: Annotated[tuple[Turn, ...], Field(min_length=6)]
    summary: Speech = Field(description="The interviewer's private summary")

    @property
    def for_levels(self) -> tuple[LevelName, ...]:
        """The level it is played at."""
        return (self.level,)
