"""The search index, made by Pagefind: nothing of it is loaded before a reader searches.

Pagefind reads pages; the guide is searched by row and by section. So each row, and the prose of each section, is
written as a small record into a scratch folder, and the index is made from those.
"""

from __future__ import annotations

import html
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from macros.finish.rows import address, kind_words
from macros.model.catalog import Catalog
from macros.model.draft import Entry
from macros.model.page import Page
from macros.model.problem import GuideError, Problem
from macros.model.walk import texts

# Pagefind ships its own interfaces beside the index; the guide has one of its own, of 2 kB.
_NOT_SHIPPED = ("pagefind-*ui*", "pagefind-highlight.js", "pagefind-worker.js", "wasm.unknown.pagefind")
_PROSE = ("p", "ul", "ol", "blockquote")
_RECORD = """<html lang="en"><body><main data-pagefind-body data-pagefind-filter="kind[data-kind]{level_filter}"
 data-pagefind-meta="kind[data-kind], page[data-page], target[data-target]"
 data-kind="{kind}" data-level="{level}" data-page="{page}" data-target="{target}"><h1>{title}</h1><p>{text}</p></main></body></html>
"""


class Record(NamedTuple):
    """One thing search can find; `target` is its address below the site's root, `level` is '' for all levels."""

    title: str
    text: str
    kind: str
    level: str
    page: str
    target: str


def write_search_index(catalog: Catalog, site: Path) -> int:
    """Write `site`/pagefind; return how many records it holds. Raises GuideError with what Pagefind said."""
    records = [*_rows(catalog), *_sections(catalog, site)]
    with tempfile.TemporaryDirectory() as folder:
        for number, record in enumerate(records):
            level_filter = ", level[data-level]" if record.level else ""
            escaped = {name: html.escape(value) for name, value in record._asdict().items()}
            (Path(folder) / f"{number}.html").write_text(_RECORD.format(level_filter=level_filter, **escaped), "utf-8")
        command = [sys.executable, "-m", "pagefind", "--site", folder, "--output-path", str(site / "pagefind")]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).strip()[-400:]
        raise GuideError([Problem(str(site), 0, f"the search index could not be made: {said}")])
    for pattern in _NOT_SHIPPED:
        for file in (site / "pagefind").glob(pattern):
            file.unlink()
    return len(records)


def _rows(catalog: Catalog) -> Iterator[Record]:
    for id, entry in catalog.entries.items():
        if entry.kind != "page":
            page = catalog.pages[catalog.homes[id].page]
            text = " ".join(text for text in texts(entry.row) if text != catalog.name(id))
            yield Record(
                catalog.name(id), text, kind_words(entry.kind), level_of(entry), page.title, address(catalog, id)
            )


def level_of(entry: Entry) -> str:
    """The one level a row is for, as ``L5``; '' when it is for several or none."""
    level = getattr(entry.row, "level", "") or (entry.owner if entry.owner in ("l4", "l5", "l6") else "")
    named = getattr(entry.row, "levels", ())
    return (level or (named[0] if len(named) == 1 else "")).upper()


def _sections(catalog: Catalog, site: Path) -> Iterator[Record]:
    """The prose of every page, by heading; what a macro showed is a row of its own."""
    for page in catalog.pages.values():
        article = LexborHTMLParser((site / page.url / "index.html").read_text("utf-8")).css_first("article")
        yield from _sections_of(catalog, page, article)


def _sections_of(catalog: Catalog, page: Page, article) -> Iterator[Record]:
    titles = {heading.id: heading.title for heading in page.headings}
    current, prose = page.id, [page.description, *page.summary]
    for node in (*article.iter(), None):
        if node is None or (node.tag in ("h1", "h2", "h3", "h4") and node.attributes.get("id") != page.id):
            if current in titles:
                target = page.url if current == page.id else f"{page.url}#{current}"
                kind = "Page" if current == page.id else "Section"
                yield Record(titles[current], " ".join(prose), kind, "", page.title, target)
            current, prose = (node.attributes.get("id") or "") if node is not None else "", []
        elif node.tag in _PROSE:
            prose.append(" ".join(node.text(separator=" ").split()))
