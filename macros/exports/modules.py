"""Modules of the guide joined into one file, without a tool of another language.

Each becomes a block with its names to itself, after those it imports. Only the few forms that our own modules have are
known; anything else is refused by name, so that nothing is joined wrongly in silence.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

_IMPORT = re.compile(
    r'^import (?:(?:\{(?P<names>[^}]*)\}|\* as (?P<whole>\w+)) from )?"(?P<path>\.\.?/[^"]+)";[^\n]*\n', re.M
)
_EXPORT = re.compile(r"^export (?=(?:(?:async )?function|const|let|class) (?P<name>\w+))", re.M)
_REST = re.compile(r"^\s*(?:import|export)\b(?!\s*\()[^\n]*", re.M)
_NAMED = re.compile(r'["\'`](?P<path>(?:\.\.?/)*[\w./-]+\.js)(?=["\'`$])')


class Joined(NamedTuple):
    """Modules in one file: its text, what each of them exports, by path, in the order in which they run."""

    text: str
    exports: dict[str, list[str]]


def join_modules(first: Iterable[str], read: Callable[[str], str]) -> Joined:
    """Join the modules at the paths `first`, and what they import, by what `read` says of a path. Raises ValueError."""
    exports: dict[str, list[str]] = {}
    blocks: list[str] = []

    def add(path: str) -> None:
        code = read(path)
        exports[path] = _EXPORT.findall(code)
        for found in _IMPORT.finditer(code):
            if (needed := resolved(path, found["path"])) not in exports:
                add(needed)
        body = _EXPORT.sub("", _IMPORT.sub(lambda found: _taken(found, path), code))
        if wrong := _REST.search(body):
            raise ValueError(f"{path}: cannot be joined: {wrong[0].strip()}")
        given = f'modules["{path}"] = {{ {", ".join(exports[path])} }};\n' if exports[path] else ""
        blocks.append(f"{{\n{body}{given}}}\n")

    for path in first:
        if path not in exports:
            add(path)
    return Joined("const modules = {};\n" + "".join(blocks), exports)


def _taken(found: re.Match[str], path: str) -> str:
    """An import of a module as what is taken of it."""
    whole = f'modules["{resolved(path, found["path"])}"]'
    if found["whole"]:
        return f"const {found['whole']} = {whole};\n"
    names = re.sub(r"\s+as\s+", ": ", (found["names"] or "").strip().strip(","))
    return f"const {{ {names} }} = {whole};\n" if names else ""


def resolved(path: str, named: str) -> str:
    """Return the path of what the module at `path` names ``./so``."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), named))


def imported_from(code: str, path: str, joined: Joined, file: str) -> str:
    """Return the code of a module that was not joined, with what it imports of the joined ones taken from their `file`."""

    def pointed(found: re.Match[str]) -> str:
        if resolved(path, found["path"]) not in joined.exports:
            return found[0]
        if found["whole"]:
            raise ValueError(f"{path}: takes a joined module as a whole: {found[0].strip()}")
        here = posixpath.relpath(file, posixpath.dirname(path) or ".")
        return found[0].replace(f'"{found["path"]}"', f'"{here if here.startswith(".") else f"./{here}"}"')

    return _IMPORT.sub(pointed, code)


def reached(path: str, sources: dict[str, str]) -> set[str]:
    """Return the paths of `sources` that the script at `path` may bring, itself among them."""
    found: set[str] = set()
    wanted = [path]
    while wanted:
        one = wanted.pop()
        if one in sources and one not in found:
            found.add(one)
            wanted += [resolved(one, named["path"]) for named in _NAMED.finditer(sources[one])]
    return found
