"""JSON Schemas and stubs, both written from the models."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from macros.catalog.files import DATA_FILES, KINDS, DataFile


def json_schema(entry: DataFile) -> dict[str, Any]:
    """Return the JSON Schema of a data file."""
    row = entry.model.model_json_schema()
    definitions = row.pop("$defs", {})
    schema = {"type": "array", "items": row} if entry.many else row
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": entry.plural,
        **schema,
        "$defs": definitions,
    }


def write(folder: Path, *, check: bool = False) -> list[str]:
    """Write the schema of every kind into `folder`; return the names that were out of date. With `check`, write nothing."""
    stale = []
    if not check:
        folder.mkdir(parents=True, exist_ok=True)
    for entry in DATA_FILES:
        text = json.dumps(json_schema(entry), indent=1, ensure_ascii=False) + "\n"
        file = folder / entry.schema
        if not file.is_file() or file.read_text("utf-8") != text:
            stale.append(entry.schema)
            if not check:
                file.write_text(text, "utf-8")
    return stale


def stub(kind: str) -> str:
    """Return YAML for one row of `kind` with every field, each with what it takes. Raises KeyError."""
    entry = KINDS[kind]
    schema = json_schema(entry)
    lines = _fields(schema["items"] if entry.many else schema, schema["$defs"], "")
    if entry.many:
        lines = ["- " + lines[0], *("  " + line for line in lines[1:])]
    where = f"data/{entry.pattern}".replace("*", "NAME")
    return f"# {where}\n" + "\n".join(lines) + "\n"


def _fields(schema: dict[str, Any], definitions: dict[str, Any], indent: str) -> list[str]:
    lines = []
    for name, field in schema["properties"].items():
        needed = name in schema.get("required", ())
        lines += _field(name, field, definitions, indent, "" if needed else "  # optional")
    return lines


def _field(name: str, field: dict[str, Any], definitions: dict[str, Any], indent: str, note: str) -> list[str]:
    if "$ref" in field:
        field = {**definitions[field["$ref"].rsplit("/", 1)[1]], **{k: v for k, v in field.items() if k != "$ref"}}
    if "anyOf" in field:
        field = {**field["anyOf"][0], **{k: v for k, v in field.items() if k != "anyOf"}}
    about = f"  # {field['description']}" if "description" in field and field.get("type") != "object" else note
    if field.get("type") == "object":
        return [f"{indent}{name}:{note}", *_fields(field, definitions, indent + "  ")]
    if field.get("type") == "array":
        items = field.get("items", {})
        if "$ref" in items:
            items = definitions[items["$ref"].rsplit("/", 1)[1]]
        if items.get("type") == "object":
            inner = _fields(items, definitions, "")
            return [f"{indent}{name}:{note}", f"{indent}  - {inner[0]}", *(f"{indent}    {line}" for line in inner[1:])]
        return [f"{indent}{name}:{about}", f"{indent}  - {_example(items)}"]
    return [f"{indent}{name}: {_example(field)}{about}"]


def _example(field: dict[str, Any]) -> str:
    if "enum" in field:
        return str(field["enum"][0])
    if "const" in field:
        return str(field["const"])
    if field.get("type") == "integer":
        return str(field.get("minimum", 1))
    if field.get("type") == "number":
        return "1"
    return "an-id" if field.get("pattern") else "text"
