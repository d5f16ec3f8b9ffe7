"""Kinds of rows: declared once, above the model, and never two of a name or a file."""

from __future__ import annotations

import pytest

from macros.catalog.files import FILE_KINDS
from macros.rows.base import Row, Titled
from macros.rows.kinds import KINDS, kind
from tools.site_build import ROOT


class Figure(Titled):
    """A row with the name of a kind that there is."""


class Novel(Titled):
    """A row of a new kind."""


def test_every_model_of_rows_is_a_kind() -> None:
    def models(model: type[Row]) -> set[type[Row]]:
        return {model, *(inner for one in model.__subclasses__() for inner in models(one))}

    shared = {"Row", "Titled", "Answered"}
    ours = {one for one in models(Row) if one.__module__.startswith("macros.rows.") and one.__name__ not in shared}
    assert ours - {one.model for one in KINDS.values()} == set()


def test_every_file_of_rows_is_of_one_kind() -> None:
    for one in FILE_KINDS.values():
        assert any((ROOT / "data").glob(one.file)), one.file


def test_a_name_or_a_file_is_given_once() -> None:
    with pytest.raises(ValueError, match="kind figure: there is another"):
        kind()(Figure)
    with pytest.raises(ValueError, match=r"kind novel: there is another of this name or in data/figures\.yml"):
        kind(file="figures.yml")(Novel)
    assert "novel" not in KINDS


def test_what_is_said_of_a_row_is_a_field_of_it() -> None:
    with pytest.raises(ValueError, match="kind novel: its rows have no 'value' to say"):
        kind(says=(("", "value"),))(Novel)
    assert "novel" not in KINDS
