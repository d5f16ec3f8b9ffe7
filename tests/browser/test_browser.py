"""The built guide in a real Chromium: keyboard, phone, dark, no script, no storage, paper, and the axe engine."""

from __future__ import annotations

import io
import json
import unicodedata
from pathlib import Path

import checker
import driver
import pytest
from driver import DESKTOP, PHONE, Guide, opened, violations
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from selectolax.lexbor import LexborNode

from macros.catalog import catalog

pytestmark = pytest.mark.browser
BOX = "input[data-hp-check]"
PLAN = "six-weeks"
# Two phones, and both sides of the widths at which the layout changes.
WIDTHS = (360, 320, 700, 712, 900, 1020, 1030, 1300, 1320)


@pytest.fixture(scope="module")
def below_a_path() -> bool:
    """At the root of its server, as most checks of single pages are written."""
    return False


@pytest.fixture(scope="module")
def data(site: Path) -> catalog.Catalog:
    return catalog.load(site.parent)


def home_of(guide: Guide, data: catalog.Catalog, id: str) -> str:
    """The address of the page that a row stands on."""
    return guide.url(data.pages[data.homes[id].page].url)


# -- every page ------------------------------------------------------------------------------------


def test_every_page_loads_clean_and_fits_every_width(guide: Guide) -> None:
    faults = []
    with opened(guide, viewport=PHONE) as (page, wrong):
        for url in guide.urls:
            page.set_viewport_size(PHONE)
            page.goto(url)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 740})
                if (more := driver.sideways(page)) > 0:
                    faults.append(f"{url}: {more} px wider than {width} px: {widest(page)}")
            faults += [f"{url}: {what}" for what in wrong]
            wrong.clear()
    assert not faults, "\n".join(faults)


def widest(page: Page) -> str:
    """Return the element that reaches furthest to the right."""
    return page.evaluate(
        """() => { const w = document.documentElement.clientWidth;
        const over = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > w + 0.5);
        const last = over.at(-1); return last ? last.outerHTML.slice(0, 160) : '' }"""
    )


# The rules that look at colours see the same in every element that has the same classes around it. They take most of the
# time, so they are asked for on as many pages as it takes to see everything once; all others are asked for on every page.
OF_COLOURS = ("color-contrast", "link-in-text-block")
COLOURS = {"runOnly": {"type": "rule", "values": [*OF_COLOURS]}}
OTHERS = {"rules": {rule: {"enabled": False} for rule in OF_COLOURS}}


def looks(document: checker.Document) -> set[tuple[str, ...]]:
    """Return how the elements of a page can look: their tags and classes, with those of the two elements around each."""
    found = set()
    for node in document.tree.css("body *"):
        chain: list[str] = []
        one: LexborNode | None = node
        while one is not None and len(chain) < 3:
            chain.append(f"{one.tag}.{one.attributes.get('class') or ''}")
            one = one.parent
        found.add(tuple(chain))
    return found


def covering(pages: dict[str, set[tuple[str, ...]]]) -> list[str]:
    """Return few of the pages, the richest first, on which everything stands that stands on any of them."""
    left, chosen = set[tuple[str, ...]]().union(*pages.values()), []
    while left:
        chosen.append(max(sorted(pages), key=lambda url: len(pages[url] & left)))
        left -= pages[chosen[-1]]
    return chosen


def test_axe_finds_nothing_on_any_page(guide: Guide) -> None:
    faults = []
    with opened(guide) as (page, _):
        for url in (*guide.urls, guide.url(checker.NOT_FOUND)):
            page.goto(url)
            faults += violations(page, url.removeprefix(guide.base), OTHERS)
    assert not faults, f"{len(faults)} violations\n" + "\n".join(faults)


def test_axe_finds_no_colour_wrong_in_light_and_dark(guide: Guide) -> None:
    faults = []
    pages = covering({document.path: looks(document) for document in guide.site.pages})
    assert len(pages) > 10
    with opened(guide, reduced_motion="reduce") as (page, _):
        for path in pages:
            page.goto(guide.url(path))
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                faults += violations(page, f"{path} ({scheme})", COLOURS)
    assert not faults, f"{len(faults)} violations\n" + "\n".join(faults)


