"""Real Firefox and real WebKit: a smoke of each flow, widths, text at twice its size, and what Firefox prints.

Each engine is started once and runs its tests in one worker. Where it is missing they are skipped, and fail if CI=true.
"""

from __future__ import annotations

import io
import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
import webdriver
from pypdf import PdfReader
from selenium.webdriver.common.keys import Keys
from webdriver import BROKEN, EMPTY, Visitor

from macros.catalog import catalog
from tools import browsers
from tools.file_server import served

pytestmark = pytest.mark.browser
# Each engine's tests run in one worker, so that none is started twice.
FIREFOX, WEBKIT = (pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in ("firefox", "webkit"))
MENU = (600, 800)  # narrow enough for the menu; neither browser makes a window as narrow as a phone
KINDS = (
    *("", "contents/", "loop/", "round/annotated-hit/", "levels/side-by-side/", "levels/self-check/"),
    *("topics/caching/", "topics/caching/decisions/", "topics/caching/failure/", "topics/caching/ladder/"),
    *("stack/evcache/", "culture/stories/", "mistakes/", "practice/platform/", "plan/six-weeks/", "plan/mine/"),
    *("reference/sources/", "reference/glossary/", "reference/figures/", "about/", "404.html"),
)
# Of what is measured at each width: a page of each shape, none of the longest.
SHAPES = (
    *("", "contents/", "levels/side-by-side/", "levels/self-check/", "topics/caching/", "topics/caching/decisions/"),
    *(
        "topics/caching/failure/",
        "topics/caching/ladder/",
        "stack/evcache/",
        "plan/six-weeks/",
        "plan/mine/",
        "404.html",
    ),
)
WIDTHS = (320, 390, 768, 1280)
MINE = "plan/mine/?v=1&level=l5&track=platform&weeks=4&hours=6&start=2027-01-04"
UNOFFICIAL = "Unofficial. Not affiliated with or endorsed by Netflix."
SHEETS = ("topics/caching/ladder/", "topics/caching/decisions/", MINE)


def there(name: str) -> None:
    """Skip what needs an engine that this machine does not have; fail if it is a build server, which has to have it."""
    missing = browsers.ENGINES[name].missing()
    if missing:
        why = f"{browsers.ENGINES[name].name}: {' and '.join(missing)} not found; run 'python -m tools.browsers'"
        pytest.fail(why, pytrace=False) if os.environ.get("CI") == "true" else pytest.skip(why)


@pytest.fixture(scope="module")
def data(site: Path) -> catalog.Catalog:
    return catalog.load(site.parent)


@pytest.fixture(scope="module", params=[FIREFOX, WEBKIT])
def visitor(request: pytest.FixtureRequest, site: Path) -> Iterator[Visitor]:
    """A window of each engine, on the built site."""
    there(request.param)
    with served(site, webdriver.Listening) as base, webdriver.STARTS[request.param](base) as found:
        yield found


def shown_fold(visitor: Visitor, id: str) -> bool:
    """Whether a fold is open and its head within the window."""
    return visitor.run(
        "const e = document.getElementById(arguments[0]), top = e?.getBoundingClientRect().top;"
        "return e?.open && top >= 0 && top < innerHeight",
        id,
    )


# -- flows -----------------------------------------------------------------------------------------


def test_pages_of_each_kind_load_without_a_fault(visitor: Visitor) -> None:
    faults = []
    for path in KINDS:
        visitor.go(path)
        faults += [f"{path}: {what}" for what in visitor.heard()]
        assert visitor.one("h1").text, path
    assert not faults, "\n".join(faults)


def test_a_fault_is_heard(visitor: Visitor) -> None:
    """What the test above rests on: the listener hears a script, the console, a file that is missing, and the policy."""
    visitor.go(BROKEN.removeprefix("/"))
    for kind in ("script:", "console: careful", "failed:", "policy: script-src"):
        visitor.until(lambda kind=kind: any(what.startswith(kind) for what in visitor.heard()), f"{kind} is not heard")


