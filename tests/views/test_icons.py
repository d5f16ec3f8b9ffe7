"""Icons stand beside words, are hidden from screen readers, and none is kept that nothing shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from macros.views import icons

ROOT = Path(__file__).resolve().parent.parent.parent


def test_every_icon_is_used() -> None:
    code = "".join(
        file.read_text("utf-8") for file in (ROOT / "macros" / "views").glob("*.py") if file.name != "icons.py"
    )
    named = set(re.findall(r"icon\(['\"]([\w-]+)['\"]\)", code)) | set(icons.OF_KIND.values())
    assert named == set(icons._SHAPES)


@pytest.mark.parametrize("name", icons._SHAPES)
def test_an_icon_is_one_line_that_nobody_reads(name: str) -> None:
    drawn = icons.icon(name)
    assert drawn.startswith('<svg class="hp-icon" viewBox="0 0 24 24" aria-hidden="true"><')
    assert "\n" not in drawn
    assert "style=" not in drawn


def test_a_kind_without_an_icon_has_no_mark() -> None:
    assert icons.of_kind("topic") == ""
    assert icons.of_kind("decision").endswith("</svg> ")
