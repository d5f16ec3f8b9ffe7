"""guide.json held against its schema, against the data files, and against the built site."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from macros.catalog import catalog
from macros.catalog.files import FILE_KINDS
from macros.exports import dataset

ADDRESS = "https://example.org/below/"


@pytest.fixture(scope="module")
def published(site: Path) -> dict[str, Any]:
    return json.loads((site / "data/v1/guide.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def checker(site: Path) -> jsonschema.Draft202012Validator:
    schema = json.loads((site / "data/v1/schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


def test_the_data_keeps_to_its_schema(published: dict[str, Any], checker: jsonschema.Draft202012Validator) -> None:
    assert [error.message[:200] for error in checker.iter_errors(published)] == []


def test_it_says_what_it_is(published: dict[str, Any], site: Path) -> None:
    assert list(published) == ["version", "licence", "generated", "rows", "homes"]
    assert (published["version"], published["licence"]) == (1, "CC BY 4.0")
    assert published["generated"] == max(page.reviewed for page in catalog.load(site.parent).pages.values())


def test_it_has_as_many_rows_as_the_data_files(published: dict[str, Any], site: Path) -> None:
    assert list(published["rows"]) == sorted(entry.name for entry in FILE_KINDS.values())
    for entry in FILE_KINDS.values():
        files = sorted((site.parent / "data").glob(entry.file))
        counts = [
            len(yaml.load(file.read_text("utf-8"), yaml.CSafeLoader) or ()) if entry.many else 1 for file in files
        ]
        assert len(published["rows"][entry.name]) == sum(counts), entry.name


def ids_in(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["id"]] if isinstance(value.get("id"), str) else []
        return own + [id for inner in value.values() for id in ids_in(inner)]
    return [id for inner in value for id in ids_in(inner)] if isinstance(value, list) else []


def test_every_id_has_a_home_that_is_on_the_built_site(published: dict[str, Any], site: Path) -> None:
    rows = {kind: rows for kind, rows in published["rows"].items() if kind != "retired"}
    ids = ids_in(list(rows.values()))
    assert len(ids) == len(set(ids)) > 500
    assert set(ids) <= set(published["homes"])
    assert list(published["homes"]) == sorted(published["homes"])
    known: dict[str, set[str]] = {}
    for id, address in published["homes"].items():
        url, _, anchor = address.removeprefix("http://127.0.0.1:8000/").partition("#")
        if url not in known:
            tree = LexborHTMLParser((site / url / "index.html").read_text("utf-8"))
            known[url] = {node.attributes["id"] or "" for node in tree.css("[id]")}
        assert not anchor or anchor in known[url], id


def test_it_comes_out_the_same_and_below_any_path(guide: Path) -> None:
    found = catalog.load(guide)
    text = dataset.guide_json(found, ADDRESS)
    assert text == dataset.guide_json(catalog.load(guide), ADDRESS)
    homes = json.loads(text)["homes"]
    assert homes["caching"] == f"{ADDRESS}caching/"
    assert homes["caching-fault-0"] == f"{ADDRESS}caching/#caching-fault-0"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda guide: guide["rows"]["topic"][0].pop("hard_part"),
        lambda guide: guide["rows"]["source"][0].update(grade="rumour"),
        lambda guide: guide["rows"]["topic"][0]["decisions"][0].update(mood="good"),
        lambda guide: guide["rows"]["level"][0]["rubric"][0].update(id=7),
        lambda guide: guide["homes"].update({"caching": "/topics/caching/"}),
        lambda guide: guide["rows"].pop("claim"),
        lambda guide: guide.update(version=2),
        lambda guide: guide.update(generated="today"),
    ],
    ids=[
        "a lost field",
        "a wrong word",
        "a new field",
        "a wrong id",
        "a relative home",
        "a lost kind",
        "a version",
        "a date",
    ],
)
def test_a_break_is_seen(published: dict[str, Any], checker: jsonschema.Draft202012Validator, spoil: Any) -> None:
    spoiled = copy.deepcopy(published)
    spoil(spoiled)
    assert not checker.is_valid(spoiled)


def test_one_name_for_two_models_becomes_two_names() -> None:
    others = {"Step": {"type": "string"}, "Part": {"type": "object"}}
    named = {"Step": {"type": "integer"}, "Part": {"type": "object"}, "Sum": {"items": {"$ref": "#/$defs/Step"}}}
    found = dataset._beside(named, "Sum", others)
    assert found == {
        "SumStep": {"type": "integer"},
        "Part": {"type": "object"},
        "Sum": {"items": {"$ref": "#/$defs/SumStep"}},
    }


def test_every_reference_of_the_schema_is_defined() -> None:
    schema = dataset.guide_schema()
    text = json.dumps(schema)
    assert set(re.findall(r'"#/\$defs/([^"]+)"', text)) == set(schema["$defs"])
