"""What each macro takes and which rows it gives a home on the page: the contract between pages and views.

Each macro declares its signature where it stands, in macros/views/ (`macros.views.registry`); importing that package
fills `SIGNATURES`. So pages are checked without a view.
"""

from __future__ import annotations

from typing import NamedTuple

from macros.rows.base import Row


class Plain(NamedTuple):
    """What a macro shows in plain text, to those who do not see the page: these `fields` of the row whose id it is
    given, or the `names` of all rows of a model, which stand in full elsewhere; neither for nothing."""

    fields: tuple[str, ...] = ()
    names: type[Row] | None = None


class Signature(NamedTuple):
    """The arguments and the rows of one macro.

    `args` names the kind of row each argument is the id of ('owner' is a topic or a component, ``area:KIND`` an
    area that rows of a kind belong to, 'text' free text, a trailing '*' repeats, a trailing '?' is optional). `homes` is
    the field of the first argument's row whose rows get their anchors here, ``itself`` for that row, ``kind:NAME`` for
    all rows of a kind, or ``area:KIND`` for those of its rows whose area the argument names. An `inline` macro stands
    within a sentence; every other prints a block. `plain` is None for one that shows the rows of `homes`, and for one that
    `macros.exports.llms` has a form of its own for.
    """

    args: tuple[str, ...] = ()
    homes: str = ""
    inline: bool = False
    plain: Plain | None = None


SIGNATURES: dict[str, Signature] = {}