def test_few_pages_show_all_that_is_on_any() -> None:
    pages = {"a": {("p.",), ("b.",)}, "b": {("p.",)}, "c": {("i.", "p."), ("p.",)}}
    assert covering(pages) == ["a", "c"]


def test_axe_finds_nothing_on_a_phone(guide: Guide, data: catalog.Catalog) -> None:
    faults = []
    sample = {
        guide.url(""),
        guide.first("details"),
        guide.first("table"),
        guide.first(".hp-turn"),
        home_of(guide, data, PLAN),
    }
    with opened(guide, viewport=PHONE, has_touch=True, is_mobile=True) as (page, _):
        for url in sorted(sample):
            page.goto(url)
            page.evaluate("for (const box of document.querySelectorAll('details')) box.open = true")
            faults += violations(page, url.removeprefix(guide.base))
        page.get_by_role("button", name="Menu", exact=True).tap()
        faults += violations(page, "with the contents open")
    assert not faults, "\n".join(faults)


def test_axe_is_awake(guide: Guide) -> None:
    with opened(guide) as (page, _):
        page.goto(guide.url(""))
        page.evaluate(
            "document.querySelector('article').insertAdjacentHTML('beforeend', '<img src=\"x.png\"><input type=\"checkbox\">')"
        )
        assert {fault.split(": ")[1] for fault in violations(page, "home")} == {"image-alt", "label"}


def test_faults_of_a_page_are_heard(guide: Guide) -> None:
    with opened(guide, viewport=PHONE) as (page, wrong):
        page.goto(guide.url(""))
        page.evaluate(
            """async () => {
              document.querySelector('article').insertAdjacentHTML('beforeend', '<pre class="x">x</pre>');
              document.querySelector('.x').animate([], 1);
              document.querySelector('.x').setAttribute('style', 'width: 900px');
              console.error('seen');
              await fetch('http://127.0.0.1:9/').catch(() => 0);
              await fetch('lost').catch(() => 0);
            }"""
        )
        said = " ".join(wrong)
        assert "console: seen" in said
        assert "outside: http://127.0.0.1:9/" in said or "Content Security Policy" in said
        assert f"404: {guide.base}/lost" in said or "Content Security Policy" in said


# -- keyboard --------------------------------------------------------------------------------------


def test_the_first_tab_stop_skips_to_the_content(guide: Guide, data: catalog.Catalog) -> None:
    with opened(guide) as (page, _):
        page.goto(home_of(guide, data, PLAN))
        page.keyboard.press("Tab")
        link = page.locator(".md-skip")
        expect(link).to_be_focused()
        expect(link).to_be_in_viewport()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('article') !== null"), driver.focused(page)


def test_contents_open_and_close_by_keyboard_on_a_phone(guide: Guide, data: catalog.Catalog) -> None:
    with opened(guide, viewport=PHONE) as (page, _):
        page.goto(home_of(guide, data, PLAN))
        for name, list_id in (("Menu", "#hp-nav"), ("Page", "#hp-toc")):
            button, contents = page.get_by_role("button", name=name, exact=True), page.locator(list_id)
            expect(contents).to_be_hidden()
            driver.press_until(page, f"[popovertarget='{list_id[1:]}']")
            page.keyboard.press("Enter")
            expect(contents).to_be_visible()
            page.keyboard.press("Tab")
            assert page.evaluate("id => document.activeElement.closest(id) !== null", list_id), driver.focused(page)
            page.keyboard.press("Escape")
            expect(contents).to_be_hidden()
            expect(button).to_be_focused()


