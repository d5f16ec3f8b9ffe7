"""The offline edition: what is in the zip, that every link of it leads somewhere, and that it works from disk."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

import pytest
from driver import DESKTOP, PHONE, Guide, opened, sideways
from playwright.sync_api import Browser, Page, expect, sync_playwright
from selectolax.lexbor import LexborHTMLParser

from macros.catalog import catalog
from macros.exports import offline
from macros.exports.write import write_exports
from tools import chromium

LIVE = "http://127.0.0.1:8000/"
BOX = "input[data-hp-check]"


@pytest.fixture(scope="module")
def unpacked(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip of the built site, unpacked into a folder with a space and an accent in its name, as people's have."""
    folder = tmp_path_factory.mktemp("Téléchargements etc")
    with zipfile.ZipFile(site / offline.NAME) as archive:
        assert archive.testzip() is None
        archive.extractall(folder)
    assert [item.name for item in folder.iterdir()] == [offline.FOLDER]
    return folder / offline.FOLDER


@pytest.fixture(scope="module")
def data(site: Path) -> catalog.Catalog:
    return catalog.load(site.parent)


def html_files(folder: Path) -> dict[str, LexborHTMLParser]:
    return {
        file.relative_to(folder).as_posix(): LexborHTMLParser(file.read_text("utf-8"))
        for file in folder.rglob("*.html")
    }


# -- what is in it ---------------------------------------------------------------------------------


def test_it_has_every_page_and_a_place_to_start(unpacked: Path, data: catalog.Catalog) -> None:
    pages = {f"guide/{page.url}index.html" for page in data.pages.values()}
    assert set(html_files(unpacked)) == pages | {"START.html"}
    assert sorted(item.name for item in unpacked.iterdir()) == ["START.html", "guide"]


def test_it_has_no_short_addresses_no_index_and_little_else(unpacked: Path, site: Path) -> None:
    others = sorted(
        f.relative_to(unpacked).as_posix() for f in unpacked.rglob("*") if f.is_file() and f.suffix != ".html"
    )
    assert not [path for path in others if "/go/" in path or "/search/" in path]
    assert f"guide/{offline.SCRIPT}" in others
    assert [path for path in others if path.endswith(".js")] == [f"guide/{offline.SCRIPT}"]
    pages = sum(1 for _ in unpacked.rglob("*.html"))
    assert (site / offline.NAME).stat().st_size < 15_000 * pages


def lost_links(folder: Path) -> list[str]:
    """Links and assets of the pages in `folder` that do not name a file in it, or an anchor that is not on it."""
    trees = html_files(folder)
    ids = {path: {node.attributes["id"] for node in tree.css("[id]")} for path, tree in trees.items()}
    found = []
    for path, tree in trees.items():
        for name in ("href", "src"):
            for node in tree.css(f"[{name}]"):
                address = node.attributes[name] or ""
                parts = urlsplit(address)
                if parts.scheme in ("http", "https", "mailto"):
                    continue
                target = normpath(join(dirname(path), unquote(parts.path))) if parts.path else path
                if parts.scheme or parts.netloc or address.startswith("/") or not (folder / target).is_file():
                    found.append(f"{path}: {address}: no such file")
                elif parts.fragment and unquote(parts.fragment) not in ids[target]:
                    found.append(f"{path}: {address}: no such anchor")
    return found


def test_every_link_names_a_file_and_an_anchor_that_are_there(unpacked: Path) -> None:
    assert lost_links(unpacked) == []


