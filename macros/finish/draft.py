"""A draft of the site for the live server: what finishes a page by itself, and what is made of all pages together."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from macros.catalog.catalog import Catalog
from macros.exports.plans import MINE
from macros.finish.accessible import accessible
from macros.finish.assets import FETCHED
from macros.finish.drawings import drawing_styles, with_drawings
from macros.finish.permalinks import row_pages
from macros.finish.plans import plans, with_filled_links
from macros.finish.search import search_files
from macros.finish.search_records import records
from macros.finish.site_pages import ROWS
from macros.finish.terms import Terms, terms_of, with_links

# Where the files of `files_beside` are, and nothing else but pages and what pages load.
FOLDERS = (ROWS, FETCHED, MINE)


class Around(NamedTuple):
    """What finishes a page, beside the page: while it is the same, a page that is the same need not be finished again."""

    terms: Terms
    styles: str


def around(catalog: Catalog, site: Path) -> Around:
    """Return what finishes the pages of the built `site`."""
    return Around(terms_of(catalog), drawing_styles(site))


def finish_page(text: str, url: str, beside: Around) -> tuple[str, list[tuple[str, str]]]:
    """Return the HTML of the built page at `url` as it is served, and the files of its drawings by path below the site."""
    filled = with_filled_links(text) if url.strip("/") == MINE else text
    drawn, files = with_drawings(filled, url, beside.styles)
    return accessible(with_links(drawn, url, beside.terms)), files


def files_beside(catalog: Catalog, site: Path) -> Iterator[tuple[str, bytes]]:
    """Yield short addresses, plans and search index with their paths below `site`, whose pages are finished; this takes seconds.

    Raises GuideError.
    """
    yield from ((name, text.encode()) for name, text in row_pages(catalog, site))
    yield from ((name, text.encode()) for name, text in search_files(catalog, records(catalog, site)))
    yield from plans(catalog, site)[0].items()
