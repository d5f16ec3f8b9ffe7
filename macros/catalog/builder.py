"""The guide while it is being joined: what was read so far, and every problem found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TypeVar, cast

from macros.catalog.diagnostics import Problem
from macros.catalog.files import kind_of_model
from macros.catalog.macro_signatures import SIGNATURES
from macros.catalog.page import Page
from macros.catalog.prose import Call
from macros.catalog.settings import NONE, Settings
from macros.rows.base import Part, Row, with_area
from macros.rows.plan import Plan

P = TypeVar("P", bound=Part)


class Entry(NamedTuple):
    """A row in its place: kind, model, id of the row it is part of ('' at the top), file, and `loc` within the file."""

    kind: str
    row: Row
    owner: str
    path: str
    loc: tuple[int | str, ...]


class Anchor(NamedTuple):
    """Where a row stands: the page's path below docs/, and the anchor on it."""

    page: str
    anchor: str


@dataclass
class CatalogBuilder:
    """Rows by id, top-level rows by kind, pages by path in the order of the navigation, and what was found wrong.

    `svgs` holds the drawing of each diagram by its id, `failed_kinds` the kinds of which a file or row failed.
    `invalid_ids` holds ids whose row failed or stands twice: they are known, so that one fault is not reported again
    at every place that refers to it.
    """

    root: Path
    entries: dict[str, Entry] = field(default_factory=dict)
    rows_by_kind: dict[str, list[Part]] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    page_ids: dict[str, str] = field(default_factory=dict)
    homes: dict[str, Anchor] = field(default_factory=dict)
    links: dict[str, tuple[str, ...]] = field(default_factory=dict)
    invalid_ids: set[str] = field(default_factory=set)
    settings: Settings = NONE
    svgs: dict[str, str] = field(default_factory=dict)
    failed_kinds: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def fault(self, path: str, line: int, what: str) -> None:
        """Record a problem that shows when what was read is joined."""
        self.problems.append(Problem(path, line, what, joined=True))

    def all(self, model: type[P]) -> list[P]:
        """Return the top-level rows of a model, in file order. Raises TypeError for one whose rows stand inside others."""
        return cast("list[P]", self.rows_by_kind.get(kind_of_model(model), []))

    def rows_rendered_by(self, call: Call) -> Iterator[str]:
        """Ids of the rows that get their anchor from a macro call, in order."""
        homes = SIGNATURES[call.name].homes
        if homes.startswith("kind:"):
            yield from (row.id for row in self.rows_by_kind.get(homes[5:], ()) if isinstance(row, Row))
        elif homes.startswith("area:"):
            yield from (row.id for row in with_area(self.rows_by_kind.get(homes[5:], ())) if row.area in call.args)
        elif homes and call.args and call.args[0] in self.entries:
            owner = self.entries[call.args[0]].row
            if homes == "itself":
                yield owner.id
                return
            yield from (row.id for row in getattr(owner, homes, ()))
            if call.name == "plan" and isinstance(owner, Plan):
                yield from dict.fromkeys(task for week in owner.weeks for day in week.days for task in day.tasks)
