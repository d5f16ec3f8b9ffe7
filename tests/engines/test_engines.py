"""The second engine: the same tree builds strictly with Zensical and gives the same articles, also after finish."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

import driver
import pytest
from made_once import once
from playwright.sync_api import expect
from selectolax.lexbor import LexborHTMLParser, LexborNode

from macros.catalog import catalog
from tools import sample_guide, site_build

# One worker for this file: its site is built once and compared once.
pytestmark = pytest.mark.xdist_group("engines")
_VOID = {"br", "hr", "img", "input", "col", "source", "wbr", "link", "meta", "area", "track"}


def normalised(node: LexborNode) -> str:
    """Return the HTML of an element, a tag or text a line, with sorted attributes and white space that does not matter left out."""
    lines: list[str] = []

    def walk(one: LexborNode, kept: bool) -> None:
        for child in one.iter(include_text=True):
            if child.is_text_node:
                text = child.text_content or ""
                lines.append(text if kept else re.sub(r"\s+", " ", text).strip())
                continue
            attributes = "".join(f' {name}="{_value(name, value)}"' for name, value in sorted(child.attributes.items()))
            lines.append(f"<{child.tag}{attributes}>")
            walk(child, kept or child.tag == "pre")
            if child.tag not in _VOID:
                lines.append(f"</{child.tag}>")

    walk(node, False)
    return "\n".join(line for line in lines if line)


def _value(name: str, value: str | None) -> str:
    """An address may be written as '..' or '../', as 'l4/' or './l4/', as './' or '': they lead to the same place."""
    if name != "href" or value is None or re.match(r"[a-z]+:|[#?]", value):
        return value or ""
    path, hash, anchor = value.partition("#")
    folder = "/" if re.search(r"(^|/)\.{0,2}$", path) else ""
    return f"{posixpath.normpath(path).rstrip('/')}{folder}{hash}{anchor}"


def articles(site: Path) -> dict[str, str]:
    """Return the normalised article of every page of a site, with the ways to and from it, by path."""
    found = {}
    for file in sorted(site.rglob("*.html")):
        tree = LexborHTMLParser(file.read_text("utf-8"))
        if tree.css_first("article") is not None:
            found[file.relative_to(site).as_posix()] = "\n".join(map(normalised, tree.css("nav, article")))
    return found


def differences(one: Path, other: Path) -> list[str]:
    """Return what differs between the articles of two sites, a line each: the page and the first lines that differ."""
    here, there = articles(one), articles(other)
    found = [f"{path}: only on one of them" for path in sorted(set(here) ^ set(there))]
    for path in sorted(set(here) & set(there)):
        if here[path] != there[path]:
            pairs = zip(here[path].split("\n"), there[path].split("\n"), strict=False)
            first = next(((a, b) for a, b in pairs if a != b), ("", "one goes on where the other ends"))
            found.append(f"{path}: {first[0][:120]!r} and {first[1][:120]!r}")
    return found


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real guide built with the second engine, and finished."""
    return once(
        tmp_path_factory, "guide-zensical", lambda folder: site_build.with_zensical(site_build.copy_guide(folder))
    )


def test_every_article_is_the_same(site: Path, second: Path) -> None:
    found = differences(site, second)
    assert len(articles(site)) > 1
    assert not found, "\n".join(found)


@pytest.mark.browser
def test_search_leads_to_a_row_there_too(second: Path) -> None:
    with driver.browsing(second, below_a_path=True) as guide, driver.opened(guide) as (page, wrong):
        page.goto(guide.url("levels/"))
        page.keyboard.press("/")
        title = catalog.load(site_build.ROOT).name("evcache-error-as-miss")
        page.keyboard.type(title.lower())
        first = page.locator(".hp-results a").first
        expect(first).to_have_text(title)
        first.click()
        page.wait_for_url(guide.url("stack/evcache/#evcache-error-as-miss"))
        assert wrong == []


def test_finish_leaves_the_same_behind(site: Path, second: Path) -> None:
    def made(folder: Path) -> dict[str, str]:
        return {f.relative_to(folder).as_posix(): f.read_text("utf-8") for f in sorted((folder / "go").rglob("*.html"))}

    assert made(site)
    assert made(site) == made(second)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The tiny guide on both engines."""
    root = sample_guide.write(tmp_path_factory.mktemp("tiny"), engine=True)
    catalog.record_ids(root)
    base = tmp_path_factory.mktemp("pair")
    first = site_build.copy_guide(base / "mkdocs", root)
    site_build.run(".venv/bin/mkdocs", "build", "--strict", cwd=first)
    second = site_build.copy_guide(base / "zensical", root)
    assert "No issues found" in site_build.run(".venv/bin/zensical", "build", "--clean", "--strict", cwd=second)
    return first / "site", second / "site"


def test_the_tiny_guide_is_the_same(pair: tuple[Path, Path]) -> None:
    assert differences(*pair) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Draws it.", "Draws it!"),
        ('id="caching-check-0"', 'id="caching-check-x"'),
        ("<strong>TTL.</strong>", "TTL."),
        ("</article>", "<p>More</p></article>"),
        ("<li>Two.</li>", ""),
    ],
    ids=["a word", "an id", "emphasis", "a paragraph more", "an item less"],
)
def test_a_difference_is_seen(pair: tuple[Path, Path], tmp_path: Path, old: str, new: str) -> None:
    one, other = pair
    html = (one / "caching" / "index.html").read_text("utf-8")
    assert old in html
    (tmp_path / "caching").mkdir()
    (tmp_path / "caching" / "index.html").write_text(html.replace(old, new, 1), "utf-8")
    assert [line for line in differences(tmp_path, other) if line.startswith("caching/index.html: '")]


def test_a_missing_page_is_seen(pair: tuple[Path, Path], tmp_path: Path) -> None:
    assert "caching/index.html: only on one of them" in differences(tmp_path, pair[1])


def test_white_space_between_tags_and_the_order_of_attributes_do_not_matter(tmp_path: Path) -> None:
    for name, html in {
        "one": '<article><p id="a" class="b">x <a href="..">y</a></p>\n\n</article>',
        "two": '<article>\n<p class="b" id="a">x\n<a href="../">y</a></p></article>',
    }.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(html, "utf-8")
    assert differences(tmp_path / "one", tmp_path / "two") == []


@pytest.mark.parametrize(
    ("page", "said"),
    [("[lost](lost.md)", "page does not exist"), ('{{ ref("lost") }}', "unknown id 'lost'")],
    ids=["a broken link", "a wrong id"],
)
def test_the_second_engine_stops_at_a_fault(tmp_path: Path, page: str, said: str) -> None:
    root = sample_guide.write(tmp_path / "guide", engine=True)
    catalog.record_ids(root)
    file = root / "docs" / "screen.md"
    file.write_text(file.read_text("utf-8").replace("{{ page_foot() }}", f"{page}\n\n{{{{ page_foot() }}}}"), "utf-8")
    site_build.copy_guide(tmp_path / "copy", root)
    with pytest.raises(site_build.BuildError, match=re.escape(said)):
        site_build.with_zensical(tmp_path / "copy")