def test_a_choice_in_the_contents_leads_there(guide: Guide) -> None:
    with opened(guide, viewport=PHONE) as (page, _):
        page.goto(guide.url(""))
        page.get_by_role("button", name="Menu", exact=True).press("Enter")
        link = page.locator("#hp-nav a:not([aria-current])").first
        address = link.evaluate("a => a.href")
        link.press("Enter")
        page.wait_for_url(address)
        expect(page.locator("h1")).to_have_count(1)


def test_the_scheme_is_chosen_by_a_button_and_kept(guide: Guide) -> None:
    with opened(guide, color_scheme="light") as (page, wrong):
        page.goto(guide.url(""))
        before = page.evaluate(driver.CONTRAST, "article p")["background"]
        driver.press_until(page, "#hp-scheme")
        page.keyboard.press("Enter")
        after = page.evaluate(driver.CONTRAST, "article p")["background"]
        assert before != after
        page.goto(guide.urls[-1])
        assert page.evaluate(driver.CONTRAST, "article p")["background"] == after
        expect(page.locator("#hp-scheme")).to_have_text("Light")
        page.locator("#hp-scheme").press("Space")
        page.reload()
        assert page.evaluate(driver.CONTRAST, "article p")["background"] == before
        assert wrong == []


def test_every_stop_of_the_keyboard_can_be_seen(guide: Guide) -> None:
    with opened(guide, reduced_motion="reduce") as (page, _):
        page.goto(guide.first("details"))
        hidden = []
        for _ in range(60):
            page.keyboard.press("Tab")
            shown = page.evaluate(
                """() => { const e = document.activeElement; if (e === document.body) return true;
                const b = e.getBoundingClientRect(), s = getComputedStyle(e);
                return b.width > 0 && b.height > 0 && b.bottom > 0 && b.top < innerHeight && s.visibility === 'visible'
                  && (s.outlineStyle !== 'none' || s.boxShadow !== 'none') }"""
            )
            hidden += [] if shown else [driver.focused(page)]
        assert hidden == []


# -- checklists ------------------------------------------------------------------------------------


def test_a_line_to_tick_has_no_bullet_before_its_box_has_come(guide: Guide) -> None:
    """A slow page can be painted between the two; the line would then move when the box comes."""
    url = guide.url("plan/all-tasks/")
    with opened(guide) as (page, _):
        whole = page.request.get(url).text()
        page.route(
            url, lambda route: route.fulfill(body=whole.split('<input type="checkbox"')[0], content_type="text/html")
        )
        page.goto(url)
        line = page.locator("article li").last
        assert line.evaluate("li => [li.innerHTML, li.offsetHeight]") == ["", 0]


def test_a_tick_by_keyboard_survives_a_reload(guide: Guide) -> None:
    with opened(guide) as (page, wrong):
        page.goto(guide.first(BOX))
        driver.press_until(page, BOX)
        id = page.evaluate("document.activeElement.dataset.hpCheck")
        page.keyboard.press("Space")
        assert json.loads(
            page.evaluate("localStorage.getItem('hp-checks' + document.documentElement.dataset.hpBase)")
        ) == [id]
        page.reload()
        expect(page.locator(f"[data-hp-check='{id}']")).to_be_checked()
        assert page.locator(f"{BOX}:checked").count() == 1
        expect(page.get_by_role("status")).to_have_count(0)
        page.locator(f"[data-hp-check='{id}']").press("Space")
        page.reload()
        assert page.locator(f"{BOX}:checked").count() == 0
        assert wrong == []


def test_what_is_not_ours_in_the_storage_is_ignored(guide: Guide) -> None:
    url = guide.first(BOX)
    with opened(guide) as (page, wrong):
        page.goto(url)
        for kept in ('"x"', "{", "null", '[1, null, {"a": 1}]', '["<img src=x onerror=alert(1)>"]'):
            page.evaluate(
                "kept => localStorage.setItem('hp-checks' + document.documentElement.dataset.hpBase, kept)", kept
            )
            page.evaluate("localStorage.setItem('hp-scheme' + document.documentElement.dataset.hpBase, '<x>')")
            page.reload()
            assert page.locator(f"{BOX}:checked").count() == 0
            page.locator(BOX).first.check()
            after = json.loads(
                page.evaluate("localStorage.getItem('hp-checks' + document.documentElement.dataset.hpBase)")
            )
            assert page.locator(BOX).first.get_attribute("data-hp-check") in after
            assert all(isinstance(id, str) for id in after), after
        assert wrong == []


