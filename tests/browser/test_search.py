"""Search in a real Chromium, below a path of the server: opened by three ways, used by keyboard alone, filtered, failing in words."""

from __future__ import annotations

import re

import driver
import pytest
from driver import PHONE, Guide, opened, violations
from playwright.sync_api import Page, Route, expect

from macros.catalog import catalog
from macros.finish.search import GROUPS, counted
from tools.site_build import ROOT

pytestmark = pytest.mark.browser
FIELD = ".hp-search input[type=search]"
RESULTS = ".hp-results ol > li"
INDEX, ANSWER, ENGINE = "**/search/index.json", "**/search/answer.js*", "**/vendor/minisearch/index.js*"


def title_of(id: str) -> str:
    """The words that name a row today; they may change, its id may not."""
    return catalog.load(ROOT).name(id)


def typed(page: Page, url: str, words: str) -> None:
    """Open a page, press the key of the search and type."""
    page.goto(url)
    page.keyboard.press("/")
    page.locator(FIELD).wait_for()
    page.keyboard.type(words)


def searched(page: Page, url: str, words: str) -> None:
    """The same, and wait for what is found."""
    typed(page, url, words)
    page.locator(RESULTS).first.wait_for()


def first(page: Page) -> str:
    """Return the name of the first result."""
    return page.locator(f"{RESULTS} a").first.inner_text()


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
        title = title_of("caching-cold-region")
        searched(page, guide.url("plan/"), title.lower())
        first = page.locator(f"{RESULTS} a").first
        expect(first).to_have_text(title)
        page.keyboard.press("ArrowDown")
        expect(first).to_be_focused()
        page.keyboard.press("ArrowUp")
        expect(page.locator(FIELD)).to_be_focused()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url(guide.url("topics/caching/failure/#caching-cold-region"))
        expect(page.locator("#caching-cold-region")).to_be_in_viewport()
        assert wrong == []


def test_an_arrow_waits_for_its_own_query(guide: Guide) -> None:
    with opened(guide) as (page, wrong):
        title = title_of("caching-cold-region")
        searched(page, guide.url("plan/"), "kafka")
        page.locator(FIELD).fill(title)
        page.keyboard.press("ArrowDown")  # before anything is drawn for it
        expect(page.locator(f"{RESULTS} a").first).to_have_text(title)
        expect(page.locator(f"{RESULTS} a").first).to_be_focused()
        assert wrong == []


HOSTILE = (
    "a" * 10_000,
    "kafka" * 2_000,
    " ".join(f"w{number}" for number in range(3_000)),
    "tell me about a time " * 300,
    "the " * 3_000,
    "<img src=x onerror=alert(1)>",
    "(?<=[a-z",
    "*+?",
    "\\(",
    "kaf\x00ka",
    "\u202eakfak",
    "\u05e9\u05dc\u05d5\u05dd",
    "\u65e5\u672c\u8a9e",
    "\U0001f3ac\U0001f3ac kafka",
    "e\u0301" * 200,
    "Z\u0351\u0352\u0353" * 500,
    "__proto__ constructor",
    "%00%ff",
    "0" * 5_000,
)
SILENT = ("   ", "\t", "\x00", "(", "a")


def test_whatever_is_typed_is_answered_in_a_plain_line(guide: Guide) -> None:
    with opened(guide) as (page, wrong):
        searched(page, guide.url(""), "kafka")
        status = page.get_by_role("status")
        for text in HOSTILE:
            page.locator(FIELD).fill("")
            expect(status).to_have_text("")
            page.locator(FIELD).fill(text)
            expect(status).to_have_text(re.compile(r"found|Nothing found"))
            assert len(status.inner_text()) < 400, text[:30]
            assert overflow(page) <= 0, text[:30]
        for text in SILENT:
            page.locator(FIELD).fill(text)
            expect(status).to_have_text("")
        assert wrong == []


