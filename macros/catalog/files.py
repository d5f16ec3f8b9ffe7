"""Which file under data/ holds which kind of row, as the kinds in macros/rows/ declare it."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import PurePosixPath

import macros.rows
from macros.rows.base import Part
from macros.rows.kinds import KINDS, Kind, kind_name

for _module in pkgutil.iter_modules(macros.rows.__path__):
    importlib.import_module(f"{macros.rows.__name__}.{_module.name}")

# The kinds that data files hold by themselves; rows of the others stand inside them.
FILE_KINDS = {name: kind for name, kind in sorted(KINDS.items()) if kind.file}


def kind_of_model(model: type[Part]) -> str:
    """Return the kind of the rows of `model`. Raises TypeError for one that no data file holds by itself."""
    name = kind_name(model)
    if name not in FILE_KINDS or FILE_KINDS[name].model is not model:
        raise TypeError(f"no data file holds rows of {model.__name__}; they stand inside other rows")
    return name


def kind_in(path: str) -> Kind | None:
    """Return the kind of the rows in the data file at `path` (relative to data/, with slashes), or None."""
    return next(
        (
            kind
            for kind in FILE_KINDS.values()
            if PurePosixPath(path).match(kind.file) and path.count("/") == kind.file.count("/")
        ),
        None,
    )


def schema_line(path: str) -> str:
    """Return the first line that the data file at `path` (relative to data/) must have."""
    kind = kind_in(path)
    assert kind is not None, path
    return f"# yaml-language-server: $schema={'../' * path.count('/')}schema/{kind.schema}"