# What each region that speaks says when it comes into the page.
CAME = """() => { window.came = []; new MutationObserver(all => all.forEach(one => one.addedNodes.forEach(node => {
  if (node.nodeType === 1 && node.matches('[role=status]')) window.came.push(node.textContent) }))).observe(document.body, { childList: true, subtree: true }) }"""


@pytest.mark.parametrize(
    "broken",
    [
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }",
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('off', 'SecurityError') } })",
    ],
    ids=["full", "off"],
)
def test_a_tick_that_cannot_be_kept_is_said(guide: Guide, broken: str) -> None:
    with opened(guide) as (page, wrong):
        page.add_init_script(broken)
        page.goto(guide.first(BOX))
        expect(page.get_by_role("status")).to_have_count(0)
        page.evaluate(CAME)
        page.locator(BOX).first.check()
        expect(page.get_by_role("status")).to_contain_text("does not keep ticks")
        page.locator(BOX).nth(1).check()
        # At the box it is about, and there before its words are: else a screen reader says nothing.
        expect(page.locator(f"li:has({BOX})").nth(1).get_by_role("status")).to_contain_text("does not keep ticks")
        expect(page.get_by_role("status")).to_have_count(1)
        assert page.evaluate("window.came") == ["", ""]
        page.locator("#hp-scheme").click()
        assert wrong == []


# -- within a page ---------------------------------------------------------------------------------


def test_a_link_opens_what_it_leads_into(guide: Guide) -> None:
    url = guide.first("details[id]")
    with opened(guide) as (page, _):
        page.goto(url)
        ids = page.eval_on_selector_all("details[id]", "boxes => boxes.map(box => box.id)")
        assert page.locator("details[open]").count() == 0
        page.goto(f"{url}#{ids[0]}")
        page.reload()
        expect(page.locator(f"#{ids[0]}")).to_have_attribute("open", "")
        expect(page.locator(f"#{ids[0]}")).to_be_in_viewport()
        page.evaluate("id => { location.hash = id }", ids[-1])
        expect(page.locator(f"#{ids[-1]}")).to_have_attribute("open", "")
        for strange in ("%E0%A4%A", "<b>", "no-such-row"):
            page.evaluate("id => { location.hash = id }", strange)
        expect(page.locator("h1")).to_be_attached()


MARKED = "() => [...document.querySelectorAll('#hp-toc [aria-current]')].map(a => a.hash.slice(1))"


def test_the_contents_mark_where_one_is_in_both_directions_and_after_jumps(guide: Guide) -> None:
    with opened(guide, viewport={"width": 1320, "height": 800}, reduced_motion="reduce") as (page, _):
        page.goto(guide.url("levels/l5/"))
        ids = page.eval_on_selector_all("#hp-toc a", "all => all.map(a => a.hash.slice(1))")
        assert len(ids) > 4
        middle = [*range(1, len(ids) - 2), *range(len(ids) - 3, 0, -1)]  # down, and up again
        for n in middle:
            page.evaluate("id => scrollBy(0, document.getElementById(id).getBoundingClientRect().top - 50)", ids[n])
            page.wait_for_function(f"id => ({MARKED})().join() === id", arg=ids[n])
            # The section before it comes into view, as far as a short one has room.
            page.evaluate(
                "ids => { const [before, top] = ids.map(id => document.getElementById(id).getBoundingClientRect().top);"
                " scrollBy(0, top - 50 - Math.min(250, top - before)) }",
                [ids[n - 1], ids[n]],
            )
            page.wait_for_function(f"id => ({MARKED})().join() === id", arg=ids[n - 1])
        page.keyboard.press("End")
        page.wait_for_function(f"id => ({MARKED})().join() === id", arg=ids[-1])
        for n in (-1, -2, 0):
            page.locator("#hp-toc a").nth(n % len(ids)).click()
            page.wait_for_function(f"id => ({MARKED})().join() === id", arg=ids[n])


