"""Where facts come from: sources with their grade, and figures with their year."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from macros.rows.base import Row, SourceId, Titled
from macros.rows.kinds import kind
from macros.rows.markup import Line, Text, Title, Url, When, Year

Grade = Literal["netflix", "engineer", "candidate", "prep", "report", "ours"]
GRADE_WORDS: dict[str, str] = {
    "netflix": "Published by Netflix",
    "engineer": "Said by a Netflix engineer",
    "candidate": "Candidate's account",
    "prep": "Prep site",
    "report": "Reported by others",
    "ours": "Our judgement",
}


@kind(file="sources/*.yml", where="wherever it is cited", says=(("", "shows"),), search=("Evidence", 0.25))
class Source(Titled):
    """One public document: who published it, when, and the one thing it shows."""

    publisher: Line
    date: When | Literal["undated"]
    read: When | None = Field(None, description="When we read it; needed for an undated source")
    grade: Literal["netflix", "engineer", "candidate", "prep", "report"]
    seen: Literal["read", "excerpt"] = Field(description="'excerpt': only a summary was seen, so pages say 'reported'")
    url: Url | None = Field(None, description="Left out where the page is private or gone")
    shows: Line = Field(description="What it shows, in our words, one line")

    @model_validator(mode="after")
    def _undated_says_when_read(self) -> Source:
        if self.date == "undated" and self.read is None:
            raise ValueError("an undated source needs 'read', the month we read it (YYYY-MM)")
        return self

    @property
    def area(self) -> str:
        """The list it stands in, which is that of its grade. One page of all sources would be too heavy."""
        return self.grade


@kind(
    file="figures.yml",
    prefix="fig-",
    where='`figure("…")`, `[=…]`, the page of figures',
    says=(("", "dated"),),
    image=True,
)
class Figure(Row):
    """A number with the year it holds for. `value` is written as it is read aloud."""

    value: Title
    what: Line
    year: Year
    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]
    note: Text | None = None

    @property
    def label(self) -> str:
        """What it counts."""
        return self.what

    @property
    def dated(self) -> str:
        """The number with its year, as it is read aloud."""
        return f"{self.value} ({self.year})"
