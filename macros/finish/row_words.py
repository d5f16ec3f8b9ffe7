"""What is said of a row where it is met alone: behind a link, in a preview, at its place on the page."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from macros.catalog.builder import Entry
from macros.catalog.catalog import Catalog
from macros.catalog.references import texts
from macros.rows.base import LEVELS
from macros.rows.kinds import KINDS
from macros.rows.markup import plain

_LONGEST = 110  # characters of a title; a chat cuts there at the latest
_SENTENCE = re.compile(r".+?[.!?…][”\"’')]*(?=\s+[A-Z0-9“\"‘'(]|$)|.+$", re.S)
_ROOM = (240, 150, 110)  # characters for what is said in one, two and three parts


class RowWords(NamedTuple):
    """A row in words: `kind` and `level` ('' for none), its `name`, its `page` and the `chapters` around it, outermost
    first, and what it says, in full sentences."""

    kind: str
    level: str
    name: str
    page: str
    chapters: tuple[str, ...]
    said: str

    @property
    def title(self) -> str:
        """``Rubric line, L5 — The hard part``; a page is called by its title alone."""
        what = ", ".join(part for part in (self.kind, self.level) if part)
        return _cut(self.name, _LONGEST) if self.kind == "Page" else f"{what} — {_cut(self.name, _LONGEST - len(what))}"

    @property
    def place(self) -> str:
        """The page and its chapters: ``L5: finds the hardest part alone · Levels``."""
        around = " › ".join(name for name in self.chapters if name != self.page)
        return f"{self.page} · {around}" if around else self.page

    @property
    def description(self) -> str:
        """What it says, and on which page."""
        return self.said if self.kind == "Page" else f"{self.said} On the page “{self.page}”."


def row_words(catalog: Catalog, id: str, chapters: tuple[str, ...] = ()) -> RowWords:
    """Return a row in words; `chapters` are those its page stands in. Raises KeyError."""
    entry, page = catalog.entries[id], catalog.pages[catalog.homes[id].page]
    name = catalog.name(id)
    whole = page.id == catalog.homes[id].anchor
    said = page.description if whole else _said(entry, name) or page.description
    return RowWords(kind_of(entry.kind), level_of(entry), name, page.title, chapters, said)


def kind_of(kind: str) -> str:
    """What a kind of row is called by readers: ``rubric-row`` gives ``Rubric line``."""
    return KINDS[kind].called if kind in KINDS else kind.capitalize()


def level_of(entry: Entry) -> str:
    """The one level a row is for, as ``L5``; '' when it is for several or none."""
    named = entry.row.for_levels or tuple(name for name in LEVELS if name == entry.owner)
    return named[0].upper() if len(named) == 1 else ""


def _said(entry: Entry, name: str) -> str:
    row = entry.row
    says = KINDS[entry.kind].says if entry.kind in KINDS else ()
    pairs = [(label, _field(row, path)) for label, path in says]
    if not pairs:
        pairs = [("", text) for text in texts(row) if text not in (name, getattr(row, "step", None))][:1]
    pairs = [(label, text) for label, text in pairs if text]
    room = _ROOM[min(len(pairs), len(_ROOM)) - 1]
    return " ".join(f"{label}: {_sentences(text, room)}" if label else _sentences(text, room) for label, text in pairs)


def _field(row: Any, path: str) -> str:
    for part in path.split("."):
        row = getattr(row, part, None)
    return plain(str(row)) if row is not None else ""


def _sentences(text: str, room: int) -> str:
    """The first whole sentences of a text that fit, at least one, closed by a full stop."""
    first, *more = [found.strip() for found in _SENTENCE.findall(text)]
    for sentence in more:
        if len(first) + 1 + len(sentence) > room:
            break
        first = f"{first} {sentence}"
    kept = _cut(first, max(room, 160))
    kept = kept if re.search(r"[.!?…:][”\"’')]*$", kept) else f"{kept}."
    # What was opened before the cut is closed.
    closed = kept + ")" * (kept.count("(") > kept.count(")")) + '"' * (kept.count('"') % 2)
    return f"{closed[0].upper()}{closed[1:]}"


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0].rstrip(",;:") + " …"
