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
from macros.catalog.builder import Anchor, CatalogBuilder, Entry
from macros.catalog.diagnostics import GuideError, Problem
from macros.catalog.files import FILE_KINDS, kind_of_model
from macros.catalog.load import CACHE as PARSED_ROWS
from macros.catalog.load import read_data
from macros.catalog.macro_signatures import SIGNATURES
from macros.catalog.page import CACHE as PARSED_PAGES
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

    `entries` rows by id, `rows_by_kind` top-level rows by kind, `pages` by path below docs/, `homes` the anchor of each row,
    `links` and `back_links` ids by id, `moved` per page the (old anchor, id) that its readers may still ask for,
    `svgs` the drawing of each diagram by its id, `ticks` every id that could ever be ticked, by its number,
    `changelog` the text of CHANGELOG.md, '' for none.
    """

    root: Path
    entries: Mapping[str, Entry]
    rows_by_kind: Mapping[str, tuple[Part, ...]]
    pages: Mapping[str, Page]
    homes: Mapping[str, Anchor]
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
        return self.rows_by_kind.get(kind if isinstance(kind, str) else kind_of_model(kind), ())

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
    builder = _build(root)
    moved = identity.hold_against_lock(builder)
    numbered = ticks.hold_against_lock(builder)
    if builder.problems:
        raise GuideError(builder.problems)
    PARSED_ROWS.save(root)
    PARSED_PAGES.save(root)
    back: dict[str, list[str]] = defaultdict(list)
    for id, targets in builder.links.items():
        for target in targets:
            back[target].append(id)
    return Catalog(
        root=root,
        entries=MappingProxyType(builder.entries),
        rows_by_kind=MappingProxyType({kind: tuple(rows) for kind, rows in builder.rows_by_kind.items()}),
        pages=MappingProxyType(builder.pages),
        homes=MappingProxyType(builder.homes),
        links=MappingProxyType(builder.links),
        back_links=MappingProxyType({id: tuple(ids) for id, ids in back.items()}),
        moved=MappingProxyType(moved),
        svgs=MappingProxyType(builder.svgs),
        ticks=numbered,
        changelog=log.read_text("utf-8") if (log := root / CHANGELOG).is_file() else "",
    )


def record_ids(root: Path) -> int:
    """Record the guide's addresses in data/ids.lock and what can be ticked in data/ticks.lock; return how many addresses
    are new. Raises GuideError."""
    builder = _build(root)
    ticks.record(builder)
    return identity.record(builder)


def _build(root: Path) -> CatalogBuilder:
    """Read and join everything. Raises GuideError with all problems found."""
    if not SIGNATURES:
        raise RuntimeError("no macro is registered; import macros.views before a guide is read")
    builder = CatalogBuilder(root)
    reading = read_data(root)
    builder.problems += reading.problems
    builder.invalid_ids |= reading.failed_ids
    builder.failed_kinds |= reading.failed_kinds
    present = {loaded.kind for loaded in reading.rows} | reading.failed_kinds | {"retired"}
    for entry in FILE_KINDS.values():
        if entry.name not in present:
            hint = f"python -m macros new {entry.name} prints one to begin with"
            builder.fault(f"data/{entry.file}", 0, f"there is no {entry.name} at all; {hint}")
    pages, faults = read_pages(root)
    builder.problems += faults
    builder.settings = settings.read_settings(
        root, lambda line, what: builder.problems.append(Problem(settings.FILE, line, what))
    )
    join.index_rows(builder, reading.rows)
    diagrams.load_svgs(builder)
    join.order_pages(builder, pages)
    join.check_headings(builder)
    join.resolve(builder)
    join.assign_canonical_pages(builder)
    join.check_taught(builder)
    join.check_term_names(builder)
    join.check_booklets(builder)
    hour.check_hour(builder)
    join.check_settings(builder)
    if not builder.problems:
        join.check_orphans(builder)
        sum_checks.check_sums(builder)
        sum_checks.check_pictures(builder)
    if builder.problems:
        raise GuideError(builder.problems)
    return builder
