"""The culture memo: its principles and values, and the questions of the culture round."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from macros.rows.asked import Answered
from macros.rows.base import Row, SourceId, Titled, ValueId
from macros.rows.kinds import kind
from macros.rows.markup import Line, Text, Title


@kind(file="principles.yml", prefix="principle-", where="culture", says=(("", "says"),), search=("Terms", 1.6))
class Principle(Titled):
    """One of the leading principles of the culture memo."""

    says: Text
    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]
    in_the_loop: Text


@kind(
    file="values.yml",
    prefix="value-",
    where="the eight values",
    says=(("", "asks"),),
    search=("Terms", 1.6),
    related=True,
)
class Value(Row):
    """One of the eight values of the culture memo."""

    name: Title
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


@kind(
    file="culture-probes.yml",
    prefix="ask-",
    where="culture, questions",
    called="Culture question",
    says=(("What works", "works"),),
    search=("Practice", 1.1),
    image=True,
)
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
