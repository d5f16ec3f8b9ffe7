"""The first use of each glossary term on a page leads to the glossary.

Done on the built pages, so that writers need not think of it and a term that is added is linked everywhere. Text inside
links, code, headings, drawings and controls is left alone; nothing else of a page changes.
"""

from __future__ import annotations

import functools
import html
import itertools
import posixpath
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from macros.catalog.catalog import Catalog
from macros.rows.glossary import Term

# The text of a page: what stands between its head (summary, dates) and the list of its sources.
_BODY = re.compile(r'(?<=class="hp-meta">).*?(?=class="hp-more hp-sources"|</article>)', re.S)
_PIECE = re.compile(r"(?P<tag><[^>]*>)|(?P<text>[^<]+)")
_TAG = re.compile(r"</?([a-zA-Z0-9]+)")
_LEFT_ALONE = {"a", "code", "pre", "h1", "h2", "h3", "h4", "svg", "figure", "label", "button", "script", "style", "dt"}
_LEFT_ALONE |= {"summary", "th"}
_HREF = re.compile(r'href="([^"]*)"')
_Tree = dict[str, Any]  # what may follow, by its first character
_END = ""  # of a name, in such a tree


class Terms(NamedTuple):
    """Which term each name is of, what finds the names in a text, and the address of each term's page."""

    names: Mapping[str, str]
    pattern: re.Pattern[str]
    homes: Mapping[str, str]


def link_terms(catalog: Catalog, site: Path) -> int:
    """Link the first use of each term on every page of the built `site` but the glossary; return how many links."""
    terms, count = terms_of(catalog), 0
    for page in catalog.pages.values():
        file = site / page.url / "index.html"
        linked = with_links(file.read_text("utf-8"), page.url, terms)
        file.write_text(linked, "utf-8")
        count += linked.count('class="hp-term"')
    return count


def terms_of(catalog: Catalog) -> Terms:
    """Return the terms of the guide that pages are linked to."""
    names = _by_name({row.id: (row.term, *row.also) for row in catalog.all(Term) if row.linked})
    homes = {id: catalog.pages[catalog.homes[id].page].url for id in dict.fromkeys(names.values())}
    return Terms(names, _pattern(tuple(names)), homes)


def with_links(text: str, url: str, terms: Terms) -> str:
    """Return the HTML of the built page at `url` with its links to the glossary; a page of the glossary as it is."""
    body = _BODY.search(text)
    if body is None or not terms.names or url in terms.homes.values():
        return text
    ways = _ways(terms.homes, url)
    led_to = set(_HREF.findall(text))
    seen = {id for id, way in ways.items() if way in led_to}  # linked by hand
    return text[: body.start()] + _linked(body[0], terms, ways, seen) + text[body.end() :]


def _ways(homes: Mapping[str, str], url: str) -> dict[str, str]:
    """The way from the page at `url` to each term, by its id."""
    to = {home: posixpath.relpath(home or ".", url or ".") for home in set(homes.values())}
    return {id: f"{to[home]}/#{id}" for id, home in homes.items()}


def _by_name(terms: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """The id of each name, in lower case unless it is an abbreviation; the first term of a name has it."""
    found: dict[str, str] = {}
    for id, names in terms.items():
        for name in names:
            plain = re.sub(r"\s*\([^)]*\)", "", name)
            found.setdefault(_key(plain), id)
    return found


def _key(name: str) -> str:
    """An abbreviation is itself only in capitals: `SLO`, but `Hot key` and `hot key` alike."""
    return name if re.search(r"[A-Z]{2}", name) else name.lower()


@functools.lru_cache(maxsize=1)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """What finds every name, the longest first, with a plural and with a hyphen for a space.

    The names are a tree of characters, so that those that begin alike are tried once: twenty times as fast as a list.
    """
    tree: _Tree = {}
    for name in names:
        for gaps in itertools.product(" -", repeat=name.count(" ")):
            node, gap = tree, iter(gaps)
            for one in html.escape(name.lower(), quote=False):
                node = node.setdefault(next(gap) if one == " " else one, {})
            node[_END] = {}
    return re.compile(rf"(?<![\w@/.-])({_alternatives(tree)})([eE]?[sS])?(?![\w@/-])")


def _alternatives(tree: _Tree) -> str:
    """The pattern of every way through a tree, longer before shorter."""
    ways = [_either_case(one) + _alternatives(rest) for one, rest in tree.items() if one != _END]
    if not ways:
        return ""
    return f"(?:{'|'.join(ways)}){'?' if _END in tree else ''}"


def _either_case(one: str) -> str:
    if one == " ":
        return r"[ \u00a0\n]"
    return re.escape(one) if one == one.upper() else f"[{one}{one.upper()}]"


def _linked(body: str, terms: Terms, ways: Mapping[str, str], seen: set[str]) -> str:
    names, inside = terms.names, list[str]()

    def one(found: re.Match[str]) -> str:
        said = re.sub(r"[\u00a0\n-]", " ", html.unescape(found[1]))
        id = names.get(said) or names.get(said.lower()) or names.get(html.unescape(found[1]).lower())
        if id is None or id in seen:
            return found[0]
        seen.add(id)
        return f'<a class="hp-term" href="{ways[id]}">{found[0]}</a>'

    def piece(found: re.Match[str]) -> str:
        if found["tag"]:
            tag = _TAG.match(found["tag"])
            name = tag[1].lower() if tag else ""
            if name in _LEFT_ALONE and not found["tag"].endswith("/>"):
                if not found["tag"].startswith("</"):
                    inside.append(name)
                elif inside and name in inside:
                    inside.remove(name)
            return found[0]
        return found[0] if inside else terms.pattern.sub(one, found[0])

    return _PIECE.sub(piece, body)
