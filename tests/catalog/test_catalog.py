"""The catalog hands out rows of the model that is asked for, and every row says what it is called."""

from __future__ import annotations

import inspect
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from macros.catalog import catalog, load, page
from macros.rows.base import Row
from macros.rows.levels import RubricRow
from macros.rows.sources import Figure
from macros.rows.topic import Component, FailureMode, Topic
from tools import sample_guide


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> catalog.Catalog:
    root: Path = sample_guide.write(tmp_path_factory.mktemp("catalog"))
    catalog.record_ids(root)
    return catalog.load(root)


def kinds_of(model: type[Row]) -> Iterator[type[Row]]:
    for kind in model.__subclasses__():
        yield kind
        yield from kinds_of(kind)


def test_rows_are_asked_for_by_their_model(found: catalog.Catalog) -> None:
    assert found.all(Topic)
    assert found.all(Topic) == found.all("topic")
    assert all(isinstance(row, Topic) for row in found.all(Topic))
    with pytest.raises(TypeError, match="no data file holds rows of FailureMode; they stand inside other rows"):
        found.all(FailureMode)


def test_a_guide_that_is_read_again_is_read_where_it_has_changed(guide: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalog.load(guide)
    read: list[str] = []
    for module, name in ((load, "_read_file"), (page, "_read_page")):
        one = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *given, one=one: (read.append(given[1]), one(*given))[1])
    file = guide / "data" / "figures.yml"
    at, text = file.stat(), file.read_text("utf-8")
    file.write_text(text.replace("400 million", "500 million"), "utf-8")
    os.utime(file, ns=(at.st_atime_ns, at.st_mtime_ns))  # its content counts
    assert catalog.load(guide).get("fig-operations", Figure).value.startswith("500")
    assert read == ["figures.yml"]
    file.write_text(text, "utf-8")
    assert catalog.load(guide).get("fig-operations", Figure).value.startswith("400")


def test_a_row_is_of_the_model_it_is_asked_for(found: catalog.Catalog) -> None:
    topic = found.all(Topic)[0]
    assert found.get(topic.id, Topic) is found.get(topic.id, Component, Topic) is found.get(topic.id) is topic
    with pytest.raises(TypeError, match=f"'{topic.id}' is a Topic, not a Component or FailureMode"):
        found.get(topic.id, Component, FailureMode)
    with pytest.raises(KeyError):
        found.get("nowhere", Topic)


def test_every_kind_of_row_says_what_names_it() -> None:
    assert inspect.isabstract(Row)
    assert [kind.__name__ for kind in kinds_of(Row) if inspect.isabstract(kind)] == []


def test_every_row_has_a_name(found: catalog.Catalog) -> None:
    assert [id for id in found.entries if not found.name(id)] == []
    line = next(entry.row for entry in found.entries.values() if isinstance(entry.row, RubricRow))
    assert found.name(line.id) == found.name(line.dimension)


def test_a_guide_is_not_read_before_the_macros_are_known(guide: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalog, "SIGNATURES", {})
    with pytest.raises(RuntimeError, match=r"import macros\.views"):
        catalog.load(guide)


def test_a_guide_of_twice_the_size_has_no_fault(tmp_path: Path) -> None:
    found = catalog.load(sample_guide.write_large(tmp_path / "guide", 86))
    assert len(found.pages) == 180
    assert len(found.entries) >= 3000
