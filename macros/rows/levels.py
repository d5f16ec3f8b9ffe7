"""The levels: the dimensions an interviewer observes, the rubric, the sentences that give a level away."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from macros.rows.base import DimensionId, PlainLabel, Row, Titled
from macros.rows.kinds import kind
from macros.rows.markup import Line, Say, Text, Title


@kind(file="dimensions.yml", prefix="dim-", where="the levels side by side", search=("Terms", 1))
class Dimension(Titled):
    """One thing an interviewer can observe, the same at every level."""

    observes: Text


@kind(called="Rubric line", says=(("A hit", "hit"),), search=("Practice", 0.8), related=True, image=True, ticks=True)
class RubricRow(Row):
    """One dimension at one level, in words a listener could tick."""

    dimension: DimensionId
    hit: Text
    partial: Text
    miss: Text
    say: Say = Field(description="One spoken sentence that would be a hit")
    check: Annotated[Line, PlainLabel("Self-check")] = Field(description="The self-check line, in the first person")

    @property
    def label(self) -> str:
        """The id of its dimension, whose label the catalog puts in its place."""
        return self.dimension


@kind(called="Sentence that gives the level away", says=(("", "why"),), search=("Practice", 0.7), image=True)
class Tell(Row):
    """A sentence that gives the level away."""

    says: Line
    reads_as: Literal["below", "at", "above"]
    why: Text

    @property
    def label(self) -> str:
        """The sentence itself."""
        return self.says


@kind(file="levels/*.yml", many=False, where="`docs/levels/`", owns=True, search=("Pages", 2.6))
class Level(Row):
    """L4, L5 or L6: the question the hour answers, the rubric, the tells, the classic miss."""

    name: Literal["L4", "L5", "L6"]
    title: Title
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
