"""Finding one's way: the chapter above a page, what leads on from its end, pages marked as read, missing addresses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from driver import PHONE, Guide, opened, violations
from playwright.sync_api import expect

from tools import site_build
from tools.bench import weight

pytestmark = pytest.mark.browser
DECISIONS = "topics/caching/decisions/"
PLAN = {"plan": "v=1&level=l5&track=platform&weeks=4&hours=6", "moved": {}, "moves": 1}


@pytest.fixture(scope="module")
def below_a_path() -> bool:
    """At the root, as the page for missing addresses expects."""
    return False


def test_every_page_says_its_chapter_and_leads_on_before_its_sources(guide: Guide) -> None:
    faults = []
    for document in guide.site.pages:
        if document.path in ("index.html", "404.html"):
            continue
        crumbs = document.tree.css("nav.hp-crumbs[aria-label=Breadcrumb] > ol > li")
        # The chapters that the navigation shows open, and the page, whichever of them it is.
        wanted = [node.text().strip() for node in document.tree.css(".hp-nav li:has(> ul) > a")]
        here = document.tree.css_first(".hp-nav [aria-current=page]").text().strip()
        wanted += [here] if not wanted or wanted[-1] != here else []
        if [node.text().strip() for node in crumbs] != ["Home", *wanted]:
            faults.append(f"{document.path}: {[node.text().strip() for node in crumbs]} for {wanted}")
        if [node.attributes.get("aria-current") for node in crumbs[-2:]] != [None, "page"]:
            faults.append(f"{document.path}: the last crumb is not the page")
        order = [node.attributes["class"] for node in document.tree.css(".hp-pagination, .hp-sources, .hp-footer")]
        if (
            order != [name for name in ("hp-pagination", "hp-more hp-sources", "hp-footer") if name in order]
            or "hp-pagination" not in order
        ):
            faults.append(f"{document.path}: {order}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("height", [420, 900])
def test_the_list_of_pages_shows_where_one_is(guide: Guide, height: int) -> None:
    """Also on the last page of the list, in a low window; the page itself stays at its head."""
    with opened(guide, viewport={"width": 1280, "height": height}) as (page, _):
        page.goto(guide.url(DECISIONS))
        for _ in range(2):
            expect(page.locator("#hp-nav [aria-current=page]")).to_be_in_viewport(ratio=1)
            assert page.evaluate("scrollY") == 0
            page.locator("#hp-nav li a").last.click()
            page.wait_for_load_state()


def test_an_old_address_is_seen_by_who_asks_for_it_alone(guide: Guide) -> None:
    """Without a script too. Its link can be reached by keyboard, and is seen then."""
    url = guide.first(".hp-moved [id]")
    for script in (True, False):
        with opened(guide, java_script_enabled=script) as (page, _):
            page.goto(url)
            box = page.locator(".hp-moved")
            link = box.get_by_role("link").first
            assert box.evaluate("box => box.getBoundingClientRect().height") <= 1
            link.focus()
            expect(link).to_be_in_viewport()
            old = page.locator(".hp-moved [id]").first.get_attribute("id")
            page.goto(guide.url("levels/"))
            page.goto(f"{url}#{old}")
            expect(link).to_be_in_viewport()
            assert box.evaluate("box => box.getBoundingClientRect().height") > 20


def test_each_chapter_of_the_contents_has_its_question(guide: Guide) -> None:
    contents = next(page for page in guide.site.pages if page.path == "contents/index.html")
    chapters = contents.tree.css("h2[id^=in-]:not(#in-home)")
    assert len(chapters) > 12
    for heading in chapters:
        following = heading.next
        while following is not None and following.tag == "-text":
            following = following.next
        assert (following.text().strip() if following is not None else "").endswith("?"), heading.text()


@pytest.mark.parametrize("reader", [{}, {"viewport": PHONE, "has_touch": True}], ids=["wide", "phone"])
def test_the_end_of_a_page_leads_on_in_the_readers_plan(guide: Guide, reader: dict[str, object]) -> None:
    with opened(guide, **reader) as (page, wrong):
        page.add_init_script(weight.WATCH)
        page.goto(guide.url(DECISIONS), wait_until="networkidle")
        expect(page.locator(".hp-next")).to_be_hidden()
        assert not [
            url
            for url in page.evaluate("performance.getEntriesByType('resource').map(e => e.name)")
            if "/late/" in url or "plan" in url
        ]
        track = json.loads(
            (site_build.scripts(guide.site.folder) / "data" / "plan" / "plan-platform.json").read_text("utf-8")
        )
        tasks = [task["id"] for task in track["tasks"] if "l5" in task["levels"]]
        page.evaluate("plan => localStorage.setItem('hp-plan/', JSON.stringify(plan))", PLAN)
        # Its first task is open, then the first that is not ticked, then none.
        page.goto(f"{guide.url(DECISIONS)}")
        page.evaluate("document.querySelector('.hp-end').scrollIntoView()")
        line = page.locator(".hp-next")
        expect(line).to_contain_text("Next in your plan")
        first = next(task["do"] for task in track["tasks"] if task["id"] == tasks[0])
        expect(line.get_by_role("link")).to_have_text(first)
        assert page.evaluate("hpSeen.shift") == 0
        assert line.evaluate("e => e.scrollWidth <= e.clientWidth && e.clientHeight < 60")
        page.evaluate("ids => localStorage.setItem('hp-checks/', JSON.stringify(ids))", tasks[:1])
        page.reload()
        expect(line.get_by_role("link")).not_to_have_text(first)
        page.evaluate("ids => localStorage.setItem('hp-checks/', JSON.stringify(ids))", tasks)
        page.reload()
        expect(line).to_contain_text("Every task of your plan is done.")
        expect(line.get_by_role("link", name="My plan")).to_have_attribute("href", guide.url("plan/mine/"))
        page.evaluate('localStorage.setItem(\'hp-plan/\', \'{"plan": "track=none", "moved": 3}\')')
        page.reload()
        expect(line).to_contain_text("plan")
        assert violations(page, "end") == []
        page.emulate_media(media="print")
        expect(page.locator(".hp-end")).to_be_hidden()
        expect(page.locator(".hp-crumbs")).to_be_hidden()
        assert wrong == []


def test_a_page_marked_as_read_shows_it_in_the_navigation_and_the_contents(guide: Guide) -> None:
    with opened(guide) as (page, wrong):
        page.goto(guide.url(DECISIONS))
        box = page.get_by_label("Mark this page as read")
        before = page.evaluate(
            "[...document.querySelectorAll('.hp-nav a')].map(e => e.getBoundingClientRect().x + ' ' + e.getBoundingClientRect().height)"
        )
        box.check()
        link = page.locator(".hp-nav .hp-done")
        expect(link).to_have_text("Decisions")
        assert (
            page.evaluate(
                "[...document.querySelectorAll('.hp-nav a')].map(e => e.getBoundingClientRect().x + ' ' + e.getBoundingClientRect().height)"
            )
            == before
        )
        assert page.evaluate("localStorage.getItem('hp-checks/')") == '["page-topics-caching-decisions"]'
        page.goto(guide.url("contents/"))
        expect(page.locator("article .hp-done")).to_have_text("Caching: decisions")
        expect(page.locator(".hp-nav .hp-done")).to_have_count(0)
        page.goto(guide.url(DECISIONS))
        expect(box).to_be_checked()
        box.uncheck()
        expect(link).to_have_count(0)
        assert page.evaluate("localStorage.getItem('hp-checks/')") == "[]"
        page.evaluate(
            "() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') } }"
        )
        box.check()
        expect(page.get_by_role("status")).to_contain_text("does not keep it")
        assert wrong == []
    with opened(guide, java_script_enabled=False) as (page, _):
        page.goto(guide.url(DECISIONS))
        expect(page.locator(".hp-read")).to_have_css("visibility", "hidden")


def test_no_two_pages_have_the_same_mark(guide: Guide) -> None:
    paths = [page.path.removesuffix("index.html") for page in guide.site.pages]
    marks = ["-".join(part for part in path.split("/") if part) for path in paths]
    assert len(set(marks)) == len(marks) > 80


def test_a_missing_address_is_looked_for(guide: Guide, site: Path) -> None:
    with opened(guide) as (page, wrong):
        for address, found in (
            ("topics/caching/hot-keys", "Hot key"),
            ("go/caching-freshnes/", "TTL, eviction and admission policy"),
        ):
            page.route(
                f"**/{address}",
                lambda route: route.fulfill(
                    status=404, body=(site / "404.html").read_text("utf-8"), content_type="text/html"
                ),
            )
            page.goto(guide.url(address))
            place = page.locator(".hp-missing")
            expect(place.locator("li").first).to_be_visible()
            assert found in (place.text_content() or ""), place.text_content()
        expect(page.get_by_role("link", name="Contents")).to_have_attribute("href", "/contents/")
        place.get_by_role("button", name="Search").click()
        expect(page.get_by_role("dialog").get_by_role("searchbox")).to_have_value("caching freshnes")
        expect(page.locator(".hp-results a").first).to_be_visible()
        assert violations(page, "missing") == []
        page.route(
            "**/%C3%28/",
            lambda route: route.fulfill(
                status=404, body=(site / "404.html").read_text("utf-8"), content_type="text/html"
            ),
        )
        page.goto(guide.url("%C3%28/"))
        expect(page.get_by_role("heading", level=1)).to_have_text("There is no page here")
        assert [fault for fault in wrong if "404" not in fault] == []


def test_what_changed_is_a_page(guide: Guide, site: Path) -> None:
    log = (site.parent / "CHANGELOG.md").read_text("utf-8")
    with opened(guide) as (page, wrong):
        page.goto(guide.url(""))
        page.get_by_role("link", name="What changed").click()
        page.wait_for_url("**/about/changes/")
        assert page.locator("article h2").count() == log.count("\n## ")
        assert page.locator("article li").count() >= log.count("\n- ")
        assert "#" not in page.locator("article").evaluate(
            "e => [...e.querySelectorAll('p, li, strong')].map(n => n.textContent).join()"
        )
        expect(page.get_by_role("link", name="feed", exact=True)).to_have_attribute("href", "../../feed.xml")
        assert wrong == []
