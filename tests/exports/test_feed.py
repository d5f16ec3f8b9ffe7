"""The changelog that is read, the feed that is made from it, and the sitemap."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest

from macros.catalog import catalog, changelog
from macros.catalog.diagnostics import GuideError
from macros.exports import feed, sitemap
from macros.exports.write import site_address, write_exports
from tools.site_build import ROOT

ADDRESS = "https://example.org/below/"
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
# What subscribers have seen: these stay for good.
ID_FEED = "urn:uuid:95f419e3-7ec9-4091-acb5-563996bdaf10"
ID_110 = "urn:uuid:73a93c89-9aa0-5023-a3bb-13d17009b9c5"
LOG = """# Changelog

Words before.

## [Unreleased]

### Added

- Not yet.

## [1.1.0] - 2026-12-24

### Added

- One thing, and a `<tag>` & more,
  over two lines.
- **Two** [things](https://example.org/a?b=1&c=2).

### Fixed

A paragraph
of two lines.

## 1.0.1 - 2026-12-01 [YANKED]

- Taken back.

## [1.0.0] - 2026-11-23

[1.1.0]: https://example.org/compare/1.0.0...1.1.0
"""


# -- the changelog ---------------------------------------------------------------------------------


def test_released_versions_are_read_and_unreleased_is_none() -> None:
    found = changelog.releases(LOG)
    assert [(one.version, one.date, one.url) for one in found] == [
        ("1.1.0", "2026-12-24", "https://example.org/compare/1.0.0...1.1.0"),
        ("1.0.1", "2026-12-01", ""),
        ("1.0.0", "2026-11-23", ""),
    ]
    assert "Not yet" not in "".join(one.body for one in found)
    assert found[1].body == "- Taken back."
    assert found[2].body == ""


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("## [1.2.0]", "CHANGELOG.md:1: version 1.2.0 has no date; write it as '## [1.2.0] - 2026-11-23'"),
        ("## 1.2.0 - 2026-02-30", "CHANGELOG.md:1: version 1.2.0 has no date; write it as '## [1.2.0] - 2026-11-23'"),
        ("## New and shiny", "CHANGELOG.md:1: is not the heading of a version; write it as '## [1.2.0] - 2026-11-23'"),
        ("## 1.2.0 - 2026-11-23\n## [1.2.0] - 2026-11-24", "CHANGELOG.md:2: version 1.2.0 stands twice"),
    ],
    ids=["no date", "no such day", "no version", "twice"],
)
def test_a_wrong_heading_is_said_with_its_line(line: str, said: str) -> None:
    with pytest.raises(GuideError) as error:
        changelog.releases(line + "\n")
    assert [str(problem) for problem in error.value.problems] == [said]


def test_the_changelog_of_the_project_can_be_read() -> None:
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    released = [line for line in text.splitlines() if line.startswith("## ") and "nreleased" not in line]
    assert len(changelog.releases(text)) == len(released) > 0


# -- the feed --------------------------------------------------------------------------------------


def faults(document: bytes) -> list[str]:
    """What a feed lacks of what RFC 4287 requires."""
    root, found = ET.fromstring(document), []  # noqa: S314 - our own file
    if root.tag != f"{ATOM}feed":
        return [f"the root is {root.tag}"]

    def once(node: ET.Element, name: str) -> str:
        nodes = node.findall(f"{ATOM}{name}")
        if len(nodes) != 1 or not (nodes[0].text or "").strip():
            found.append(f"{node.tag.removeprefix(ATOM)} has {len(nodes)} {name}, or an empty one")
            return ""
        return nodes[0].text or ""

    ids = []
    for node in (root, *root.findall(f"{ATOM}entry")):
        id, _, updated = (once(node, name) for name in ("id", "title", "updated"))
        ids.append(id)
        if not urlsplit(id).scheme:
            found.append(f"the id {id!r} is no IRI")
        try:
            if datetime.datetime.fromisoformat(updated).tzinfo is None:
                found.append(f"{updated} has no zone")
        except ValueError:
            found.append(f"{updated!r} is no date")
        kinds = [link.get("rel") for link in node.findall(f"{ATOM}link")]
        if kinds.count("alternate") != 1:
            found.append(f"{id} has {kinds.count('alternate')} alternate links")
        if not all(urlsplit(link.get("href") or "").netloc for link in node.findall(f"{ATOM}link")):
            found.append(f"{id} has a link that is not absolute")
        if node is not root and not node.findtext(f"{ATOM}content"):
            found.append(f"{id} has no content")
    if not root.findtext(f"{ATOM}author/{ATOM}name"):
        found.append("the feed has no author")
    if [link.get("rel") for link in root.findall(f"{ATOM}link")].count("self") != 1:
        found.append("the feed does not name itself")
    return found + [f"the id {id} stands {ids.count(id)} times" for id in set(ids) if ids.count(id) > 1]


def test_the_feed_of_the_site_is_valid_and_has_an_entry_for_each_version(site: Path) -> None:
    document = (site / "feed.xml").read_bytes()
    assert faults(document) == []
    released = changelog.releases((site.parent / "CHANGELOG.md").read_text("utf-8"))
    entries = ET.fromstring(document).findall(f"{ATOM}entry")  # noqa: S314
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == [f"Version {one.version}" for one in released]


def test_every_page_names_the_feed(site: Path) -> None:
    for path, href in (("index.html", "feed.xml"), ("topics/caching/index.html", "../../feed.xml")):
        links = re.findall(
            r'<link rel="alternate" type="application/atom\+xml" href="(?:\./)?([^"]+)"',
            (site / path).read_text("utf-8"),
        )
        assert links == [href]


def test_entries_keep_their_ids_and_carry_their_text() -> None:
    document = feed.feed(changelog.releases(LOG), ADDRESS, "2020-01-01")
    assert faults(document) == []
    root = ET.fromstring(document)  # noqa: S314
    ids = [node.text for node in root.iter(f"{ATOM}id")]
    assert len(set(ids)) == 4
    assert ids[:2] == [ID_FEED, ID_110]
    assert root.findtext(f"{ATOM}updated") == "2026-12-24T12:00:00Z"
    assert root.findtext(f"{ATOM}entry/{ATOM}content") == (
        "<h3>Added</h3><ul><li>One thing, and a <code>&lt;tag&gt;</code> &amp; more, over two lines.</li>"
        '<li><strong>Two</strong> <a href="https://example.org/a?b=1&amp;c=2">things</a>.</li></ul>'
        "<h3>Fixed</h3><p>A paragraph of two lines.</p>"
    )
    longer = LOG.replace("- One thing", "- A word more. One thing")
    again = ET.fromstring(feed.feed(changelog.releases(longer), ADDRESS, "2020-01-01"))  # noqa: S314
    assert [node.text for node in again.iter(f"{ATOM}id")] == ids
    moved = ET.fromstring(feed.feed(changelog.releases(LOG), "https://other.example/", "2020-01-01"))  # noqa: S314
    assert [node.text for node in moved.iter(f"{ATOM}id")] == ids


def test_a_feed_without_a_version_is_valid() -> None:
    assert faults(feed.feed((), ADDRESS, "2026-11-23")) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<name>The Hard Part</name>", "<name />"),
        (f"<id>{ID_110}</id>", f"<id>{ID_FEED}</id>"),
        ("T12:00:00Z</updated>", "</updated>"),
        ('rel="self"', 'rel="alternate"'),
        (f"<id>{ID_FEED}</id>", ""),
    ],
    ids=["author", "id twice", "time", "self", "no id"],
)
def test_a_fault_of_a_feed_is_seen(old: str, new: str) -> None:
    text = feed.feed(changelog.releases(LOG), ADDRESS, "2020-01-01").decode()
    assert old in text
    assert faults(text.replace(old, new).encode())


# -- the sitemap -----------------------------------------------------------------------------------


def test_the_sitemap_has_every_page_once_and_nothing_else(site: Path) -> None:
    root = ET.fromstring((site / "sitemap.xml").read_bytes())  # noqa: S314
    found = catalog.load(site.parent)
    locs = [node.text or "" for node in root.iter(f"{SITEMAP}loc")]
    assert locs == [f"http://127.0.0.1:8000/{page.url}" for page in found.pages.values()]
    assert len(locs) == len(set(locs))
    assert not [loc for loc in locs if "/go/" in loc or "404" in loc]
    built = {
        file.parent.relative_to(site).as_posix()
        for file in site.rglob("index.html")
        if not file.relative_to(site).as_posix().startswith("go/")
        and 'http-equiv="refresh"' not in file.read_text("utf-8")
    }
    assert {loc.removeprefix("http://127.0.0.1:8000/").strip("/") or "." for loc in locs} == built
    assert not (site / "sitemap.xml.gz").exists()


def test_a_page_has_the_day_it_was_reviewed(guide: Path) -> None:
    root = ET.fromstring(sitemap.sitemap(catalog.load(guide), ADDRESS))  # noqa: S314
    dates = {url.findtext(f"{SITEMAP}loc"): url.findtext(f"{SITEMAP}lastmod") for url in root}
    assert dates[f"{ADDRESS}caching/"] == "2026-11-23"


# -- both, written -----------------------------------------------------------------------------------


def small_site(guide: Path, head: str) -> Path:
    """A stand-in for the built tiny guide: its pages without their text."""
    folder = guide / "site"
    for page in catalog.load(guide).pages.values():
        (folder / page.url).mkdir(parents=True, exist_ok=True)
        (folder / page.url / "index.html").write_text(
            f"<html><head>{head}</head><body><h1>x</h1></body></html>", "utf-8"
        )
    return folder


@pytest.mark.parametrize(
    ("head", "address"),
    [
        ('<link rel="canonical" href="https://a.example/guide/">', "https://a.example/guide/"),
        ('<link href="https://a.example/guide" rel="canonical">', "https://a.example/guide/"),
        ('<link rel="canonical" href="http://127.0.0.1:8000/index.html">', "http://127.0.0.1:8000/"),
    ],
    ids=["below a path", "no slash", "a file"],
)
def test_the_address_comes_from_the_canonical_link(guide: Path, head: str, address: str) -> None:
    assert site_address(small_site(guide, head)) == address


def test_a_site_without_an_address_is_refused(guide: Path) -> None:
    with pytest.raises(GuideError, match="has no canonical link; set site_url"):
        site_address(small_site(guide, '<link rel="icon" href="https://a.example/">'))


def test_without_a_changelog_there_is_still_a_feed_and_an_old_sitemap_goes(guide: Path) -> None:
    site = small_site(guide, "")
    (site / "sitemap.xml.gz").write_bytes(b"old")
    (site / "sitemap.xml").write_text("old")
    count = write_exports(catalog.load(guide), site, ADDRESS)
    assert count == len([file for file in site.rglob("*") if file.is_file() and file.suffix != ".html"])
    assert faults((site / "feed.xml").read_bytes()) == []
    assert f"<loc>{ADDRESS}caching/</loc>" in (site / "sitemap.xml").read_text("utf-8")
    assert not (site / "sitemap.xml.gz").exists()
