"""guide.json: all rows of the guide as one file, and the JSON Schema it keeps to.

Both stand below data/v1/. What a program may rely on: within v1 a key keeps its name and its meaning, and an id in
`homes` keeps its address or has a successor among the rows of kind `retired`. Keys may be added; the schema beside the
file says what there is today. A change that would break a reader becomes data/v2/, beside it.
"""

from __future__ import annotations

import json
from typing import Any

from macros.catalog import schema
from macros.catalog.catalog import Catalog
from macros.catalog.files import FILE_KINDS
from macros.exports.registry import Finished, export
from macros.exports.urls import LICENCE, SUBTITLE, TITLE, address_of, edition
from macros.rows.markup import ID_PATTERN

VERSION = 1


def guide_json(catalog: Catalog, address: str) -> str:
    """Return the data of the guide: the rows of every kind in the order of the files, and the address of every id."""
    guide = {
        "version": VERSION,
        "licence": LICENCE,
        "generated": edition(catalog),
        "rows": {
            entry.name: [row.model_dump(mode="json") for row in catalog.all(entry.name)]
            for entry in FILE_KINDS.values()
        },
        "homes": {id: address_of(catalog, address, id) for id in sorted(catalog.homes)},
    }
    return json.dumps(guide, ensure_ascii=False, indent=1) + "\n"


def guide_schema() -> dict[str, Any]:
    """Return the JSON Schema of guide.json, joined from the schemas of the data files."""
    rows: dict[str, Any] = {}
    definitions: dict[str, Any] = {}
    for entry in FILE_KINDS.values():
        whole, name = schema.json_schema(entry), entry.model.__name__
        named = {**whole["$defs"], name: whole["items"] if entry.many else _alone(whole)}
        definitions |= _beside(named, name, definitions)
        rows[entry.name] = {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}
    fields = {
        "version": {"const": VERSION},
        "licence": {"const": LICENCE},
        "generated": {"type": "string", "format": "date", "description": "The day the newest page was reviewed"},
        "rows": _object(rows, "The rows of each kind, in the order of the guide"),
        "homes": {
            "type": "object",
            "description": "The address of every row and page by its id",
            "propertyNames": {"pattern": f"^{ID_PATTERN}$"},
            "additionalProperties": {"type": "string", "format": "uri", "pattern": "^https?://"},
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": TITLE,
        "description": f"{SUBTITLE}. Texts are one paragraph of Markdown with three marks: [@source-id] cites a source, "
        "[=figure-id] stands for a figure, [words](#id) links a row.",
        **_object(fields, ""),
        "$defs": dict(sorted(definitions.items())),
    }


def schema_json() -> str:
    """Return the schema as text."""
    return json.dumps(guide_schema(), ensure_ascii=False, indent=1) + "\n"


def _beside(named: dict[str, Any], owner: str, others: dict[str, Any]) -> dict[str, Any]:
    """Return definitions that can stand beside `others`: what has the name of another thing is named for its `owner`,
    as the Step of a Sum, which is not the Step of a ladder, becomes SumStep."""
    while taken := [name for name in named if name in others and others[name] != named[name]]:
        text = json.dumps({f"{owner}{name}" if name in taken else name: value for name, value in named.items()})
        for name in taken:
            text = text.replace(f'"#/$defs/{name}"', f'"#/$defs/{owner}{name}"')
        named = json.loads(text)
    return named


def _alone(whole: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in whole.items() if key not in ("$schema", "$defs")}


def _object(fields: dict[str, Any], about: str) -> dict[str, Any]:
    described = {"description": about} if about else {}
    return {
        "type": "object",
        **described,
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


@export(f"data/v{VERSION}/guide.json", "The data", "every row, typed, with its permanent address")
def _rows(of: Finished) -> str:
    return guide_json(of.catalog, of.address)


@export(f"data/v{VERSION}/schema.json", "Schema of the data", "JSON Schema of guide.json")
def _schema(of: Finished) -> str:
    return schema_json()
