"""The inline markup of data: found, expanded, and nothing else let through."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from macros.rows.markup import Line, Text, inline_refs, plain, resolve_refs

TEXT = TypeAdapter(Text)
IDS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)


def shown(text: str) -> str:
    return resolve_refs(
        text, lambda ids: f"<{'+'.join(ids)}>", lambda id: f"<={id}>", lambda id, words: f"<{words}:{id}>"
    )


def test_marks_are_found_in_order() -> None:
    text = "Fast [@one, @two], [=fig-x] and [that](#row-y)."
    assert [(mark.kind, mark.id) for mark in inline_refs(text)] == [
        ("source", "one"),
        ("source", "two"),
        ("figure", "fig-x"),
        ("row", "row-y"),
    ]
    assert shown(text) == "Fast <one+two>, <=fig-x> and <that:row-y>."


def test_plain_text_has_no_marks() -> None:
    assert plain("It **grew** `fast` [@one]; see [that](#row-y).") == "It grew fast; see that."


@given(st.lists(IDS, min_size=1, max_size=4))
def test_every_cited_id_comes_back(ids: list[str]) -> None:
    assert [mark.id for mark in inline_refs(f"x [{', '.join('@' + id for id in ids)}] y")] == ids


@given(st.text(max_size=80))
def test_what_is_accepted_holds_no_markup(text: str) -> None:
    try:
        kept = TEXT.validate_python(text)
    except ValidationError:
        return
    assert kept == text.strip()
    assert "\n" not in kept
    assert not set("{}\x00\t") & set(kept)
    assert not any(f"<{letter}" in kept for letter in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ/!?")


@pytest.mark.parametrize(
    "text", ["5 < 6", "a & b", "snake_case", "p99 > 5 ms", "1.5 times", "*soft* and **hard**", "x | y"]
)
def test_ordinary_writing_is_accepted(text: str) -> None:
    assert TEXT.validate_python(text) == text


def test_a_line_is_shorter_than_a_text() -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Line).validate_python("a" * 301)
