"""Annotated rounds: what was said, turn by turn, and the interviewer's notes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from macros.rows.base import LevelName, Part, Titled, TopicId
from macros.rows.kinds import kind
from macros.rows.markup import Line, Speech, Text


class Turn(Part):
    """One thing said in a round, and what the interviewer notes beside it."""

    who: Literal["interviewer", "candidate"]
    says: Speech
    note: Text | None = None


@kind(file="rounds/*.yml", many=False, prefix="round-", where="annotated rounds", search=("Pages", 1), related=True)
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
