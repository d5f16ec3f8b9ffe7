"""Row pages: /go/ID/ says what a row is and leads to it."""

from __future__ import annotations

import html
from pathlib import Path

from macros.model.catalog import Catalog
from macros.model.walk import texts

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{title} - The Hard Part</title>
<meta name="description" content="{description}">
<meta property="og:title" content="{title}">
<meta property="og:description" content="{description}">
<meta http-equiv="refresh" content="0; url={target}">
<link rel="canonical" href="{target}">
<meta name="robots" content="noindex">
</head>
<body>
<main>
<p>{kind}</p>
<h1>{title}</h1>
<p>{description}</p>
<p><a href="{target}">Read it on the page “{page}”</a></p>
</main>
</body>
</html>
"""


def write_row_pages(catalog: Catalog, site: Path) -> int:
    """Write one page per row below `site`/go and per retired id; return how many."""
    successors = {row.id: row.successor for row in catalog.all("retired")}
    for id in (*catalog.entries, *successors):
        folder = site / "go" / id
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "index.html").write_text(row_page(catalog, successors.get(id, id)), "utf-8")
    return len(catalog.entries) + len(successors)


def row_page(catalog: Catalog, id: str) -> str:
    """Return the HTML of a row's page. Its target is relative, so that the site works below any path. Raises KeyError."""
    entry, home = catalog.entries[id], catalog.homes[id]
    page = catalog.pages[home.page]
    anchor = "" if page.id == home.anchor else f"#{home.anchor}"
    owner = page.title if entry.kind != "page" else "page"
    name = catalog.name(id)
    about = (
        page.description
        if anchor == ""
        else next((text for text in texts(entry.row) if text != name), page.description)
    )
    return _PAGE.format(
        title=html.escape(name),
        description=html.escape(_shorten(about)),
        kind=html.escape(f"{entry.kind.replace('-', ' ').capitalize()} · {owner}"),
        target=html.escape(f"../../{page.url}{anchor}"),
        page=html.escape(page.title),
    )


def _shorten(text: str, limit: int = 200) -> str:
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …"
