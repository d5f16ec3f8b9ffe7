"""The flash cards: the package read back by Anki's own library, against the catalog; a second import updates."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.notes import Note
from selectolax.lexbor import LexborHTMLParser

from macros.catalog import catalog
from macros.catalog.cards import CARD_KINDS, DECK, card_rows
from macros.exports.anki_package import FIELDS, NOTE_TYPE, package
from macros.exports.cards import Card, cards
from macros.exports.plans import short
from macros.exports.urls import LICENCE, TITLE, edition
from macros.rows.base import LEVELS
from tools.site_build import ROOT

ADDRESS = "https://example.org/below/"
# Long ago, so that nothing here rests on the clock of the machine.
EDITION, BETWEEN, LATER = "2020-01-05", 1579500000, "2020-02-01"
HOSTILE = "<p8, a & b; \"c\" 'd'\n{{Answer}} &amp; <b>e</b>"
LEFT_OVER = re.compile(r"\{\{|\}\}|\[@|\[=|\]\(|\*\*|`|\(\)|\bNone\b")

CARD = Card(
    kind="term",
    id="term-ttl",
    deck="Caching",
    about="Term",
    question="Time to live",
    asks="What does it mean?",
    answer=(("", "How long an entry may be served."), ("Also", "TTL")),
    tags=("kind::term", "level::l5"),
    address=f"{ADDRESS}go/term-ttl/",
)
Importer = Callable[..., Collection]


@pytest.fixture(scope="module")
def guide_data() -> catalog.Catalog:
    return catalog.load(ROOT)


@pytest.fixture(scope="module")
def deck(guide_data: catalog.Catalog) -> tuple[Card, ...]:
    return tuple(cards(guide_data, ADDRESS))


@pytest.fixture(scope="module")
def content(guide_data: catalog.Catalog, deck: tuple[Card, ...]) -> bytes:
    return package(deck, ADDRESS, edition(guide_data))


def imported(content: bytes, folder: Path) -> Collection:
    """Import a package into the collection in `folder`, as Anki does with the settings it comes with; it is left open."""
    file = folder / "deck.apkg"
    file.write_bytes(content)
    found = Collection(str(folder / "collection.anki2"))
    options = ImportAnkiPackageOptions(merge_notetypes=False, with_scheduling=False, with_deck_configs=False)
    found.import_anki_package(ImportAnkiPackageRequest(package_path=str(file), options=options))
    return found


@pytest.fixture(scope="module")
def read(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    """The deck of the guide in a fresh collection."""
    found = imported(content, tmp_path_factory.mktemp("anki"))
    yield found
    found.close()


@pytest.fixture
def take(tmp_path: Path) -> Iterator[Importer]:
    """Imports cards into one collection, again and again."""
    last: list[Collection] = []

    def one(*given: Card, date: str = EDITION) -> Collection:
        while last:
            last.pop().close()
        last.append(imported(package(given, ADDRESS, date), tmp_path))
        return last[0]

    yield one
    while last:
        last.pop().close()


def notes(found: Collection, query: str = "") -> list[Note]:
    return [found.get_note(id) for id in found.find_notes(query)]


def only(found: Collection, query: str = "") -> Note:
    (note,) = notes(found, query)
    return note


def text(field: str) -> str:
    """The words of a field, as they were before they became HTML."""
    return html.unescape(re.sub(r"<[^<>]*>", "", field.replace("<br>", "\n")))


# -- what is in it ---------------------------------------------------------------------------------


def test_every_row_of_every_kind_is_a_note_with_one_card(read: Collection, guide_data: catalog.Catalog) -> None:
    kinds = {
        "term": "term",
        "figure": "figure",
        "failure": "failure-mode",
        "decision": "decision",
        "probe": "probe",
        "say": "decision prompt",
    }
    assert list(kinds) == [kind.tag for kind in CARD_KINDS] == list(card_rows(guide_data))
    for tag, of in kinds.items():
        rows = sorted(id for id, entry in guide_data.entries.items() if entry.kind in of.split())
        assert len(rows) > 20, tag
        assert sorted(note["Id"] for note in notes(read, f"tag:kind::{tag}")) == rows, tag
    assert read.note_count() == read.card_count() == sum(map(len, card_rows(guide_data).values()))


def test_the_words_of_a_card_are_those_of_its_row(read: Collection, guide_data: catalog.Catalog) -> None:
    for note in notes(read, "tag:kind::say"):
        assert text(note["Answer"]).startswith(guide_data.get(note["Id"]).say), note["Id"]
    for note in notes(read, "tag:kind::figure"):
        row = guide_data.get(note["Id"])
        assert text(note["Answer"]).startswith(f"{row.value}Year: {row.year}Source: "), note["Id"]
    for note in notes(read, "tag:kind::failure"):
        labels = re.findall(r"<p><b>([^<]*):</b> [^<]+</p>", note["Answer"])
        assert labels == ["The member sees", "First signal", "What degrades and what stops", "Recovers", "Say"]
        assert guide_data.get(note["Id"]).title in text(note["Answer"])
    for note in notes(read, "tag:kind::decision"):
        row = guide_data.get(note["Id"])
        said = text(note["Answer"])
        assert all(f"{one.name}" in said for one in (row.weaker, row.sound, row.strong))
        assert "The weaker one is right when: " in said


def test_nothing_is_left_of_the_marks_of_the_data(read: Collection) -> None:
    left = [(note["Id"], found[0]) for note in notes(read) if (found := LEFT_OVER.search("\n".join(note.fields)))]
    assert left == []
    assert all(field.strip() for note in notes(read) for field in note.fields[: FIELDS.index("Spare")])


def test_a_figure_in_a_text_keeps_its_number_and_year(guide: Path) -> None:
    found = {card.id: card for card in cards(catalog.load(guide), ADDRESS) if card.kind == "decision"}
    answer = dict(found["caching-choice-0"].answer)
    assert answer["What tells them apart"] == "The miss rate, 400 million operations a second (2024)."
    probe = next(card for card in cards(catalog.load(guide), ADDRESS) if card.id == "caching-probe-0")
    assert probe.answer == (("", "Names the number."),)


def test_tags_are_without_spaces_and_find_a_reader_s_cards(read: Collection, guide_data: catalog.Catalog) -> None:
    tags = {tag for note in notes(read) for tag in note.tags}
    assert all(re.fullmatch(r"(kind|topic|component|level|track)::[a-z0-9-]+", tag) for tag in tags)
    wanted = {f"level::{name}" for name in LEVELS} | {f"kind::{kind.tag}" for kind in CARD_KINDS}
    wanted |= {f"topic::{row.id}" for row in guide_data.all("topic")}
    wanted |= {f"component::{row.id}" for row in guide_data.all("component")}
    wanted |= {f"track::{short(row.id)}" for row in guide_data.all("track")}
    assert tags == wanted
    for group in ("kind", "level", "track"):
        assert all(any(tag.startswith(f"{group}::") for tag in note.tags) for note in notes(read)), group
    # What is asked at a level is asked at the levels above it too.
    for name in LEVELS:
        probes = [id for id, e in guide_data.entries.items() if e.kind == "probe" and e.row.level <= name]
        assert len(notes(read, f"tag:kind::probe tag:level::{name}")) == len(probes)
    caching = {note["Id"] for note in notes(read, "tag:topic::caching tag:kind::failure")}
    assert caching == {row.id for row in guide_data.get("caching").failure_modes}


def test_a_part_of_the_deck_for_each_topic(read: Collection, guide_data: catalog.Catalog) -> None:
    names = {entry.name for entry in read.decks.all_names_and_ids() if entry.name.startswith(TITLE)}
    assert {f"{TITLE}::{row.title}" for row in guide_data.all("topic")} < names
    assert TITLE in names
    assert LICENCE in read.decks.by_name(TITLE)["desc"]
    topic = guide_data.all("topic")[0]
    rows = (*topic.decisions, *topic.failure_modes, *topic.probes)
    query = f'"deck:{TITLE}::{topic.title}" -tag:kind::term -tag:kind::say'
    assert {note["Id"] for note in notes(read, query)} == {row.id for row in rows}


def test_new_cards_come_in_the_order_of_the_guide(read: Collection, guide_data: catalog.Catalog) -> None:
    topic = guide_data.all("topic")[0]
    query = f'"deck:{TITLE}::{topic.title}" tag:kind::failure'
    found = [read.get_card(id) for id in read.find_cards(query)]
    assert [one.note()["Id"] for one in sorted(found, key=lambda one: one.due)] == [
        row.id for row in topic.failure_modes
    ]


def test_every_card_leads_to_an_address_that_exists(deck: tuple[Card, ...], guide_data: catalog.Catalog) -> None:
    assert {card.address for card in deck} <= {f"{ADDRESS}go/{id}/" for id in guide_data.entries}


def test_guids_are_unique_and_not_made_from_words(read: Collection, deck: tuple[Card, ...]) -> None:
    assert max(Counter(note.guid for note in notes(read)).values()) == 1
    assert len({(card.kind, card.id) for card in deck}) == len(deck)


# -- how it is shown -------------------------------------------------------------------------------


def test_a_card_as_anki_shows_it(take: Importer) -> None:
    card = only(take(CARD)).cards()[0]
    question, answer = card.render_output().question_text, card.render_output().answer_text
    assert '<p class="question">Time to live</p>' in question
    assert "How long" not in question
    assert "<p>How long an entry may be served.</p><p><b>Also:</b> TTL</p>" in answer
    assert f'<a href="{CARD.address}">' in answer


def test_no_colours_are_set(read: Collection) -> None:
    style = read.models.get(NOTE_TYPE)["css"]
    assert ".card {" in style
    assert re.findall(r"(?:background|color)[\w-]*: (?!inherit;)[^;]+", style) == []
    assert "style=" not in "".join(
        template["qfmt"] + template["afmt"] for template in read.models.get(NOTE_TYPE)["tmpls"]
    )


def test_the_fields_stay_as_they_were_published(read: Collection) -> None:
    """Another field, name or order would make a second note type for everybody who has the deck: never change these."""
    names = [field["name"] for field in read.models.get(1594995370)["flds"]]
    assert names == ["Question", "Asks", "Answer", "About", "Address", "Id", "Spare"]
    assert [template["name"] for template in read.models.get(NOTE_TYPE)["tmpls"]] == ["Card"]


def test_hostile_text_comes_back_as_itself(take: Importer) -> None:
    note = only(take(CARD._replace(question=HOSTILE, answer=((HOSTILE, HOSTILE),), about=HOSTILE, address=HOSTILE)))
    assert text(note["Question"]) == HOSTILE
    assert text(note["Answer"]) == f"{HOSTILE}: {HOSTILE}"
    assert text(note["Address"]) == HOSTILE
    shown = LexborHTMLParser(note.cards()[0].render_output().question_text)
    assert shown.css_first(".question").text() == HOSTILE.replace("\n", "")
    assert [node.tag for node in shown.css(".question *")] == ["br"]


# -- imported again --------------------------------------------------------------------------------


@pytest.mark.parametrize("queue", [2, -1], ids=["learned", "suspended"])
def test_an_edited_text_updates_its_card_and_keeps_its_progress(take: Importer, queue: int) -> None:
    found = take(CARD)
    before = only(found)
    before["Answer"] = "Mine."
    before.tags.append("mine")
    found.update_note(before)
    card = before.cards()[0]
    card.type, card.queue, card.ivl, card.due, card.reps, card.flags = 2, queue, 30, 40, 5, 3
    found.update_card(card)
    found.db.execute("update notes set mod = ?", BETWEEN)
    found = take(CARD._replace(question="TTL", answer=(("", "Mended."),), tags=("kind::term",)), date=LATER)
    after = only(found)
    assert (after.id, after.guid) == (before.id, before.guid)
    assert (after["Question"], after["Answer"]) == ("TTL", "<p>Mended.</p>")
    assert after.tags == ["kind::term"]  # what a reader added to a note goes, as the page says
    progress = [(one.type, one.queue, one.ivl, one.due, one.reps, one.flags) for one in after.cards()]
    assert progress == [(2, queue, 30, 40, 5, 3)]
    assert len([one for one in found.models.all_names_and_ids() if one.name.startswith(TITLE)]) == 1


def test_an_edition_of_the_same_day_changes_nothing_and_adds_what_is_new(take: Importer) -> None:
    take(CARD)
    first = CARD._replace(id="term-first", question="First")  # takes the place, and so the number, of the other
    found = take(first, CARD._replace(question="Edited"))
    assert sorted(note["Question"] for note in notes(found)) == ["First", "Time to live"]
    assert found.card_count() == 2
    assert sorted(note["Question"] for note in notes(take(first, CARD._replace(question="Edited"), date=LATER))) == [
        "Edited",
        "First",
    ]


def test_a_note_that_the_reader_changed_later_is_left_alone(take: Importer) -> None:
    note = only(take(CARD))
    note["Answer"] = "Mine."
    note.col.update_note(note)  # today, which is after LATER
    assert only(take(CARD, date=LATER))["Answer"] == "Mine."


def test_a_dropped_card_stays_and_equal_words_are_two_cards(take: Importer) -> None:
    take(CARD, CARD._replace(kind="say"), CARD._replace(id="term-other"))
    assert take(CARD, date=LATER).note_count() == 3


def test_the_same_bytes_each_time_and_another_day_s_are_others(
    content: bytes, deck: tuple[Card, ...], guide_data: catalog.Catalog
) -> None:
    again = catalog.load(ROOT)
    assert package(cards(again, ADDRESS), ADDRESS, edition(again)) == content
    assert package(deck, ADDRESS, "2030-01-01") != content


def test_the_deck_is_small(content: bytes) -> None:
    assert len(content) < 300_000


# -- on the site -----------------------------------------------------------------------------------


def test_the_built_site_has_the_deck_its_link_and_its_size(site: Path, tmp_path: Path) -> None:
    content = (site / DECK).read_bytes()
    page = LexborHTMLParser((site / "plan" / "cards" / "index.html").read_text("utf-8")).css_first("article")
    link = page.css_first("a[download]")
    assert (site / "plan" / "cards" / (link.attributes["href"] or "")).resolve() == (site / DECK).resolve()
    found = imported(content, tmp_path)
    said = f"Download the deck: {found.note_count()} cards for Anki, {len(content) / 1000:.0f} kB."
    assert said in page.text()
    missing = [note["Address"] for note in notes(found) if not _file(site, note["Address"]).is_file()]
    found.close()
    assert missing == []


def _file(site: Path, address: str) -> Path:
    return site / address.removeprefix("http://127.0.0.1:8000/") / "index.html"
