"""The first page in a browser: the chooser leads to the chosen plan, by keyboard, by touch and without a script."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from driver import Guide, opened, press_until, sideways, violations
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}


def test_the_chooser_leads_by_keyboard_to_the_chosen_plan(guide: Guide) -> None:
    with opened(guide) as (page, wrong):
        page.goto(guide.url(""))
        press_until(page, ".hp-chooser [name=level]")
        page.keyboard.press("ArrowRight")
        press_until(page, ".hp-chooser [name=track]")
        page.keyboard.type("Ads")
        press_until(page, ".hp-chooser [name=weeks]")
        page.keyboard.type("2")
        press_until(page, ".hp-go")
        page.keyboard.press("Enter")
        page.locator(".hp-plan-day").first.wait_for()
        assert page.url == guide.url("plan/mine/?v=1&level=l6&track=ads&weeks=2&hours=6")
        assert page.locator(".hp-plan-form select").evaluate_all("all => all.map(one => one.value)") == [
            *("ads", "l6", "2", "6"),
        ]
        assert page.locator(".hp-plan-says").inner_text() == ""
        assert wrong == []


def test_the_first_screen_of_a_phone_holds_title_sentence_and_chooser(guide: Guide) -> None:
    with opened(guide, viewport=PHONE, has_touch=True) as (page, wrong):
        page.goto(guide.url(""))
        for part in ("h1", "h1 ~ p", ".hp-go"):
            box = page.locator(part).first.bounding_box() or {}
            assert 0 < box["y"] < box["y"] + box["height"] < PHONE["height"], part
        low = page.locator(".hp-chooser :is(select, button, fieldset label)").evaluate_all(
            "all => all.filter(one => one.getBoundingClientRect().height < 44).length"
        )
        assert low == 0
        # A card is pressed anywhere, not only on its name.
        page.locator(".hp-cards li").first.scroll_into_view_if_needed()
        picture = page.locator(".hp-cards svg").first.bounding_box() or {}
        page.touchscreen.tap(picture["x"] + picture["width"] / 2, picture["y"] + picture["height"] / 2)
        page.wait_for_url("**/topics/*/")
        page.go_back()
        page.set_viewport_size({"width": 320, "height": 600})
        assert sideways(page) == 0
        assert violations(page, "home") == []
        assert wrong == []


def test_without_a_script_the_chooser_leads_to_plans_that_are_ready(guide: Guide) -> None:
    with opened(guide, java_script_enabled=False) as (page, wrong):
        page.goto(guide.url(""))
        page.locator("[name=level][value=l4]").check()
        page.get_by_role("button", name="Show my plan").click()
        page.wait_for_url("**/plan/mine/?**")
        assert parse_qs(urlsplit(page.url).query)["level"] == ["l4"]
        expect(page.get_by_role("link", name="Platform, L4, to print")).to_be_visible()
        page.goto(guide.url(""))
        page.get_by_role("link", name="print a plan").click()
        expect(page.get_by_role("heading", name="Print a plan for your track and level")).to_be_in_viewport()
        assert wrong == []
