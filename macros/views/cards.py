"""What the page of flash cards shows: how many cards there are of each kind, and the deck to download."""

from __future__ import annotations

from macros.catalog.cards import CARD_KINDS, DECK, card_rows
from macros.views import markdown
from macros.views.registry import macro
from macros.views.render_context import RenderContext


@macro()
def flash_cards(view: RenderContext) -> str:
    """The deck as a link, and its kinds of cards with their numbers."""
    rows = card_rows(view.catalog)
    total = sum(map(len, rows.values()))
    # `finish` fills in address and size: it writes the file, and engines treat an address in HTML differently.
    target = "../" * view.page.url.count("/") + DECK
    return markdown.blocks(
        f'<a data-hp-ready="{target}" download>Download the deck</a>: {total} cards for Anki<span data-hp-size></span>.',
        markdown.table(
            ("Kind", "Cards", "Front", "Back"),
            [(f"**{kind.names}**", str(len(rows[kind.tag])), kind.front, kind.back) for kind in CARD_KINDS],
            widths=(20, 10, 30, 40),
        ),
    )
