"""What the search can find: every row, every page, and the prose under every heading; each address once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from macros.catalog.catalog import Catalog
from macros.catalog.page import Page
from macros.catalog.references import texts
from macros.finish.permalinks import address
from macros.finish.row_words import kind_of, level_of
from macros.rows.markup import plain

_PROSE = ("p", "ul", "ol", "blockquote")


class Record(NamedTuple):
    """One thing search can find. `also` holds its other names, `level` is '' for all levels; `page` is the address and
    `anchor` the place on it, '' for the page itself."""

    title: str
    also: tuple[str, ...]
    text: str
    kind: str
    level: str
    page: str
    anchor: str


def records(catalog: Catalog, site: Path) -> list[Record]:
    """Return all records, in the order of the navigation and, within a page, with the page itself first.

    A page that is a row too (a topic, a level) is one record: the title of the page, the kind of the row, both texts.
    """
    found: dict[tuple[str, str], Record] = {}
    for record in (*_prose(catalog, site), *_rows(catalog)):
        key = (record.page, record.anchor)
        found[key] = _joined(found[key], record) if key in found else record
    order = {page.url: number for number, page in enumerate(catalog.pages.values())}
    return sorted(found.values(), key=lambda record: (order[record.page], record.anchor != ""))


def _joined(prose: Record, row: Record) -> Record:
    names = dict.fromkeys(name for name in (*prose.also, row.title, *row.also) if name != prose.title)
    return row._replace(title=prose.title, also=tuple(names), text=f"{prose.text} {row.text}".strip())


def _rows(catalog: Catalog) -> Iterator[Record]:
    for id, entry in catalog.entries.items():
        if entry.kind != "page":
            name, rest = _short(catalog.name(id)) if entry.kind == "task" else (catalog.name(id), "")
            also = (*map(plain, entry.row.other_names), *([id.upper()] if entry.kind == "level" else []))
            text = " ".join(
                (rest, *(text for text in texts(entry.row) if text not in (catalog.name(id), *also)))
            ).strip()
            page, _, anchor = address(catalog, id).partition("#")
            yield Record(name, also, text, kind_of(entry.kind), level_of(entry), page, anchor)


def _short(title: str) -> tuple[str, str]:
    """The first sentence of a title of several, which is enough to choose by, and the others."""
    first, *rest = re.split(r"(?<=[.?!])\s+", title, maxsplit=1)
    return first, " ".join(rest)


def _prose(catalog: Catalog, site: Path) -> Iterator[Record]:
    """The prose of every page, by heading; what a macro showed is a row of its own."""
    for page in catalog.pages.values():
        article = LexborHTMLParser((site / page.url / "index.html").read_text("utf-8")).css_first("article")
        assert article is not None, f"{page.url} has no article"
        yield from _sections_of(page, article)


def _sections_of(page: Page, article: LexborNode) -> Iterator[Record]:
    titles = {heading.id: plain(heading.title) for heading in page.headings}
    # How the guide is made says "decision" and "failure mode" too, to those who write it.
    own = "About this guide" if page.url.startswith("about/") else ""
    current, prose = page.id, [page.description, *page.summary]
    for node in (*article.iter(), None):
        if node is None or (node.tag in ("h1", "h2", "h3", "h4") and node.attributes.get("id") != page.id):
            if current == page.id:
                also = (titles[current],) if titles.get(current, page.title) != page.title else ()
                yield Record(page.title, (*also, *page.typed), " ".join(prose), own or "Page", "", page.url, "")
            elif current in titles:
                yield Record(titles[current], (), " ".join(prose), own or "Section", "", page.url, current)
            current, prose = (node.attributes.get("id") or "") if node is not None else "", []
        elif node.tag in _PROSE:
            prose.append(" ".join(node.text(separator=" ").split()))
