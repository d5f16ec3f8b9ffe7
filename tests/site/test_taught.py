"""Each term of the glossary is taught in a chapter: the row or section it names uses the word, outside the glossary."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from macros.catalog import catalog

_HEADINGS = ("h1", "h2", "h3", "h4")


def section(article: LexborNode, id: str) -> str:
    """Return the text that stands under an id: of a heading until the next of its depth, of a row what holds it."""
    node = article.css_first(f'[id="{id}"]')
    if node is None:
        return ""
    if node.tag in ("td", "th"):
        return node.parent.text(separator=" ")
    if node.tag not in _HEADINGS:
        return node.text(separator=" ")
    if node.tag == "h1":
        return article.text(separator=" ")
    parts = [node.text(separator=" ")]
    following = node.next
    while following is not None and not (following.tag in _HEADINGS and following.tag <= node.tag):
        parts.append(following.text(separator=" ") or "")
        following = following.next
    return " ".join(parts)


def uses(text: str, names: Sequence[str]) -> bool:
    """True when a text uses one of the names, whatever its case, hyphens or plural."""
    plain = re.sub(r"[\s\u00a0-]+", " ", text).lower()
    wanted = [re.sub(r"[\s-]+", " ", re.sub(r"\s*\([^)]*\)", "", name)).lower() for name in names]
    return any(re.search(rf"(?<!\w){re.escape(name)}(?:s|es)?(?!\w)", plain) for name in wanted)


def faults(found: catalog.Catalog, articles: Mapping[str, LexborNode]) -> list[str]:
    """Return what is wrong with where terms say that they are taught. `articles` are by address of the page."""
    wrong = []
    for row in found.all("term"):
        if row.taught is None:
            wrong.append(f"{row.id}: names no row or section that teaches it; set 'taught'")
            continue
        home = found.homes[row.taught]
        if found.entries[row.taught].kind == "term":
            wrong.append(f"{row.id}: '{row.taught}' is in the glossary itself")
        elif not uses(section(articles[found.pages[home.page].url], row.at or home.anchor), (row.term, *row.also)):
            wrong.append(
                f"{row.id}: '{row.at or row.taught}' does not use the word '{row.term}', nor another name of it"
            )
    return wrong


def test_every_term_is_taught_in_a_chapter(site: Path) -> None:
    found = catalog.load(site.parent)
    articles = {
        page.url: LexborHTMLParser((site / page.url / "index.html").read_text("utf-8")).css_first("article")
        for page in found.pages.values()
    }
    wrong = faults(found, articles)
    assert not wrong, f"{len(wrong)} of {len(found.all('term'))}\n" + "\n".join(wrong)


@pytest.mark.parametrize(
    ("taught", "at", "said"),
    [
        ("caching", "part-1", ""),
        ("caching-fault-0", None, "does not use the word"),
        (None, None, "names no row"),
        ("term-ttl", None, "is in the glossary itself"),
    ],
)
def test_a_term_taught_nowhere_is_seen(guide: Path, taught: str | None, at: str | None, said: str) -> None:
    found = catalog.load(guide)
    (row,) = found.all("term")
    changed = found._replace(
        rows_by_kind={**found.rows_by_kind, "term": (row.model_copy(update={"taught": taught, "at": at}),)}
    )
    page = LexborHTMLParser(
        '<article><h1 id="caching">Caching</h1><h2 id="part-1">Time-to-live</h2><p>x</p>'
        '<h3 id="caching-fault-0">Other</h3><p>Nothing</p><h2 id="term-ttl">TTL</h2></article>'
    ).css_first("article")
    wrong = faults(changed, {one.url: page for one in found.pages.values()})
    assert (said in wrong[0]) if said else not wrong
