"""Which rows become flash cards, by kind of card: what the page counts and the deck holds."""

from __future__ import annotations

from typing import Any, NamedTuple

from macros.model.catalog import Catalog

DECK = "cards/the-hard-part.apkg"  # below the site's root


class CardKind(NamedTuple):
    """A kind of card: its tag (``kind::term``), its name on a card and in the plural, and what its two sides hold."""

    tag: str
    name: str
    names: str
    front: str
    back: str


CARD_KINDS = (
    CardKind("term", "Term", "Terms", "a word of the field", "what it means, and its other names"),
    CardKind("figure", "Figure", "Figures", "what was counted", "the number with its year and source"),
    CardKind(
        "failure",
        "Failure mode",
        "Failure modes",
        "what goes wrong",
        "what the member sees, the first signal, what degrades, how it recovers, and the sentence to say",
    ),
    CardKind(
        "decision",
        "Decision",
        "Decisions",
        "an example and a question",
        "the three options, what tells them apart, and when the weaker one is right",
    ),
    CardKind("probe", "Probe", "Probes", "a follow-up question", "a good answer"),
    CardKind("say", "Say it", "Sentences to say", "a decision or a prompt", "the sentence to say aloud"),
)


def card_rows(catalog: Catalog) -> dict[str, tuple[Any, ...]]:
    """Return the rows that become cards, by the tag of their kind. A decision is a card to think and a card to say."""
    inside = {
        kind: tuple(entry.row for entry in catalog.entries.values() if entry.kind == kind)
        for kind in ("decision", "failure-mode", "probe")
    }
    return {
        "term": catalog.all("term"),
        "figure": catalog.all("figure"),
        "failure": inside["failure-mode"],
        "decision": inside["decision"],
        "probe": inside["probe"],
        "say": (*inside["decision"], *catalog.all("prompt")),
    }
