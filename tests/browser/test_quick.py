"""Quick for readers: a page is asked for before the click, kept for the next visit, and back at once by the back button.

What counts is what the server hears: a browser reports a page that it takes out of its cache as asked for too.
"""

from __future__ import annotations

import http.server

import pytest
from driver import PHONE, Guide, opened
from playwright.sync_api import Page, expect

from tools import chromium

pytestmark = pytest.mark.browser
HERE, NEXT = "topics/caching/", "topics/caching/decisions/"


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every path that the server is asked for from now on; it lets answers be kept for a while, as that of the guide does."""
    paths: list[str] = []
    handler = http.server.SimpleHTTPRequestHandler
    answer, end = handler.do_GET, handler.end_headers

    def do_get(self: http.server.SimpleHTTPRequestHandler) -> None:
        paths.append(self.path)
        answer(self)

    def end_headers(self: http.server.SimpleHTTPRequestHandler) -> None:
        self.send_header("Cache-Control", "max-age=600")
        end(self)

    monkeypatch.setattr(handler, "do_GET", do_get)
    monkeypatch.setattr(handler, "end_headers", end_headers)
    return paths


def until_asked(page: Page, heard: list[str], path: str) -> None:
    """Wait until the server was asked for a path below the site. Fails when it is not."""
    for _ in range(100):
        if f"/site/{path}" in heard:
            return
        page.wait_for_timeout(20)
    raise AssertionError(f"{path} is not asked for: {heard}")


def pause(page: Page, heard: list[str]) -> list[str]:
    """Point at a page that is always asked for; return what was asked for meanwhile beside it."""
    page.locator(".hp-footer").get_by_role("link", name="How this guide is made").hover()
    until_asked(page, heard, "about/")
    return [path for path in heard if path != "/site/about/"]


@pytest.mark.parametrize("way", ["mouse", "keyboard", "touch"])
def test_what_is_meant_is_asked_for_and_not_again_on_the_click(guide: Guide, heard: list[str], way: str) -> None:
    with opened(guide, **({"viewport": PHONE, "has_touch": True} if way == "touch" else {})) as (page, wrong):
        page.goto(guide.url(HERE), wait_until="networkidle")
        heard.clear()
        link = page.locator(".hp-pagination [rel=next]")
        link.scroll_into_view_if_needed()
        assert heard == []
        if way == "mouse":
            link.hover()
        elif way == "keyboard":
            link.focus()
        else:
            link.dispatch_event("pointerover", {"bubbles": True, "pointerType": "touch"})
        until_asked(page, heard, NEXT)
        link.tap() if way == "touch" else link.press("Enter") if way == "keyboard" else link.click()
        page.wait_for_url(guide.url(NEXT))
        expect(page.locator("h1")).to_be_visible()
        page.wait_for_load_state("networkidle")
        # Nor are its scripts: they have the address of this release, and are here since the page before.
        assert heard == [f"/site/{NEXT}"]
        assert wrong == []


def test_what_is_no_page_of_the_guide_is_not_asked_for(guide: Guide, heard: list[str]) -> None:
    with opened(guide) as (page, _):
        page.goto(guide.url(HERE), wait_until="networkidle")
        page.evaluate("""() => {
          const other = document.createElement('p');
          other.id = 'others';
          other.innerHTML = ['https://example.org/', './', '#top', '../../feed.xml', '../../plan/mine/?weeks=2', '/elsewhere/']
            .map(to => `<a href="${to}">x</a> `).join('') + '<a href="decisions/" download>x</a>';
          document.querySelector('article').prepend(other);
        }""")
        heard.clear()
        for link in page.locator("#others a").all():
            link.hover()
            link.focus()
        page.locator("#hp-search-button").hover()
        assert pause(page, heard) == []


def test_whoever_saves_data_asks_for_nothing_early(guide: Guide, heard: list[str]) -> None:
    for saves in (True, False):
        with opened(guide) as (page, _):
            page.context.new_cdp_session(page).send("Emulation.setDataSaverOverride", {"dataSaverEnabled": saves})
            page.goto(guide.url(HERE), wait_until="networkidle")
            assert page.evaluate("navigator.connection.saveData") is saves
            heard.clear()
            link = page.locator(".hp-pagination [rel=next]")
            link.hover()
            link.focus()
            if saves:
                page.wait_for_timeout(300)  # for what must not come there is nothing to wait for
                assert heard == []
            else:
                until_asked(page, heard, NEXT)


def test_a_second_visit_loads_scripts_from_the_cache(guide: Guide, heard: list[str]) -> None:
    with opened(guide) as (page, wrong):
        for _ in range(2):
            heard.clear()
            page.goto(guide.url("levels/self-check/"), wait_until="networkidle")
            page.locator("#hp-search-button").click()
            page.keyboard.type("failover")
            expect(page.locator(".hp-results a").first).to_be_visible()
            page.goto("about:blank")
        assert [path for path in heard if not path.endswith(("/", ".txt"))] == []
        assert wrong == []


SHOWN = "addEventListener('pageshow', event => fetch(event.persisted ? '?again' : '?anew'))"


def test_back_and_forward_restore_at_once(guide: Guide, heard: list[str]) -> None:
    # A browser under test leaves pages for good, unless it is told otherwise.
    browser = guide.browser.browser_type.launch(
        executable_path=chromium.find(),
        args=list(chromium.FLAGS),
        ignore_default_args=["--disable-back-forward-cache"],
    )
    for path in (HERE, "practice/platform/", "plan/mine/", "levels/self-check/"):
        page = browser.new_page()
        page.add_init_script(SHOWN)
        page.goto(guide.url(path), wait_until="networkidle")
        page.goto(guide.url("about/"), wait_until="networkidle")
        heard.clear()
        page.evaluate("history.back()")
        until_asked(page, heard, f"{path}?again")
        page.close()
    browser.close()
