"""What stands on each flash card, in plain words, and how it is tagged. `anki_package.py` beside it writes the deck.

A card is found again by its kind and the id of its row, never by its text: a mended sentence is the same card. Tags say
what a card is for: ``kind::probe``, ``topic::caching``, ``component::evcache``, ``level::l5``, ``track::platform``. A
card that is for every level or track has all of their tags, so that one tag finds all of a reader's cards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from macros.catalog.cards import CARD_KINDS, DECK, CardRow, card_rows
from macros.catalog.catalog import Catalog
from macros.catalog.page import Page
from macros.exports.plaintext import PlainRenderer
from macros.exports.plans import short
from macros.exports.registry import announce
from macros.exports.urls import chapter
from macros.rows.base import LEVELS, LevelName, Row
from macros.rows.glossary import Term
from macros.rows.practice import Prompt
from macros.rows.sources import Figure
from macros.rows.teams import Track
from macros.rows.topic import Component, Decision, FailureMode, Probe, Topic

announce(DECK, "Flash cards", "an Anki deck of terms, figures, failure modes, decisions, probes and sentences to say")


class Card(NamedTuple):
    """A card in plain text. `about` is the line above the question, `asks` the one below it; `answer` has (label or '',
    text) for each paragraph; `deck` is the part of the deck it lies in."""

    kind: str
    id: str
    deck: str
    about: str
    question: str
    asks: str
    answer: tuple[tuple[str, str], ...]
    tags: tuple[str, ...]
    address: str


class _Sides(NamedTuple):
    """The words of a card: the question, what to do with it, and the answer, where texts may be empty."""

    question: str
    asks: str
    answer: tuple[tuple[str, str | None], ...]


def cards(catalog: Catalog, address: str) -> Iterator[Card]:
    """Yield every card, in the order of the guide; `address` is that of the site."""
    to = PlainRenderer(catalog, address)
    rows = card_rows(catalog)
    for kind in CARD_KINDS:
        for row in rows[kind.tag]:
            sides = _sides(to, kind.tag, row)
            subject = _subject(catalog, row)
            page = catalog.pages[catalog.homes[subject.id].page]
            topics, components = _topics(catalog, subject, page), _components(catalog, page)
            level = row.level if isinstance(row, Probe) else ""
            yield Card(
                kind=kind.tag,
                id=row.id,
                deck=kind.names if kind.tag == "figure" else _part(catalog, page),
                about=f"{kind.name}, {level.upper()}" if level else kind.name,
                question=sides.question,
                asks=sides.asks,
                answer=tuple((label, to.words(text)) for label, text in sides.answer if text),
                tags=(
                    f"kind::{kind.tag}",
                    *(f"topic::{id}" for id in topics),
                    *(f"component::{id}" for id in components),
                    *(f"level::{name}" for name in _levels(row)),
                    *(f"track::{short(id)}" for id in _tracks(catalog, subject, {*topics, *components})),
                ),
                address=f"{address}go/{row.id}/",
            )


# -- what the sides say ----------------------------------------------------------------------------


def _sides(to: PlainRenderer, kind: str, row: CardRow) -> _Sides:
    match row:
        case Term():
            return _term(to, row)
        case Figure():
            return _figure(to, row)
        case FailureMode():
            return _failure(to, row)
        case Probe():
            return _probe(to, row)
        case Decision() if kind == "decision":
            return _decision(to, row)
        case Decision() | Prompt():
            return _say(to, row)


def _term(to: PlainRenderer, row: Term) -> _Sides:
    return _Sides(row.term, "What does it mean?", (("", row.means), ("Also", ", ".join(row.also))))


def _figure(to: PlainRenderer, row: Figure) -> _Sides:
    sources = "; ".join(map(to.published, row.sources))
    answer = (("", row.value), ("Year", str(row.year)), ("Source", sources), ("Note", row.note))
    return _Sides(to.words(row.what), "Which number, and of which year?", answer)


def _failure(to: PlainRenderer, row: FailureMode) -> _Sides:
    answer = (
        ("", row.title),
        ("The member sees", row.member_sees),
        ("First signal", row.first_signal),
        ("What degrades and what stops", row.degrades),
        ("Recovers", row.recovers),
        ("Say", row.say),
    )
    asks = "What does the member see, what do you notice first, what degrades, and how does it recover?"
    return _Sides(to.words(row.trigger), asks, answer)


def _decision(to: PlainRenderer, row: Decision) -> _Sides:
    answer = (
        ("", row.title),
        ("Weaker", row.weaker.name),
        ("Sound", row.sound.name),
        ("Strong", row.strong.name),
        ("What tells them apart", row.separates),
        ("The weaker one is right when", row.weaker_is_right_when),
    )
    question = "\n".join(to.words(text) for text in (row.example, row.question) if text)
    return _Sides(question, "Name three options, and say when the weakest is right.", answer)


def _probe(to: PlainRenderer, row: Probe) -> _Sides:
    return _Sides(to.words(row.ask), "Answer aloud.", (("", row.good),))


def _say(to: PlainRenderer, row: Decision | Prompt) -> _Sides:
    if isinstance(row, Prompt):
        asks = "Say the hard part aloud: what you choose and what it costs, in at most 40 words."
        return _Sides(f"{row.title}\n{to.words(row.says)}", asks, (("", row.say), ("The hard part", row.hard_part)))
    asks = "Say it aloud: what you choose and what it costs, in at most 40 words."
    return _Sides(f"{row.title}\n{to.words(row.question)}", asks, (("", row.say),))


# -- where a card belongs --------------------------------------------------------------------------


def _subject(catalog: Catalog, row: CardRow) -> Row:
    """The row or page that a card is about: for a term the one that teaches it, else the row itself."""
    return catalog.get(row.taught if isinstance(row, Term) and row.taught else row.id)


def _part(catalog: Catalog, page: Page) -> str:
    """The part of the deck: the topic, or in a few words the chapter that is no topic's."""
    topics = _topics_of(catalog, page)
    return catalog.name(topics[0]) if topics else re.split("[:,]", chapter(catalog, page))[0]


