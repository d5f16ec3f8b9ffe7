"""Questions as they are asked, with the grade of their report."""

from __future__ import annotations

from pydantic import model_validator

from macros.rows.base import Part, Row, SourceId
from macros.rows.markup import Line, Text
from macros.rows.sources import Grade


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


class Answered(Asked, Row):
    """A question somebody asks aloud, what it looks for, and what works and fails as an answer."""

    looks_for: Text
    works: Text
    fails: Text

    @property
    def label(self) -> str:
        """Its question."""
        return self.ask
