"""The first use of each glossary term on a page leads to the glossary.

Done on the built pages, so that writers need not think of it and a term that is added is linked everywhere. Text inside
links, code, headings, drawings and controls is left alone; nothing else of a page changes.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Mapping
from pathlib import Path

from macros.catalog.catalog import Catalog
from macros.rows.glossary import Term

# The text of a page: what stands between its head (summary, dates) and the list of its sources.
_BODY = re.compile(r'(?<=class="hp-meta">).*?(?=class="hp-more hp-sources"|</article>)', re.S)
_PIECE = re.compile(r"(?P<tag><[^>]*>)|(?P<text>[^<]+)")
_TAG = re.compile(r"</?([a-zA-Z0-9]+)")
_LEFT_ALONE = {"a", "code", "pre", "h1", "h2", "h3", "h4", "svg", "figure", "label", "button", "script", "style", "dt"}
_LEFT_ALONE |= {"summary", "th"}


def link_terms(catalog: Catalog, site: Path) -> int:
    """Link the first use of each term on every page of the built `site` but the glossary; return how many links."""
    names = _by_name({row.id: (row.term, *row.also) for row in catalog.all(Term) if row.linked})
    if not names:
        return 0
    pattern = _pattern(names)
    homes = {id: catalog.pages[catalog.homes[id].page].url for id in names.values()}
    return sum(
        _link_page(site / page.url / "index.html", pattern, names, _ways(homes, page.url))
        for page in catalog.pages.values()
        if page.url not in homes.values()
    )


def _ways(homes: Mapping[str, str], url: str) -> dict[str, str]:
    """The way from the page at `url` to each term, by its id."""
    return {id: f"{posixpath.relpath(home or '.', url or '.')}/#{id}" for id, home in homes.items()}


def _link_page(file: Path, pattern: re.Pattern[str], names: Mapping[str, str], ways: Mapping[str, str]) -> int:
    """Link the terms of one built page; `ways` lead from it to each term. Return how many links."""
    text = file.read_text("utf-8")
    body = _BODY.search(text)
    if body is None:
        return 0
    seen = {id for id, way in ways.items() if f'href="{way}"' in text}  # linked by hand
    linked = _linked(body[0], pattern, names, ways, seen)
    file.write_text(text[: body.start()] + linked + text[body.end() :], "utf-8")
    return linked.count('class="hp-term"')


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


def _pattern(names: Mapping[str, str]) -> re.Pattern[str]:
    """What finds every name, the longest first, with a plural and with a hyphen for a space."""
    longest = sorted(names, key=len, reverse=True)
    words = (re.escape(html.escape(name, quote=False)).replace(r"\ ", r"[ \u00a0\n-]") for name in longest)
    return re.compile(rf"(?<![\w@/.-])({'|'.join(words)})(s|es)?(?![\w@/-])", re.I)


def _linked(
    body: str, pattern: re.Pattern[str], names: Mapping[str, str], ways: Mapping[str, str], seen: set[str]
) -> str:
    inside: list[str] = []

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
        return found[0] if inside else pattern.sub(one, found[0])

    return _PIECE.sub(piece, body)
