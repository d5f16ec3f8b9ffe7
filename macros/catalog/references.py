"""Walk the models: which fields of a row are texts, which hold the ids of other rows, and where each stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, NamedTuple, get_args, get_origin

from macros.rows.base import Part, Ref, Row
from macros.rows.markup import marks, plain


class Value(NamedTuple):
    """One value of a row: what it holds ('text', 'part', the kind a reference points to, or ''), and its place."""

    holds: str
    value: Any
    place: tuple[int | str, ...]


@cache
def _fields(model: type[Part]) -> tuple[tuple[str, str], ...]:
    """(field, what it holds) of a model: the kind a reference points to, 'text', or '' for the rest."""
    out = []
    for name, field in model.model_fields.items():
        found = next((m.kind for m in field.metadata if isinstance(m, Ref)), None) or _ref_in(field.annotation)
        plain_text = any(
            getattr(m, "func", None) is not None and m.func.__name__ == "_no_markup" for m in _metadata(field)
        )
        out.append((name, found or ("text" if plain_text else "")))
    return tuple(out)


def _metadata(field: Any) -> Iterator[Any]:
    yield from field.metadata

    def walk(annotation: Any) -> Iterator[Any]:
        if get_origin(annotation) is Annotated:
            yield from annotation.__metadata__
        for inner in get_args(annotation):
            yield from walk(inner)

    yield from walk(field.annotation)


def _ref_in(annotation: Any) -> str | None:
    if get_origin(annotation) is Annotated:
        for part in annotation.__metadata__:
            if isinstance(part, Ref):
                return part.kind
    return next((found for inner in get_args(annotation) if (found := _ref_in(inner))), None)


def values(part: Part, place: tuple[int | str, ...] = ()) -> Iterator[Value]:
    """Yield every value of a row that stands at `place`, those of its parts included."""
    for name, holds in _fields(type(part)):
        value = getattr(part, name)
        for index, one in enumerate(value) if isinstance(value, tuple) else ((None, value),):
            at = (*place, name) if index is None else (*place, name, index)
            if isinstance(one, Part):
                yield Value("part", one, at)
                yield from values(one, at)
            elif isinstance(one, str):
                yield Value(holds, one, at)


def texts(row: Part) -> Iterator[str]:
    """Yield every text of a row as plain words: its own and its parts', not those of rows inside it."""
    inside: list[tuple[int | str, ...]] = []
    for holds, value, place in values(row):
        if holds == "part" and isinstance(value, Row):
            inside.append(place)
        elif holds == "text" and not any(place[: len(other)] == other for other in inside):
            yield plain(value)


def kind_of(part: Part) -> str:
    """The kind of a row that stands inside another: ``FailureMode`` gives ``failure-mode``."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", type(part).__name__).lower()


def references(row: Part, place: tuple[int | str, ...]) -> Iterator[tuple[str, str, tuple[int | str, ...]]]:
    """Yield (kind wanted, id, place) for every reference of a row, those in its texts included."""
    for holds, value, at in values(row, place):
        if holds == "text":
            for mark in marks(value):
                yield "any" if mark.kind == "row" else mark.kind, mark.id, at
        elif holds not in ("", "part"):
            yield holds, value, at


def innermost(row: Row, place: tuple[int | str, ...]) -> str:
    """Return the id of the innermost row around `place` within `row`."""
    current: Any = row
    holder = row.id
    for part in place:
        current = current[part] if isinstance(part, int) else getattr(current, part)
        if isinstance(current, Row):
            holder = current.id
    return holder
