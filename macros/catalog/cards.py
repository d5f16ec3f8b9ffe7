"""Which rows become flash cards, by kind of card: what the page counts and the deck holds."""

from __future__ import annotations

from typing import NamedTuple

from macros.catalog.catalog import Catalog
from macros.rows.glossary import Term
from macros.rows.practice import Prompt
from macros.rows.sources import Figure
from macros.rows.topic import Decision, FailureMode, Probe

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


CardRow = Term | Figure | FailureMode | Decision | Probe | Prompt


def card_rows(catalog: Catalog) -> dict[str, tuple[CardRow, ...]]:
    """Return the rows that become cards, by the tag of their kind. A decision is a card to think and a card to say."""
    rows = [entry.row for entry in catalog.entries.values()]
    decisions = tuple(row for row in rows if isinstance(row, Decision))
    return {
        "term": catalog.all(Term),
        "figure": catalog.all(Figure),
        "failure": tuple(row for row in rows if isinstance(row, FailureMode)),
        "decision": decisions,
        "probe": tuple(row for row in rows if isinstance(row, Probe)),
        "say": (*decisions, *catalog.all(Prompt)),
    }
