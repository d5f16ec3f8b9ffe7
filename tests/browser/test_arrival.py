"""Arrival at a row: a line above it says what it is and where, nothing moves, and it can be sent on; in a real Chromium."""

from __future__ import annotations

import driver
import pytest
from driver import Guide, opened, violations
from playwright.sync_api import Page, expect

from macros.catalog import catalog
from macros.finish.row_words import row_words
from tools.bench import weight

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 390, "height": 700}, "has_touch": True, "is_mobile": True}
LINE = ".hp-arrival"
# Each kind of thing that has an address of its own.
ROWS = {
    "table row": "article :is(th, td)[id]",
    "line to tick": "article li[id]:has(> input)",
    "item": "article ul > li[id]:not(:has(> input))",
    "term": "article dt[id]",
    "probe": "article details[id]",
    "picture": "article figure[id]",
    "sum": "article strong[id]",
    "row heading": "article h3.hp-row",
    "chapter heading": "article h2.hp-row",
}
SHEET = "window.sent = []; navigator.share = async what => { sent.push(what) }"


def id_of(guide: Guide, query: str) -> str:
    """The id of a row of a kind in the middle of the first page that has one: neither at its head nor at its end."""
    path = guide.first(query).removeprefix(f"{guide.base}/")
    found = next(page for page in guide.site.pages if page.path == f"{path}index.html")
    several = found.tree.css(query)
    return several[len(several) // 2].attributes["id"] or ""


def arrive(guide: Guide, page: Page, id: str) -> None:
    page.goto(guide.url(f"go/{id}/"))
    page.wait_for_url(f"**/*#{id}")
    expect(page.locator(LINE)).to_have_count(1)


@pytest.mark.parametrize("reader", [{}, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("kind", ROWS)
def test_a_row_says_what_it_is_and_where(
    guide: Guide, rows: catalog.Catalog, kind: str, reader: dict[str, object]
) -> None:
    id = id_of(guide, ROWS[kind])
    with opened(guide, **reader) as (page, wrong):
        page.add_init_script(weight.WATCH)
        weight.slowed(page)  # the page is painted before any script comes
        arrive(guide, page, id)
        line, words = page.locator(LINE), row_words(rows, id)
        for part in (words.kind, words.level, words.page):
            expect(line).to_contain_text(part)
        expect(line.get_by_role("link", name="Read the whole page")).to_be_visible()
        expect(line.get_by_role("button", name="Copy link")).to_be_visible()
        # It stands directly above the row's words, below the header, and covers neither.
        place = page.evaluate(
            """id => {
              const line = document.querySelector('.hp-arrival').getBoundingClientRect(), row = document.getElementById(id);
              const range = document.createRange(), walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
              const under = [];
              while (walker.nextNode()) {
                if (walker.currentNode.parentElement.closest('.hp-arrival, svg, .headerlink') || !walker.currentNode.data.trim()) continue;
                range.selectNodeContents(walker.currentNode);
                under.push(...[...range.getClientRects()].map(box => box.top));
              }
              return [line.top - document.querySelector('.hp-header').getBoundingClientRect().bottom, Math.min(...under) - line.bottom, line.right - document.documentElement.clientWidth];
            }""",
            id,
        )
        assert 0 <= place[0] < 60, place
        assert -2 <= place[1] < 40, place
        assert place[2] <= 0, place
        assert driver.sideways(page) <= 0
        assert page.evaluate("hpSeen.shift") == 0
        assert wrong == []


def test_it_can_be_sent_copied_and_left(guide: Guide, rows: catalog.Catalog) -> None:
    id = "l5-hard-part"
    words = row_words(rows, id)
    with opened(guide) as (page, wrong):
        page.add_init_script(SHEET)
        arrive(guide, page, id)
        page.get_by_role("button", name="Share").press("Enter")
        assert page.evaluate("sent") == [
            {"title": words.title, "text": words.description, "url": guide.url(f"go/{id}/")}
        ]
        assert violations(page, "arrival") == []
        page.get_by_role("link", name="Read the whole page").press("Enter")
        page.wait_for_url("**/levels/l5/#l5")
        page.wait_for_function("scrollY < 100")
        assert wrong == []
    with opened(guide) as (page, wrong):
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        for query in (ROWS["table row"], ROWS["probe"]):
            arrive(guide, page, id_of(guide, query))
            page.locator(LINE).get_by_role("button", name="Copy link").click()
            expect(page.get_by_role("status")).to_contain_text("Copied: ")
            assert page.evaluate("navigator.clipboard.readText()") == guide.url(f"go/{id_of(guide, query)}/")
        page.emulate_media(media="print")
        expect(page.locator(LINE)).to_be_hidden()
        assert wrong == []


def test_nobody_else_sees_one(guide: Guide) -> None:
    id = id_of(guide, ROWS["table row"])
    with opened(guide) as (page, wrong):
        page.goto(guide.first(ROWS["table row"]))
        assert page.evaluate("document.adoptedStyleSheets.length") == 0
        page.evaluate("id => { location.hash = id }", id)  # a link within the page
        page.goto(guide.first("article h2[id]:not(.hp-row)") + "#nothing-here")
        cited = guide.first("li[id^='cited-']")
        page.goto(cited)
        page.goto(f"{cited}#{page.locator('li[id^=cited-]').first.get_attribute('id')}")
        page.reload(wait_until="networkidle")
        expect(page.locator(LINE)).to_have_count(0)
        assert wrong == []
    with opened(guide, java_script_enabled=False) as (page, _):
        page.goto(guide.url(f"go/{id}/"))
        page.wait_for_url(f"**/*#{id}")
        assert page.locator(f"#{id}").evaluate("e => parseFloat(getComputedStyle(e).paddingTop)") < 20


def test_without_the_row_page_the_line_names_the_page(guide: Guide) -> None:
    id = "l5-hard-part"
    with opened(guide) as (page, _):
        page.route(f"**/go/{id}/", lambda route: route.abort())
        page.goto(guide.url(f"levels/l5/#{id}"))
        expect(page.locator(LINE)).to_contain_text("L5: finds the hardest part alone")


@pytest.mark.parametrize("size", ["16px", "32px"])
def test_a_jump_lands_at_once_below_the_header(guide: Guide, size: str) -> None:
    """Also where the header takes two lines, as with text of twice the size; a step later nothing has moved."""
    with opened(guide, viewport={"width": 700, "height": 700}) as (page, wrong):
        page.add_init_script(
            f"addEventListener('DOMContentLoaded', () => {{ document.documentElement.style.fontSize = '{size}'; document.querySelector('.hp-header').style.flexDirection = '{'column' if size == '32px' else 'row'}' }})"
        )
        page.goto(guide.url("levels/l5/"))
        page.evaluate("dispatchEvent(new Event('resize'))")
        id = page.locator("article h2[id]").last.get_attribute("id")
        # The next frame after the jump is the last one that moves.
        rows_by_kind = page.evaluate(
            """async id => {
              location.hash = id;
              const frame = () => new Promise(done => requestAnimationFrame(done)), seen = [];
              for (let n = 0; n < 4; n++) { await frame(); if (n) seen.push(document.getElementById(id).getBoundingClientRect().top) }
              return [...seen, document.querySelector('.hp-header').getBoundingClientRect().bottom];
            }""",
            id,
        )
        assert len(set(rows_by_kind[:-1])) == 1, rows_by_kind
        assert 0 <= rows_by_kind[0] - rows_by_kind[-1] < 80, rows_by_kind
        assert wrong == []
