"""Texts as runs for paper: a piece of text and how it is set, every mark of the data resolved.

A run is a small table that the template reads: `t` its text, and where it has them `b` bold, `i` italic, `c` code,
`up` raised, `to` the address that it leads to, `whole` where no line may end in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from macros.catalog.catalog import Catalog
from macros.exports.urls import address_of
from macros.rows.markup import ID_PATTERN, cited_ids, plain
from macros.rows.sources import Figure, Source

Run = dict[str, Any]

_INLINE = re.compile(
    r"`(?P<code>[^`]+)`"
    r"|\*\*(?P<bold>(?=\S).+?(?<=\S))\*\*(?!\*)"
    r"|\*(?P<italic>(?=[^\s*]).+?(?<=[^\s*]))\*"
    rf"|\s?\[(?P<cites>@{ID_PATTERN}(?:\s*[,;]\s*@{ID_PATTERN})*)\]"
    rf"|\[=(?P<figure>{ID_PATTERN})\]"
    r"|\[(?P<words>[^\[\]]+)\]\((?P<target>[^()\s]+)\)",
    re.S,
)
_OPENING = re.compile(r"(?:(?<=^)|(?<=[\s(\[“‘–—]))([\"'])(?=\S)")


class Writer:
    """Turns the texts of one booklet into runs, and counts the sources that they cite."""

    def __init__(self, catalog: Catalog, address: str) -> None:
        self.catalog = catalog
        self.address = address
        self.cited: dict[str, int] = {}

    def __call__(self, text: str, *, bold: bool = False) -> list[Run]:
        """Return the runs of a text. Raises KeyError for a source, figure or row that is unknown."""
        return _joined(self._runs(text, {"b": True} if bold else {}))

    def cite(self, *ids: str) -> list[Run]:
        """Return the raised numbers of sources, in the order in which the booklet cites them; nothing for none."""
        numbers = [self.cited.setdefault(id, len(self.cited) + 1) for id in ids]
        return [{"t": ", ".join(map(str, numbers)), "up": True}] if numbers else []

    def link(self, id: str) -> list[Run]:
        """Return the short address of a row, as it is typed, leading there."""
        return [{"t": f"go/{id}", "to": f"{self.address}go/{id}/", "whole": True}]

    def sources(self) -> list[dict[str, Any]]:
        """Return the cited sources in order: their title, who published them when, and where the guide says more."""
        found = []
        for id in self.cited:
            row = self.catalog.get(id, Source)
            title = row.title if row.title.endswith(("?", "!")) else f"{row.title.rstrip('.')}."
            about = f"{title} {row.publisher}, {row.date}. "
            found.append({"row": id, "runs": [{"t": curly(about)}, *self.link(id)]})
        return found

    def _runs(self, text: str, style: Run) -> Iterator[Run]:
        last = 0
        for found in _INLINE.finditer(text):
            yield {"t": curly(text[last : found.start()], text[:last]), **style}
            last = found.end()
            if found["code"]:
                yield {"t": found["code"], **style, "c": True}
            elif found["bold"]:
                yield from self._runs(found["bold"], {**style, "b": True})
            elif found["italic"]:
                yield from self._runs(found["italic"], {**style, "i": True})
            elif found["cites"]:
                yield from self.cite(*cited_ids(found["cites"]))
            elif found["figure"]:
                row = self.catalog.get(found["figure"], Figure)
                yield {"t": curly(row.dated), **style}
                yield from self.cite(*row.sources)
            else:
                target = found["target"]
                to = address_of(self.catalog, self.address, target[1:]) if target.startswith("#") else target
                yield from self._runs(found["words"], {**style, "to": to})
        yield {"t": curly(text[last:], text[:last]), **style}


def curly(text: str, before: str = "") -> str:
    """Return `text`, which follows `before`, with the quotation marks and apostrophes of print."""
    if '"' not in text and "'" not in text:
        return text
    last = before[-1:]
    whole = _OPENING.sub(lambda found: "“" if found[1] == '"' else "‘", last + text)
    return whole[len(last) :].replace('"', "”").replace("'", "’")


def name(catalog: Catalog, id: str) -> str:
    """Return the words that name a row or page, as they are printed. Raises KeyError."""
    return curly(plain(catalog.name(id)))


def _joined(runs: Iterator[Run]) -> list[Run]:
    return [run for run in runs if run["t"]]
