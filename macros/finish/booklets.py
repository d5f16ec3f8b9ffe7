"""Booklets to print: PDF files below booklets/, and the links to them filled in."""

from __future__ import annotations

from pathlib import Path

from macros.catalog.catalog import Catalog
from macros.exports.booklets import booklets
from macros.exports.typeset import typeset
from macros.exports.urls import edition
from macros.exports.write import site_address
from macros.rows.booklet import FOLDER


def write_booklets(catalog: Catalog, site: Path) -> int:
    """Write every booklet below `site`/booklets; return how many. Raises GuideError, and writes none then."""
    prose = {path: (catalog.root / "docs" / path).read_text("utf-8-sig") for path in catalog.pages}
    made = typeset(catalog, booklets(catalog, prose, site_address(site)), edition(catalog))
    folder = site / FOLDER
    folder.mkdir(exist_ok=True)
    for name, content in made.items():
        (folder / name).write_bytes(content)
    for page in catalog.pages.values():
        if any(call.name == "booklets" for call in page.calls):
            file = site / page.url / "index.html"
            file.write_text(file.read_text("utf-8").replace(" data-hp-booklet=", " href="), "utf-8")
    return len(made)
