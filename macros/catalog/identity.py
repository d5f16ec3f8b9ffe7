"""Identity: every address ever published stands in data/ids.lock, and keeps working."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from macros.catalog.builder import CatalogBuilder
from macros.catalog.page import page_url
from macros.rows.near_miss import near_miss
from macros.rows.redirects import Retired

LOCK = "data/ids.lock"
_RETIRED = "data/retired.yml"
_HEAD = "# Every address ever published, below the site's root. Written by make fix; never edit or delete a line.\n"


def addresses(builder: CatalogBuilder) -> set[str]:
    """All addresses the guide publishes: pages, headings, rows on pages, and short addresses."""
    found = {f"go/{id}/" for id in builder.entries}
    for page in builder.pages.values():
        url = page.url or "./"
        found.add(url)
        found.update(f"{url}#{heading.id}" for heading in page.headings)
        found.update(f"{url}#{id}" for call in page.calls for id in builder.rows_rendered_by(call))
    return found


def read_lock(root: Path) -> list[str]:
    """The addresses of data/ids.lock, without its comment; empty when there is none yet."""
    file = root / LOCK
    lines = file.read_bytes().decode("utf-8", "replace").splitlines() if file.is_file() else []
    return [line for line in lines if line and not line.startswith("#")]


def record(builder: CatalogBuilder) -> int:
    """Add the guide's addresses to data/ids.lock; return how many are new."""
    before = set(read_lock(builder.root))
    every = before | addresses(builder)
    (builder.root / LOCK).write_text(_HEAD + "".join(f"{line}\n" for line in sorted(every)), "utf-8")
    return len(every) - len(before)


def hold_against_lock(builder: CatalogBuilder) -> dict[str, tuple[tuple[str, str], ...]]:
    """Report what is new or lost; return per page path the (old anchor, id of the row it became) to keep alive there."""
    now, locked = addresses(builder), read_lock(builder.root)
    if new := now - set(locked):
        what = f"lacks {len(new)} new addresses, such as '{min(new)}'; run 'make fix' to record them"
        builder.fault(LOCK, 0, what)
    successors = {row.id: row.successor for row in builder.all(Retired)}
    _check_successors(builder)
    pages = {page.url or "./": page for page in builder.pages.values()}
    redirected = {page_url(one.old) for one in builder.settings.redirects}
    moved: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for number, address in enumerate(locked, 2):
        if address in now:
            continue
        url, _, anchor = address.partition("#")
        id = anchor or (url.split("/")[1] if url.startswith("go/") else "")
        target = successors.get(address) or (id if id in builder.entries else successors.get(id))
        if url in pages and anchor and target:
            moved[pages[url].path].append((anchor, target))
        elif url in redirected or (target and url.startswith("go/")):
            continue
        else:
            whose = "its successor" if f"go/{id}/" in locked else f"the successor of '{address}'"
            undo = f"put '{id}' back, or name {whose} in data/retired.yml"
            hint = undo if id else "add it to the redirects in mkdocs.yml"
            builder.fault(LOCK, number, f"'{address}' was published and is gone; {hint}")
    return {path: tuple(pairs) for path, pairs in moved.items()}


def _check_successors(builder: CatalogBuilder) -> None:
    """Who comes to an id that is gone is sent to one that is there, not to another that is gone as well."""
    for row in builder.all(Retired):
        if row.successor not in builder.homes and row.successor not in builder.invalid_ids:
            hint = near_miss(row.successor, builder.homes)
            builder.fault(_RETIRED, 0, f"{row.id}: the successor '{row.successor}' is nowhere in the guide{hint}")
