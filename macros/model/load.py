"""Read the data folder: YAML to typed rows, with every error as file, line and what to do.

A file is parsed once with the C loader; only a file that has an error is composed again, to turn
the place of the error into a line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

import yaml
from pydantic import ValidationError

from macros.model.base import Part
from macros.model.files import DATA_FILES, DataFile, data_file, schema_line
from macros.model.problem import Problem, near_miss

# libyaml where PyYAML was built with it, the same grammar in Python elsewhere
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ID_LINE = re.compile(r"^\s*(?:- )?\s*id: *['\"]?([a-z0-9-]+)", re.M)
FILE_BYTES = 1_000_000
ROW_BYTES = 60_000


class _Loader(_Base):
    """Safe YAML without dates, so '2016-05' and 2016-05-01 stay text; lists become tuples; a key given twice is an error."""

    yaml_implicit_resolvers: ClassVar = {
        first: [
            (tag, pattern)
            for tag, pattern in resolvers
            if tag not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:merge")
        ]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def _mapping(loader: Any, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[str] = set()
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise yaml.constructor.ConstructorError(None, None, "a field name must be plain text", key.start_mark)
        if key.value in seen:
            raise yaml.constructor.ConstructorError(
                None, None, f"the field '{key.value}' stands twice; keep one", key.start_mark
            )
        seen.add(key.value)
    return {key.value: loader.construct_object(value, deep=True) for key, value in node.value}


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.add_constructor("tag:yaml.org,2002:seq", lambda loader, node: tuple(loader.construct_sequence(node, deep=True)))


class Loaded(NamedTuple):
    """A row as read: its kind, model, file, place in the file, and file's text for line look-ups."""

    kind: str
    row: Part
    path: str
    place: tuple[int | str, ...]


class Reading(NamedTuple):
    """All that the data folder gave: rows, problems, and ids of rows that failed (known, so that they are not reported twice)."""

    rows: list[Loaded]
    problems: list[Problem]
    failed_ids: set[str]
    failed_kinds: set[str]


def read_data(root: Path) -> Reading:
    """Read every file below `root`/data. Never raises for bad content: faults come back as problems."""
    reading = Reading([], [], set(), set())
    folder = root / "data"
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder).as_posix()
        if file.is_dir() or path.startswith("schema/") or path == "ids.lock":
            continue
        if path.startswith("diagrams/") and file.suffix in (".dot", ".svg"):
            continue  # drawings; macros.model.diagrams holds them against their rows
        entry = data_file(path)
        if entry is None:
            known = ", ".join(sorted(e.pattern for e in DATA_FILES))
            reading.problems.append(Problem(f"data/{path}", 0, f"not a data file of this guide; known are: {known}"))
            continue
        _read_file(file, path, entry, reading)
    return reading


def _read_file(file: Path, path: str, entry: DataFile, reading: Reading) -> None:
    def fault(line: int, what: str) -> None:
        reading.problems.append(Problem(f"data/{path}", line, what))
        reading.failed_kinds.add(entry.kind)

    text = _text(file, entry, fault)
    if text is None:
        # What the file would have held is known all the same, or every reference to it were a fault of its own.
        reading.failed_ids.update(_ID_LINE.findall(file.read_bytes().decode("utf-8", "replace")))
        return
    if text.split("\n", 1)[0].rstrip() != schema_line(path):
        fault(1, f"the first line must be '{schema_line(path)}', so that editors complete and check")
    content = _content(text, entry, fault)
    if not content:
        reading.failed_ids.update(_ID_LINE.findall(text))
    for index, raw_row in enumerate(content if entry.many else content[:1]):
        place: tuple[int | str, ...] = (index,) if entry.many else ()
        if not isinstance(raw_row, dict):
            line = line_of(yaml.compose(text, _Loader), place)
            fault(line, f"{entry.kind} {index + 1}: must be fields and values, not {_kind_of(raw_row)}")
            continue
        try:
            row = entry.model.model_validate(raw_row)
        except ValidationError as error:
            nodes = yaml.compose(text, _Loader)
            name = raw_row["id"] if isinstance(raw_row.get("id"), str) else f"{entry.kind} {index + 1}"
            reading.failed_ids.update(_ids(raw_row))
            for what in error.errors():
                place_of_error, words = _words(what, entry.model)
                fault(line_of(nodes, place + place_of_error), f"{label(name, place_of_error)}: {words}")
        else:
            reading.rows.append(Loaded(entry.kind, row, f"data/{path}", place))


def _text(file: Path, entry: DataFile, fault: Callable[[int, str], None]) -> str | None:
    """The text of a data file, or None after saying why it cannot be read."""
    raw = file.read_bytes()
    if len(raw) > FILE_BYTES:
        fault(
            0,
            f"is {len(raw):,} bytes; a data file stays below {FILE_BYTES:,}. Split it, or look for a paste gone wrong",
        )
        return None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        fault(raw[: error.start].count(b"\n") + 1, "is not UTF-8 text; save it as UTF-8")
        return None
    for number, line in enumerate(text.split("\n"), 1):
        if "\t" in line:
            fault(number, "has a tab; indent with spaces")
            return None
        if len(line) > ROW_BYTES:
            fault(number, f"has a line of {len(line):,} characters; the longest text is a few thousand")
            return None
    if not text.strip():
        fault(1, f"is empty; write a first {entry.kind} (python -m macros new {entry.kind}) or delete the file")
        return None
    return text


