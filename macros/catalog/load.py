"""Read the data folder: YAML to typed rows, with every error as file, line and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from macros.catalog.diagnostics import Problem
from macros.catalog.field_errors import field_errors, kind_of, label
from macros.catalog.files import FILE_KINDS, kind_in, schema_line
from macros.catalog.parse_cache import ParseCache
from macros.catalog.source_file import Fault, read_text, source_files
from macros.catalog.strict_yaml import compose, line_of, parse
from macros.rows.base import Part
from macros.rows.kinds import Kind

_ID_LINE = re.compile(r"^\s*(?:- )?\s*id: *['\"]?([a-z0-9-]+)", re.M)
FILE_BYTES = 1_000_000
ROW_BYTES = 60_000


class Loaded(NamedTuple):
    """A row as read: its kind, model, file, location in the file, and file's text for line look-ups."""

    kind: str
    row: Part
    path: str
    loc: tuple[int | str, ...]


class Reading(NamedTuple):
    """All that the data folder gave: rows, problems, and ids of rows that failed (known, so that they are not reported twice)."""

    rows: list[Loaded]
    problems: list[Problem]
    failed_ids: set[str]
    failed_kinds: set[str]


CACHE: ParseCache[Reading] = ParseCache("rows")


def read_data(root: Path) -> Reading:
    """Read every file below `root`/data. Never raises for bad content: faults come back as problems."""
    reading = Reading([], [], set(), set())
    folder = root / "data"
    for file, path in source_files(folder):
        if path.startswith("schema/") or path in ("ids.lock", "ticks.lock"):
            continue
        if path.startswith("diagrams/") and file.suffix in (".dot", ".svg"):
            continue  # drawings; macros.catalog.diagrams holds them against their rows
        entry = kind_in(path)
        if entry is None:
            known = ", ".join(sorted(e.file for e in FILE_KINDS.values()))
            reading.problems.append(Problem(f"data/{path}", 0, f"not a data file of this guide; known are: {known}"))
            continue
        one = CACHE.of(root, file, partial(_read_file, file, path, entry))
        reading.rows.extend(one.rows)
        reading.problems.extend(one.problems)
        reading.failed_ids.update(one.failed_ids)
        reading.failed_kinds.update(one.failed_kinds)
    return reading


def _read_file(file: Path, path: str, entry: Kind) -> Reading:
    reading = Reading([], [], set(), set())

    def fault(line: int, what: str) -> None:
        reading.problems.append(Problem(f"data/{path}", line, what))
        reading.failed_kinds.add(entry.name)

    text = _text(file, entry, fault)
    if text is None:
        # What the file would have held is known all the same, otherwise every reference to it would be reported too.
        if file.is_file():
            reading.failed_ids.update(_ID_LINE.findall(file.read_bytes().decode("utf-8", "replace")))
        return reading
    if text.split("\n", 1)[0].rstrip() != schema_line(path):
        fault(1, f"the first line must be '{schema_line(path)}', so that editors complete and check")
    content = _content(text, entry, fault)
    if not content:
        reading.failed_ids.update(_ID_LINE.findall(text))
    nodes = None
    for index, raw_row in enumerate(content if entry.many else content[:1]):
        loc: tuple[int | str, ...] = (index,) if entry.many else ()
        try:
            row = entry.model.model_validate(raw_row) if isinstance(raw_row, dict) else None
        except ValidationError as error:
            nodes = nodes or compose(text)
            name = raw_row["id"] if isinstance(raw_row.get("id"), str) else f"{entry.name} {index + 1}"
            reading.failed_ids.update(_ids(raw_row))
            for where, words in field_errors(error, entry.model):
                fault(line_of(nodes, loc + where), f"{label(name, where)}: {words}")
        else:
            if row is not None:
                reading.rows.append(Loaded(entry.name, row, f"data/{path}", loc))
                continue
            nodes = nodes or compose(text)
            what = f"{entry.name} {index + 1}: must be fields and values, not {kind_of(raw_row)}"
            fault(line_of(nodes, loc), what)
    return reading


def _text(file: Path, entry: Kind, fault: Fault) -> str | None:
    """The text of a data file, or None after saying why it cannot be read."""
    faults: list[int] = []

    def say(line: int, what: str) -> None:
        faults.append(line)
        fault(line, what)

    if file.is_file() and (size := file.stat().st_size) > FILE_BYTES:
        fault(0, f"is {size:,} bytes; a data file stays below {FILE_BYTES:,}. Split it, or look for a paste gone wrong")
        return None
    text = read_text(file, say)
    if text is None:
        return None
    for number, line in enumerate(text.split("\n"), 1):
        if "\t" in line:
            say(number, "has a tab; indent with spaces")
            break
        if len(line) > ROW_BYTES:
            say(number, f"has a line of {len(line):,} characters; the longest text is a few thousand")
            break
    if not text.strip():
        say(1, f"is empty; write a first {entry.name} (python -m macros new {entry.name}) or delete the file")
    return None if faults else text


def _content(text: str, entry: Kind, fault: Fault) -> tuple[Any, ...]:
    """The rows of a data file as plain values; none after saying why it cannot be parsed."""
    content, faults = parse(text)
    for line, what in faults:
        fault(line, what)
    if content is None:
        if not faults:
            hint = f"write a first {entry.name} (python -m macros new {entry.name}) or delete the file"
            fault(1, f"holds only comments; {hint}")
    elif entry.many != isinstance(content, tuple):
        shape = "a list of rows, each beginning with -" if entry.many else "one row, fields at the left margin"
        fault(1, f"must hold {shape}")
    else:
        return content if entry.many else (content,)
    return ()


def _ids(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("id"), str):
            yield value["id"]
        for inner in value.values():
            yield from _ids(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _ids(inner)
