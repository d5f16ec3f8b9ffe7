"""cards/the-hard-part.apkg: the flash cards as a package for Anki, by genanki.

What an update rests on, and so must not change: the number of the note type and the names and order of its fields (with
another field Anki would make a second note type; "Spare" is there for the day one is needed), and the guid of a note,
made from kind and row. The date of the notes is that of the data: Anki takes an edited note over only when it is newer
than the one it has. It is never the clock's, or the same data would make another file.

No colours: Anki has its own for day and night.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import html
import itertools
import sqlite3
from collections.abc import Iterable

import genanki  # type: ignore[import-untyped]  # it comes without types

from macros.exports.archive import archive
from macros.exports.cards import Card
from macros.exports.urls import LICENCE, SUBTITLE, TITLE

FIELDS = ("Question", "Asks", "Answer", "About", "Address", "Id", "Spare")
# Drawn once; never change it. A fork that is a guide of its own draws another.
NOTE_TYPE = 1594995370

_FRONT = '<p class="about">{{About}}</p>\n<p class="question">{{Question}}</p>\n<p class="asks">{{Asks}}</p>'
_BACK = (
    '{{FrontSide}}\n<hr id="answer">\n<div class="answer">{{Answer}}</div>\n'
    '<p class="about"><a href="{{Address}}">Read it in the guide</a></p>'
)
_STYLE = """.card { font: 1.15rem/1.45 system-ui, sans-serif; margin: 1rem auto; max-width: 40rem; padding: 0 1rem; text-align: left; }
.question { font-size: 1.25em; }
.about, .asks { font-size: 0.85em; }
.asks { font-style: italic; }
.answer p { margin: 0.5em 0; }
a { color: inherit; }
"""


def package(cards: Iterable[Card], address: str, date: str) -> bytes:
    """Return the deck as a file. `date` (YYYY-MM-DD) is that of the data, `address` that of the site."""
    model = genanki.Model(
        NOTE_TYPE,
        TITLE,
        fields=[{"name": name} for name in FIELDS],
        templates=[{"name": "Card", "qfmt": _FRONT, "afmt": _BACK}],
        css=_STYLE,
    )
    decks = {"": _deck("", f"{SUBTITLE}. {address} Edition of {date}. {LICENCE}.")}
    for place, card in enumerate(cards, 1):
        if card.deck not in decks:
            decks[card.deck] = _deck(card.deck)
        guid = genanki.guid_for(TITLE, card.kind, card.id)
        note = genanki.Note(model, fields(card), tags=card.tags, guid=guid, due=place)
        decks[card.deck].add_note(note)
    noon = int(datetime.datetime.fromisoformat(f"{date}T12:00:00+00:00").timestamp())
    with contextlib.closing(sqlite3.connect(":memory:")) as database:
        genanki.Package(list(decks.values())).write_to_db(database.cursor(), noon, itertools.count(noon * 1000))
        database.commit()
        content = database.serialize()
    return archive({"collection.anki2": content, "media": b"{}"}, date)


def fields(card: Card) -> list[str]:
    """Return the fields of a card's note as HTML, in the order of FIELDS."""
    answer = "".join(
        f"<p><b>{_html(label)}:</b> {_html(text)}</p>" if label else f"<p>{_html(text)}</p>"
        for label, text in card.answer
    )
    about = f"{card.about} · {card.deck}"
    return [_html(card.question), _html(card.asks), answer, _html(about), _html(card.address), card.id, ""]


def _html(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")


def _deck(part: str, about: str = "") -> genanki.Deck:
    """A part of the deck; its number follows from its name, as it is by its name that Anki knows it."""
    name = f"{TITLE}::{part}" if part else TITLE
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4]) | 1 << 31
    return genanki.Deck(number, name, html.escape(about))
