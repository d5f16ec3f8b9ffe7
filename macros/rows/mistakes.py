"""Mistakes: habits that cost the round."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from macros.rows.base import AnyId, LevelName, SourceId, Titled
from macros.rows.markup import Text
from macros.rows.sources import Grade


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
