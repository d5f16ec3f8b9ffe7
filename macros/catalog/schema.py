"""JSON Schemas, stubs and the table of kinds for contributors, all written from the models."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from macros.catalog.files import FILE_KINDS, schema_line
from macros.rows.kinds import Kind

_TABLE = re.compile(r"(<!-- kinds: [^>]*-->).*?(<!-- end of kinds -->)", re.S)


def json_schema(entry: Kind) -> dict[str, Any]:
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
    for entry in FILE_KINDS.values():
        text = json.dumps(json_schema(entry), indent=1, ensure_ascii=False) + "\n"
        file = folder / entry.schema
        if not file.is_file() or file.read_text("utf-8") != text:
            stale.append(entry.schema)
            if not check:
                file.write_text(text, "utf-8")
    return stale


def kinds_table() -> str:
    """Return the kinds that data files hold as a table in Markdown: file, how ids begin, and where rows appear."""
    lines = ["| Kind | File | Id begins with | Where it appears |", "|---|---|---|---|"]
    for kind in FILE_KINDS.values():
        begins = f"`{kind.prefix}`" if kind.prefix else "free"
        file = kind.file if kind.many else kind.file.replace("*", "NAME")
        lines.append(f"| `{kind.name}` | `data/{file}` | {begins} | {kind.where} |")
    return "\n".join(lines)


def write_table(file: Path, *, check: bool = False) -> bool:
    """Write the table of kinds between its marks in `file`, where there is one; return whether it was out of date.

    With `check`, write nothing.
    """
    before = file.read_text("utf-8") if file.is_file() else ""
    after = _TABLE.sub(lambda found: f"{found[1]}\n\n{kinds_table()}\n\n{found[2]}", before)
    if after != before and not check:
        file.write_text(after, "utf-8")
    return after != before


def stub(kind: str) -> str:
    """Return YAML for one row of `kind` with every field, each with what it takes. Raises KeyError."""
    entry = FILE_KINDS[kind]
    schema = json_schema(entry)
    lines = _fields(schema["items"] if entry.many else schema, schema["$defs"], "")
    lines = [f"id: {entry.prefix}an-id" if line == "id: an-id" else line for line in lines]
    if entry.many:
        lines = ["- " + lines[0], *("  " + line for line in lines[1:])]
    where = entry.file.replace("*", "NAME")
    return f"{schema_line(where)}\n# data/{where}\n" + "\n".join(lines) + "\n"


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
