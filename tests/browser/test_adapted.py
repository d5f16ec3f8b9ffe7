"""The guide as readers set it up for themselves: colours, contrast, size and spacing of text, another language."""

from __future__ import annotations

import driver
import pytest
from driver import PHONE, Guide, opened, violations
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
PLACES = (
    "",
    "topics/",
    "topics/caching/",
    "topics/caching/ladder/",
    "levels/l5/",
    "culture/stories/",
    "plan/mine/",
    "practice/data/",
)
LARGE = ":root { font-size: 200% !important }"
# The values of WCAG 2, criterion 1.4.12.
SPACED = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }"

# The width of a line that is there and can be seen, else 0.
OUTLINE = "e => { const s = getComputedStyle(e); return s.outlineStyle === 'none' || /^rgba.*, 0.$/.test(s.outlineColor) ? 0 : parseFloat(s.outlineWidth) }"
BORDER = "e => { const s = getComputedStyle(e); return s.borderTopStyle === 'none' || /^rgba.*, 0.$/.test(s.borderTopColor) ? 0 : parseFloat(s.borderTopWidth) }"


@pytest.fixture(scope="module")
def below_a_path() -> bool:
    """At the root of its server, as most checks of single pages are written."""
    return False


def cut_off(page: Page) -> list[str]:
    """Return the pieces of text that their box hides, or that another lies over in the header."""
    return page.evaluate(
        """() => {
        const cut = [...document.querySelectorAll('header *, article p, article td, article li, summary, h1, h2, h3')].filter(e => e.checkVisibility()
          && (e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== 'visible' || e.scrollHeight > e.clientHeight + 1 && getComputedStyle(e).overflowY === 'hidden'));
        const boxes = [...document.querySelectorAll('header a, header button')].filter(e => e.checkVisibility()).map(e => [e.textContent, e.getBoundingClientRect()]);
        const over = boxes.flatMap(([a, one], n) => boxes.slice(n + 1).filter(([, two]) => one.right > two.left + 1 && two.right > one.left + 1 && one.bottom > two.top + 1 && two.bottom > one.top + 1).map(([b]) => a + ' over ' + b));
        return [...cut.map(e => e.outerHTML.slice(0, 100)), ...over] }"""
    )


@pytest.mark.parametrize("style", [LARGE, SPACED], ids=["text at 200 per cent", "wider spacing"])
@pytest.mark.parametrize("size", [driver.DESKTOP, {"width": 320, "height": 740}], ids=["desk", "phone"])
def test_larger_or_wider_text_loses_nothing(guide: Guide, style: str, size: dict[str, int]) -> None:
    faults = []
    with opened(guide, viewport=size, bypass_csp=True) as (page, _):
        for place in PLACES:
            page.goto(guide.url(place))
            page.add_style_tag(content=style)
            faults += [f"{place}: {driver.sideways(page)} px sideways"] if driver.sideways(page) > 0 else []
            faults += [f"{place}: {what}" for what in cut_off(page)]
    assert not faults, "\n".join(faults)


HEADER = "document.querySelector('.hp-header').getBoundingClientRect()"
LINES = f"({HEADER}.height - 1) / Math.max(52, 3.25 * parseFloat(getComputedStyle(document.documentElement).fontSize))"


def test_the_header_is_one_line_and_an_open_list_leaves_its_button_free(guide: Guide) -> None:
    faults = []
    with opened(guide, bypass_csp=True) as (page, _):
        page.goto(guide.url("topics/caching/"))
        for style, widths in (
            ("/* as it is */", (320, 345, 390, 484, 511, 700, 1000, 1023)),
            (LARGE, (390, 700, 1000)),
        ):
            page.add_style_tag(content=style)
            for width in widths:
                page.set_viewport_size({"width": width, "height": 740})
                lines = page.evaluate(LINES)
                faults += [f"{style} {width} px: {lines:.2f} lines"] if lines > 1.01 else []
                faults += [f"{style} {width} px: {more} px sideways"] if (more := driver.sideways(page)) > 0 else []
                for name, id in (("Menu", "hp-nav"), ("Page", "hp-toc")):
                    page.get_by_role("button", name=name, exact=True).click()
                    top = (page.locator(f"#{id}").bounding_box() or {})["y"]
                    faults += (
                        [f"{style} {width} px: {name} covers its button"]
                        if top < page.evaluate(f"{HEADER}.bottom")
                        else []
                    )
                    page.keyboard.press("Escape")
                    expect(page.locator(f"#{id}")).to_be_hidden()
    assert not faults, "\n".join(faults)


