"""The pages of a built site, and the folder of those that are ours from the first line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

ROWS = "go"  # the folder of row pages


def engine_pages(site: Path) -> Iterator[Path]:
    """Yield the files of all pages that the engine built. Row pages, fifty times as many, are written whole and need no more."""
    for top in sorted(site.iterdir()):
        if top.is_dir() and top.name != ROWS:
            yield from sorted(top.rglob("*.html"))
        elif top.suffix == ".html":
            yield top
