"""Writes into the finished site what leaves it: for assistants, programs, feed readers, search engines, and the disk."""

from __future__ import annotations

import html
import re
from pathlib import Path

from macros.catalog import changelog
from macros.catalog.catalog import Catalog
from macros.catalog.diagnostics import GuideError, Problem
from macros.exports import dataset, feed, llms, offline, sitemap, urls

_CANONICAL = re.compile(
    r"<link\b(?=[^>]*\brel=[\"']?canonical\b)[^>]*\bhref=[\"']?(?P<address>https?://[^\"'>\s]+)", re.I
)


def site_address(site: Path) -> str:
    """Return the absolute address of the built site, from the canonical link of its home. Raises GuideError."""
    found = _CANONICAL.search((site / "index.html").read_text("utf-8"))
    if not found:
        what = "index.html has no canonical link; set site_url in mkdocs.yml, which feed and sitemap need"
        raise GuideError([Problem(str(site), 0, what)])
    return html.unescape(found["address"]).removesuffix("index.html").rstrip("/") + "/"


def write_exports(catalog: Catalog, site: Path, address: str) -> int:
    """Write every export below `site`, which stands at `address`; return how many files. Raises GuideError."""
    found = changelog.releases(catalog.changelog)
    day = urls.edition(catalog)
    prose = {path: (catalog.root / "docs" / path).read_text("utf-8-sig") for path in catalog.pages}
    edition = offline.Edition(day, found[0].version if found else "", address)
    made: dict[str, bytes] = {
        "llms.txt": llms.llms_txt(catalog, address).encode(),
        "llms-full.txt": llms.llms_full(catalog, prose, address).encode(),
        "data/v1/guide.json": dataset.guide_json(catalog, address).encode(),
        "data/v1/schema.json": dataset.schema_json().encode(),
        "feed.xml": feed.feed(found, address, day),
        "sitemap.xml": sitemap.sitemap(catalog, address),
        offline.NAME: offline.offline_zip(catalog.pages, _files(catalog, site), edition),
    }
    for path, content in made.items():
        file = site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    (site / "sitemap.xml.gz").unlink(missing_ok=True)
    return len(made)


def _files(catalog: Catalog, site: Path) -> dict[str, bytes]:
    """What the offline edition is made from: pages and assets of the site, and our plain scripts from their sources."""
    files = {f"{page.url}index.html": (site / page.url / "index.html").read_bytes() for page in catalog.pages.values()}
    for file in sorted((site / "assets").rglob("*")):
        if file.is_file():
            files[file.relative_to(site).as_posix()] = file.read_bytes()
    sources = catalog.root / "docs" / "assets" / "javascripts"
    if all((sources / name).is_file() for name in offline.PLAIN_SCRIPTS):
        code = {name: (sources / name).read_text("utf-8") for name in offline.PLAIN_SCRIPTS}
        files[offline.SCRIPT] = offline.plain_script(code).encode()
    return files
