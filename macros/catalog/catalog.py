"""The catalog: all rows and pages joined, every reference resolved, every row with one home.

`load(root)` is what the rest of the guide calls. It raises `GuideError` with every problem at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, TypeVar, overload

from macros.catalog import diagrams, hour, identity, join, settings, sum_checks, ticks
from macros.catalog.builder import Draft, Entry, Place
from macros.catalog.diagnostics import GuideError, Problem
from macros.catalog.files import DATA_FILES, kind_of_model
from macros.catalog.load import read_data
from macros.catalog.page import Page, read_pages
from macros.rows.base import Part, Row
from macros.rows.levels import RubricRow
from macros.rows.markup import plain

CHANGELOG = "CHANGELOG.md"
P = TypeVar("P", bound=Part)
R = TypeVar("R", bound=Row)
S = TypeVar("S", bound=Row)


class Catalog(NamedTuple):
    """Everything the guide knows. Lists are in the order of the files; nothing in it changes.

    `entries` rows by id, `tops` top-level rows by kind, `pages` by path below docs/, `homes` the place of each row,
    `links` and `back_links` ids by id, `moved` per page the (old anchor, id) that its readers may still ask for,
    `svgs` the drawing of each diagram by its id, `ticks` every id that could ever be ticked, by its number,
    `changelog` the text of CHANGELOG.md, '' for none.
    """

    root: Path
    entries: Mapping[str, Entry]
    tops: Mapping[str, tuple[Part, ...]]
    pages: Mapping[str, Page]
    homes: Mapping[str, Place]
    links: Mapping[str, tuple[str, ...]]
    back_links: Mapping[str, tuple[str, ...]]
    moved: Mapping[str, tuple[tuple[str, str], ...]]
    svgs: Mapping[str, str]
    ticks: tuple[str, ...]
    changelog: str

    @overload
    def all(self, kind: type[P], /) -> tuple[P, ...]: ...
    @overload
    def all(self, kind: str, /) -> tuple[Part, ...]: ...
    def all(self, kind: type[Part] | str, /) -> tuple[Part, ...]:
        """All top-level rows of a model, in file order; by the kind's name where the model is not known.

        Raises TypeError for a model whose rows stand inside others.
        """
        return self.tops.get(kind if isinstance(kind, str) else kind_of_model(kind), ())

    @overload
    def get(self, id: str, /) -> Row: ...
    @overload
    def get(self, id: str, model: type[R], /) -> R: ...
    @overload
    def get(self, id: str, model: type[R], other: type[S], /) -> R | S: ...
    def get(self, id: str, /, *models: type[Row]) -> Row:
        """The row with this id; without a model where its kind is not known.

        Raises KeyError for an unknown id, and TypeError for a row of another model than those given.
        """
        row = self.entries[id].row
        if models and not isinstance(row, models):
            wanted = " or ".join(model.__name__ for model in models)
            raise TypeError(f"'{id}' is a {type(row).__name__}, not a {wanted}")
        return row

    def name(self, id: str) -> str:
        """The words that name a row: its label without marks, that of its dimension for a rubric line. Raises KeyError."""
        row = self.entries[id].row
        return self.name(row.dimension) if isinstance(row, RubricRow) else plain(row.label)


def load(root: Path) -> Catalog:
    """Read and join everything below `root`, and hold it against data/ids.lock and data/ticks.lock. Raises GuideError."""
    draft = _draft(root)
    moved = identity.hold_against_lock(draft)
    numbered = ticks.hold_against_lock(draft)
    if draft.problems:
        raise GuideError(draft.problems)
    back: dict[str, list[str]] = defaultdict(list)
    for id, targets in draft.links.items():
        for target in targets:
            back[target].append(id)
    return Catalog(
        root=root,
        entries=MappingProxyType(draft.entries),
        tops=MappingProxyType({kind: tuple(rows) for kind, rows in draft.tops.items()}),
        pages=MappingProxyType(draft.pages),
        homes=MappingProxyType(draft.homes),
        links=MappingProxyType(draft.links),
        back_links=MappingProxyType({id: tuple(ids) for id, ids in back.items()}),
        moved=MappingProxyType(moved),
        svgs=MappingProxyType(draft.svgs),
        ticks=numbered,
        changelog=log.read_text("utf-8") if (log := root / CHANGELOG).is_file() else "",
    )


def record_ids(root: Path) -> int:
    """Record the guide's addresses in data/ids.lock and what can be ticked in data/ticks.lock; return how many addresses
    are new. Raises GuideError."""
    draft = _draft(root)
    ticks.record(draft)
    return identity.record(draft)


def _draft(root: Path) -> Draft:
    """Read and join everything. Raises GuideError with all problems found."""
    draft = Draft(root)
    reading = read_data(root)
    draft.problems += reading.problems
    draft.doubtful |= reading.failed_ids
    draft.failed_kinds |= reading.failed_kinds
    present = {loaded.kind for loaded in reading.rows} | reading.failed_kinds | {"retired"}
    for entry in DATA_FILES:
        if entry.kind not in present:
            hint = f"python -m macros new {entry.kind} prints one to begin with"
            draft.fault(f"data/{entry.pattern}", 0, f"there is no {entry.kind} at all; {hint}")
    pages, faults = read_pages(root)
    draft.problems += faults
    draft.settings = settings.read_settings(
        root, lambda line, what: draft.problems.append(Problem(settings.FILE, line, what))
    )
    join.register(draft, reading.rows)
    diagrams.load_svgs(draft)
    join.order_pages(draft, pages)
    join.check_headings(draft)
    join.resolve(draft)
    join.settle(draft)
    join.check_taught(draft)
    join.check_booklets(draft)
    hour.check_hour(draft)
    join.check_settings(draft)
    if not draft.problems:
        join.check_reached(draft)
        sum_checks.check_sums(draft)
        sum_checks.check_pictures(draft)
    if draft.problems:
        raise GuideError(draft.problems)
    return draft
