"""What scripts find in a page is marked by attributes, which stand in one list with what they say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tools.site_build import ROOT

SCRIPTS = ROOT / "docs" / "assets" / "javascripts"
_ATTRIBUTE = re.compile(r"data[-_]hp[-_][a-z]+(?:[-_][a-z]+)*(?=[=\]\">\s)])")
_DATASET = re.compile(r"(?:dataset|\bd)\.hp([A-Z][A-Za-z]*)")
# By the words of an element, by its place among others, by its column.
_GUESSED = re.compile(
    r"textContent\s*(?:\?\?\s*\"\")?\)?\s*(?:===|\.(?:startsWith|includes|match)\b)|(?:previous|next)ElementSibling"
    r"|nth-(?:last-)?(?:child|of-type)|(?:cell|row)Index|\.(?:cells|rows|children)(?:\s*\[|\](?!\.entries))"
)


def marks(text: str) -> set[str]:
    """The marks that a text names, as attributes."""
    from_script = {re.sub("([A-Z])", r"-\1", f"data-hp{name}").lower() for name in _DATASET.findall(text)}
    return {name.replace("_", "-") for name in _ATTRIBUTE.findall(text)} | from_script


def ours() -> list[Path]:
    """The scripts that are our own."""
    return [file for file in sorted(SCRIPTS.rglob("*.js")) if "vendor" not in file.parts]


def test_every_mark_is_listed_and_each_listed_one_is_set_and_read() -> None:
    listed = set(re.findall(r"(?m)^  \| `(data-hp-[a-z-]+)` \|", (ROOT / "CONTRIBUTING.md").read_text("utf-8")))
    sources = {
        file: marks(file.read_text("utf-8"))
        for folder, kind in (
            ("macros", "*.py"),
            ("overrides", "*.html"),
            ("docs/assets", "*.js"),
            ("docs/assets", "*.css"),
        )
        for file in sorted((ROOT / folder).rglob(kind))
        if "vendor" not in file.parts
    }
    assert listed == set().union(*sources.values())
    for mark in listed:
        assert len([file for file, found in sources.items() if mark in found]) > 1 or mark in marks(
            (SCRIPTS / "plan.js").read_text("utf-8")
        ), f"{mark} stands in one file alone"


def test_every_script_that_a_page_asks_for_is_there() -> None:
    asked = {
        name
        for folder, kind in (("macros/views", "*.py"), ("overrides", "*.html"))
        for file in (ROOT / folder).rglob(kind)
        for name in re.findall(r'data[-_]hp[-_]script="([^"]+)"', file.read_text("utf-8"))
    }
    assert len(asked) > 3
    assert [name for name in asked if not (SCRIPTS / f"{name}.js").is_file()] == []


def test_nothing_is_found_by_words_or_by_position() -> None:
    found = {file.name: guess[0] for file in ours() for guess in _GUESSED.finditer(file.read_text("utf-8"))}
    assert found == {}


@pytest.mark.parametrize(
    "code",
    [
        'if (heading.textContent === "Follow-ups") return;',
        '(cell.textContent ?? "").startsWith("L5")',
        "row.cells[2]",
        "[...place.children]",
        "place.children[0]",
        "sheet.previousElementSibling",
        'querySelector("td:nth-child(2)")',
    ],
)
def test_a_guess_is_seen(code: str) -> None:
    assert _GUESSED.search(code)
