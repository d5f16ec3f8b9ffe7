"""A sentence that names Netflix and a year is a statement of fact: its paragraph carries a source or our mark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from macros.catalog import catalog
from macros.catalog.references import field_values
from macros.rows.markup import inline_refs
from tools.site_build import ROOT

QUOTED = re.compile(r"[\"“*][^\"”*]*[\"”*]")
FACT = re.compile(r"\bNetflix\b")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
EVIDENCE = re.compile(r"\{\{ (?:cite|figure|judgement)\(|\{\{ ref\(\"claim-")


def unsourced_paragraphs(text: str) -> list[str]:
    """Return the paragraphs and list items of a page that state a dated fact about Netflix without evidence."""
    body = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S)
    paragraphs = re.split(r"\n\s*\n|\n(?=\s*(?:-|\d+\.) )", body)
    return [paragraph for paragraph in paragraphs if states_fact(paragraph) and not EVIDENCE.search(paragraph)]


def states_fact(text: str) -> bool:
    bare = QUOTED.sub(" ", re.sub(r"\{\{.*?\}\}", " ", text))
    return bool(FACT.search(bare) and YEAR.search(bare)) and not text.lstrip().startswith("#")


@pytest.mark.parametrize("page", sorted((ROOT / "docs").rglob("*.md")), ids=lambda file: str(file.relative_to(ROOT)))
def test_pages_say_where_they_have_it_from(page: Path) -> None:
    assert unsourced_paragraphs(page.read_text("utf-8")) == []


def test_rows_say_where_they_have_it_from() -> None:
    # A source, a claim and a term's own text are evidence, or speak of the word and not of the firm.
    spared = ("source", "claim", "page", "round", "reading-group", "figure")
    found = catalog.load(ROOT)
    bare = []
    for id, entry in found.entries.items():
        own = [value for holds, value, place in field_values(entry.row) if holds == "text" and len(place) == 1]
        if entry.kind not in spared and not getattr(entry.row, "sources", ()):
            bare += [
                f"{id}: {text}"
                for text in own
                if states_fact(text) and not any(m.kind != "row" for m in inline_refs(text))
            ]
    assert bare == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Netflix moved to flash in 2018.", 1),
        ('Netflix moved to flash in 2018 {{ cite("x") }}.', 0),
        ("Netflix may have moved in 2018 {{ judgement() }}.", 0),
        ('Say "Netflix moved in 2018" only if you know it.', 0),
        ("Netflix publishes no rubric.", 0),
        ('One {{ cite("x") }}.\n\n- Netflix did it in 2016.', 1),
    ],
)
def test_a_bare_fact_is_seen(text: str, count: int) -> None:
    assert len(unsourced_paragraphs(text)) == count