def test_a_heading_is_not_under_the_header_when_linked_to(guide: Guide) -> None:
    with opened(guide, viewport=PHONE, reduced_motion="reduce") as (page, _):
        page.goto(guide.first("details[id]"))
        bottom = page.evaluate("document.querySelector('header').getBoundingClientRect().bottom")
        for id in page.eval_on_selector_all("article :is(h2, h3)[id]", "all => all.map(e => e.id)"):
            top = page.evaluate(
                "id => { location.hash = id; return document.getElementById(id).getBoundingClientRect().top }", id
            )
            assert top >= bottom - 1, f"#{id} is at {top}, the header ends at {bottom}"


# -- without script --------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["wide", "phone"])
def test_without_script_everything_is_still_there(guide: Guide, size: dict[str, int]) -> None:
    with opened(guide, java_script_enabled=False, viewport=size) as (page, _):
        page.goto(guide.first("details[id]"))
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator("#hp-scheme")).to_be_hidden()
        box = page.locator("details[id]").first
        expect(box.locator("p").first).to_be_hidden()
        box.locator("summary").click()
        expect(box.locator("p").first).to_be_visible()
        page.goto(guide.first(BOX))
        page.locator(BOX).first.check()
        expect(page.locator(BOX).first).to_be_checked()
        label = page.locator(f"label[for='{page.locator(BOX).nth(1).get_attribute('id')}']")
        label.click(position={"x": 3, "y": 8})
        expect(page.locator(BOX).nth(1)).to_be_checked()
        if size == PHONE:
            page.get_by_role("button", name="Menu", exact=True).click()
        link = page.locator("#hp-nav a:not([aria-current])").first
        expect(link).to_be_visible()
        address = page.url
        link.click()
        assert page.url != address


# -- look ------------------------------------------------------------------------------------------


def test_light_and_dark_differ_and_both_can_be_read(guide: Guide) -> None:
    seen = {}
    with opened(guide) as (page, _):
        page.goto(guide.first(".hp-meta"))
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            for query in ("article > p", "article h1", ".hp-meta", "article a[href]", ".hp-footer p", ".hp-unofficial"):
                measured = page.evaluate(driver.CONTRAST, query)
                assert measured["ratio"] >= 4.5, f"{query} in {scheme}: {measured}"
            seen[scheme] = page.evaluate(driver.CONTRAST, "article > p")["background"]
    assert seen["light"] != seen["dark"]


def test_what_is_tapped_in_the_header_is_large_enough(guide: Guide) -> None:
    with opened(guide, viewport=PHONE, has_touch=True, is_mobile=True) as (page, _):
        page.goto(guide.first("article h2"))
        sizes = page.eval_on_selector_all(
            "header a, header button",
            "all => all.filter(e => e.checkVisibility()).map(e => [e.textContent.trim(), e.getBoundingClientRect().width, e.getBoundingClientRect().height])",
        )
        assert len(sizes) >= 3
        assert [row for row in sizes if row[1] < 44 or row[2] < 44] == []
        page.get_by_role("button", name="Menu", exact=True).tap()
        low = page.eval_on_selector_all(
            "#hp-nav a", "all => all.filter(e => e.getBoundingClientRect().height < 44).map(e => e.textContent)"
        )
        assert low == []


def test_nothing_moves_by_itself_or_for_those_who_ask_for_rest(guide: Guide) -> None:
    moving = """() => [...document.querySelectorAll('*')].filter(e => { const s = getComputedStyle(e);
      return parseFloat(s.transitionDuration) > 0 || parseFloat(s.animationDuration) > 0 }).map(e => e.outerHTML.slice(0, 80))"""
    with opened(guide, reduced_motion="reduce") as (page, _):
        page.goto(guide.url(""))
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
        assert page.evaluate(moving) == []
        page.emulate_media(reduced_motion="no-preference")
        assert page.evaluate("document.getAnimations().length") == 0


