"""Published addresses: recorded, kept alive when a row moves, refused when one is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.catalog import catalog
from macros.catalog.diagnostics import GuideError
from macros.catalog.identity import LOCK, read_lock
from tools import sample_guide

RETIRED = {"id": "caching-check-5", "successor": "caching-check-4", "why": "Said twice", "since": "2026-11"}


def rename(root: Path, path: str, old: str, new: str) -> None:
    file = root / path
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")


def test_everything_a_reader_can_link_to_is_recorded(guide: Path) -> None:
    locked = set(read_lock(guide))
    assert {
        "./",
        "caching/",
        "caching/#part-0",
        "caching/#caching-fault-0",
        "go/caching-fault-0/",
        "./#src-post",
        "go/home/",
        "six-weeks/#task-read",
    } <= locked


def test_recording_adds_and_never_removes(guide: Path) -> None:
    before = read_lock(guide)
    assert catalog.record_ids(guide) == 0
    rename(guide, "data/topics/caching.yml", "caching-check-5", "caching-check-new")
    assert catalog.record_ids(guide) == 2
    assert set(before) < set(read_lock(guide))


def test_a_lost_row_is_refused_until_it_has_a_successor(guide: Path) -> None:
    rename(guide, "data/topics/caching.yml", "caching-check-5", "caching-check-new")
    catalog.record_ids(guide)
    with pytest.raises(
        GuideError,
        match="'caching/#caching-check-5' was published and is gone; put 'caching-check-5' back, or name its successor",
    ):
        catalog.load(guide)
    sample_guide.dump(guide, "retired.yml", [RETIRED])
    assert catalog.load(guide).moved == {"caching.md": (("caching-check-5", "caching-check-4"),)}


def test_a_successor_that_is_gone_itself_is_refused(guide: Path) -> None:
    rename(guide, "data/topics/caching.yml", "caching-check-5", "caching-check-new")
    catalog.record_ids(guide)
    sample_guide.dump(guide, "retired.yml", [{**RETIRED, "successor": "caching-chekc-4"}])
    with pytest.raises(GuideError, match=r"the successor 'caching-chekc-4' is nowhere in the guide \(did you mean"):
        catalog.load(guide)


def test_a_lost_heading_is_refused_until_its_address_has_a_successor(guide: Path) -> None:
    rename(guide, "docs/caching.md", "{ #part-3 }", "{ #part-three }")
    catalog.record_ids(guide)
    with pytest.raises(GuideError, match="put 'part-3' back, or name the successor of 'caching/#part-3'"):
        catalog.load(guide)
    sample_guide.dump(guide, "retired.yml", [{**RETIRED, "id": "caching/#part-3", "successor": "evcache"}])
    found = catalog.load(guide)
    assert found.moved == {"caching.md": (("part-3", "evcache"),)}  # and not on the pages that still have a part-3


def test_a_row_that_moved_to_another_page_keeps_its_old_anchor(guide: Path) -> None:
    rename(guide, "docs/caching.md", '{{ checklist("caching") }}', "")
    rename(guide, "docs/screen.md", "{{ page_foot() }}", '{{ checklist("caching") }}\n\n{{ page_foot() }}')
    catalog.record_ids(guide)
    found = catalog.load(guide)
    assert found.homes["caching-check-0"].page == "screen.md"
    assert ("caching-check-0", "caching-check-0") in found.moved["caching.md"]


def test_a_lost_page_is_refused_until_it_is_redirected(guide: Path) -> None:
    (guide / "docs" / "extra.md").write_text(
        sample_guide.FRONT.format(title="Extra")
        + "# Extra { #extra }\n\n{{ page_head() }}\n\n## Part { #part }\n\n{{ page_foot() }}\n"
    )
    rename(guide, "mkdocs.yml", "nav:\n", "nav:\n  - extra.md\n")
    catalog.record_ids(guide)
    (guide / "docs" / "extra.md").unlink()
    rename(guide, "mkdocs.yml", "  - extra.md\n", "")
    with pytest.raises(GuideError, match="'extra/' was published and is gone; add it to the redirects"):
        catalog.load(guide)
    with (guide / "mkdocs.yml").open("a") as config:
        config.write("plugins:\n  - redirects:\n      redirect_maps:\n        extra.md: caching.md\n")
    sample_guide.dump(guide, "retired.yml", [{**RETIRED, "id": "extra", "successor": "caching"}])
    catalog.load(guide)


def test_the_lock_has_no_address_twice(guide: Path) -> None:
    lines = (guide / LOCK).read_text("utf-8").splitlines()
    assert len(lines) == len(set(lines))
    assert lines[1:] == sorted(lines[1:])