def overflow(page: Page) -> int:
    """Return by how many pixels the dialog is wider inside than outside."""
    return int(page.locator(".hp-search").evaluate("dialog => dialog.scrollWidth - dialog.clientWidth"))


def test_a_result_says_for_which_other_name_it_stands(guide: Guide) -> None:
    with opened(guide) as (page, _):
        searched(page, guide.url(""), "dogpile")
        expect(page.locator(f"{RESULTS} small").first).to_have_text("Term · for “Dogpile”")


def test_enter_in_the_field_follows_the_first_result(guide: Guide) -> None:
    with opened(guide) as (page, _):
        title = title_of("evcache-error-as-miss")
        searched(page, guide.url(""), title.lower())
        expect(page.locator(f"{RESULTS} a").first).to_have_text(title)
        page.keyboard.press("Enter")
        page.wait_for_url(guide.url("stack/evcache/#evcache-error-as-miss"))


def test_enter_right_after_typing_follows_what_was_typed_last(guide: Guide) -> None:
    with opened(guide) as (page, _):
        searched(page, guide.url(""), "evcache")
        page.locator(FIELD).fill("cassandra")
        page.keyboard.press("Enter")
        page.wait_for_url(guide.url("stack/cassandra/"))


def test_enter_waits_for_an_index_on_its_way_and_says_so(guide: Guide) -> None:
    with opened(guide) as (page, _):
        held: list[Route] = []
        page.route(INDEX, lambda route: held.append(route))
        typed(page, guide.url(""), "cassandra")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_have_text("Searching …")
        assert page.url == guide.url("")
        held[0].continue_()
        page.wait_for_url(guide.url("stack/cassandra/"))


def test_enter_with_nothing_found_stays(guide: Guide) -> None:
    with opened(guide) as (page, _):
        typed(page, guide.url(""), "orchidxyz")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("Nothing found")
        assert page.url == guide.url("")


def test_there_are_six_kinds_to_choose_from(guide: Guide) -> None:
    with opened(guide) as (page, _):
        searched(page, guide.url(""), "cache")
        assert page.get_by_label("Kind").locator("option").all_inner_texts() == ["All kinds", *GROUPS]
        assert len(GROUPS) == 6


@pytest.mark.parametrize("kind", GROUPS)
def test_results_can_be_of_one_kind(guide: Guide, kind: str) -> None:
    with opened(guide) as (page, wrong):
        page.goto(guide.url(""))
        page.keyboard.press("/")
        select = page.get_by_label("Kind")
        expect(select.locator("option", has_text=kind)).to_be_attached()
        select.select_option(kind)
        page.locator(RESULTS).first.wait_for()
        said = {text.split(" · ")[0] for text in page.locator(f"{RESULTS} small").all_inner_texts()}
        assert {GROUPS[counted(one).group] for one in said} == {kind}
        assert wrong == []


def test_results_stand_by_page_with_what_matched_marked(guide: Guide) -> None:
    with opened(guide) as (page, _):
        searched(page, guide.url(""), "caches")
        assert first(page) == "Caching at scale"
        expect(page.locator(f"{RESULTS} mark").first).to_be_attached()
        marked = set(page.eval_on_selector_all(f"{RESULTS} mark", "all => all.map(e => e.textContent.toLowerCase())"))
        assert marked <= {"cache", "caches", "cached", "caching"}
        assert marked
        groups = page.eval_on_selector_all(
            ".hp-results > li",
            "all => all.map(li => [...new Set([...li.querySelectorAll('a')].map(a => a.href.split('#')[0]))])",
        )
        assert all(len(pages) == 1 for pages in groups)
        assert len({pages[0] for pages in groups}) == len(groups) > 3


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("kafak", "“kafak” is not in the guide; this is for “kafka”."),
        ("kafka orchidxyz", "“orchidxyz” is not in the guide and left out."),
        ("orchidxyz", "“orchidxyz” is not in the guide. Nothing found."),
        ("orchidxyz qqqzzz", "“orchidxyz”, “qqqzzz” are not in the guide. Nothing found."),
    ],
)
def test_a_word_that_the_guide_lacks_is_said(guide: Guide, words: str, says: str) -> None:
    with opened(guide) as (page, _):
        typed(page, guide.url(""), words)
        expect(page.get_by_role("status")).to_contain_text(says)
        if words.startswith("kaf"):
            assert first(page) == "Kafka"
        else:
            expect(page.locator(RESULTS)).to_have_count(0)


