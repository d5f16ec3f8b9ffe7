"""What pydantic found wrong with a row, in words a person can act on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError

from macros.rows.near_miss import near_miss


def kind_of(value: Any) -> str:
    """Return what a value is in words: ``text``, ``a list``, ``nothing``."""
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


def field_errors(error: ValidationError, model: type[BaseModel]) -> Iterator[tuple[tuple[int | str, ...], str]]:
    """Yield the location of every fault below the row, and what to say of it; `model` is what the row should have been."""
    for one in error.errors():
        yield _words(one, model)


def _words(error: Any, model: type[BaseModel]) -> tuple[tuple[int | str, ...], str]:
    """Return the location of a pydantic error and what to say of it."""
    loc = tuple(part for part in error["loc"] if not _is_branch(part))
    kind, given, context = error["type"], error["input"], error.get("ctx", {})
    if kind == "extra_forbidden":
        loc = (*(part for part in error["loc"][:-1] if not _is_branch(part)), error["loc"][-1])  # a name of any form
        return loc, f"unknown field{near_miss(str(loc[-1]), _fields_at(model, loc[:-1]))}; delete or rename it"
    if kind == "literal_error":
        allowed = context["expected"].replace(" or ", ", ").replace("'", "").split(", ")
        return loc, f"is '{_shown(given)}'; allowed are {context['expected']}{near_miss(_shown(given), allowed)}"
    if kind == "value_error":
        return (*loc, *getattr(context["error"], "loc", ())), str(context["error"])
    if isinstance(given, str) and kind == "too_long":
        kind = "string_too_long"
    words = _WORDS.get(kind)
    if words is None:
        return loc, error["msg"]
    length = len(given) if isinstance(given, str) else 0
    return loc, words.format(got=kind_of(given), input=_shown(given), length=length, **context)


def _shown(given: Any) -> str:
    return kind_of(given) if isinstance(given, (dict, tuple)) else str(given)[:60]


def _is_branch(part: int | str) -> bool:
    """True for the names pydantic adds to a location for the branch of a union or a wrapper it was in."""
    return isinstance(part, str) and re.search(r"[\[\](]|^literal|^constrained|^str$|^nullable", part) is not None


def _fields_at(model: type[BaseModel], loc: tuple[int | str, ...]) -> list[str]:
    """Field names of the model that stands at `loc` below `model`."""
    current: Any = model
    for part in loc:
        if isinstance(part, str):
            current = _model_in(current.model_fields[part].annotation) if part in current.model_fields else None
        if current is None:
            return []
    return list(current.model_fields)


def _model_in(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for inner in getattr(annotation, "__args__", ()) if (found := _model_in(inner))), None)


def label(name: str, loc: tuple[int | str, ...]) -> str:
    """``evcache.sources[1]`` for the row 'evcache' and the location ('sources', 1)."""
    return str(name)[:70] + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc)
