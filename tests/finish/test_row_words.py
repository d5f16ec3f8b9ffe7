"""A row in words, as previews and the line at its place say it."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.catalog import catalog
from macros.finish.row_words import RowWords, row_words


@pytest.fixture(scope="module")
def real() -> catalog.Catalog:
    return catalog.load(Path(__file__).resolve().parent.parent.parent)


def first(guide: catalog.Catalog, kind: str) -> tuple[RowWords, object]:
    id, entry = next((id, entry) for id, entry in guide.entries.items() if entry.kind == kind)
    return row_words(guide, id, ("The chapter",)), entry.row


def test_kind_level_and_page_are_named(real: catalog.Catalog) -> None:
    words = row_words(real, "l5-hard-part", ("Levels", "L5: the hard part"))
    assert words.title == "Rubric line, L5 — The hard part"
    assert words.place == f"{words.page} · Levels › L5: the hard part"
    assert words.said.startswith("A hit: ")
    assert words.description == f"{words.said} On the page “{words.page}”."
    home = row_words(real, "home")
    assert (home.title, home.description) == (real.name("home"), real.pages["index.md"].description)


def test_the_words_of_a_ladder_row_say_their_level(real: catalog.Catalog) -> None:
    words, row = first(real, "ladder-row")
    assert words.level == ""
    starts = [
        words.said.index(f"At {name}: {text.does.split('.')[0][:20]}")
        for name, text in (("L4", row.l4), ("L5", row.l5), ("L6", row.l6))
    ]  # type: ignore[attr-defined]
    assert starts == sorted(starts)
    assert starts[0] == 0


def test_every_row_has_words_in_full_sentences_and_no_more_than_a_preview_shows(real: catalog.Catalog) -> None:
    faults = []
    for id in real.entries:
        words = row_words(real, id)
        if not words.said or not (words.said[0].isupper() or not words.said[0].isalpha()):
            faults.append(f"{id}: begins with '{words.said[:20]}'")
        if words.said.count('"') % 2 or words.said.count("(") > words.said.count(")"):
            faults.append(f"{id}: opens what it does not close: {words.said}")
        if len(words.title) > 130 or len(words.description) > 520:
            faults.append(f"{id}: {len(words.title)} and {len(words.description)} characters")
        if words.said.split(": ", 1)[-1].strip(".") == words.name.strip("."):
            faults.append(f"{id}: says its name again")
    assert not faults, "\n".join(faults)
