"""A cache of parsed files: what was made of each, until the file, or the code that reads it, changes.

A process that reads the guide again and again, as the live server's does, reads only what was changed; so does the next
process, from .cache/: parsing and validating two megabytes of YAML takes more than half of a check.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Generic, TypeVar

import pydantic
import yaml

T = TypeVar("T")
_CODE = Path(__file__).resolve().parent.parent


class ParseCache(Generic[T]):
    """What one kind of file was parsed to, by the guide's folder and the file's path in it, each with the digest of its bytes."""

    def __init__(self, name: str) -> None:
        self._name = f"{name}.pickle"
        self._parsed: dict[Path, dict[str, tuple[bytes, T]]] = {}
        self._unsaved: set[Path] = set()

    def of(self, root: Path, file: Path, make: Callable[[], T]) -> T:
        """Return what `make` made, or makes now, of a file below `root`. Who asks must not change it."""
        try:
            digest = hashlib.sha256(file.read_bytes()).digest()
        except OSError:
            return make()
        if root not in self._parsed:
            self._parsed[root] = self._read(root)
        parsed, path = self._parsed[root], file.relative_to(root).as_posix()
        known = parsed.get(path)
        if known is None or known[0] != digest:
            known = parsed[path] = (digest, make())
            self._unsaved.add(root)
        return known[1]

    def save(self, root: Path) -> None:
        """Write the cache of the guide at `root` for the next process: whole or not at all, and only if something was parsed anew."""
        if root not in self._unsaved:
            return
        self._unsaved.discard(root)
        file = self._file(root)
        try:
            file.parent.mkdir(exist_ok=True)
            new = file.with_suffix(f".{os.getpid()}")
            new.write_bytes(pickle.dumps((_code(), self._parsed[root]), pickle.HIGHEST_PROTOCOL))
            new.replace(file)
        except OSError:
            return  # where nothing can be written, the next process reads them again

    def _read(self, root: Path) -> dict[str, tuple[bytes, T]]:
        try:
            code, parsed = pickle.loads(self._file(root).read_bytes())  # noqa: S301 - our own file, as trusted as the code beside it
        except Exception:  # whatever a damaged or older file makes of it: then it is read again
            return {}
        return parsed if code == _code() and isinstance(parsed, dict) else {}

    def _file(self, root: Path) -> Path:
        return root / ".cache" / self._name


@cache
def _code() -> str:
    """What changes when the code that reads changes: its files by time and size, and the versions it stands on."""
    files = [(str(file), (at := file.stat()).st_mtime_ns, at.st_size) for file in sorted(_CODE.rglob("*.py"))]
    return hashlib.sha256(repr((files, sys.version, pydantic.VERSION, yaml.__version__)).encode()).hexdigest()
