"""The front matter of a page: typed and strict, like the rows of the data."""

from __future__ import annotations

import re
from typing import Annotated, NamedTuple

from pydantic import Field, ValidationError

from macros.catalog.field_errors import field_errors, kind_of, label
from macros.catalog.source_file import Fault
from macros.catalog.strict_yaml import compose, line_of, parse
from macros.rows.base import Part
from macros.rows.markup import Day, Title

_BLOCK = re.compile(r"---[ ]*\n(.*?\n)?---[ ]*\n", re.S)
_SEE = "begin with --- and title, description, summary, reviewed (see another page)"


class FrontMatter(Part):
    """What a page says of itself; `review_in` is in months, `answers` is the question of the chapter that begins here,
    `typed` is what people type who look for the page; only the search reads it."""

    title: Title
    description: Title
    reviewed: Day
    summary: Annotated[tuple[Title, ...], Field(min_length=3, max_length=3)]
    review_in: Annotated[int, Field(ge=1, le=24)] = 6
    answers: Title = ""
    typed: tuple[Title, ...] = ()


# Of a page whose front matter failed: its body is read all the same, so that what it shows is known.
UNKNOWN = FrontMatter.model_construct(title="", description="", reviewed="", summary=())


class Front(NamedTuple):
    """The front matter of a page and where its body begins: the offset in the text, and how many lines stand before."""

    matter: FrontMatter
    end: int
    lines: int


def read_front(text: str, fault: Fault) -> Front:
    """Return the front matter of a page's text, after saying what is wrong with it; `UNKNOWN` where it failed."""
    block = _BLOCK.match(text)
    if not block:
        begun = text.startswith("---")
        fault(
            1, "the front matter does not end; close it with a second ---" if begun else f"has no front matter; {_SEE}"
        )
        return Front(UNKNOWN, 0, 0)
    return Front(_matter(block[1] or "", fault), block.end(), block[0].count("\n"))


def _matter(text: str, fault: Fault) -> FrontMatter:
    content, faults = parse(text)
    for line, what in faults:
        fault(line + 1, f"front matter: {what}")
    if not isinstance(content, dict):
        if not faults:
            fault(1, f"the front matter must be fields and values, not {kind_of(content)}; {_SEE}")
        return UNKNOWN
    try:
        return FrontMatter.model_validate(content)
    except ValidationError as error:
        nodes = compose(text)
        for loc, words in field_errors(error, FrontMatter):
            fault(line_of(nodes, loc) + 1, f"front matter: {label('', loc).removeprefix('.')}: {words}")
    return UNKNOWN
