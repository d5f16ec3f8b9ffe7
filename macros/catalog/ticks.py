"""Ticks: every id that a reader can tick, and the mark of every page that can be read, has a number in data/ticks.lock, for good.

A link carries what a reader ticked as bits, and the number of an id is its bit. So a number never changes and is never
given twice: new ids are added at the end, and those of retired rows stay.
"""

from __future__ import annotations

from macros.catalog.builder import CatalogBuilder
from macros.rows.kinds import KINDS

LOCK = "data/ticks.lock"
_HEAD = "# Every id that can be ticked, and its bit in a link. Written by make fix, at the end; never edit, move or delete a line.\n"
_AGAIN = "bring the file back as it was published, then run 'make fix'"


def tickable(builder: CatalogBuilder) -> list[str]:
    """Return the ids of all rows that have a box, in the order of the data, and the marks of pages that can be read."""
    rows = [id for id, entry in builder.entries.items() if entry.kind in KINDS and KINDS[entry.kind].ticks]
    return [*rows, *(read_mark(page.url) for page in builder.pages.values() if page.url)]


def read_mark(url: str) -> str:
    """The key under which a page is marked as read: ``topics/caching/`` gives ``page-topics-caching``, as late/read.js has it."""
    return "-".join(["page", *filter(None, url.split("/"))])


def record(builder: CatalogBuilder) -> int:
    """Give the ids that have no number yet the next ones, in data/ticks.lock; return how many they are."""
    lines = _lines(builder)
    known = {line.partition(" ")[2] for _, line in lines}
    new = [id for id in tickable(builder) if id not in known]
    added = "".join(f"{len(lines) + n} {id}\n" for n, id in enumerate(new))
    (builder.root / LOCK).write_text(_HEAD + "".join(f"{line}\n" for _, line in lines) + added, "utf-8")
    return len(new)


def hold_against_lock(builder: CatalogBuilder) -> tuple[str, ...]:
    """Report an id without a number, and numbers that are not those that were given; return the ids by their numbers."""
    ids: dict[str, int] = {}
    for count, (number, line) in enumerate(_lines(builder)):
        bit, _, id = line.partition(" ")
        if bit != str(count):
            builder.fault(LOCK, number, f"'{line[:60]}' stands where number {count} has to; {_AGAIN}")
            break  # all that follow are moved as well
        if id in ids:
            builder.fault(LOCK, number, f"'{id}' has number {ids[id]} already; {_AGAIN}")
        ids[id] = count
    else:
        if new := [id for id in tickable(builder) if id not in ids]:
            what = f"lacks {len(new)} ids that can be ticked, such as '{new[0]}'; run 'make fix' to record them"
            builder.fault(LOCK, 0, what)
    return tuple(ids)


def _lines(builder: CatalogBuilder) -> list[tuple[int, str]]:
    """The lines of the file with their numbers in it, without its comment; none when there is no file yet."""
    file = builder.root / LOCK
    text = file.read_bytes().decode("utf-8", "replace") if file.is_file() else ""
    return [(at, line) for at, line in enumerate(text.splitlines(), 1) if line and not line.startswith("#")]
