"""The text types of the data files, and the small inline markup they allow.

Data holds one paragraph of plain Markdown per field: emphasis, `code`, and three marks of ours:

- ``[@source-id]`` or ``[@one, @two]``  a citation
- ``[=figure-id]``                      a figure with its year and source
- ``[words](#row-id)``                  a link to any row of the guide

A sum also names its values: ``[:name]`` with the unit, ``[:name number]`` without.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from typing import Annotated, NamedTuple

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from macros.rows.characters import invisible

ID_PATTERN = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_ID = re.compile(ID_PATTERN)
_MARK = re.compile(
    rf"\[(?P<cites>@{ID_PATTERN}(?:\s*[,;]\s*@{ID_PATTERN})*)\]"
    rf"|\[=(?P<figure>{ID_PATTERN})\]"
    rf"|\[(?P<words>[^\[\]]+)\]\(#(?P<row>{ID_PATTERN})\)"
)
VALUE_NAME = r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*"
_VALUE = re.compile(rf"\[:(?P<name>{VALUE_NAME})(?P<bare> number)?\]")
_HTML = re.compile(r"<(?=[A-Za-z/!?])")
_BLOCK = re.compile(r"(?:#{1,6}\s|[-*+]\s|>\s?|\d+[.)]\s|```|~~~|\||:\s)")
# A space before a full stop or comma that ends something, a bar inside a word.
_SLIP = re.compile(r"(?<=\w) [.,](?=\s|$)|(?<=[a-z])\|(?=[a-z])", re.IGNORECASE)
_PAIRED = re.compile(r"[\[\]()`*\"]")
_CODE = re.compile(r"`[^`]*`")
# A star that begins or ends an emphasis; in '2 * 3' it stands alone.
_STAR = re.compile(r"(?<!\*)\*{1,3}(?=[^\s*])|(?<=[^\s*])\*{1,3}(?!\*)")
# What ends a sentence: a full stop after a word, before a capital letter; not that of 'e.g.' or of an initial.
_SENTENCE_END = re.compile(r"(?<=[a-z0-9)%]{2}[.?!])\s+(?=[A-Z\"“])")
_WHEN = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_ADDRESS = re.compile(r"https?://[^\s<>\"'\\^`{|}]+\.[^\s<>\"'\\^`{|}]+")

LINE_LENGTH = 300
TEXT_LENGTH = 1500
SPEECH_LENGTH = 3500
SAY_WORDS = 40  # what fits into one breath and a half


class InlineRef(NamedTuple):
    """One reference found in a text: its kind ('source', 'figure' or 'row'), the id, and where it stands."""

    kind: str
    id: str
    start: int


def inline_refs(text: str) -> Iterator[InlineRef]:
    """Yield every citation, figure and row link of `text`, in order."""
    for found in _MARK.finditer(text):
        if found["cites"]:
            for cited in cited_ids(found["cites"]):
                yield InlineRef("source", cited, found.start())
        elif found["figure"]:
            yield InlineRef("figure", found["figure"], found.start())
        else:
            yield InlineRef("row", found["row"], found.start())


def cited_ids(cites: str) -> list[str]:
    """Return the source ids of the inside of one citation: ``@a, @b`` gives ``['a', 'b']``."""
    return [part.strip().removeprefix("@") for part in re.split(r"[,;]", cites)]


def resolve_refs(
    text: str, cite: Callable[[list[str]], str], figure: Callable[[str], str], row: Callable[[str, str], str]
) -> str:
    """Replace every mark of `text`: `cite(ids)`, `figure(id)` and `row(id, words)` return its Markdown."""

    def one(found: re.Match[str]) -> str:
        if found["cites"]:
            return cite(cited_ids(found["cites"]))
        return figure(found["figure"]) if found["figure"] else row(found["row"], found["words"])

    return _MARK.sub(one, text)


def value_names(text: str) -> set[str]:
    """Return the names of the values that `text` names as ``[:name]``."""
    return {found["name"] for found in _VALUE.finditer(text)}


def fill(text: str, value: Callable[[str, bool], str]) -> str:
    """Replace every ``[:name]`` of `text` by `value(name, False)`, and ``[:name number]`` by `value(name, True)`."""
    return _VALUE.sub(lambda found: value(found["name"], bool(found["bare"])), text)


def plain(text: str) -> str:
    """Return `text` without marks and emphasis, for titles, previews and word counts."""
    text = resolve_refs(text, lambda ids: "", lambda id: "", lambda id, words: words)
    return re.sub(r"\s+([,.;:)])", r"\1", re.sub(r"[*`]|\s{2,}", lambda m: " " if m[0].isspace() else "", text)).strip()


def first_sentence(text: str) -> str:
    """Return the first sentence of `text` without marks and emphasis, for a card."""
    return _SENTENCE_END.split(plain(text), maxsplit=1)[0]


def trim(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


def _no_markup(value: str) -> str:
    """Refuse what would become markup, or run as a template, on the page."""
    if not value:
        raise ValueError("is empty; write the text or leave the field out")
    if found := _HTML.search(value):
        raise ValueError(
            f"holds HTML near '{value[found.start() : found.start() + 20]}'; data is plain text, write it in words"
        )
    if "{" in value or "}" in value:
        raise ValueError("holds a brace; braces are for templates in docs/, not for data")
    if "![" in value or re.search(r"\]\((?!#)", value):
        raise ValueError("holds a link or image; cite a source with [@source-id], link a row with [words](#row-id)")
    if point := invisible(value):
        raise ValueError(f"holds the character {point}, which cannot be seen; delete it")
    if "\t" in value:
        raise ValueError("holds a tab; write a space")
    if found := _SLIP.search(value):
        raise ValueError(
            f"holds '{value[max(found.start() - 10, 0) : found.end() + 10]}'; a character is lost or too many"
        )
    if broken := broken_mark(value):
        raise ValueError(broken)
    return value


def broken_mark(value: str) -> str:
    """Return what is wrong with a mark that would be shown as it is typed, or ''."""
    if not _PAIRED.search(value):
        return ""
    rest = re.sub(r"\[:[^\[\]]*\]", "", _MARK.sub("", _CODE.sub("code", value)))
    if "`" in rest:
        return "holds a single '`'; code stands between two"
    if "[@" in rest or "[=" in rest:
        return "holds a citation that cannot be read; write [@source-id], [@one, @two] or [=figure-id]"
    if found := re.search(r"[\[\]]|\(#", rest):
        near = rest[max(0, found.start() - 10) : found.start() + 20]
        return f"holds a bracket of no link near '{near}'; a link is [words](#row-id), other brackets are round"
    stars = [len(found) for found in _STAR.findall(rest)] if "*" in rest else []
    if sum(length != 2 for length in stars) % 2 or sum(length != 1 for length in stars) % 2:
        return (
            "holds an emphasis without its other '*'; it stands between two, and a star that is meant stands in `code`"
        )
    if rest.count("(") != rest.count(")"):
        return "has a '(' without its ')', or the other way round"
    if rest.count('"') % 2:
        return "has a single '\"'; a quotation stands between two"
    return ""


def mark_in_name(value: str) -> str:
    """Return what is wrong with a name, which is shown as it is typed and so can hold no mark, or ''."""
    found = re.search(r"\[[@=:]|\]\(", value)
    return f"holds '{found[0]}'; a name is shown as it is typed: cite and link in a text below it" if found else ""


def _as_typed(value: str) -> str:
    if what := mark_in_name(value):
        raise ValueError(what)
    return value


def _no_values(value: str) -> str:
    if "[:" in value:
        raise ValueError("holds '[:', the value of a sum; it is known only in the conclusion and checks of that sum")
    return value


def _one_paragraph(value: str) -> str:
    if "\n" in value:
        raise ValueError("has more than one line; write one paragraph (fold it with '>-' in YAML)")
    if found := _BLOCK.match(value):
        raise ValueError(
            f"begins with '{found[0].strip()}', which Markdown reads as a list, quote or heading; begin with a word"
        )
    return value


def _identifier(value: str) -> str:
    if not _ID.fullmatch(value):
        raise ValueError(f"'{value[:60]}' is not an id; use lower-case words joined by hyphens, such as 'hot-key'")
    return value


def _address(value: str) -> str:
    if point := invisible(value):
        raise ValueError(f"holds the character {point}, which cannot be seen; copy the address again")
    if re.search(r"\s", value):
        raise ValueError("has a space in the address; encode it as %20 or copy the address again")
    if not _ADDRESS.fullmatch(value):
        raise ValueError(f"'{value[:80]}' is not a web address; it begins with https:// or http://")
    return value


def _when(value: str) -> str:
    if not _WHEN.fullmatch(value):
        raise ValueError(f"'{value[:40]}' is not a date; write YYYY, YYYY-MM or YYYY-MM-DD")
    return _in_the_calendar(value)


def _in_the_calendar(value: str) -> str:
    if value.count("-") == 2:
        try:
            datetime.date.fromisoformat(value)
        except ValueError:
            raise ValueError(f"'{value}' is not a day of the calendar; look it up again") from None
    return value


def _day(value: str) -> str:
    if not re.fullmatch(r"20\d\d-\d\d-\d\d", value):
        raise ValueError(f"'{value[:40]}' is not a date; write YYYY-MM-DD")
    return _in_the_calendar(value)


def _year_as_text(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Id = Annotated[
    str,
    BeforeValidator(trim),
    AfterValidator(_identifier),
    Field(max_length=70),
    # pydantic leaves the pattern out of the schema of a validated text; editors need it
    WithJsonSchema({"type": "string", "maxLength": 70, "pattern": f"^{ID_PATTERN}$"}),
]
Line = Annotated[
    str,
    BeforeValidator(trim),
    Field(max_length=LINE_LENGTH),
    AfterValidator(_no_markup),
    AfterValidator(_no_values),
    AfterValidator(_one_paragraph),
]
Title = Annotated[Line, AfterValidator(_as_typed)]  # what a view shows as it is typed: a title or a name
Text = Annotated[
    str,
    BeforeValidator(trim),
    Field(max_length=TEXT_LENGTH),
    AfterValidator(_no_markup),
    AfterValidator(_no_values),
    AfterValidator(_one_paragraph),
]
# A text of a sum, which may name the sum's values.
TextWithValues = Annotated[
    str,
    BeforeValidator(trim),
    Field(max_length=TEXT_LENGTH),
    AfterValidator(_no_markup),
    AfterValidator(_one_paragraph),
]
Speech = Annotated[
    str,
    BeforeValidator(trim),
    Field(max_length=SPEECH_LENGTH),
    AfterValidator(_no_markup),
    AfterValidator(_no_values),
]


def _one_breath(value: str) -> str:
    if (count := len(value.split())) > SAY_WORDS:
        raise ValueError(f"is {count} words long; what is said in one sentence has at most {SAY_WORDS}")
    if "[@" in value or "[=" in value:
        raise ValueError("holds a citation, which nobody says aloud; cite in the field beside it")
    return value


# One spoken sentence that a candidate could say as it stands.
Say = Annotated[Line, AfterValidator(_one_breath)]
Url = Annotated[str, BeforeValidator(trim), Field(max_length=500), AfterValidator(_address)]
When = Annotated[
    str,
    BeforeValidator(_year_as_text),
    AfterValidator(_when),
    # An editor reads a bare 2024 as a number; the loader takes it as the year it is.
    WithJsonSchema({"anyOf": [{"type": "string", "pattern": f"^{_WHEN.pattern}$"}, {"type": "integer"}]}),
]
Day = Annotated[str, BeforeValidator(trim), AfterValidator(_day)]
Year = Annotated[int, Field(ge=1997, le=2100)]