def test_results_can_be_of_one_level(guide: Guide) -> None:
    with opened(guide) as (page, _):
        searched(page, guide.url(""), "cache")
        page.get_by_label("Level").select_option("L6")
        expect(page.locator(f"{RESULTS} small").first).to_contain_text("L6")
        said = page.locator(f"{RESULTS} small").all_inner_texts()
        assert {text.partition(" · ")[2] for text in said} == {"L6"}


@pytest.mark.parametrize(
    ("pattern", "part"),
    [(INDEX, "Its index"), (ANSWER, "Its script"), (ENGINE, "Its script"), ("**/search/words.js*", "Its script")],
    ids=["index", "script", "engine", "words"],
)
@pytest.mark.parametrize("how", ["lost", "404"])
def test_a_search_that_cannot_load_says_so_and_the_next_key_tries_again(
    guide: Guide, pattern: str, part: str, how: str
) -> None:
    with opened(guide) as (page, _):
        page.route(pattern, lambda route: route.abort() if how == "lost" else route.fulfill(status=404, body="no"))
        typed(page, guide.url(""), "kafk")
        status = page.get_by_role("status")
        expect(status).to_contain_text(f"Search could not be loaded. {part} did not come; the next key tries again.")
        expect(status).to_contain_text("The contents page lists everything")
        page.unroute(pattern)
        page.keyboard.type("a")
        page.locator(RESULTS).first.wait_for()
        assert first(page) == "Kafka"
        expect(page.get_by_label("Kind").locator("option")).to_have_count(7)


def test_an_excerpt_that_does_not_come_is_left_out(guide: Guide) -> None:
    with opened(guide) as (page, wrong):
        page.route("**/search/*/*.txt", lambda route: route.fulfill(status=404, body="Not here"))
        with page.expect_response("**/search/*/*.txt"):
            searched(page, guide.url(""), "kafka")
        page.wait_for_timeout(200)
        assert set(page.locator(f"{RESULTS} p").all_inner_texts()) == {""}
        assert not [fault for fault in wrong if fault.startswith("script")]


def test_escape_empties_the_field_and_then_closes(guide: Guide) -> None:
    with opened(guide) as (page, wrong):
        searched(page, guide.url(""), "kafka")
        page.keyboard.press("Escape")
        expect(page.locator(FIELD)).to_have_value("")
        expect(page.locator(RESULTS)).to_have_count(0)
        expect(page.get_by_role("dialog", name="Search")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog", name="Search")).to_be_hidden()
        assert wrong == []


def test_escape_does_not_wait_for_the_browser_to_close(guide: Guide) -> None:
    # WebKit never closes a dialog while such a field has the focus; an event of ours moves no browser to do it.
    with opened(guide) as (page, _):
        page.goto(guide.url(""))
        page.keyboard.press("/")
        page.locator(FIELD).dispatch_event("keydown", {"key": "Escape", "bubbles": True})
        expect(page.get_by_role("dialog", name="Search")).to_be_hidden()


def test_a_key_without_a_name_is_ignored(guide: Guide) -> None:
    with opened(guide) as (page, wrong):
        page.goto(guide.url(""))
        page.get_by_role("button", name="Search", exact=True).wait_for()
        page.evaluate("dispatchEvent(new Event('keydown'))")
        page.keyboard.press("/")
        page.locator(FIELD).wait_for()
        page.locator(FIELD).evaluate("field => field.dispatchEvent(new Event('keydown', { bubbles: true }))")
        assert wrong == []


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