def test_a_lost_link_is_seen(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(
        '<a href="x/">1</a><a href="#no">2</a><a href="/y.html">3</a><a href=".">4</a>', "utf-8"
    )
    assert len(lost_links(tmp_path)) == 4


def test_its_date_its_version_and_the_live_guide_are_on_every_page(unpacked: Path, data: catalog.Catalog) -> None:
    version = re.search(r"^## \[?(\d[^\]\s]*)", (data.root / "CHANGELOG.md").read_text("utf-8"), re.M)
    assert version
    day = max(page.reviewed for page in data.pages.values())
    for path, tree in html_files(unpacked).items():
        notes = tree.css(".hp-offline")
        assert len(notes) == (2 if path == "guide/index.html" else 1), path
        for note in notes:
            assert f"Offline edition of {day}, version {version[1]}." in note.text()
            assert [link.attributes["href"] for link in note.css("a")] == [LIVE]
    # On the front it comes before anything else one reads.
    front = html_files(unpacked)["guide/index.html"].css_first("h1")
    assert front is not None
    assert front.next is not None
    assert (
        "hp-offline"
        in (LexborHTMLParser((unpacked / "guide/index.html").read_text("utf-8")).css_first("h1 + p") or front).html
    )


def test_no_page_loads_a_module_or_anything_from_elsewhere(unpacked: Path) -> None:
    for path, tree in html_files(unpacked).items():
        scripts = [node.attributes for node in tree.css("script")]
        assert all("src" in one and "type" not in one and "defer" in one for one in scripts), path
        assert not tree.css("meta[http-equiv], link[rel=alternate]"), path
        loaded = [node.attributes.get("href") or "" for node in tree.css("link:not([rel=canonical])")]
        loaded += [node.attributes.get("src") or "" for node in tree.css("[src]")]
        assert not [address for address in loaded if urlsplit(address).scheme or urlsplit(address).netloc], path


# -- how it is made ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("../", "../index.html"),
        ("..", "../index.html"),
        ("../#a", "../index.html#a"),
        (".", "index.html"),
        ("#a", "#a"),
        ("../b/#x", "../b/index.html#x"),
        ("../css/s.css", "../css/s.css"),
        ("../c/", "https://live.example/c/"),
        ("../go/an-id/", "https://live.example/go/an-id/"),
        ("../the.zip", "https://live.example/the.zip"),
        ("/", "../index.html"),
        ("/c/?q=1#d", "https://live.example/c/?q=1#d"),
        ("https://x.example/a/?b=1&amp;c", "https://x.example/a/?b=1&amp;c"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("//x.example/", "//x.example/"),
    ],
)
def test_links_are_rewritten(address: str, wanted: str) -> None:
    kept = {"index.html", "a/index.html", "b/index.html", "css/s.css"}
    page = f'<p>href="../b/"</p><a title="a > b" href="{address}">x</a>'
    assert offline.rewrite(page, "a/index.html", kept, "https://live.example/") == (
        f'<p>href="../b/"</p><a title="a > b" href="{wanted}">x</a>'
    )


@pytest.mark.parametrize("code", ["const r = import.meta.url", "import('./a.js')"])
def test_a_module_is_not_taken_for_a_plain_script(code: str) -> None:
    with pytest.raises(ValueError, match=r"cannot run as a plain script: import"):
        offline.plain_script(lambda _: f"const x = 1;\n{code};\n")


def test_the_bytes_are_the_same_each_time_and_in_order(site: Path, data: catalog.Catalog) -> None:
    names = zipfile.ZipFile(site / offline.NAME).infolist()
    assert [one.filename for one in names] == sorted(one.filename for one in names)
    assert {one.date_time for one in names} == {
        (*map(int, max(p.reviewed for p in data.pages.values()).split("-")), 0, 0, 0)
    }
    edition = offline.Edition("2026-11-23", "1.0", LIVE)
    files = {
        f"{page.url}index.html": b"<html><head></head><body><h1>x</h1></body></html>" for page in data.pages.values()
    }
    first = offline.offline_zip(data.pages, files, edition)
    assert first == offline.offline_zip(data.pages, dict(reversed(files.items())), edition)
    assert len(zipfile.ZipFile(io.BytesIO(first)).namelist()) == len(files) + 1


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="stylesheet" href="./assets/stylesheets/guide.css"><script type="module" src="assets/javascripts/x.js"></script>',
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'"><style>p { color: red }</style>',
    ],
    ids=["as built", "finished"],
)
def test_it_can_be_made_before_and_after_the_site_is_made_small(guide: Path, head: str) -> None:
    found, site = catalog.load(guide), guide / "site"
    for page in found.pages.values():
        (site / page.url).mkdir(parents=True, exist_ok=True)
        own = head.replace("./assets", "../" * page.url.count("/") + "assets")
        (site / page.url / "index.html").write_text(f"<html><head>{own}</head><body><h1>x</h1></body></html>", "utf-8")
    for path in ("assets/stylesheets/guide.css", "assets/stylesheets/other.css", "assets/javascripts/x.js"):
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text("p { color: red }", "utf-8")
    (site / "assets/stylesheets/guide.css").write_text('p { background: url("../images/sheets.svg") }', "utf-8")
    (site / "assets/images").mkdir()
    for name in ("sheets.svg", "other.svg"):
        (site / "assets/images" / name).write_text("<svg/>", "utf-8")
    write_exports(found, site, LIVE)
    archive = zipfile.ZipFile(site / offline.NAME)
    linked = "stylesheet" in head
    names = {name.removeprefix(f"{offline.FOLDER}/") for name in archive.namelist()}
    assert {name for name in names if not name.endswith(".html")} == (
        {"guide/assets/stylesheets/offline.css", "guide/assets/images/sheets.svg"} if linked else set()
    )
    start = archive.read(f"{offline.FOLDER}/START.html").decode()
    assert ('href="guide/assets/stylesheets/offline.css"' if linked else "<style>p { color: red }</style>") in start
    assert "Content-Security-Policy" not in archive.read(f"{offline.FOLDER}/guide/index.html").decode()


