"""What the browser keeps belongs to one guide of a host, and what an earlier release kept is not lost."""

from __future__ import annotations

import json

import pytest
from driver import Guide, opened
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
BOX = "input[data-hp-check]"
PROMPT = "prompt-service-discovery"


def put(page: Page, key: str, value: object) -> None:
    page.evaluate("([key, value]) => localStorage.setItem(key, value)", [key, json.dumps(value)])


def ticked(page: Page) -> list[str]:
    return page.eval_on_selector_all(f"{BOX}:checked", "boxes => boxes.map(box => box.dataset.hpCheck)")


@pytest.mark.parametrize("path", ["", "topics/caching/"])
def test_every_page_knows_the_base_path(guide: Guide, path: str) -> None:
    with opened(guide) as (page, _):
        page.goto(f"{guide.base}/{path}")
        assert page.evaluate("document.documentElement.dataset.hpBase") == "/site/"


def test_ticks_of_an_earlier_release_are_read_and_then_kept_under_the_path(guide: Guide) -> None:
    with opened(guide) as (page, wrong):
        page.goto(guide.first(BOX))
        first, second = (page.locator(BOX).nth(n).get_attribute("data-hp-check") for n in (0, 1))
        put(page, "hp-checks", [first, second])
        page.reload()
        assert ticked(page) == [first, second]
        page.locator(BOX).first.uncheck()
        page.reload()
        assert ticked(page) == [second]
        page.locator(BOX).nth(1).uncheck()
        page.reload()
        assert ticked(page) == []  # what the earlier release kept does not come back
        assert json.loads(page.evaluate("localStorage.getItem('hp-checks')")) == [first, second]
        assert wrong == []


def test_ticks_of_another_guide_of_the_host_are_its_own(guide: Guide) -> None:
    with opened(guide) as (page, wrong):
        page.goto(guide.first(BOX))
        first = page.locator(BOX).first.get_attribute("data-hp-check")
        put(page, "hp-checks/other/", [first])
        put(page, "hp-scheme/other/", "dark")
        page.reload()
        assert ticked(page) == []
        page.locator(BOX).first.check()
        page.locator("#hp-scheme").click()
        keys = page.evaluate("Object.keys(localStorage).sort()")
        assert keys == ["hp-checks/other/", "hp-checks/site/", "hp-scheme/other/", "hp-scheme/site/"]
        assert wrong == []


def test_the_scheme_of_an_earlier_release_holds_until_another_is_chosen(guide: Guide) -> None:
    with opened(guide, color_scheme="light") as (page, wrong):
        page.goto(guide.urls[0])
        page.evaluate("localStorage.setItem('hp-scheme', 'dark')")
        page.reload()
        assert page.evaluate("document.documentElement.dataset.hpScheme") == "dark"
        page.locator("#hp-scheme").click()
        page.reload()
        assert page.evaluate("document.documentElement.dataset.hpScheme") == "light"
        assert wrong == []


def test_scores_of_an_earlier_release_are_read(guide: Guide) -> None:
    with opened(guide) as (page, wrong):
        page.goto(f"{guide.base}/practice/platform/#{PROMPT}")
        put(page, "hp-mocks", {PROMPT: {"on": "23 November 2026", "says": "L4 hit."}})
        page.reload()
        panel = page.locator(f"h2#{PROMPT} ~ section.hp-mock").first
        panel.get_by_role("button").first.click()
        expect(panel).to_contain_text("Last time, 23 November 2026: L4 hit.")
        assert wrong == []


@pytest.mark.parametrize("width", [665, 687], ids=["A4", "Letter"])
def test_code_is_wrapped_on_paper(guide: Guide, width: int) -> None:
    with opened(guide, viewport={"width": width, "height": 900}) as (page, _):
        page.goto(guide.first("article pre"))
        page.emulate_media(media="print")
        assert page.locator("pre").count() > 0
        cut = page.eval_on_selector_all(
            "pre",
            "all => all.filter(e => e.scrollWidth > e.clientWidth || getComputedStyle(e).whiteSpace === 'pre').length",
        )
        assert cut == 0
