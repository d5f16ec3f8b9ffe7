"""Places that repeat a sum's results, and sums on one page, held against the sums."""

from __future__ import annotations

import re
from collections.abc import Iterator

from macros.catalog.builder import Draft, Entry
from macros.catalog.references import texts
from macros.catalog.strict_yaml import find_line
from macros.rows.markup import plain
from macros.rows.near_miss import near_miss
from macros.rows.pictures import Picture, bars
from macros.rows.sums import Input, Sum


def check_sums(draft: Draft) -> None:
    """Hold the sums against the places that repeat them, and sums on one page against each other."""
    inputs: dict[tuple[str, str], tuple[Sum, Input]] = {}
    for row in draft.all(Sum):
        entry = draft.entries[row.id]

        def fault(what: str, *place: int | str, entry: Entry = entry) -> None:
            draft.fault(entry.path, find_line(draft.root / entry.path, (*entry.place, *place)), what)

        for index, check in enumerate(row.checks):
            if not any(_says(text, check.says) for text in _texts_at(draft, check.at)):
                what = f"'{check.at}' does not say '{check.says}', which this sum gives; correct it there, or the check"
                fault(f"{row.id}.checks[{index}]: {what}", "checks", index)
        for index, given in enumerate(row.inputs):
            page = draft.homes[row.id].page if row.id in draft.homes else row.id
            other, same = inputs.setdefault((page, given.name), (row, given))
            if (same.value, same.unit) != (given.value, given.unit):
                what = f"'{given.name}' has another value in {other.id} on the same page; agree, or choose another name"
                fault(f"{row.id}.inputs[{index}]: {what}", "inputs", index, "value")


def check_pictures(draft: Draft) -> None:
    """A picture that shows values of a sum names values that the sum has."""
    for row in draft.all(Picture):
        found = draft.entries[row.sum].row if row.sum in draft.entries else None
        if not isinstance(found, Sum):
            continue
        known = found.values()
        for bar in bars(row):
            if bar.of and bar.of not in known:
                entry = draft.entries[row.id]
                line = find_line(draft.root / entry.path, (*entry.place, "sum"))
                what = f"{row.id}: {row.sum} has no value '{bar.of}'{near_miss(bar.of, known)}"
                draft.fault(entry.path, line, what)


def _says(text: str, wanted: str) -> bool:
    """Whether `wanted` stands in `text`, and not as a piece of a longer word or number."""
    return bool(re.search(rf"(?<![\w.,]){re.escape(wanted)}(?!\w|[.,]\d)", text))


def _texts_at(draft: Draft, id: str) -> Iterator[str]:
    if id in draft.page_ids:
        yield " ".join(plain((draft.root / "docs" / draft.page_ids[id]).read_text("utf-8")).split())
    if id in draft.entries:
        yield from texts(draft.entries[id].row)
