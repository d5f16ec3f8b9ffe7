"""What every macro call of the guide shows: rendered once, and kept in .cache/ until something it is made from changes.

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
from typing import TYPE_CHECKING, Any, NamedTuple

from macros.catalog.diagnostics import GuideError as GuideError  # for those who call `rendered`

if TYPE_CHECKING:
    from macros.catalog.catalog import Catalog

Rendered = dict[str, dict[str, str]]  # Markdown by the page's place (see `page_key`), then by the call (see `call_key`)

FILE = Path(".cache") / "rendered.json"
_MADE_FROM = ("data", "docs", "macros")
_NOT_READ = {"assets", "__pycache__"}  # folders within them that no row, page or macro comes from


class _Cached(NamedTuple):
    fingerprint: str
    macros: tuple[str, ...]
    rendered: Rendered


_last: _Cached | None = None  # one engine asks once for every page
_held: _Cached | None = None


def today() -> datetime.date:
    """Return the date of this build; SOURCE_DATE_EPOCH (seconds) stands in for the clock where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.datetime.fromtimestamp(float(epoch) if epoch else time.time(), datetime.UTC).date()


def page_key(url: str) -> str:
    """Return the address of a page below the site's root as it is a key of the cache: without slashes at its ends; '' is home."""
    return url.removesuffix("index.html").strip("/.")


def call_key(name: str, arguments: Iterable[Any]) -> str:
    """Return a macro call as a key of the cache."""
    return json.dumps([name, *arguments])


def macro_names(root: Path, day: datetime.date) -> tuple[str, ...]:
    """Return the names of all macros. Raises GuideError."""
    return _cached(root, day).macros


def rendered(root: Path, day: datetime.date) -> Rendered:
    """Return what every macro call of the guide at `root` shows on `day`, rendered anew if need be. Raises GuideError."""
    return _cached(root, day).rendered


def _cached(root: Path, day: datetime.date) -> _Cached:
    global _last
    if _held is not None:
        return _held
    fingerprint = _fingerprint(root, day)
    if _last is None or _last.fingerprint != fingerprint:
        found = _read(root / FILE)
        if found is None or found.fingerprint != fingerprint:
            from macros import views
            from macros.catalog import catalog

            found = _Cached(fingerprint, tuple(views.MACROS), render_all(catalog.load(root), day))
        _last = found
    return _last


def hold(found: Rendered) -> None:
    """Give the engine this from now on, also where it has asked before: the live server works it out before each build."""
    global _held
    from macros import views

    _held = _held or _Cached("", tuple(views.MACROS), {})
    _held.rendered.clear()
    _held.rendered.update(found)


def render_all(catalog: Catalog, day: datetime.date) -> Rendered:
    """Return what every macro call of the guide shows on `day`, and keep it for the next build."""
    from macros import views

    fingerprint, found = _fingerprint(catalog.root, day), render(catalog, day)
    _write(catalog.root / FILE, _Cached(fingerprint, tuple(views.MACROS), found))
    return found


def render(catalog: Catalog, day: datetime.date) -> Rendered:
    """Return what every macro call of the guide shows on `day`."""
    from macros.views import MACROS, RenderContext

    found = {}
    for page in catalog.pages.values():
        context = RenderContext(catalog, page, day)
        found[page_key(page.url)] = {
            call_key(one.name, one.args): MACROS[one.name](context, *one.args) for one in page.calls
        }
    return found


def _fingerprint(root: Path, day: datetime.date) -> str:
    """What changes when anything changes that the guide is made from: its files by time and size, and the day."""
    files = [
        file
        for folder in _MADE_FROM
        for file in (root / folder).rglob("*")
        if not _NOT_READ.intersection(file.relative_to(root).parts) and file.is_file()
    ]
    files += [file for name in ("mkdocs.yml", "CHANGELOG.md") if (file := root / name).is_file()]
    seen = [(str(file), (at := file.stat()).st_mtime_ns, at.st_size) for file in files]
    return hashlib.sha256(repr((sorted(seen), day.isoformat(), sys.version)).encode()).hexdigest()


def _read(file: Path) -> _Cached | None:
    """Return what is kept; None where it cannot be read."""
    try:
        fingerprint, macros, found = json.loads(file.read_bytes())
        return _Cached(fingerprint, tuple(macros), found)
    except (OSError, ValueError, TypeError):
        return None


def _write(file: Path, cached: _Cached) -> None:
    """Keep it, whole or not at all; where nothing can be written, the next build renders it again."""
    try:
        file.parent.mkdir(exist_ok=True)
        new = file.with_suffix(f".{os.getpid()}")
        new.write_text(json.dumps(cached), "utf-8")
        new.replace(file)
    except OSError:
        return
