"""Places that repeat a sum's results, and sums on one page, held against the sums."""

from __future__ import annotations

import re
from collections.abc import Iterator

from macros.catalog.builder import CatalogBuilder, Entry
from macros.catalog.references import texts
from macros.catalog.strict_yaml import find_line
from macros.rows.markup import plain
from macros.rows.near_miss import near_miss
from macros.rows.pictures import Picture, bars
from macros.rows.sums import Sum, SumInput


def check_sums(builder: CatalogBuilder) -> None:
    """Hold the sums against the places that repeat them, and sums on one page against each other."""
    inputs: dict[tuple[str, str], tuple[Sum, SumInput]] = {}
    for row in builder.all(Sum):
        entry = builder.entries[row.id]

        def fault(what: str, *loc: int | str, entry: Entry = entry) -> None:
            builder.fault(entry.path, find_line(builder.root / entry.path, (*entry.loc, *loc)), what)

        for index, check in enumerate(row.checks):
            if not any(_says(text, check.says) for text in _texts_at(builder, check.at)):
                what = f"'{check.at}' does not say '{check.says}', which this sum gives; correct it there, or the check"
                fault(f"{row.id}.checks[{index}]: {what}", "checks", index)
        for index, given in enumerate(row.inputs):
            page = builder.homes[row.id].page if row.id in builder.homes else row.id
            other, same = inputs.setdefault((page, given.name), (row, given))
            if (same.value, same.unit) != (given.value, given.unit):
                what = f"'{given.name}' has another value in {other.id} on the same page; agree, or choose another name"
                fault(f"{row.id}.inputs[{index}]: {what}", "inputs", index, "value")


def check_pictures(builder: CatalogBuilder) -> None:
    """A picture that shows values of a sum names values that the sum has."""
    for row in builder.all(Picture):
        found = builder.entries[row.sum].row if row.sum in builder.entries else None
        if not isinstance(found, Sum):
            continue
        known = found.values()
        for bar in bars(row):
            if bar.of and bar.of not in known:
                entry = builder.entries[row.id]
                line = find_line(builder.root / entry.path, (*entry.loc, "sum"))
                what = f"{row.id}: {row.sum} has no value '{bar.of}'{near_miss(bar.of, known)}"
                builder.fault(entry.path, line, what)


def _says(text: str, wanted: str) -> bool:
    """Whether `wanted` stands in `text`, and not as a piece of a longer word or number."""
    return bool(re.search(rf"(?<![\w.,]){re.escape(wanted)}(?!\w|[.,]\d)", text))


def _texts_at(builder: CatalogBuilder, id: str) -> Iterator[str]:
    if id in builder.page_ids:
        yield " ".join(plain((builder.root / "docs" / builder.page_ids[id]).read_text("utf-8")).split())
    if id in builder.entries:
        yield from texts(builder.entries[id].row)
