"""A page takes at most fifteen minutes, so that it is read to its end; what is looked up or worked through may be longer."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import pytest

from macros.catalog import catalog
from macros.views import RenderContext, page_frame
from tools.site_build import ROOT

MOST = 15  # minutes
LADDERS = 18  # a ladder and its probes are worked through row by row
WORKED = ("round/", "practice/", "plan/", "reference/", "contents.md")  # transcripts, exercises, lists


def too_long(minutes: Mapping[str, int]) -> list[str]:
    """Return the pages, by path below docs/, that take longer to read than they may."""
    most = {path: LADDERS if path.endswith("/ladder.md") else MOST for path in minutes if not path.startswith(WORKED)}
    return [
        f"docs/{path}: {minutes[path]} minutes, over {limit}" for path, limit in most.items() if minutes[path] > limit
    ]


def test_every_page_is_read_to_its_end() -> None:
    found = catalog.load(ROOT)
    day = datetime.date(2026, 11, 23)
    minutes = {path: page_frame.minutes(RenderContext(found, page, day)) for path, page in found.pages.items()}
    assert too_long(minutes) == [], "cut the weakest row above the floor, or move a section to a page of its own"


@pytest.mark.parametrize(
    ("page", "minutes", "faults"),
    [
        ("topics/caching/failure.md", 15, 0),
        ("topics/caching/failure.md", 16, 1),
        ("topics/caching/ladder.md", 18, 0),
        ("topics/caching/ladder.md", 19, 1),
        ("plan/six-weeks.md", 20, 0),
    ],
)
def test_a_long_page_is_seen(page: str, minutes: int, faults: int) -> None:
    assert len(too_long({page: minutes})) == faults
