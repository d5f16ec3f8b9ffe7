"""The glossary: words of the field, each explained once."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from macros.rows.base import AnyId, PlainLabel, Row
from macros.rows.kinds import kind
from macros.rows.markup import Id, Text, Title


@kind(
    file="glossary/*.yml",
    prefix="term-",
    where="the glossary; linked at its first use on each page; `taught` names the row or page that teaches it",
    says=(("", "means"),),
    search=("Terms", 2.4),
)
class Term(Row):
    """A word of the field, explained once."""

    term: Title
    also: tuple[Title, ...] = Field((), description="Abbreviations and other names")
    typed: tuple[Title, ...] = Field((), description="What people type who look for it; only the search reads it")
    means: Text
    taught: AnyId | None = Field(None, description="The row or page that teaches it")
    at: Annotated[Id | None, PlainLabel("With")] = Field(
        None, description="The heading on that page, where it is a page"
    )
    linked: Annotated[bool, PlainLabel("")] = Field(
        True, description="False for a word that pages also use in its everyday sense"
    )
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
        """The part of the glossary it stands in: ``a-d``, ``e-l``, ``m-r`` or ``s-z``. One page of all terms would be too heavy."""
        first = self.term[0].lower()
        return "s-z" if first >= "s" else "m-r" if first >= "m" else "e-l" if first >= "e" else "a-d"
