"""Where things stand, as absolute addresses: what leaves the site has no page to be relative to."""

from __future__ import annotations

from macros.catalog.catalog import Catalog
from macros.catalog.page import Page

TITLE = "The Hard Part"
SUBTITLE = "An unofficial study guide to the Netflix system design interview"
LICENCE = "CC BY 4.0"


def address_of(catalog: Catalog, base: str, id: str) -> str:
    """Return the address of a row or page; `base` is that of the site and ends with a slash. Raises KeyError."""
    home = catalog.homes[id]
    page = catalog.pages[home.page]
    return base + page.url + ("" if page.id == home.anchor else f"#{home.anchor}")


def edition(catalog: Catalog) -> str:
    """Return the day the newest page was reviewed, as YYYY-MM-DD: the date of the content, without a clock."""
    return max(page.reviewed for page in catalog.pages.values())


def chapter(catalog: Catalog, page: Page) -> str:
    """Return the title of the chapter that a page stands in."""
    folder = page.path.partition("/")[0]
    if folder == page.path:
        return "Start"
    index = catalog.pages.get(f"{folder}/index.md")
    return index.title if index else folder.capitalize()
