"""Where facts come from: sources, figures with their year, claims about the interview, teams, terms."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from macros.model.base import AnyId, ComponentId, Part, Row, SourceId, TeamId, Titled, TopicId
from macros.model.text import ID_PATTERN, Id, Line, Text, Url, When, Year

Grade = Literal["netflix", "engineer", "candidate", "prep", "report", "ours"]
GRADE_WORDS: dict[str, str] = {
    "netflix": "Published by Netflix",
    "engineer": "Said by a Netflix engineer",
    "candidate": "Candidate's account",
    "prep": "Prep site",
    "report": "Reported by others",
    "ours": "Our judgement",
}
Verdict = Literal["supported", "reported", "disputed", "outdated"]
VERDICT_WORDS: dict[str, str] = {
    "supported": "Supported",
    "reported": "Reported by secondary sources only",
    "disputed": "Disputed",
    "outdated": "Outdated",
}
_SOURCE_FILE = rf"{ID_PATTERN}\.dot"


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


class Figure(Row):
    """A number with the year it holds for. `value` is written as it is read aloud."""

    value: Line
    what: Line
    year: Year
    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]
    note: Text | None = None

    @property
    def label(self) -> str:
        """What it counts."""
        return self.what


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


def _source_file(value: str) -> str:
    if not re.fullmatch(_SOURCE_FILE, value):
        raise ValueError(
            f"'{value[:60]}' is not the name of a drawing; it is a file of data/diagrams/, such as a-name.dot"
        )
    return value


class Diagram(Titled):
    """A drawing, what it says to those who do not see it, and the same in steps."""

    alt: Line = Field(description="What the picture says, in one line")
    text: Annotated[tuple[Text, ...], Field(min_length=2)] = Field(description="The picture in words, step by step")
    file: Annotated[str, AfterValidator(_source_file), Field(pattern=f"^{_SOURCE_FILE}$")] = Field(
        description="Its source below data/diagrams/, such as a-name.dot; 'make diagrams' draws it"
    )


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


class Post(Part):
    """One thing to read and why."""

    source: SourceId
    why: Text


class Team(Row):
    """A group that hires, what it works on, and what may be asked beyond the bank."""

    name: Line
    does: Text
    further_prompts: tuple[Line, ...] = Field((), description="Prompts of ours that are not in the question bank")
    topics: Annotated[tuple[TopicId, ...], Field(min_length=1)]
    components: tuple[ComponentId, ...] = ()
    posts: Annotated[tuple[Post, ...], Field(min_length=3, max_length=5)]

    @property
    def label(self) -> str:
        """Its name."""
        return self.name


class ReadingGroup(Titled):
    """A titled group of the reading list."""

    intro: Text
    posts: Annotated[tuple[Post, ...], Field(min_length=1)]


class Term(Row):
    """A word of the field, explained once."""

    term: Line
    also: tuple[Line, ...] = Field((), description="Abbreviations and other names")
    typed: tuple[Line, ...] = Field((), description="What people type who look for it; only the search reads it")
    means: Text
    taught: AnyId | None = Field(None, description="The row or page that teaches it")
    at: Id | None = Field(None, description="The heading on that page, where it is a page")
    linked: bool = Field(True, description="False for a word that pages also use in its everyday sense")
    see: tuple[AnyId, ...] = ()

    @property
    def label(self) -> str:
        """The term itself."""
        return self.term

    @property
    def other_names(self) -> tuple[str, ...]:
        """Abbreviations and other names, and what else is typed for it."""
        return (*self.also, *self.typed)

    @property
    def area(self) -> str:
        """The part of the glossary it stands in: ``a-l`` or ``m-z``. One page of all terms would be too heavy."""
        return "m-z" if self.term[0].lower() >= "m" else "a-l"


class Retired(Part):
    """An id that was published once, or the address of a heading, and where its readers are sent now."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$|^[a-z0-9/-]+/#[a-z0-9-]+$")] = Field(
        description="The id; for a heading its address, such as topics/caching/#drills"
    )
    successor: AnyId
    why: Line
    since: When


class Track(Titled):
    """The plan's colour for a kind of team: which topics go deep."""

    teams: tuple[TeamId, ...]
    topics: Annotated[tuple[TopicId, ...], Field(min_length=2)]
    components: tuple[ComponentId, ...] = ()
    because: Text
