"""Search in a real Chromium, below a path of the server: opened by three ways, used by keyboard alone, filtered, failing in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import driver
import pytest
from driver import PHONE, Guide, opened, violations
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
FIELD = ".hp-search input[type=search]"
RESULTS = ".hp-results li"
KINDS = ("Topic", "Component", "Failure mode", "Probe", "Prompt", "Task")


@pytest.fixture(scope="module")
def guide(site: Path) -> Iterator[Guide]:
    """The built site below a path of its server, and a browser, for the tests of this file."""
    with driver.browsing(site, below_a_path=True) as found:
        yield found


def searched(page: Page, url: str, words: str) -> None:
    """Open a page, press the key of the search, type, and wait for what is found."""
    page.goto(url)
    page.keyboard.press("/")
    page.locator(FIELD).wait_for()
    page.keyboard.type(words)
    page.locator(RESULTS).first.wait_for()


@pytest.mark.parametrize("way", ["button", "/", "Control+K"])
def test_search_opens_takes_the_focus_and_gives_it_back(guide: Guide, way: str) -> None:
    with opened(guide) as (page, wrong):
        page.goto(guide.url(""))
        button = page.get_by_role("button", name="Search", exact=True)
        button.focus()
        page.keyboard.press("Enter" if way == "button" else way)
        expect(page.locator(FIELD)).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog", name="Search")).to_be_hidden()
        expect(button).to_be_focused()
        assert wrong == []


def test_a_row_is_found_and_reached_by_keyboard_alone(guide: Guide) -> None:
    with opened(guide) as (page, wrong):
        searched(page, guide.url("plan/"), "an evacuation lands on a cold cache")
        first = page.locator(f"{RESULTS} a").first
        expect(first).to_have_text("An evacuation lands on a cold cache")
        page.keyboard.press("ArrowDown")
        expect(first).to_be_focused()
        page.keyboard.press("ArrowUp")
        expect(page.locator(FIELD)).to_be_focused()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url(guide.url("topics/caching/failure/#caching-cold-region"))
        expect(page.locator("#caching-cold-region")).to_be_in_viewport()
        assert wrong == []


def test_enter_in_the_field_follows_the_first_result(guide: Guide) -> None:
    with opened(guide) as (page, _):
        searched(page, guide.url(""), "one null for five reasons")
        expect(page.locator(f"{RESULTS} a").first).to_have_text("One null for five reasons")
        page.keyboard.press("Enter")
        page.wait_for_url(guide.url("stack/evcache/#evcache-error-as-miss"))


@pytest.mark.parametrize("kind", KINDS)
def test_results_can_be_of_one_kind(guide: Guide, kind: str) -> None:
    with opened(guide) as (page, wrong):
        page.goto(guide.url(""))
        page.keyboard.press("/")
        select = page.get_by_label("Kind")
        expect(select.locator("option", has_text=kind).first).to_be_attached()
        select.select_option(kind)
        page.locator(RESULTS).first.wait_for()
        said = page.locator(f"{RESULTS} small").all_inner_texts()
        assert {text.split(" · ")[0] for text in said} == {kind}
        assert wrong == []


def test_results_can_be_of_one_level(guide: Guide) -> None:
    with opened(guide) as (page, _):
        searched(page, guide.url(""), "cache")
        before = page.get_by_role("status").inner_text()
        page.get_by_label("Kind").select_option("Probe")
        page.get_by_label("Level").select_option("L6")
        expect(page.get_by_role("status")).not_to_have_text(before)
        page.locator(RESULTS).first.wait_for()
        targets = page.eval_on_selector_all(f"{RESULTS} a", "all => all.map(a => a.href.split('#')[1])")
        page.goto(guide.url("topics/caching/ladder/"))
        levels = {
            id: page.locator(f"#{id} summary").inner_text()[:2] for id in targets if page.locator(f"#{id}").count()
        }
        assert set(levels.values()) == {"L6"}, levels


def test_nothing_found_is_said(guide: Guide) -> None:
    with opened(guide) as (page, _):
        page.goto(guide.url(""))
        page.keyboard.press("/")
        page.keyboard.type("qqqzzzxxx")
        expect(page.get_by_role("status")).to_contain_text("Nothing found")


def test_a_search_that_cannot_load_says_where_to_look_and_can_be_tried_again(guide: Guide) -> None:
    with opened(guide) as (page, _):
        page.route("**/pagefind/**", lambda route: route.abort())
        page.goto(guide.url(""))
        page.keyboard.press("/")
        page.keyboard.type("cache")
        expect(page.get_by_role("status")).to_contain_text("The contents page lists everything")


def test_without_script_the_button_leads_to_the_contents(guide: Guide) -> None:
    with opened(guide, java_script_enabled=False) as (page, _):
        page.goto(guide.url("topics/caching/"))
        page.get_by_role("link", name="Search", exact=True).click()
        page.wait_for_url(guide.url("contents/"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [driver.DESKTOP, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_in_the_open_search(guide: Guide, scheme: str, size: dict[str, int]) -> None:
    with opened(guide, viewport=size, color_scheme=scheme) as (page, _):
        searched(page, guide.url("topics/caching/"), "hot key")
        assert violations(page, "search") == []
        page.set_viewport_size({"width": 320, "height": 740})
        assert driver.sideways(page) == 0
        over = page.eval_on_selector_all(
            ".hp-search *", "all => all.filter(e => e.getBoundingClientRect().right > innerWidth).map(e => e.tagName)"
        )
        assert over == []
