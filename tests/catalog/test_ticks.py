"""The numbers of what can be ticked: given once, at the end, for good; anything else is refused."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from macros.catalog import catalog
from macros.catalog.diagnostics import GuideError
from macros.catalog.ticks import LOCK
from macros.exports.plans import successors
from tools import sample_guide
from tools.site_build import ROOT

# The numbers that links were made with. They never change: a link of that day would carry other ticks. More may be pinned.
PUBLISHED = 240
DIGEST = "843cb9c55648b7dd482549bf7b2e6b86f2b74ef9c3d4ba3a0e25f87547c24dab"


def lines(root: Path) -> list[str]:
    return (root / LOCK).read_text("utf-8").splitlines()


def put(root: Path, found: list[str]) -> None:
    (root / LOCK).write_text("\n".join([*found, ""]), "utf-8")


def rename(root: Path, old: str, new: str) -> None:
    file = root / "data" / "topics" / "caching.yml"
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")


def test_published_numbers_are_what_they_were() -> None:
    first = "\n".join(lines(ROOT)[1 : PUBLISHED + 1])
    assert hashlib.sha256(first.encode()).hexdigest() == DIGEST


def test_every_task_check_and_line_of_a_bar_has_a_number(guide: Path) -> None:
    found = catalog.load(guide)
    kinds = {"task": 1, "check": 6, "rubric-row": 21}
    rows, marks = found.ticks[: sum(kinds.values())], found.ticks[sum(kinds.values()) :]
    assert len({*found.ticks}) == len(found.ticks)
    assert {kind: [found.entries[id].kind for id in rows].count(kind) for kind in kinds} == kinds
    assert {*marks} == {f"page-{page.url.strip('/').replace('/', '-')}" for page in found.pages.values() if page.url}
    assert lines(guide)[1:] == [f"{number} {id}" for number, id in enumerate(found.ticks)]


def test_a_new_id_comes_last_and_one_that_is_gone_stays(guide: Path) -> None:
    before = lines(guide)
    rename(guide, "caching-check-0", "caching-check-new")
    with pytest.raises(
        GuideError, match=r"data/ticks.lock: lacks 1 ids that can be ticked, such as 'caching-check-new'"
    ):
        catalog.load(guide)
    catalog.record_ids(guide)
    assert lines(guide) == [*before, f"{len(before) - 1} caching-check-new"]
    retired = {"id": "caching-check-0", "successor": "caching-check-new", "why": "Said anew", "since": "2026-11"}
    sample_guide.dump(guide, "retired.yml", [retired, {**retired, "id": "caching-gone", "successor": "caching"}])
    found = catalog.load(guide)
    assert "caching-check-0" in found.ticks
    assert successors(found) == {"caching-check-0": "caching-check-new"}
    catalog.record_ids(guide)
    assert lines(guide) == [*before, f"{len(before) - 1} caching-check-new"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda all: [*all[:3], all[4], all[3], *all[5:]], ":4: '3 l4-row-"),
        (lambda all: [*all[:3], *all[4:]], ":4: '3 l4-row-"),
        (lambda all: [*all[:3], "2 task-new", *all[3:]], ":5: '2 l4-row-"),
        (lambda all: [*all[:3], f"2 {all[2][2:]}", *all[4:]], ":4: 'l4-row-1' has number 1 already"),
        (lambda all: [*all[:3], "<<<<<<< HEAD", *all[3:]], ":4: '<<<<<<< HEAD' stands where number 2 has to"),
        (lambda all: all[:-1], "lacks 1 ids that can be ticked"),
        (lambda all: [], "lacks 35 ids that can be ticked"),
    ],
    ids=["swapped", "deleted", "put between", "twice", "merged", "last lost", "empty"],
)
def test_another_order_is_refused_and_not_written_over(guide: Path, change: object, fault: str) -> None:
    put(guide, change(lines(guide)))  # type: ignore[operator]
    with pytest.raises(GuideError) as raised:
        catalog.load(guide)
    assert [str(one) for one in raised.value.problems if f"{LOCK}{fault}" in str(one) or fault in str(one)], (
        raised.value.problems
    )
    if "lacks" not in fault:
        catalog.record_ids(guide)  # what was given is never given anew
        with pytest.raises(GuideError, match="bring the file back as it was published"):
            catalog.load(guide)