def test_text_that_is_cut_off_is_seen(guide: Guide) -> None:
    with opened(guide, bypass_csp=True) as (page, _):
        page.goto(guide.url(""))
        page.add_style_tag(content="h1 { height: 10px; overflow: hidden } header button { position: fixed; left: 0 }")
        assert len(cut_off(page)) >= 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_keep_levels_targets_and_focus(guide: Guide, scheme: str) -> None:
    """Where colours are forced, what was said by a background must be said by a line."""
    with opened(guide, color_scheme=scheme, forced_colors="active") as (page, _):
        page.goto(guide.url("topics/caching/ladder/#caching-ladder-hot"))
        assert page.evaluate("matchMedia('(forced-colors: active)').matches")
        # Axe takes the colours of the stylesheet for those that are shown, so contrast is measured here instead.
        assert violations(page, "ladder", {"rules": {"color-contrast": {"enabled": False}}}) == []
        for level in ("l4", "l5", "l6"):
            measured = page.evaluate(driver.CONTRAST, f".hp-level-{level}")
            assert measured["ratio"] >= 4.5, f"{level}: {measured}"
            assert page.locator(f".hp-level-{level}").first.evaluate(BORDER) >= 1, level
        assert page.locator("tr:has(> #caching-ladder-hot)").evaluate(OUTLINE) >= 2
        page.keyboard.press("Tab")
        assert page.evaluate(f"({OUTLINE})(document.activeElement)") >= 1


LINE = "e => { const s = getComputedStyle(e); return s.borderBottomColor }"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_more_contrast_is_given_to_those_who_ask(guide: Guide, scheme: str) -> None:
    seen = {}
    for contrast in ("no-preference", "more"):
        with opened(guide, color_scheme=scheme, contrast=contrast) as (page, _):
            page.goto(guide.url("topics/caching/ladder/"))
            quiet = (".hp-meta", ".hp-nav ul ul a", "article a[href]", ".hp-note-inline", "thead th")
            seen[contrast] = [page.evaluate(driver.CONTRAST, query)["ratio"] for query in quiet]
            seen[contrast].append(page.locator("tbody td").first.evaluate(LINE))
    assert min(seen["more"][:-1]) >= 10 > min(seen["no-preference"][:-1]), seen
    assert seen["more"][-1] != seen["no-preference"][-1]


# What a browser's own translation does before a script runs: every text in two elements of its own, all letters others.
TRANSLATED = """document.addEventListener('readystatechange', () => {
  if (document.readyState !== 'interactive') return;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), all = [];
  while (walker.nextNode()) all.push(walker.currentNode);
  for (const text of all) {
    if (!text.data.trim() || text.parentElement.closest('script, style, svg')) continue;
    const outer = document.createElement('font'), inner = document.createElement('font');
    outer.append(inner);
    text.replaceWith(outer);
    inner.append(text.data.replace(/[a-z]/gi, 'ש'));
  }
  Object.assign(document.documentElement, { lang: 'he', dir: 'rtl' });
})"""
# Where the bars beside text stand: by their widths on either side.
BARS = """() => [...document.querySelectorAll('.hp-summary, blockquote, .hp-fields dl')].map(e => getComputedStyle(e)).map(s => [parseFloat(s.borderLeftWidth), parseFloat(s.borderRightWidth)])"""


@pytest.mark.parametrize("size", [driver.DESKTOP, PHONE], ids=["desk", "phone"])
def test_a_page_translated_before_its_scripts_runs_right_to_left(guide: Guide, size: dict[str, int]) -> None:
    with opened(guide, viewport=size, reduced_motion="reduce") as (page, wrong):
        page.add_init_script(TRANSLATED)
        for place in ("plan/mine/", "levels/self-check/", "topics/caching/decisions/", "practice/data/"):
            page.goto(guide.url(place))
            page.wait_for_load_state("networkidle")
            assert driver.sideways(page) == 0, place
            bars = page.evaluate(BARS)
            assert bars, place
            assert all(left == 0 < right for left, right in bars), f"{place}: {bars}"
        panel = page.locator(".hp-mock").first
        panel.get_by_role("button", name="Start a mock interview").click()
        panel.get_by_role("button", name="Begin").click()
        panel.get_by_role("button", name="Next question now").click()
        expect(panel.locator(".hp-mock-open")).to_contain_text("ש")
        panel.get_by_role("button", name="Stop and score").click()
        expect(panel.get_by_role("radio", name="hit: ש").first).to_be_visible()
        heading = page.locator("article h2[id]").nth(1)
        page.goto(f"{page.url.partition('#')[0]}#{heading.get_attribute('id')}")
        assert (
            page.evaluate("getComputedStyle(document.querySelector(':target')).boxShadow").count(" 4px 0px 0px 5px")
            == 1
        )
        assert wrong == []
