"""Row pages: /go/ID/ says what a row is and leads to it."""

from __future__ import annotations

import html
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from macros.catalog.catalog import Catalog
from macros.finish.csp import policy_tag
from macros.finish.row_previews import SIZE as ROW_SIZE
from macros.finish.row_previews import has_image
from macros.finish.row_words import row_words
from macros.finish.site_pages import ROWS
from macros.finish.social_cards import NAME, SIZE, chapters
from macros.rows.redirects import Retired

# What stands in #where is shown at the row too, by late/arrival.js.
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
{policy}
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{title} - The Hard Part</title>
<meta name="description" content="{description}">
<meta property="og:title" content="{title}">
<meta property="og:description" content="{description}">
<meta property="og:site_name" content="The Hard Part">
{preview}<meta http-equiv="refresh" content="0; url=../../{target}">
<link rel="canonical" href="{root}{target}">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<link rel="icon" type="image/svg+xml" href="../../assets/images/favicon.svg">
</head>
<body>
<main>
<p id="where">{kind} <span>{place}</span></p>
<h1>{name}</h1>
<p>{said}</p>
<p><a href="../../{target}">Read it on the page “{page}”</a></p>
</main>
</body>
</html>
"""


# What only makes sense with a whole address: a site without one has relative links and no preview image.
_PREVIEW = """<meta property="og:type" content="article">
<meta property="og:url" content="{root}go/{id}/">
<meta property="og:image" content="{root}{beside}{name}">
<meta property="og:image:width" content="{width}">
<meta property="og:image:height" content="{height}">
<meta property="og:image:alt" content="{alt}">
<meta name="twitter:card" content="summary_large_image">
"""


def write_row_pages(catalog: Catalog, site: Path) -> int:
    """Write one page per row below `site`/go and per retired id; return how many."""
    count = 0
    for name, text in row_pages(catalog, site):
        file = site / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        count += 1
    return count


def row_pages(catalog: Catalog, site: Path) -> Iterator[tuple[str, str]]:
    """Yield the page of every row and of every retired id with its path below `site`, whose other pages are built."""
    successors = {row.id: row.successor for row in catalog.all(Retired) if "#" not in row.id}
    root = _root_of(site)
    around = {
        page.path: chapters((site / page.url / "index.html").read_text("utf-8")) for page in catalog.pages.values()
    }
    for id in (*catalog.entries, *successors):
        row = successors.get(id, id)
        yield f"{ROWS}/{id}/index.html", row_page(catalog, row, root, around[catalog.homes[row].page])


def _root_of(site: Path) -> str:
    """Return the address of the built site in folder `site`, as its first page names it; '' when it names none."""
    canonical = LexborHTMLParser((site / "index.html").read_text("utf-8")).css_first("link[rel=canonical]")
    return (canonical.attributes.get("href") or "") if canonical else ""


def row_page(catalog: Catalog, id: str, root: str = "", around: tuple[str, ...] = ()) -> str:
    """Return the HTML of a row's page in the site at the address `root`; `around` are the chapters of its page. Raises KeyError.

    What leads on is relative, so that the site works below any path; what others read of it has the whole address.
    """
    page, words = catalog.pages[catalog.homes[id].page], row_words(catalog, id, around)
    own = has_image(catalog, id)
    width, height = ROW_SIZE if own else SIZE
    preview = _PREVIEW.format(
        root=html.escape(root),
        id=id,
        beside=f"go/{id}/" if own else page.url,
        name=NAME,
        width=width,
        height=height,
        alt=html.escape(f"{words.title}. {words.description}" if own else f"Title card of the page “{page.title}”"),
    )
    kind = f"<b>{words.kind}</b>" + (f" <strong>{words.level}</strong>" if words.level else "")
    return _PAGE.format(
        policy=policy_tag(""),
        root=html.escape(root) or "../../",
        preview=preview if root else "",
        title=html.escape(words.title),
        description=html.escape(words.description),
        name=html.escape(words.name),
        said=html.escape(words.said),
        kind=kind,
        place=html.escape(words.place),
        page=html.escape(page.title),
        target=html.escape(address(catalog, id)),
    )


def address(catalog: Catalog, id: str) -> str:
    """Return the address of a row below the site's root, such as ``topics/caching/#caching-hot-title``. Raises KeyError."""
    home = catalog.homes[id]
    page = catalog.pages[home.page]
    return page.url if page.id == home.anchor else f"{page.url}#{home.anchor}"