# -- paper -----------------------------------------------------------------------------------------


def squeezed(text: str) -> str:
    """Text without white space and hyphens, since lines break elsewhere on paper; ligatures as letters."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if not c.isspace() and c not in "-\u2010\u2011\u00ad")


def printed(page: Page) -> tuple[list[str], str]:
    """Print a page; return the text of each sheet, squeezed, and of all of them without their running heads and feet."""
    sheets = [
        squeezed(sheet.extract_text()) for sheet in PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    ]
    bare = [
        s.replace(squeezed("The Hard Part, an unofficial guide"), "").replace(f"{n}/{len(sheets)}", "")
        for n, s in enumerate(sheets, 1)
    ]
    return sheets, "".join(bare)


def screen_texts(page: Page, query: str) -> list[str]:
    """What stands in the elements that fit the query, hidden or not, squeezed."""
    return [squeezed(text) for text in page.eval_on_selector_all(query, "all => all.map(e => e.textContent)")]


def nothing_to_press(page: Page, text: str) -> list[str]:
    """Words of the navigation that came out on paper although nobody can press them."""
    words = page.eval_on_selector_all(".md-skip, .hp-tools button", "all => all.map(e => e.textContent.trim())")
    links = page.eval_on_selector_all(".hp-pagination a", "all => all.map(e => e.textContent.trim())")
    names = "".join(page.eval_on_selector_all("#hp-nav > ul > li > a", "all => all.map(e => e.textContent.trim())"))
    article = squeezed(page.locator("article").text_content() or "")  # with what is folded on screen
    return [
        word for word in [*words, *links, names] if (gone := squeezed(word)) and gone in text and gone not in article
    ]


def test_the_plan_comes_out_on_paper(guide: Guide, data: catalog.Catalog) -> None:
    with opened(guide) as (page, _):
        page.goto(home_of(guide, data, PLAN))
        tasks = screen_texts(page, "article label:not(.hp-read label)")
        rows = [data.get(task) for week in data.get(PLAN).weeks for day in week.days for task in day.tasks]
        assert len(tasks) == len(rows) > 0
        page.emulate_media(media="print")
        boxes = page.eval_on_selector_all(
            BOX, "all => all.filter(e => e.checkVisibility() && e.getBoundingClientRect().width > 8).length"
        )
        page.emulate_media(media="null")
        sheets, text = printed(page)
        assert boxes == len(rows)
        assert [task for task in tasks if task not in text] == []
        assert [sheet[-60:] for n, sheet in enumerate(sheets, 1) if f"{n}/{len(sheets)}" not in sheet] == []
        assert nothing_to_press(page, text) == []


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_all_answers_come_out_on_paper(guide: Guide, data: catalog.Catalog, script: bool) -> None:
    owner = max((*data.all("topic"), *data.all("component")), key=lambda row: len(row.probes))
    with opened(guide, java_script_enabled=script) as (page, _):
        page.goto(home_of(guide, data, owner.probes[0].id))
        answers = screen_texts(page, "details p")
        assert len(answers) >= 2 * len(owner.probes)
        sheets, text = printed(page)
        lost = [answer for answer in answers if answer not in text]
        assert not lost, f"{len(lost)} of {len(answers)} answers, such as {lost[0]}"
        assert f"1/{len(sheets)}" in sheets[0]
        assert f"{len(sheets)}/{len(sheets)}" in sheets[-1]
        assert nothing_to_press(page, text) == []


def test_what_was_hidden_is_open_while_the_page_is_printed(guide: Guide) -> None:
    with opened(guide) as (page, _):
        page.goto(guide.first("details ~ details"))
        count = page.locator("details").count()
        page.locator("summary").first.click()
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.locator("details[open]").count() == count > 1
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.locator("details[open]").count() == 1
