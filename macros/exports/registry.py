"""The files that leave the site. One is declared where it is made; a module in this folder is found by itself."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, TypeVar

import macros.exports
from macros.catalog import changelog
from macros.catalog.catalog import Catalog
from macros.exports.urls import edition


class Finished:
    """What an export is made from: the catalog, and the finished `site` in its folder with its `address`."""

    def __init__(self, catalog: Catalog, site: Path, address: str) -> None:
        self.catalog, self.site, self.address = catalog, site, address

    @property
    def edition(self) -> str:
        """The day of the content, as YYYY-MM-DD."""
        return edition(self.catalog)

    @cached_property
    def releases(self) -> tuple[changelog.Release, ...]:
        """The released versions. Raises GuideError."""
        return changelog.releases(self.catalog.changelog)

    @cached_property
    def prose(self) -> Mapping[str, str]:
        """The text of each page's file, by path below docs/."""
        return {path: (self.catalog.root / "docs" / path).read_text("utf-8-sig") for path in self.catalog.pages}


Content = bytes | str | Mapping[str, str]
Make = TypeVar("Make", bound=Callable[[Finished], Content])


class Export(NamedTuple):
    """A file by its `path` below the site, its `title` ('' for one that is not listed) and what it is `about`; `make` is
    None for one that a step of its own in macros/finish/ writes. A path that ends with a slash is a folder: what is made
    holds the content of each of its files by name."""

    path: str
    title: str
    about: str
    make: Callable[[Finished], Content] | None


_EXPORTS: dict[str, Export] = {}


def export(path: str, title: str = "", about: str = "") -> Callable[[Make], Make]:
    """Make what the function below returns a file, or a folder of files, of the finished site. Raises ValueError for a path that is taken."""

    def register(make: Make) -> Make:
        _enter(Export(path, title, about, make))
        return make

    return register


def announce(path: str, title: str, about: str) -> None:
    """List a file that a step of its own writes. Raises ValueError for a path that is taken."""
    _enter(Export(path, title, about, None))


def exports() -> list[Export]:
    """Return every export, in the order of their paths."""
    for module in pkgutil.iter_modules(macros.exports.__path__):
        importlib.import_module(f"{macros.exports.__name__}.{module.name}")
    return sorted(_EXPORTS.values())


def _enter(one: Export) -> None:
    if one.path in _EXPORTS:
        raise ValueError(f"export {one.path}: there is another at this path")
    _EXPORTS[one.path] = one
