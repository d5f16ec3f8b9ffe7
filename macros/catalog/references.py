"""Walk the models: which fields of a row are texts, which hold the ids of other rows, and where each stands."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, NamedTuple, get_args, get_origin

from macros.rows.base import Part, Ref, Row
from macros.rows.markup import inline_refs, plain


class FieldValue(NamedTuple):
    """One value of a row: its role ('text', 'part', the kind a reference points to, or ''), and where it is."""

    role: str
    value: Any
    loc: tuple[int | str, ...]


@cache
def roles(model: type[Part]) -> tuple[tuple[str, str], ...]:
    """Return (field, role) for the fields of a model: the kind a reference points to, 'text', or '' for the rest."""
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


def field_values(part: Part, loc: tuple[int | str, ...] = ()) -> Iterator[FieldValue]:
    """Yield every value of a row that stands at `loc`, those of its parts included."""
    for name, role in roles(type(part)):
        value = getattr(part, name)
        for index, one in enumerate(value) if isinstance(value, tuple) else ((None, value),):
            at = (*loc, name) if index is None else (*loc, name, index)
            if isinstance(one, Part):
                yield FieldValue("part", one, at)
                yield from field_values(one, at)
            elif isinstance(one, str):
                yield FieldValue(role, one, at)


def texts(row: Part) -> Iterator[str]:
    """Yield every text of a row as plain words: its own and its parts', not those of rows inside it."""
    inside: list[tuple[int | str, ...]] = []
    for role, value, loc in field_values(row):
        if role == "part" and isinstance(value, Row):
            inside.append(loc)
        elif role == "text" and not any(loc[: len(other)] == other for other in inside):
            yield plain(value)


def references(row: Part, loc: tuple[int | str, ...]) -> Iterator[tuple[str, str, tuple[int | str, ...]]]:
    """Yield (kind wanted, id, location) for every reference of a row, those in its texts included."""
    for role, value, at in field_values(row, loc):
        if role == "text":
            for mark in inline_refs(value):
                yield "any" if mark.kind == "row" else mark.kind, mark.id, at
        elif role not in ("", "part"):
            yield role, value, at


def enclosing_row_id(row: Row, loc: tuple[int | str, ...]) -> str:
    """Return the id of the innermost row around `loc` within `row`."""
    current: Any = row
    holder = row.id
    for part in loc:
        current = current[part] if isinstance(part, int) else getattr(current, part)
        if isinstance(current, Row):
            holder = current.id
    return holder