def test_search_finds_follows_and_closes(visitor: Visitor, data: catalog.Catalog) -> None:
    visitor.go("plan/")
    visitor.one("body").send_keys("/")
    field = visitor.one(".hp-search input[type=search]")
    field.send_keys(Keys.ESCAPE)
    visitor.gone(".hp-search")
    visitor.button("Search").click()
    field.send_keys(data.name("evcache-error-as-miss").lower())
    # Asked in the page: results are drawn anew as keys arrive.
    first = "return document.querySelector('.hp-results a')?.textContent.trim()"
    visitor.until(lambda: visitor.run(first) == data.name("evcache-error-as-miss"), "the row is not the first result")
    visitor.press(Keys.ESCAPE)
    visitor.press(Keys.ESCAPE)  # the first press empties the field
    visitor.gone(".hp-search")
    visitor.button("Search").click()
    field.send_keys(data.name("evcache-error-as-miss").lower())
    visitor.press(Keys.ENTER)
    visitor.until(
        lambda: visitor.driver.current_url.endswith("/stack/evcache/#evcache-error-as-miss"), "Enter does not follow"
    )
    assert visitor.heard() == []


def test_colours_and_menu(visitor: Visitor) -> None:
    paper = "return getComputedStyle(document.body).backgroundColor"
    visitor.go("topics/caching/", size=MENU)
    before = visitor.run(paper)
    visitor.one("#hp-scheme").click()
    after = visitor.run(paper)
    assert after != before
    visitor.go("topics/caching/ladder/", size=MENU)
    assert visitor.run(paper) == after
    for words, query in (("Menu", "#hp-nav"), ("Page", "#hp-toc")):
        visitor.click(visitor.button(words))
        assert visitor.one(f"{query} a").is_displayed()
        visitor.press(Keys.ESCAPE)
        visitor.gone(query)
    visitor.button("Menu").click()
    visitor.one("#hp-nav > ul > li:last-child > a").click()
    visitor.until(lambda: visitor.driver.current_url.endswith("/about/"), "the menu does not lead on")
    assert visitor.heard() == []


def test_a_tick_survives_a_reload(visitor: Visitor) -> None:
    visitor.go("plan/six-weeks/")
    visitor.click("input[data-hp-check]")
    ticked = "return document.querySelector('input[data-hp-check]').checked"
    kept = "return Object.entries(localStorage).some(([key, value]) => key.startsWith('hp-checks') && value.includes('task-'))"
    visitor.until(lambda: visitor.run(kept), "the tick is not kept")
    visitor.driver.refresh()
    visitor.until(lambda: visitor.run(ticked), "the tick is gone")
    visitor.click("input[data-hp-check]")
    visitor.until(lambda: not visitor.run(kept), "the tick is still kept")
    visitor.driver.refresh()
    visitor.one("input[data-hp-check]")
    assert not visitor.run(ticked)
    assert visitor.heard() == []


def test_a_copied_link_says_so(visitor: Visitor) -> None:
    """Or offers the address, where the browser has no clipboard for the page."""
    visitor.go("topics/caching/decisions/")
    visitor.run("document.querySelector('article h2 .headerlink').focus()")
    visitor.press(Keys.ENTER)
    said = "return document.querySelector('dialog.hp-address[open] input')?.value ?? document.querySelector('.hp-copied')?.textContent"
    address = f"{visitor.base}/topics/caching/decisions/#"
    visitor.until(lambda: address in (visitor.run(said) or ""), "nothing says that the link was copied")
    assert visitor.heard() == []


def test_a_deep_link_opens_its_fold_and_lands_there(visitor: Visitor, data: catalog.Catalog) -> None:
    probe = data.get("caching").probes[-1].id
    visitor.go("about/")
    visitor.go(f"go/{probe}/")
    visitor.until(lambda: visitor.driver.current_url.endswith(f"#{probe}"), "the short address does not lead on")
    visitor.until(lambda: shown_fold(visitor, probe), "the fold is not open within the window")
    assert visitor.heard() == []


def test_a_mock_starts_asks_and_stops(visitor: Visitor) -> None:
    visitor.go("practice/platform/")
    for words in ("Start a mock interview", "Begin", "Next question now"):
        visitor.click(visitor.button(words))
    visitor.until(lambda: "Minute" in visitor.one(".hp-mock-open").text, "no question was asked")
    visitor.click(visitor.button("Stop and score"))
    visitor.click(".hp-mock label:has(input[type=radio])")
    visitor.click(visitor.button("Close"))
    visitor.button("Start a mock interview")
    assert visitor.heard() == []


