"""Progress: carried to another device by link and code, brought forward when ids change, summed up on a page."""

from __future__ import annotations

import base64
import io
import json
import random
from pathlib import Path
from urllib.parse import quote

import pytest
import zxingcpp
from driver import PHONE, Guide, opened, sideways, violations
from PIL import Image
from playwright.sync_api import Page, expect
from test_my_plan import CHOSEN, boxes, said, show, shown, store, stored

from macros.catalog import catalog
from macros.exports.plans import place
from macros.planner import plan
from macros.rows.base import LEVELS
from macros.rows.markup import plain
from tools import site_build

pytestmark = pytest.mark.browser
OFFER = ".hp-plan-visit:has(#plan-join)"
LINK = ".hp-plan-carried a"


@pytest.fixture(scope="module")
def numbered(site: Path) -> list[str]:
    """The id of each number, as the site has it."""
    return json.loads((site_build.scripts(site) / "data" / "plan" / "ticks.json").read_text("utf-8"))["ids"]


def fragment(numbers: set[int], length: int = 0) -> str:
    """What carries these numbers, worked out apart from the guide's script."""
    bits = bytearray(max(length, max(numbers, default=-1) // 8 + 1))
    for number in numbers:
        bits[number // 8] |= 1 << number % 8
    one = two = 1
    for byte in bits:
        one = (one + byte) % 255
        two = (two + one) % 255
    return "#t=1." + base64.urlsafe_b64encode(bytes([one, two]) + bits).decode().rstrip("=")


def fold(page: Page) -> str:
    """Open the fold to carry progress; return the link that it shows."""
    page.locator(".hp-plan-keeps summary").click()
    page.locator(LINK).wait_for()
    return page.locator(LINK).inner_text()


def read_code(page: Page) -> str:
    """Read the code off the screen, as a camera would."""
    with Image.open(io.BytesIO(page.locator(".hp-qr").screenshot())) as picture:
        found = zxingcpp.read_barcodes(picture)
    assert len(found) == 1
    return found[0].text


def arrive(guide: Guide, page: Page, hash: str, query: str = CHOSEN) -> None:
    page.goto("about:blank")
    show(guide, page, f"{query}{hash}")


# -- by link and code ------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_ticks_and_plan_go_to_another_device_by_link_and_by_code(
    guide: Guide, numbered: list[str], scheme: str
) -> None:
    with shown(guide, CHOSEN, permissions=["clipboard-read", "clipboard-write"], color_scheme=scheme) as (page, wrong):
        page.locator("[name=weeks]").select_option("6")
        mine = boxes(page)[:5]
        for id in mine:
            page.locator(f"#plan-check-{id}").check()
        store(page, "hp-checks", json.dumps([*mine, "l5-scoping", numbered[-1], "no-such-box"]))
        first = fold(page)
        page.locator("#plan-carry").click()
        expect(page.locator(".hp-plan-says")).to_contain_text("Copied, with your ticks in it")
        link = page.evaluate("navigator.clipboard.readText()")
        ticks = {*mine, "l5-scoping", numbered[-1]}
        query = CHOSEN.replace("weeks=4", "weeks=6")
        wanted = fragment({numbered.index(id) for id in ticks})
        assert link == first == guide.url(f"plan/mine/?{query}{wanted}")
        assert read_code(page) == link
        page.locator(f"#plan-check-{mine[0]}").uncheck()
        expect(page.locator(LINK)).not_to_have_text(link)  # what is shown is as it is now
        assert violations(page, "the fold") == []
        assert wrong == []
    with opened(guide) as (page, wrong):
        page.goto(link)
        expect(page.locator(OFFER)).to_contain_text(
            "This link carries 7 ticks and a plan (Platform, L5). 7 of the ticks"
        )
        assert stored(page, "hp-checks") is None
        assert violations(page, "the offer") == []
        page.locator("#plan-join").click()
        assert set(stored(page, "hp-checks")) == ticks
        assert stored(page, "hp-plan")["plan"] == query
        assert page.url == guide.url(f"plan/mine/?{query}")
        assert page.locator(".hp-plan-day input:checked").count() == 5
        expect(page.locator(OFFER)).to_have_count(0)
        page.locator("#plan-undo").click()
        assert (stored(page, "hp-checks"), stored(page, "hp-plan")) == (None, None)
        assert wrong == []


def test_what_comes_by_a_link_is_joined_and_takes_nothing_away(guide: Guide, numbered: list[str]) -> None:
    with shown(guide, CHOSEN) as (page, wrong):
        page.locator("[name=weeks]").select_option("2")
        own = stored(page, "hp-plan")
        store(page, "hp-checks", json.dumps(numbered[:3]))
        arrive(guide, page, fragment({2, 3, 4}))
        expect(page.locator(OFFER)).to_contain_text("carries 3 ticks")
        expect(page.locator(OFFER)).to_contain_text("2 of the ticks are not here yet")
        page.locator("#plan-leave").click()
        assert "#" not in page.url
        assert stored(page, "hp-checks") == numbered[:3]
        arrive(guide, page, fragment({2, 3, 4}))
        page.reload()  # not answered, so it asks again
        page.locator("#plan-join").click()
        assert (stored(page, "hp-checks"), stored(page, "hp-plan")) == (numbered[:5], own)
        expect(page.locator("#plan-keep")).to_be_visible()  # the plan that came along is looked at
        fold(page)
        assert "weeks=2" in page.locator(LINK).inner_text(), "one carries one's own plan"
        arrive(guide, page, fragment({0, 1}))
        expect(page.locator(".hp-plan-says")).to_contain_text("carries 2 ticks, and all of them are here already")
        arrive(guide, page, fragment({6, len(numbered), len(numbered) + 70}))
        expect(page.locator(OFFER)).to_contain_text("carries 1 tick ")
        expect(page.locator(OFFER)).to_contain_text("2 ticks of a newer edition cannot be read here")
        page.add_init_script("Storage.prototype.setItem = () => { throw new Error('full') }")
        page.reload()
        page.locator("#plan-join").click()
        expect(page.locator(".hp-plan-says")).to_contain_text("does not keep it")
        assert wrong == []


def test_every_box_fits_into_a_code_and_a_longer_text_does_not(guide: Guide, numbered: list[str]) -> None:
    codes = """async ([module, long]) => {
      const { code } = await import(module);
      return [code('x'.repeat(366)).viewBox.baseVal.width, code('x'.repeat(367)), code(long)];
    }"""
    with shown(guide, f"{CHOSEN}&end=2027-02-01&skip=123456") as (page, wrong):
        store(page, "hp-checks", json.dumps(numbered))
        link = fold(page)
        assert read_code(page) == link
        assert link.endswith(fragment(set(range(len(numbered)))))
        assert page.evaluate(codes, [guide.script("plan-carry.js"), "x" * 5000]) == [
            12 * 4 + 17 + 8,
            None,
            None,
        ]
        assert wrong == []


def hostile(count: int, seed: int) -> list[str]:
    """Fragments that no page of the guide makes."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    nasty = [
        "#t=", "#t=1", "#t=1.", "#t=2.AAAA", "#t=99999999999999999999.AQE", "#t=-1.AQE", "#t=1.=", "#t=1.A", "#t=1.AAAAA", "#t=1.A A", "#t=1.%41", "#t=1.AQF\u202e",
        "#t=1.<img src=x onerror=window.hacked=1>", "#t=1.__proto__", "#t=__proto__.AQE", "#t=1.constructor", "#t=1.toString", "#t=1.AQE\n", "#t=0.AQE", "#t=01.AQE", "#t=1.💥",
        "#t=1." + "A" * 2_000, "#t=1." + "A" * 1_000_000, "#t=" + "1" * 100_000, "#t=1." + "_" * 1_999, "#t=1.AQE.AQE", "#t=1.%00", "#t=%F0%28",
    ]  # fmt: skip
    good = fragment({chance.randrange(240) for _ in range(40)})
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    while len(nasty) < count:
        at = chance.randrange(5, len(good) - 1)
        kind = chance.randrange(4)
        if kind == 0:
            nasty.append(good[:at])  # cut
        elif kind == 1:
            nasty.append(good[:at] + chance.choice([c for c in letters if c != good[at]]) + good[at + 1 :])
        elif kind == 2:
            nasty.append("#t=1." + "".join(chance.choices(letters, k=chance.randrange(1, 1_900))))
        else:
            nasty.append("#t=1." + quote(chance.randbytes(chance.randrange(1, 60))))
    return nasty


@pytest.mark.parametrize("seed", [12, 20261129])
def test_a_hostile_fragment_is_refused_in_words_and_leaves_everything_as_it_was(
    guide: Guide, numbered: list[str], seed: int
) -> None:
    went = """async hash => {
      const says = document.querySelector('.hp-plan-says');
      says.textContent = '';
      const heard = new Promise(done => new MutationObserver((_, seen) => { seen.disconnect(); done(); }).observe(says, { childList: true }));
      location.hash = hash;
      await heard;
      return [says.textContent, location.hash];
    }"""
    with shown(guide, CHOSEN) as (page, wrong):
        page.locator("[name=weeks]").select_option("2")
        store(page, "hp-checks", json.dumps(numbered[:3]))
        before = page.evaluate("JSON.stringify(localStorage)")
        for case in hostile(120, seed):
            words, left = page.evaluate(went, case)
            assert words.startswith(("The ticks in this link ", "This link ")), (seed, case[:80], words)
            assert words.endswith("Nothing was added."), (seed, case[:80], words)
            assert left == "", (seed, case[:80])
        assert page.evaluate("JSON.stringify(localStorage)") == before
        assert page.evaluate("window.hacked === undefined && ({}).hacked === undefined")
        expect(page.locator(OFFER)).to_have_count(0)
        expect(page.locator(".hp-plan-day").first).to_be_visible()
        page.evaluate("location.hash = 'my-plan-choose'")  # a heading is no link with ticks
        assert page.url.endswith("#my-plan-choose")
        arrive(guide, page, hostile(1, seed)[22])  # megabytes in the address from the start
        expect(page.locator(".hp-plan-says")).to_contain_text("longer than any")
        assert wrong == []


def test_a_list_that_does_not_load_is_said_and_the_file_stays(guide: Guide) -> None:
    with opened(guide) as (page, _):
        page.route("**/ticks.json", lambda route: route.abort())
        arrive(guide, page, fragment({1}))
        expect(page.locator(".hp-plan-says")).to_contain_text("could not be read. Is there a network?")
        assert page.url.endswith(fragment({1})), "the ticks are still in the address"
        page.locator(".hp-plan-keeps summary").click()
        expect(page.locator(".hp-plan-carried")).to_contain_text("could not be made. Is there a network?")
        expect(page.locator("#plan-export")).to_be_visible()


def test_nothing_to_carry_with_is_loaded_before_it_is_asked_for(guide: Guide) -> None:
    asked: list[str] = []
    with opened(guide) as (page, wrong):
        page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[-1]))
        show(guide, page, CHOSEN)
        assert not {"ticks.json", "plan-carry.js"} & set(asked)
        fold(page)
        assert {"ticks.json", "plan-carry.js"} <= set(asked)
        assert wrong == []


# -- ids that are gone -----------------------------------------------------------------------------


def test_a_tick_of_an_id_that_is_gone_counts_for_its_successor(guide: Guide, numbered: list[str]) -> None:
    gone = {
        "task-gone": "task-send-questions",
        "l5-gone": "l5-scoping",
        "caching-check-gone": "caching-check-hard-part",
    }
    list_ = {"version": 1, "ids": [*numbered, *gone], "retired": gone}
    with opened(guide) as (page, wrong):
        page.route("**/ticks.json", lambda route: route.fulfill(json=list_))
        page.goto(guide.url("levels/self-check/"))
        store(page, "hp-checks", json.dumps([*gone, "something-else"]))
        page.reload()
        expect(page.locator("#check-l5-scoping")).to_be_checked()
        assert stored(page, "hp-checks") == [*gone.values(), "something-else"]
        page.locator("#check-l5-scoping").uncheck()
        page.reload()
        expect(page.locator("#check-l5-scoping")).not_to_be_checked()
        store(page, "hp-checks", json.dumps([*gone]))
        show(guide, page, CHOSEN)
        expect(page.locator("#plan-check-task-send-questions")).to_be_checked()
        store(page, "hp-checks", "[]")
        arrive(guide, page, fragment({len(numbered), len(numbered) + 1}))
        page.locator("#plan-join").click()
        assert stored(page, "hp-checks") == ["task-send-questions", "l5-scoping"]
        assert wrong == []


def test_every_box_of_the_site_has_a_number(guide: Guide, numbered: list[str]) -> None:
    found = {
        str(box.attributes["data-hp-check"])
        for document in guide.site.pages
        for box in document.tree.css("input[data-hp-check]")
    }
    assert len(found) > 200
    assert found <= set(numbered)


# -- sharing ---------------------------------------------------------------------------------------


def test_the_device_shares_the_plan_in_words_only(guide: Guide) -> None:
    with opened(guide) as (page, wrong):
        page.add_init_script(
            "navigator.share = async (what) => { window.shared = what; throw new DOMException('no', 'AbortError') }"
        )
        page.clock.set_fixed_time("2027-01-04T10:00:00")
        show(guide, page, f"{CHOSEN}&end=2027-02-05")
        store(page, "hp-checks", '["l5-scoping"]')
        page.locator("#plan-share").click()
        shared = page.evaluate("window.shared")
        assert shared["url"] == guide.url(f"plan/mine/?{CHOSEN}&end=2027-02-05")
        assert shared["text"] == (
            "A plan for Platform, L5: 4 weeks at 6 hours a week, from 4 January 2027, interview on 5 February 2027"
        )
        assert said(page) == ""
        page.add_init_script("delete Navigator.prototype.share; delete navigator.share")
        page.reload()
        page.locator("#plan-copy").wait_for()
        expect(page.locator("#plan-share")).to_have_count(0)
        assert wrong == []


@pytest.mark.parametrize("size", [{"width": 320, "height": 640}, PHONE], ids=["320", "phone"])
def test_the_code_fits_a_narrow_page(guide: Guide, size: dict[str, int]) -> None:
    with shown(guide, CHOSEN, viewport=size) as (page, wrong):
        fold(page)
        assert sideways(page) == 0
        assert read_code(page) == page.locator(LINK).inner_text()
        assert wrong == []


# -- the page My progress --------------------------------------------------------------------------

SHIFT = """new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const one of list.getEntries()) sum += one.value; }).observe({ type: 'layout-shift', buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
})"""


def line_of(page: Page, name: str) -> tuple[str, int, int]:
    """Return the words of a line of My progress, and the value and the end of its bar."""
    bar = page.locator(f"progress[aria-label='{name}']")
    value, end = bar.evaluate("bar => [bar.value, bar.max]")
    return page.locator("li, p").filter(has=bar).inner_text(), int(value), int(end)


def test_my_progress_counts_what_the_data_has_and_names_what_is_next(guide: Guide, rows: catalog.Catalog) -> None:
    wanted = plan(rows.all("task"), "track-platform", "l5", 4, 6).tasks
    done = {"l4": [row.id for row in rows.get("l4").rubric], "l5": ["l5-scoping", "l5-numbers"], "l6": []}
    checks = [row.id for row in rows.get("caching").checklist][:4]
    with shown(guide, CHOSEN) as (page, wrong):
        page.goto(guide.url("plan/progress/"))
        expect(page.locator(".hp-progress")).to_contain_text("Choose a plan in My plan")
        expect(page.locator("li", has_text="Self-check at L4")).to_contain_text("0 of 8 boxes")
        store(page, "hp-plan", json.dumps({"plan": CHOSEN, "moved": {}, "moves": 1}))
        store(page, "hp-checks", json.dumps([*done["l4"], *done["l5"], *checks, wanted[0].id, wanted[2].id]))
        page.reload()
        box = page.locator(".hp-progress")
        expect(box).to_contain_text(f"Platform, L5 2 of {len(wanted)} tasks")
        expect(box).to_contain_text(f"Next: {plain(wanted[1].do)} It takes {wanted[1].minutes} minutes.")
        assert line_of(page, "Your plan: tasks done")[1:] == (2, len(wanted))
        assert page.evaluate(SHIFT) == 0
        for level, ids in done.items():
            words, value, end = line_of(page, f"{level.upper()}: boxes ticked")
            assert (value, end) == (len(ids), len(rows.get(level).rubric))
            assert f"{value} of {end} boxes" in words
            assert (f"You are ready at {level.upper()} now: every box of " in words) == (level == "l4")
        for topic in rows.all("topic"):
            words, value, end = line_of(page, f"{topic.title}: boxes ticked")
            assert (value, end) == (4 if topic.id == "caching" else 0, len(topic.checklist))
        other = page.context.new_page()  # another tab ticks the next task
        other.goto(guide.url("plan/all-tasks/"))
        other.locator(f"#check-{wanted[1].id}").check()
        expect(box).to_contain_text(f"3 of {len(wanted)} tasks")
        expect(box).to_contain_text(f"Next: {plain(wanted[3].do)}")
        href = box.locator("a").last.get_attribute("href") or ""
        assert href == guide.url(place(rows, wanted[3].at))
        assert page.request.get(href).ok
        assert violations(page, "my progress") == []
        every = [*wanted, *rows.get("l5").rubric]
        store(page, "hp-checks", json.dumps([*done["l4"], *(row.id for row in every)]))
        page.reload()
        expect(box).to_contain_text("Every task of your plan is done.")
        assert "You are ready at L5 now: every box of L4 and L5 is ticked." in line_of(page, "L5: boxes ticked")[0]
        page.route("**/plan-platform.json", lambda route: route.abort())
        page.reload()
        expect(box).to_contain_text("could not be loaded. Is there a network?")
        expect(page.locator("li", has_text="Self-check at L5")).to_contain_text("9 of 9 boxes")
        assert [fault for fault in wrong if "plan-platform.json" not in fault and "ERR_FAILED" not in fault] == []


@pytest.mark.parametrize(
    "what", ["null", "[]", '{"plan": 7}', '{"plan": "track=__proto__&level=<b>&weeks=1e9", "moved": []}', "{"]
)
def test_a_stored_plan_that_is_none_leaves_the_page_whole(guide: Guide, what: str) -> None:
    with opened(guide, viewport={"width": 320, "height": 640}) as (page, wrong):
        page.goto(guide.url("plan/progress/"))
        store(page, "hp-plan", what)
        store(page, "hp-checks", '["l4-scoping", "__proto__", 7]')
        page.reload()
        expect(page.locator("li", has_text="Self-check at L4")).to_contain_text("1 of 8 boxes")
        expect(page.locator(".hp-progress")).to_contain_text("Next: " if "track" in what else "Choose a plan")
        assert sideways(page) == 0
        assert wrong == []


def test_without_a_script_my_progress_is_a_list_of_links(guide: Guide, rows: catalog.Catalog) -> None:
    with opened(guide, java_script_enabled=False) as (page, wrong):
        page.goto(guide.url("plan/progress/"))
        links = page.locator("article li:has(progress) a:not(.headerlink)")
        assert links.count() == len(LEVELS) + len(rows.all("topic"))
        level = page.locator("article li:has(progress)").nth(1)
        expect(level).to_contain_text("You are ready at L5 when every box of L4 and L5 is ticked. 9 boxes")
        expect(page.locator("progress").first).to_be_hidden()
        for link in links.evaluate_all("all => all.map(one => one.href)"):
            page.goto(link)
            expect(page.locator(f"[id='{link.split('#')[1]}']")).to_be_visible()
        assert wrong == []
