"""What every macro call of the guide shows: worked out once, and kept in .cache/ until something it is made from changes.

Most builds follow a check, or another build, that worked out just this. They then need neither the data nor the models
and views, which take longer to load than a page takes to build.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from macros.model.catalog import Catalog

Shown = dict[str, dict[str, str]]  # Markdown by the page's place (see `place`), then by the call (see `call`)

FILE = Path(".cache") / "shown.json"
_MADE_FROM = ("data", "docs", "macros")
_SUFFIXES = {".yml", ".md", ".lock", ".dot", ".svg", ".py"}

_last: tuple[str, Shown] | None = None  # one engine asks once for every page
_held: Shown | None = None


def today() -> datetime.date:
    """Return the date of this build; SOURCE_DATE_EPOCH (seconds) stands in for the clock where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.datetime.fromtimestamp(float(epoch) if epoch else time.time(), datetime.UTC).date()


def place(url: str) -> str:
    """Return the address of a page below the site's root as it is kept: without slashes at its ends; '' is home."""
    return url.removesuffix("index.html").strip("/.")


def call(name: str, arguments: Iterable[Any]) -> str:
    """Return a macro call as it is kept."""
    return json.dumps([name, *arguments])


def shown(root: Path, day: datetime.date) -> Shown:
    """Return what every macro call of the guide at `root` shows on `day`, worked out anew if need be. Raises GuideError."""
    global _last
    if _held is not None:
        return _held
    stamp = _stamp(root, day)
    if _last is None or _last[0] != stamp:
        found = _read(root / FILE, stamp)
        if found is None:
            from macros.model import catalog

            found = work_out(catalog.load(root), day)
        _last = stamp, found
    return _last[1]


def hold(found: Shown) -> None:
    """Give the engine this from now on, also where it has asked before: the live server works it out before each build."""
    global _held
    _held = {} if _held is None else _held
    _held.clear()
    _held.update(found)


def work_out(catalog: Catalog, day: datetime.date) -> Shown:
    """Return what every macro call of the guide shows on `day`, and keep it for the next build."""
    stamp, found = _stamp(catalog.root, day), show(catalog, day)
    _write(catalog.root / FILE, stamp, found)
    return found


def show(catalog: Catalog, day: datetime.date) -> Shown:
    """Return what every macro call of the guide shows on `day`."""
    from macros.views import MACROS, View

    found = {}
    for page in catalog.pages.values():
        view = View(catalog, page, day)
        found[place(page.url)] = {call(one.name, one.args): MACROS[one.name](view, *one.args) for one in page.calls}
    return found


def _stamp(root: Path, day: datetime.date) -> str:
    """What changes when anything changes that the guide is made from: its files by time and size, and the day."""
    files = [
        file
        for folder in _MADE_FROM
        for file in (root / folder).rglob("*")
        if file.suffix in _SUFFIXES and file.is_file()
    ]
    files += [file for name in ("mkdocs.yml", "CHANGELOG.md") if (file := root / name).is_file()]
    seen = [(str(file), (at := file.stat()).st_mtime_ns, at.st_size) for file in files]
    return hashlib.sha256(repr((sorted(seen), day.isoformat(), sys.version)).encode()).hexdigest()


def _read(file: Path, stamp: str) -> Shown | None:
    """Return what is kept under this stamp; None when it is something else, or cannot be read."""
    try:
        kept = json.loads(file.read_bytes())
        return kept["shown"] if kept["stamp"] == stamp else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write(file: Path, stamp: str, found: Shown) -> None:
    """Keep it, whole or not at all; where nothing can be written, the next build works it out again."""
    try:
        file.parent.mkdir(exist_ok=True)
        new = file.with_suffix(f".{os.getpid()}")
        new.write_text(json.dumps({"stamp": stamp, "shown": found}), "utf-8")
        new.replace(file)
    except OSError:
        return