def _content(text: str, entry: DataFile, fault: Callable[[int, str], None]) -> tuple[Any, ...]:
    """The rows of a data file as plain values; none after saying why it cannot be parsed."""
    try:
        content = yaml.load(text, _Loader)  # noqa: S506 - a subclass of the safe loader
    except yaml.YAMLError as error:
        fault(*_yaml_fault(error))
    except RecursionError:
        fault(0, "is nested too deeply to read; data is a list of rows with fields")
    except ValueError as error:
        fault(0, f"holds a value that cannot be read ({error}); put it in quotes")
    else:
        if content is None:
            hint = f"write a first {entry.kind} (python -m macros new {entry.kind}) or delete the file"
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


def _yaml_fault(error: yaml.YAMLError) -> tuple[int, str]:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    what = (getattr(error, "problem", None) or str(error)).replace("\n", " ")
    hints = {
        "mapping values are not allowed": "; put the text in quotes or fold it with '>-' (a colon and a space end a plain text)",
        "could not find expected ':'": "; a field needs a colon and a space, and a long text needs '>-'",
        "did not find expected": "; check the indentation and the quotes of the lines above",
        "found character": "; put the text in quotes",
        "undefined alias": "; a text that begins with * needs quotes",
        "could not determine a constructor": "; a text that begins with ! needs quotes",
    }
    hint = next((words for start, words in hints.items() if start in what), "")
    return (mark.line + 1 if mark else 0), f"cannot be read as YAML: {what}{hint}"


def _kind_of(value: Any) -> str:
    names = {
        dict: "fields and values",
        tuple: "a list",
        str: "text",
        bool: "true or false",
        int: "a number",
        float: "a number",
        type(None): "nothing",
    }
    return names.get(type(value), type(value).__name__)


_WORDS = {
    "missing": "is missing; add it",
    "string_type": "must be text, not {got}; put it in quotes",
    "int_type": "must be a whole number, not {got}",
    "float_type": "must be a number such as 1500000 or 0.5, not {got}",
    "tuple_type": "must be a list (lines beginning with -), not {got}",
    "model_type": "must be fields and values, not {got}",
    "model_attributes_type": "must be fields and values, not {got}",
    "string_too_long": "is {length:,} characters long, over the limit of {max_length:,}; cut it or split it",
    "too_short": "needs at least {min_length} entries, has {actual_length}",
    "too_long": "takes at most {max_length} entries, has {actual_length}",
    "greater_than_equal": "is {input}; the smallest allowed is {ge}",
    "less_than_equal": "is {input}; the largest allowed is {le}",
}


def _words(error: Any, model: type[Part]) -> tuple[tuple[int | str, ...], str]:
    """Return the place of a pydantic error and what to say of it."""
    place = tuple(part for part in error["loc"] if not _is_branch(part))
    kind, given, context = error["type"], error["input"], error.get("ctx", {})
    if kind == "extra_forbidden":
        return place, f"unknown field{near_miss(str(place[-1]), _fields_at(model, place[:-1]))}; delete or rename it"
    if kind == "literal_error":
        allowed = context["expected"].replace(" or ", ", ").replace("'", "").split(", ")
        return place, f"is '{str(given)[:60]}'; allowed are {context['expected']}{near_miss(str(given), allowed)}"
    if kind == "value_error":
        return (*place, *getattr(context["error"], "place", ())), str(context["error"])
    if isinstance(given, str) and kind == "too_long":
        kind = "string_too_long"
    words = _WORDS.get(kind)
    if words is None:
        return place, error["msg"]
    length = len(given) if isinstance(given, str) else 0
    return place, words.format(got=_kind_of(given), input=str(given)[:60], length=length, **context)


def _is_branch(part: int | str) -> bool:
    """True for the names pydantic adds to a place for the branch of a union or a wrapper it was in."""
    return isinstance(part, str) and re.search(r"[\[\](]|^literal|^constrained|^str$|^nullable", part) is not None


def _fields_at(model: type[Part], place: tuple[int | str, ...]) -> list[str]:
    """Field names of the model that stands at `place` below `model`."""
    current: Any = model
    for part in place:
        if isinstance(part, str):
            current = _model_in(current.model_fields[part].annotation) if part in current.model_fields else None
        if current is None:
            return []
    return list(current.model_fields)


def _model_in(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation
    return next((found for inner in getattr(annotation, "__args__", ()) if (found := _model_in(inner))), None)


def label(name: str, place: tuple[int | str, ...]) -> str:
    """``evcache.sources[1]`` for the row 'evcache' and the place ('sources', 1)."""
    return str(name)[:70] + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place)


def line_of(node: yaml.Node | None, place: tuple[int | str, ...]) -> int:
    """Return the line (from 1) of the value at `place`, or of the closest thing around it that exists."""
    line = node.start_mark.line if node else 0
    for part in place:
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line
        elif isinstance(node, yaml.MappingNode):
            pair = next(((key, value) for key, value in node.value if key.value == part), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line, pair[1]
        else:
            break
    return line + 1


def find_line(file: Path, place: tuple[int | str, ...]) -> int:
    """Return the line of `place` in a data file that parses."""
    return line_of(yaml.compose(file.read_text("utf-8"), _Loader), place)
