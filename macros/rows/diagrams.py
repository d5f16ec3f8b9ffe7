"""Diagrams: drawings whose source is a graph."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from macros.rows.base import PlainLabel, Titled
from macros.rows.kinds import kind
from macros.rows.markup import ID_PATTERN, Line, Text

_SOURCE_FILE = rf"{ID_PATTERN}\.dot"


def _source_file(value: str) -> str:
    if not re.fullmatch(_SOURCE_FILE, value):
        raise ValueError(
            f"'{value[:60]}' is not the name of a drawing; it is a file of data/diagrams/, such as a-name.dot"
        )
    return value


@kind(
    file="diagrams.yml",
    prefix="diagram-",
    where='`diagram("…")`, see [below](#a-diagram)',
    says=(("", "alt"),),
    related=True,
)
class Diagram(Titled):
    """A drawing, what it says to those who do not see it, and the same in steps."""

    alt: Line = Field(description="What the picture says, in one line")
    text: Annotated[tuple[Text, ...], Field(min_length=2)] = Field(description="The picture in words, step by step")
    file: Annotated[str, AfterValidator(_source_file), PlainLabel(""), Field(pattern=f"^{_SOURCE_FILE}$")] = Field(
        description="Its source below data/diagrams/, such as a-name.dot; 'make diagrams' draws it"
    )
