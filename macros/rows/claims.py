"""Claims about the interview, how well they stand, and where sources disagree."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from macros.rows.base import Part, Row, SourceId
from macros.rows.kinds import kind
from macros.rows.markup import Line, Text, Title

Verdict = Literal["supported", "reported", "disputed", "outdated"]
VERDICT_WORDS: dict[str, str] = {
    "supported": "Supported",
    "reported": "Reported by secondary sources only",
    "disputed": "Disputed",
    "outdated": "Outdated",
}


@kind(
    file="claims.yml",
    prefix="claim-",
    where='the page of claims; `claims("area")`',
    says=(
        ("", "stands"),
        ("", "note"),
    ),
    search=("Evidence", 0.8),
    image=True,
)
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

    @property
    def stands(self) -> str:
        """How it stands, in words."""
        return VERDICT_WORDS[self.verdict]


class Position(Part):
    """What one group of sources says in a disagreement."""

    says: Text
    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]


@kind(
    file="disagreements.yml",
    prefix="differ-",
    where="where sources disagree",
    says=(("Our reading", "reading"),),
    related=True,
    image=True,
)
class Disagreement(Row):
    """A point on which sources differ, and the question that settles it for one candidate."""

    question: Title
    positions: Annotated[tuple[Position, ...], Field(min_length=2)]
    reading: Text = Field(description="What to assume until told otherwise; our judgement")
    ask: Line = Field(description="The question to ask the recruiter, as one would say it")

    @property
    def label(self) -> str:
        """The question that settles it, as one would ask it."""
        return self.ask
