"""A picture in a window of its own: by keyboard, by touch, by its buttons, and as a file where no script runs."""

from __future__ import annotations

import driver
import pytest
from driver import Guide, opened, violations
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
PICTURE = "#picture-caching-read"


def box(part: Locator) -> dict[str, float]:
    return dict(part.bounding_box() or {})


def whole(page: Page) -> bool:
    """Whether all of the drawing is inside its window."""
    view, drawing = box(page.locator(".hp-zoom-view")), box(page.locator(".hp-zoom-view > div"))
    return all(
        view[at] - 1 <= drawing[at] and drawing[at] + drawing[size] <= view[at] + view[size] + 1
        for at, size in (("x", "width"), ("y", "height"))
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_by_keyboard_and_buttons(guide: Guide, scheme: str) -> None:
    with opened(guide, color_scheme=scheme) as (page, wrong):
        asked: list[str] = []
        page.on("request", lambda one: asked.append(one.url))
        page.goto(guide.url("topics/caching/"))
        assert not [url for url in asked if "enlarge" in url]
        link = page.locator(f"{PICTURE} .hp-enlarge")
        link.focus()
        page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog", name="One read of a personal row", exact=True)
        expect(dialog).to_be_visible()
        drawing, size = page.locator(".hp-zoom-view > div"), dialog.get_by_role("status")
        expect(size).to_have_text("100 %")
        assert box(drawing)["width"] > 1.2 * box(page.locator(f"{PICTURE} > svg"))["width"]
        assert whole(page)
        assert violations(page, "enlarged") == []
        page.keyboard.press("+")
        page.keyboard.press("+")
        expect(size).to_have_text("196 %")
        assert not whole(page)
        page.keyboard.press("+")
        page.keyboard.press("+")
        before = box(drawing)
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowDown")
        assert box(drawing)["x"] == pytest.approx(before["x"] - 60)
        assert box(drawing)["y"] == pytest.approx(before["y"] - 60)
        for _ in range(100):
            page.keyboard.press("ArrowRight")
        view = box(page.locator(".hp-zoom-view"))
        assert box(drawing)["x"] + box(drawing)["width"] == pytest.approx(view["x"] + view["width"], abs=1)
        page.keyboard.press("-")
        expect(size).to_have_text("274 %")
        page.keyboard.press("0")
        assert whole(page)
        dialog.get_by_role("button", name="Larger").click()
        expect(size).to_have_text("140 %")
        dialog.get_by_role("button", name="Smaller").click()
        dialog.get_by_role("button", name="Smaller").click()
        expect(size).to_have_text("100 %")
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
        expect(link).to_be_focused()
        assert wrong == []


def test_by_touch(guide: Guide) -> None:
    with opened(guide, viewport=PHONE, has_touch=True, is_mobile=True) as (page, wrong):
        page.goto(guide.url("topics/pipelines/failure/"))
        page.locator(".hp-diagram svg").first.tap()  # the picture itself does as well as its link
        page.locator(".hp-zoom").wait_for()
        drawing, size = page.locator(".hp-zoom-view > div"), page.locator(".hp-zoom output")
        expect(size).to_have_text("100 %")
        assert whole(page)
        touch = page.context.new_cdp_session(page)

        def fingers(kind: str, *points: tuple[float, float]) -> None:
            at = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})

        fingers("touchStart", (150, 450), (250, 450))
        fingers("touchMove", (125, 450), (275, 450))
        fingers("touchMove", (50, 450), (350, 450))
        fingers("touchEnd")
        expect(size).to_have_text("300 %")
        before = box(drawing)
        fingers("touchStart", (200, 450))
        fingers("touchMove", (170, 400))
        fingers("touchEnd")
        assert box(drawing)["x"] == pytest.approx(before["x"] - 30, abs=1)
        assert box(drawing)["y"] == pytest.approx(before["y"] - 50, abs=1)
        assert page.evaluate("visualViewport.scale") == 1
        low = page.locator(".hp-zoom button").evaluate_all(
            "all => all.filter(one => Math.min(one.offsetWidth, one.offsetHeight) < 44).length"
        )
        assert low == 0
        page.set_viewport_size({"width": 844, "height": 390})  # turned round
        expect(size).to_have_text("100 %")
        assert whole(page)
        page.set_viewport_size({"width": 320, "height": 600})
        assert driver.sideways(page) == 0
        page.get_by_role("button", name="Close").tap()
        expect(page.locator(".hp-zoom")).to_have_count(0)
        assert wrong == []


@pytest.mark.parametrize("broken", [False, True], ids=["no script", "a script that does not come"])
def test_where_no_script_runs_the_link_leads_to_the_whole_picture(guide: Guide, broken: bool) -> None:
    with opened(guide, viewport=PHONE, java_script_enabled=broken) as (page, _):
        page.route("**/enlarge.js", lambda route: route.abort())
        page.goto(guide.url("topics/caching/"))
        page.locator(f"{PICTURE} .hp-enlarge").click()
        page.wait_for_url("**/assets/drawings/picture-caching-read.svg")


def test_a_drawing_in_its_file_is_whole_and_follows_light_and_dark(guide: Guide) -> None:
    with opened(guide, viewport=PHONE) as (page, _):
        for name in ("picture-caching-read", "diagram-event-losses"):
            page.goto(guide.url(f"assets/drawings/{name}.svg"))
            beyond = page.evaluate(
                """() => [...document.querySelectorAll('text, rect, line, path')].filter(one => {
                const { left, top, right, bottom } = one.getBoundingClientRect();
                return left < 0 || top < 0 || right > innerWidth || bottom > innerHeight }).length"""
            )
            assert beyond == 0, name
            assert page.evaluate("document.querySelectorAll('text').length") > 3
            colours = []
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                look = "(e => [getComputedStyle(document.documentElement).backgroundColor, getComputedStyle(e).fill])"
                colours.append(page.evaluate(f"{look}(document.querySelector('text'))"))
            assert colours[0][0] != colours[1][0], name
            assert colours[0][1] != colours[1][1], name