def _topics_of(catalog: Catalog, page: Page) -> list[str]:
    """The topic that a page is of: its own, or the one whose first page stands in the same folder."""
    homes = {topic.id: catalog.homes[topic.id].page for topic in catalog.all(Topic)}
    folder = page.path.rpartition("/")[0]
    return [id for id, home in homes.items() if home in (page.path, f"{folder}/index.md")]


def _topics(catalog: Catalog, subject: Row, page: Page) -> list[str]:
    """The topics of a card: that of its page, those a prompt names, and for a figure those of the pages that use it."""
    pages = [page]
    if isinstance(subject, Figure):
        pages += [catalog.pages[catalog.homes[id].page] for id in catalog.back_links.get(subject.id, ())]
        pages += [
            other
            for other in catalog.pages.values()
            if any(call.name == "figure" and call.args[0] == subject.id for call in other.calls)
        ]
    found = [id for page in pages for id in _topics_of(catalog, page)]
    return list(dict.fromkeys([*found, *(subject.topics if isinstance(subject, Prompt) else ())]))


def _components(catalog: Catalog, page: Page) -> list[str]:
    """The component that a page is of."""
    return [row.id for row in catalog.all(Component) if catalog.homes[row.id].page == page.path]


def _levels(row: CardRow) -> tuple[LevelName, ...]:
    """The levels a card is for. What is asked at one level is asked at the levels above it too."""
    if isinstance(row, Probe):
        return LEVELS[LEVELS.index(row.level) :]
    return row.for_levels or LEVELS


def _tracks(catalog: Catalog, subject: Row, about: set[str]) -> list[str]:
    """The tracks a card is for: by the teams of a prompt, else by what the card is about; every track when by none."""
    every = catalog.all(Track)
    if isinstance(subject, Prompt):
        found = [track.id for track in every if {*subject.teams} & {*track.teams}]
    else:
        found = [track.id for track in every if about & {*track.topics, *track.components}]
    return found or [track.id for track in every]
