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
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from macros.catalog.catalog import Catalog

Rendered = dict[str, dict[str, str]]  # Markdown by the page's place (see `page_key`), then by the call (see `call_key`)

FILE = Path(".cache") / "rendered.json"
_MADE_FROM = ("data", "docs", "macros")
_SUFFIXES = {".yml", ".md", ".lock", ".dot", ".svg", ".py"}

_last: tuple[str, Rendered] | None = None  # one engine asks once for every page
_held: Rendered | None = None


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


def rendered(root: Path, day: datetime.date) -> Rendered:
    """Return what every macro call of the guide at `root` shows on `day`, worked out anew if need be. Raises GuideError."""
    global _last
    if _held is not None:
        return _held
    fingerprint = _fingerprint(root, day)
    if _last is None or _last[0] != fingerprint:
        found = _read(root / FILE, fingerprint)
        if found is None:
            from macros.catalog import catalog

            found = render_all(catalog.load(root), day)
        _last = fingerprint, found
    return _last[1]


def hold(found: Rendered) -> None:
    """Give the engine this from now on, also where it has asked before: the live server works it out before each build."""
    global _held
    _held = {} if _held is None else _held
    _held.clear()
    _held.update(found)


def render_all(catalog: Catalog, day: datetime.date) -> Rendered:
    """Return what every macro call of the guide shows on `day`, and keep it for the next build."""
    fingerprint, found = _fingerprint(catalog.root, day), render(catalog, day)
    _write(catalog.root / FILE, fingerprint, found)
    return found


def render(catalog: Catalog, day: datetime.date) -> Rendered:
    """Return what every macro call of the guide shows on `day`."""
    from macros.views import MACROS, RenderContext

    found = {}
    for page in catalog.pages.values():
        view = RenderContext(catalog, page, day)
        found[page_key(page.url)] = {
            call_key(one.name, one.args): MACROS[one.name](view, *one.args) for one in page.calls
        }
    return found


def _fingerprint(root: Path, day: datetime.date) -> str:
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


def _read(file: Path, fingerprint: str) -> Rendered | None:
    """Return what is kept under this fingerprint; None when it is something else, or cannot be read."""
    try:
        cached = json.loads(file.read_bytes())
        return cached["rendered"] if cached["fingerprint"] == fingerprint else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write(file: Path, fingerprint: str, found: Rendered) -> None:
    """Keep it, whole or not at all; where nothing can be written, the next build works it out again."""
    try:
        file.parent.mkdir(exist_ok=True)
        new = file.with_suffix(f".{os.getpid()}")
        new.write_text(json.dumps({"fingerprint": fingerprint, "rendered": found}), "utf-8")
        new.replace(file)
    except OSError:
        return