def test_my_plan_is_shown_ticked_and_printed(visitor: Visitor) -> None:
    visitor.go(MINE)
    visitor.one(".hp-plan-day input")
    assert visitor.one(".hp-plan-day h3").text.replace(",", "").startswith("Monday 4 January")
    visitor.click(".hp-plan-day input")
    visitor.run("window.print = () => (window.asked = true)")
    visitor.click(visitor.button("Print"))
    assert visitor.run("return window.asked")
    visitor.driver.refresh()
    visitor.until(lambda: visitor.one(".hp-plan-day input").is_selected(), "the tick is gone")
    visitor.click(".hp-plan-day input")
    assert visitor.heard() == []


# -- widths ----------------------------------------------------------------------------------------


def test_no_page_scrolls_sideways(visitor: Visitor) -> None:
    """In a frame of each width: no window of these browsers is as narrow as a phone."""
    visitor.go(EMPTY.removeprefix("/"))
    measured = visitor.driver.execute_async_script(
        """const [paths, widths, sizes, done] = arguments;
        const frame = document.body.appendChild(document.createElement("iframe"));
        frame.style.cssText = "border: 0; height: 800px";
        (async () => {
          const found = [];
          for (const path of paths) {
            await new Promise((loaded) => { frame.onload = loaded; frame.src = "/" + path; });
            const root = frame.contentDocument.documentElement;
            for (const size of sizes) {
              root.style.fontSize = size;
              for (const width of widths) {
                frame.style.width = `${width}px`;
                found.push([path, width, size, root.scrollWidth - root.clientWidth, root.clientWidth]);
              }
            }
          }
          return found;
        })().then(done);""",
        SHAPES,
        WIDTHS,
        ("100%", "200%"),
    )
    assert len(measured) == len(SHAPES) * len(WIDTHS) * 2
    assert all(width - 20 <= inner <= width for _, width, _, _, inner in measured)
    faults = [f"/{path} at {width} px, text {size}: {over} px" for path, width, size, over, _ in measured if over > 0]
    assert not faults, "\n".join(faults)


# -- paper, in Firefox -----------------------------------------------------------------------------


def plain(text: str) -> str:
    """Text without white space, its ligatures taken apart."""
    return "".join(unicodedata.normalize("NFKC", text).split())


SHORT = re.compile(r"go/[a-z0-9-]+$")
RUNNING = (plain("The Hard Part, an unofficial guide"), plain(UNOFFICIAL))


def ends_with(heads: set[str], lines: list[str]) -> list[str]:
    """Return the headings that end a sheet. One begins a line, and may take several."""
    return sorted(heads & {"".join(lines[-count:]) for count in range(1, 5)})


@pytest.mark.parametrize("visitor", [FIREFOX], indirect=True)
@pytest.mark.parametrize("path", SHEETS, ids=["ladder", "decisions", "my plan"])
def test_sheets_are_numbered_say_unofficial_and_end_with_no_heading(visitor: Visitor, path: str) -> None:
    visitor.go(path)
    if path == MINE:
        visitor.one(".hp-plan-day")
    heads = visitor.run(
        "return [...document.querySelectorAll('article :is(h1, h2, h3, h4, thead tr, summary, p:has(+ table, + .hp-bar, + .hp-fields))')].map(e => e.innerText.replace(/#$/, ''))"
    )
    sheets = [sheet.extract_text() for sheet in PdfReader(io.BytesIO(visitor.pdf())).pages]
    assert len(sheets) > 1
    heads = {plain(head) for head in heads} - {""}
    assert len(heads) >= 3
    faults = []
    for number, sheet in enumerate(sheets, 1):
        lines = [plain(line) for line in sheet.splitlines()]
        faults += (
            [] if any(line.startswith(plain(UNOFFICIAL)) for line in lines) else [f"{number}: not called unofficial"]
        )
        faults += [] if str(number) in lines else [f"{number}: no number"]
        # On paper the short address of its row stands behind a heading.
        kept = [SHORT.sub("", line) for line in lines if line != str(number) and not line.startswith(RUNNING)]
        faults += [f"{number}: ends with {head!r}" for head in ends_with(heads, kept)]
    assert not faults, "\n".join(faults)
