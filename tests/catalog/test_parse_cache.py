"""A file is read once for all processes, and again as soon as it, or the code that reads it, has changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.catalog import catalog, load, page, parse_cache
from macros.catalog.diagnostics import GuideError

ROWS = Path(".cache") / "rows.pickle"


def next_process(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Begin as a new process does; the list fills with the files that are read from now on."""
    read: list[str] = []
    for module, name in ((load, "_read_file"), (page, "_read_page")):
        monkeypatch.setattr(module.CACHE, "_parsed", {})
        monkeypatch.setattr(module.CACHE, "_unsaved", set())

        def noted(file: Path, *rest: object, reading: object = getattr(module, name)) -> object:
            read.append(file.name)
            return reading(file, *rest)  # type: ignore[operator]

        monkeypatch.setattr(module, name, noted)
    return read


def test_the_next_process_reads_only_what_was_changed(guide: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = catalog.load(guide)
    file = guide / "data" / "figures.yml"
    file.write_text(file.read_text("utf-8").replace("400 million", "500 million"), "utf-8")
    read = next_process(monkeypatch)
    second = catalog.load(guide)
    assert read == ["figures.yml"]
    assert second.entries["fig-operations"].row.value == "500 million operations a second"  # type: ignore[attr-defined]
    same = set(first.entries) - {"fig-operations"}
    assert {id: first.entries[id] for id in same} == {id: second.entries[id] for id in same}
    assert first.pages == second.pages


@pytest.mark.parametrize("content", [b"", b"\x80\x05.", b"not a pickle", b"\x80\x05N."])
def test_what_cannot_be_read_back_is_read_again(guide: Path, monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    first = catalog.load(guide)
    (guide / ROWS).write_bytes(content)
    read = next_process(monkeypatch)
    assert catalog.load(guide).entries == first.entries
    assert "figures.yml" in read
    assert "index.md" not in read


def test_changed_code_reads_everything_again(guide: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalog.load(guide)
    monkeypatch.setattr(parse_cache, "_code", lambda: "other code")
    read = next_process(monkeypatch)
    catalog.load(guide)
    assert {"figures.yml", "index.md"} <= set(read)


def test_a_guide_with_faults_writes_nothing(guide: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    next_process(monkeypatch)
    (guide / "data" / "figures.yml").write_text("not rows\n", "utf-8")
    for _ in range(2):
        with pytest.raises(GuideError):
            catalog.load(guide)
    assert not (guide / ROWS).exists()


def test_a_guide_where_nothing_can_be_written_is_read_all_the_same(guide: Path) -> None:
    (guide / ".cache").write_text("a file where the folder would be", "utf-8")
    assert catalog.load(guide).entries
