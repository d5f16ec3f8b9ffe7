"""Claims about the interview, how well they stand, and where sources disagree."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from macros.rows.base import Part, Row, SourceId
from macros.rows.markup import Line, Text

Verdict = Literal["supported", "reported", "disputed", "outdated"]
VERDICT_WORDS: dict[str, str] = {
    "supported": "Supported",
    "reported": "Reported by secondary sources only",
    "disputed": "Disputed",
    "outdated": "Outdated",
}


class Claim(Row):
    """A statement people make about the interview, and how well it stands."""

    area: Literal["loop", "round", "level", "culture", "preparation", "estate"]
    statement: Line
    verdict: Verdict
    note: Text
    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]

    @property
    def label(self) -> str:
        """The statement itself."""
        return self.statement


class Position(Part):
    """What one group of sources says in a disagreement."""

    says: Text
    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]


class Disagreement(Row):
    """A point on which sources differ, and the question that settles it for one candidate."""

    question: Line
    positions: Annotated[tuple[Position, ...], Field(min_length=2)]
    reading: Text = Field(description="What to assume until told otherwise; our judgement")
    ask: Line = Field(description="The question to ask the recruiter, as one would say it")

    @property
    def label(self) -> str:
        """The question that settles it, as one would ask it."""
        return self.ask
