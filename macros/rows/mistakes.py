"""Mistakes: habits that cost the round."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from macros.rows.base import AnyId, LevelName, SourceId, Titled
from macros.rows.kinds import kind
from macros.rows.markup import Text
from macros.rows.sources import Grade


@kind(
    file="mistakes.yml",
    prefix="mistake-",
    where="mistakes",
    says=(
        ("It sounds like this", "sounds_like"),
        ("Say instead", "say_instead"),
    ),
    search=("Failure modes", 1.2),
    related=True,
    image=True,
)
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
