"""The guide as readers set it up for themselves: forced colours, text at twice its size, wider spacing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import driver
import pytest
from driver import PHONE, Guide, opened, violations
from playwright.sync_api import Page

pytestmark = pytest.mark.browser
PLACES = ("", "topics/caching/", "topics/caching/ladder/", "levels/l5/", "plan/six-weeks/", "practice/ads/")
LARGE = ":root { font-size: 200% !important }"
# The values of WCAG 2, criterion 1.4.12.
SPACED = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }"

# The width of a line that is there and can be seen, else 0.
OUTLINE = "e => { const s = getComputedStyle(e); return s.outlineStyle === 'none' || /^rgba.*, 0.$/.test(s.outlineColor) ? 0 : parseFloat(s.outlineWidth) }"
BORDER = "e => { const s = getComputedStyle(e); return s.borderTopStyle === 'none' || /^rgba.*, 0.$/.test(s.borderTopColor) ? 0 : parseFloat(s.borderTopWidth) }"


@pytest.fixture(scope="module")
def guide(site: Path) -> Iterator[Guide]:
    """The built site on a server of its own, and a browser, for the tests of this file."""
    with driver.browsing(site) as found:
        yield found


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
@pytest.mark.parametrize("size", [driver.DESKTOP, PHONE], ids=["desk", "phone"])
def test_larger_or_wider_text_loses_nothing(guide: Guide, style: str, size: dict[str, int]) -> None:
    faults = []
    with opened(guide, viewport=size, bypass_csp=True) as (page, _):
        for place in PLACES:
            page.goto(guide.url(place))
            page.add_style_tag(content=style)
            faults += [f"{place}: {driver.sideways(page)} px sideways"] if driver.sideways(page) > 0 else []
            faults += [f"{place}: {what}" for what in cut_off(page)]
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