# -- from disk, in a browser ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    executable = chromium.find()
    if executable is None:
        pytest.fail("no Chromium: run 'python -m tools.chromium', which installs one", pytrace=False)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=executable, args=list(chromium.FLAGS))
        yield found
        found.close()


@pytest.fixture
def disk(browser: Browser) -> Guide:
    """What `opened` needs: nothing but files may be asked for."""
    return Guide(None, "file://", (), browser)  # type: ignore[arg-type]


def on_disk(page: Page, unpacked: Path, path: str) -> None:
    """Hold that the page shown is this file, and that it has its look."""
    here = unquote(urlsplit(page.url).path)
    assert here == str(unpacked / path), here
    # A click that leads on returns before the next page has its stylesheet.
    expect(page.locator("body"), "the stylesheet was not loaded").to_have_css("margin-top", "0px")


@pytest.mark.browser
@pytest.mark.parametrize(
    ("script", "viewport"),
    [(True, DESKTOP), (False, PHONE), (False, {"width": 1100, "height": 800})],
    ids=["desktop", "phone without scripts", "between, without scripts"],
)
def test_three_links_lead_on_from_the_start(
    disk: Guide, unpacked: Path, script: bool, viewport: dict[str, int]
) -> None:
    with opened(disk, java_script_enabled=script, viewport=viewport) as (page, wrong):
        page.goto((unpacked / "START.html").as_uri())
        on_disk(page, unpacked, "START.html")
        assert page.locator("main").bounding_box()["width"] > min(viewport["width"] * 0.9, 600)  # type: ignore[index]
        page.get_by_role("link", name="Open the guide").click()
        on_disk(page, unpacked, "guide/index.html")
        page.get_by_role("link", name="Contents", exact=True).first.click()
        on_disk(page, unpacked, "guide/contents/index.html")
        page.locator("article").get_by_role("link", name="Caching at scale", exact=True).click()
        on_disk(page, unpacked, "guide/topics/caching/index.html")
        page.get_by_role("link", name="The Hard Part", exact=True).first.click()
        on_disk(page, unpacked, "guide/index.html")
        assert page.get_by_role("button", name="Search").count() == 0
        assert wrong == []


@pytest.mark.browser
def test_a_topic_page_opens_by_itself_and_follows_an_anchor(disk: Guide, unpacked: Path, data: catalog.Catalog) -> None:
    probe = data.get("caching").probes[0].id
    home = data.pages[data.homes[probe].page]
    with opened(disk) as (page, wrong):
        page.goto((unpacked / "guide/topics/caching/index.html").as_uri())
        assert sideways(page) == 0
        page.locator("article a[href*='index.html#']").first.click()
        assert page.locator(":target").count() == 1
        page.goto((unpacked / f"guide/{home.url}index.html").as_uri() + f"#{probe}")
        expect(page.locator(f"[id='{probe}']")).to_be_in_viewport()
        assert page.locator(f"details[id='{probe}']").get_attribute("open") is not None
        assert wrong == []


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_boxes_tick_and_stay_where_the_browser_keeps_them(disk: Guide, unpacked: Path, script: bool) -> None:
    path = next(path for path, tree in sorted(html_files(unpacked).items()) if len(tree.css(BOX)) > 2)
    with opened(disk, java_script_enabled=script) as (page, wrong):
        page.goto((unpacked / path).as_uri())
        box = page.locator(BOX).nth(1)
        box.check()
        expect(box).to_be_checked()
        page.locator(BOX).nth(2).click()
        expect(page.locator(BOX).nth(2)).to_be_checked()
        if script:
            page.goto((unpacked / "START.html").as_uri())
            page.goto((unpacked / path).as_uri())
            expect(box).to_be_checked()
            expect(page.locator(BOX).nth(0)).not_to_be_checked()
        assert wrong == []


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_follow_the_system(disk: Guide, unpacked: Path, scheme: str) -> None:
    with opened(disk, color_scheme=scheme) as (page, wrong):
        for path in ("START.html", "guide/index.html"):
            page.goto((unpacked / path).as_uri())
            light = "rgb(252, 251, 248)"
            assert (page.evaluate("getComputedStyle(document.body).backgroundColor") == light) == (scheme == "light")
        assert wrong == []


@pytest.mark.browser
def test_every_page_opens_from_disk_without_a_fault(disk: Guide, unpacked: Path) -> None:
    faults = []
    with opened(disk) as (page, wrong):
        for path in sorted(html_files(unpacked)):
            page.goto((unpacked / path).as_uri())
            faults += [f"{path}: {what}" for what in wrong]
            wrong.clear()
    assert not faults, "\n".join(faults)
