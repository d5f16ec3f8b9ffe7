"""Rows as plain Markdown: no anchors, no marks of ours, every citation with publisher, year and number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from macros.catalog.catalog import Catalog
from macros.catalog.references import field_values
from macros.exports.urls import address_of
from macros.rows.base import LEVELS, Part, PlainLabel, Row
from macros.rows.claims import VERDICT_WORDS
from macros.rows.markup import plain, resolve_refs
from macros.rows.sources import GRADE_WORDS, Figure, Source
from macros.rows.teams import Post
from macros.rows.walkthrough import Walk

_NAMES = ("Name", "Says", "Ask", "Means", "Line")
_DEEPEST = 6
_SHORT = 3  # fields of a row that still reads well as one item of a list
_WORDS = 60  # characters of an item that needs no line of its own


class PlainRenderer(NamedTuple):
    """The guide as seen from outside: the catalog, and the site's address."""

    catalog: Catalog
    address: str

    def text(self, text: str) -> str:
        """Return the Markdown of a text from the data, its citations, figures and links resolved."""
        return resolve_refs(text, lambda ids: self.cite(*ids), self.figure, self.link)

    def words(self, text: str) -> str:
        """Return a text as words alone, without emphasis, links and citations; a figure has its year."""
        return plain(resolve_refs(text, lambda ids: "", self._dated, lambda id, words: words))

    def _dated(self, id: str) -> str:
        return self.catalog.get(id, Figure).dated

    def link(self, id: str, words: str = "") -> str:
        """Return a link to a row or page, with its whole address. Raises KeyError."""
        return f"[{words or self.catalog.name(id)}]({address_of(self.catalog, self.address, id)})"

    def cite(self, *ids: str) -> str:
        """``(Netflix Technology Blog, 2016 [12])``: the number is that of the list of sources. Raises KeyError."""
        return f"({'; '.join(f'{self.published(id)} [{self.number(id)}]' for id in ids)})"

    def published(self, id: str) -> str:
        """Return the publisher of a source and its year. Raises KeyError."""
        source = self.catalog.get(id, Source)
        year = source.date if source.date == "undated" else source.date[:4]
        return f"{source.publisher.split(' (')[0].split(', ')[0]}, {year}"

    def figure(self, id: str) -> str:
        """Return a figure as it is read aloud, with year and sources."""
        return f"{self._dated(id)} {self.cite(*self.catalog.get(id, Figure).sources)}"

    def number(self, id: str) -> int:
        """The number of a source: its place among the sources. Raises KeyError."""
        return _numbers(self.catalog)[id]

    def source(self, id: str) -> str:
        """One source in a line: number, title, publisher, date, grade, address, and what it shows."""
        source = self.catalog.get(id, Source)
        read = f", read {source.read}" if source.read else ""
        seen = "" if source.seen == "read" else "; only a summary was seen"
        where = f" <{source.url}>" if source.url else " (no public address)"
        title = source.title.rstrip(".")
        return f"[{self.number(id)}] {title}. {source.publisher}, {source.date}{read}. {GRADE_WORDS[source.grade]}{seen}.{where} {self.text(source.shows)}"

    def rows(self, ids: Sequence[str], depth: int) -> str:
        """Return rows as blocks, each a heading of `depth` and its fields; as one list where all of them are short."""
        found = [(id, list(self.fields(self.catalog.get(id), without=self.catalog.name(id)))) for id in ids]
        if self.catalog.entries[ids[0]].kind == "source":
            return "\n".join(f"- {self.source(id)}" for id in ids)
        if all(len(fields) <= _SHORT and not any("\n" in said for _, said in fields) for _, fields in found):
            return "\n".join(f"- **{self.link(id)}**{': ' * bool(fields)}{_sentences(fields)}" for id, fields in found)
        mark = "#" * min(depth, _DEEPEST)
        return "\n\n".join(f"{mark} {self.link(id)}\n\n{self.as_list(fields)}" for id, fields in found)

    def walk(self, row: Walk) -> str:
        """Return a walk: where it is set, and its steps, counted through all its paths."""
        parts = [self.text(row.setting)]
        for path in row.paths:
            parts.append(f"{self.text(path.title)}:")
            parts += [f"{row.number(step.name)}. {step.name}. {self.text(step.does)}" for step in path.steps]
        return "\n".join(f"  {line}" if index else line for index, line in enumerate(parts))

    def own_fields(self, id: str, *names: str, without: tuple[str, ...] = ()) -> str:
        """Return fields of a row as a list: those of `names`, or all but those in `without`."""
        row = self.catalog.get(id)
        wanted = names or tuple(name for name in type(row).model_fields if name not in without)
        fields = list(self.fields(row, wanted, without=self.catalog.name(id)))
        return fields[0][1] if len(names) == 1 and len(fields) == 1 else self.as_list(fields)

    @staticmethod
    def as_list(fields: list[tuple[str, str]]) -> str:
        """Return (label, value) pairs as a list."""
        return "\n".join(f"- **{label}:**{'' if value.startswith(chr(10)) else ' '}{value}" for label, value in fields)

    def fields(self, row: Part, names: tuple[str, ...] = (), *, without: str = "") -> Iterator[tuple[str, str]]:
        """Yield (label, value) of a row's own fields, rows inside it left out, and a text that is just `without`."""
        roles = {value.loc: value.role for value in field_values(row)}
        yield from self._pairs(row, (), roles, names, without)

    def _pairs(
        self,
        part: Part,
        loc: tuple[int | str, ...],
        roles: dict[tuple[int | str, ...], str],
        names: tuple[str, ...] = (),
        without: str = "",
    ) -> Iterator[tuple[str, str]]:
        for name in names or type(part).model_fields:
            value = getattr(part, name)
            label = _label(type(part), name)
            if name == "id" or not label or value is None or value is False or value == ():
                continue
            if isinstance(value, str) and without and plain(value) == without:
                continue
            if not isinstance(value, tuple):
                yield label, self._value(name, value, (*loc, name), roles)
            elif not isinstance(value[0], Row):
                yield label, self._values(name, value, (*loc, name), roles)

    def _values(
        self, name: str, value: tuple[Any, ...], loc: tuple[int | str, ...], roles: dict[tuple[int | str, ...], str]
    ) -> str:
        if roles.get((*loc, 0)) == "source":
            return self.cite(*value).strip("()")
        items = [self._value(name, one, (*loc, index), roles) for index, one in enumerate(value)]
        if roles.get((*loc, 0)) in ("text", "part") and any(
            len(item) > _WORDS or item.endswith((".", "?")) for item in items
        ):
            return "".join(f"\n  - {item}" for item in items)
        return ", ".join(items)

    def _value(self, name: str, value: Any, loc: tuple[int | str, ...], roles: dict[tuple[int | str, ...], str]) -> str:
        if isinstance(value, Walk):
            return self.walk(value)
        if isinstance(value, Part):
            fields = list(self._pairs(value, loc, roles))
            if isinstance(value, Post):  # the source alone names the thing to read
                return f"{self.source(value.source)} Why: {self.text(value.why)}"
            return _sentences(fields)
        kind = roles.get(loc, "")
        if kind == "text":
            return self.text(value)
        if kind == "source":
            return self.cite(value).strip("()")
        if kind:
            return self.link(value)
        if name.endswith("grade"):
            return GRADE_WORDS[value]
        if name == "verdict":
            return VERDICT_WORDS.get(value, str(value))
        if isinstance(value, bool):
            return "yes" if value else "no"
        return str(value).upper() if value in LEVELS else str(value)


@cache
def _label(model: type[Part], field: str) -> str:
    """What a field is called, '' for one that is left out."""
    declared = [one.label for one in model.model_fields[field].metadata if isinstance(one, PlainLabel)]
    return declared[0] if declared else field.upper() if field in LEVELS else field.replace("_", " ").capitalize()


def _sentences(fields: list[tuple[str, str]]) -> str:
    """Return (label, value) pairs in one line; a first field that is a name needs no label."""
    said = [
        value if label in _NAMES and not index else f"{label}: {value}" for index, (label, value) in enumerate(fields)
    ]
    ended = [one if one.endswith((".", "?", "!")) else f"{one}." for one in said]
    return " ".join(ended)


def _numbers(catalog: Catalog) -> dict[str, int]:
    """The number of each source in the order of grades, as the lists have it, kept for the catalog it was made from."""
    global _kept
    if _kept is None or _kept[0] is not catalog:
        ordered = sorted(catalog.all(Source), key=lambda source: list(GRADE_WORDS).index(source.grade))
        _kept = (catalog, {source.id: number for number, source in enumerate(ordered, 1)})
    return _kept[1]


_kept: tuple[Catalog, dict[str, int]] | None = None
