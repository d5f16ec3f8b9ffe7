"""Flash cards: the deck for Anki, and on its page the link to it with its size."""

from __future__ import annotations

from pathlib import Path

from macros.catalog.cards import DECK
from macros.catalog.catalog import Catalog
from macros.exports.anki_package import package
from macros.exports.cards import cards
from macros.exports.urls import edition
from macros.exports.write import site_address
from macros.finish.plans import fill_links


def write_cards(catalog: Catalog, site: Path) -> tuple[int, int]:
    """Write the deck below `site`; return how many cards it has and its bytes. Raises GuideError."""
    address = site_address(site)
    found = list(cards(catalog, address))
    content = package(found, address, edition(catalog))
    file = site / DECK
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    for page in catalog.pages.values():
        if any(call.name == "flash_cards" for call in page.calls):
            built = site / page.url / "index.html"
            fill_links(built)
            size = f"<span>, {len(content) / 1000:.0f} kB</span>"
            built.write_text(built.read_text("utf-8").replace("<span data-hp-size></span>", size), "utf-8")
    return len(found), len(content)
