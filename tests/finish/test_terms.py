"""The first use of each term on a page is linked, once, and nothing else of the page changes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from macros.catalog import catalog
from macros.finish.terms import link_terms
from tools import sample_guide

HEAD = '<article><div class="hp-summary"><p>TTL</p></div><p class="hp-meta">1 min</p>'
FOOT = '<details class="hp-more hp-sources"><p>TTL</p></details></article>'
LINK = '<a class="hp-term" href="../#term-ttl">{}</a>'


@pytest.fixture
def linked(tmp_path: Path):
    """Return what becomes of a body of the page caching/."""
    root = sample_guide.write(tmp_path / "guide")
    catalog.record_ids(root)
    found = catalog.load(root)

    def run(body: str) -> str:
        for page in found.pages.values():
            file = tmp_path / "site" / page.url / "index.html"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(HEAD + FOOT, "utf-8")
        file = tmp_path / "site" / "caching" / "index.html"
        file.write_text(HEAD + body + FOOT, "utf-8")
        link_terms(found, tmp_path / "site")
        text = file.read_text("utf-8")
        assert text.startswith(HEAD)
        assert text.endswith(FOOT)
        return text.removeprefix(HEAD).removesuffix(FOOT)

    return run


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<p>A TTL, then a TTL.</p>", "TTL"),
        ("<p>The time to live and its TTL.</p>", "time to live"),
        ("<p>Two TTLs.</p>", "TTLs"),
        ("<p>A time-to-live of 5 s</p>", "time-to-live"),
        ("<h2>TTL</h2><p>A TTL</p>", "TTL"),
        ("<p><code>TTL</code> is a TTL</p>", "TTL"),
    ],
)
def test_the_first_use_is_linked_once(linked, body: str, words: str) -> None:
    text = linked(body)
    assert re.findall(r'<a class="hp-term"[^>]*>([^<]*)</a>', text) == [words]
    assert text.replace(LINK.format(words), words) == body


@pytest.mark.parametrize(
    "body",
    [
        '<p><a href="#x">TTL</a></p>',
        "<h3>TTL</h3>",
        "<summary>TTL</summary>",
        "<p>ttl battle throttle</p>",
        '<p><a href="../#term-ttl">here</a> and TTL</p>',
        '<p title="TTL">none</p>',
    ],
)
def test_what_is_no_use_in_the_text_is_left_alone(linked, body: str) -> None:
    assert linked(body) == body
