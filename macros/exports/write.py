"""Writes into the finished site what leaves it: for assistants, programs, feed readers, search engines, and the disk."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from pathlib import Path

from macros.catalog.catalog import Catalog
from macros.catalog.diagnostics import GuideError, Problem
from macros.exports.registry import Finished, exports

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
    of, made = Finished(catalog, site, address), 0
    for one in exports():
        if one.make:
            content = one.make(of)
            for name, text in content.items() if isinstance(content, Mapping) else (("", content),):
                file = site / f"{one.path}{name}"
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(text.encode() if isinstance(text, str) else text)
                made += 1
    (site / "sitemap.xml.gz").unlink(missing_ok=True)
    return made
