"""What macro calls show is kept between builds, and never shown again once anything it was made from has changed."""

from __future__ import annotations

import datetime
import json
import os
from pathlib import Path

import pytest

from macros import render_cache
from macros.catalog import catalog
from macros.catalog.diagnostics import GuideError
from macros.views import MACROS

DAY = datetime.date(2026, 11, 23)
CALL = render_cache.call_key("figure", ["fig-operations"])


@pytest.fixture(autouse=True)
def forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin as a new process does."""
    monkeypatch.setattr(render_cache, "_last", None)


def again(root: Path, day: datetime.date = DAY) -> render_cache.Rendered:
    """Ask as the next process does."""
    render_cache._last = None
    return render_cache.rendered(root, day)


def never(_: Path) -> None:
    raise AssertionError("the guide was read again")


def test_the_next_build_reads_back_what_a_check_worked_out(guide: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    worked_out = render_cache.render_all(catalog.load(guide), DAY)
    monkeypatch.setattr(catalog, "load", never)
    assert again(guide) == worked_out
    assert "400 million operations a second (2024)" in worked_out[""][CALL]


@pytest.mark.parametrize(
    "changed",
    ["data/figures.yml", "data/diagrams/read.svg", "data/some.csv", "docs/index.md", "macros/some.typ", "mkdocs.yml"],
)
def test_a_changed_file_is_seen(guide: Path, monkeypatch: pytest.MonkeyPatch, changed: str) -> None:
    render_cache.rendered(guide, DAY)
    file = guide / changed
    file.parent.mkdir(exist_ok=True)
    with file.open("a") as text:
        text.write("\n# changed\n")
    monkeypatch.setattr(catalog, "load", never)
    with pytest.raises(AssertionError, match="read again"):
        again(guide)


def test_a_file_of_the_same_length_saved_later_is_seen(guide: Path) -> None:
    render_cache.rendered(guide, DAY)
    file = guide / "data" / "figures.yml"
    file.write_text(file.read_text("utf-8").replace("400 million", "500 million"), "utf-8")
    later = file.stat().st_mtime_ns + 1_000_000
    os.utime(file, ns=(later, later))
    assert "500 million operations a second (2024)" in again(guide)[""][CALL]


def test_another_day_is_another_page(guide: Path) -> None:
    head = render_cache.call_key("page_head", [])
    assert "overdue" not in again(guide)[""][head]
    assert "overdue" in again(guide, datetime.date(2027, 6, 1))[""][head]


def test_a_guide_with_faults_shows_nothing_that_was_kept(guide: Path) -> None:
    render_cache.rendered(guide, DAY)
    (guide / "data" / "figures.yml").write_text("not rows\n", "utf-8")
    with pytest.raises(GuideError):
        again(guide)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"fingerprint": 1}', b"[1, 2, 3]", "ÿ".encode("utf-16")])
def test_what_cannot_be_read_back_is_worked_out_again(guide: Path, content: bytes) -> None:
    first = render_cache.rendered(guide, DAY)
    (guide / render_cache.FILE).write_bytes(content)
    assert again(guide) == first
    assert json.loads((guide / render_cache.FILE).read_text("utf-8"))[2] == first


def test_where_nothing_can_be_written_the_guide_is_shown_all_the_same(guide: Path) -> None:
    (guide / ".cache").write_text("a file where the folder would be", "utf-8")
    assert "400 million" in render_cache.rendered(guide, DAY)[""][CALL]


def test_the_names_of_all_macros_are_kept_too(guide: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    render_cache.rendered(guide, DAY)
    monkeypatch.setattr(catalog, "load", never)
    render_cache._last = None
    assert set(render_cache.macro_names(guide, DAY)) == set(MACROS)


@pytest.mark.parametrize(
    ("url", "where"),
    [("", ""), (".", ""), ("./", ""), ("index.html", ""), ("caching/", "caching"), ("a/b/index.html", "a/b")],
)
def test_both_engines_name_the_same_place(url: str, where: str) -> None:
    assert render_cache.page_key(url) == where
