"""mkdocs.yml, as far as the guide depends on it: read once, as YAML, and held against the pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from macros.catalog.field_errors import field_errors, kind_of, label
from macros.catalog.source_file import Fault, read_text
from macros.catalog.strict_yaml import compose, line_of, parse
from macros.rows.markup import Line
from macros.rows.near_miss import near_miss

FILE = "mkdocs.yml"

Loc = tuple[int | str, ...]


def _wrong_path(value: str) -> str:
    """Return what is wrong with the path of a page below docs/, or ''."""
    if re.fullmatch(r"\w[\w.-]*(?:/\w[\w.-]*)*\.md", value):
        return ""
    return f"'{value[:60]}' is not the path of a page below docs/; write it as 'topics/caching.md'"


class _Settings(BaseModel):
    """The settings that the guide's own code rests on. The engine knows the others."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    site_name: Line
    site_description: Line = ""
    copyright: Line = ""
    docs_dir: Literal["docs"] = "docs"
    use_directory_urls: Literal[True] = True
    nav: Annotated[tuple[Any, ...], Field(min_length=1)]
    plugins: tuple[Any, ...] = ()


class Redirect(NamedTuple):
    """A page that moved: its old path, what it leads to (a path, perhaps with an anchor), and its line."""

    old: str
    new: str
    line: int


class Settings(NamedTuple):
    """The paths of the navigation in order, each with its line, and the redirects."""

    nav: Mapping[str, int]
    redirects: tuple[Redirect, ...]


NONE = Settings({}, ())


def read_settings(root: Path, fault: Fault) -> Settings:
    """Return the settings of the guide at `root`, after saying what is wrong with them; `NONE` where they cannot be read."""
    text = read_text(root / FILE, fault)
    if text is None:
        return NONE
    content, faults = parse(text, settings=True)
    for line, what in faults:
        fault(line, what)
    if not isinstance(content, dict):
        if not faults:
            fault(1, f"must hold fields and values, not {kind_of(content)}")
        return NONE
    nodes = compose(text)

    def say(loc: Loc, what: str) -> None:
        fault(line_of(nodes, loc), f"{label('', loc).removeprefix('.')}: {what}")

    try:
        given = _Settings.model_validate(content)
    except ValidationError as error:
        for loc, what in field_errors(error, _Settings):
            say(loc, what)
        return NONE
    nav: dict[str, int] = {}
    for loc, path in _nav_paths(given.nav, ("nav",)):
        if not isinstance(path, str):
            say(loc, f"must be the path of a page, not {kind_of(path)}")
        elif what := _wrong_path(path):
            say(loc, what)
        elif path in nav:
            say(loc, f"'{path}' stands in the navigation at line {nav[path]} already; a page stands there once")
        else:
            nav[path] = line_of(nodes, loc)
    return Settings(nav, tuple(_redirects(given.plugins, nodes, say)))


def _nav_paths(node: Any, loc: Loc) -> Iterator[tuple[Loc, Any]]:
    """Every entry of the navigation that is no section, with its location."""
    if isinstance(node, tuple):
        for index, one in enumerate(node):
            yield from _nav_paths(one, (*loc, index))
    elif isinstance(node, dict):
        for name, one in node.items():
            yield from _nav_paths(one, (*loc, name))
    else:
        yield loc, node


def _redirects(plugins: tuple[Any, ...], nodes: Any, say: Any) -> Iterator[Redirect]:
    for index, plugin in enumerate(plugins):
        given = plugin.get("redirects") if isinstance(plugin, dict) else None
        loc: Loc = ("plugins", index, "redirects", "redirect_maps")
        maps = given.get("redirect_maps") if isinstance(given, dict) else given
        if maps is None:
            continue
        if not isinstance(maps, dict):
            say(loc, f"must be old and new paths, not {kind_of(maps)}")
            continue
        for old, new in maps.items():
            if what := _wrong_path(old):
                say((*loc, old), what)
            elif not isinstance(new, str):
                say((*loc, old), f"must lead to the path of a page, not to {kind_of(new)}")
            else:
                yield Redirect(old, new, line_of(nodes, (*loc, old)))


def hold_against_pages(settings: Settings, pages: Mapping[str, set[str]], fault: Fault) -> None:
    """Say where the navigation and the redirects do not fit the pages; `pages` holds the anchors of each by its path."""
    for path, line in settings.nav.items():
        if path not in pages:
            fault(line, f"nav: there is no docs/{path}{near_miss(path, pages)}")
    for path in pages if settings.nav else ():
        if path not in settings.nav:
            fault(min(settings.nav.values()), f"nav: does not list docs/{path}; add it where its readers look for it")
    for old, new, line in settings.redirects:
        path, mark, anchor = new.partition("#")
        if old in pages:
            fault(line, f"redirect_maps: docs/{old} exists; a redirect is for a page that is gone")
        if path not in pages:
            fault(line, f"redirect_maps: there is no docs/{path} to lead to{near_miss(path, pages)}")
        elif mark and anchor not in pages[path]:
            fault(line, f"redirect_maps: docs/{path} has no '#{anchor}'{near_miss(anchor, pages[path])}")
