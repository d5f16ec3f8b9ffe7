"""My plan in a browser: chosen by hand or by an address, dated, ticked, moved on, taken along, printed."""

from __future__ import annotations

import datetime
import io
import json
import random
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from driver import PHONE, Guide, opened, press_until, sideways, violations
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from macros.catalog import catalog
from macros.exports.plans import character, choices, short
from macros.planner import plan
from macros.rows.base import LEVELS

pytestmark = pytest.mark.browser
MONDAY = datetime.date(2027, 1, 4)
CHOSEN = "v=1&level=l5&track=platform&weeks=4&hours=6&start=2027-01-04"


@contextmanager
def shown(
    guide: Guide, query: str = "", day: str = "2027-01-04", **options: object
) -> Iterator[tuple[Page, list[str]]]:
    """Open My plan on a day, with a query; yield the page and what goes wrong on it."""
    with opened(guide, **options) as (page, wrong):
        page.clock.set_fixed_time(f"{day}T10:00:00")
        show(guide, page, query)
        yield page, wrong


def show(guide: Guide, page: Page, query: str = "") -> None:
    page.goto(guide.url(f"plan/mine/{query and '?'}{query}"))
    page.locator(".hp-plan-day").first.wait_for()


def stored(page: Page, key: str) -> Any:
    """What is kept under a key of this guide, which ends with the path of the site."""
    return json.loads(page.evaluate("key => localStorage.getItem(`${key}/site/`)", key) or "null")


def store(page: Page, key: str, value: str) -> None:
    page.evaluate("([key, value]) => localStorage.setItem(`${key}/site/`, value)", [key, value])


def days(page: Page) -> list[str]:
    return [words.split(" · ")[0] for words in page.locator(".hp-plan-day h3").all_inner_texts()]


def boxes(page: Page) -> list[str]:
    return page.locator(".hp-plan-day input").evaluate_all("all => all.map(one => one.dataset.hpTask)")


def said(page: Page) -> str:
    return page.locator(".hp-plan-says").inner_text()


# -- what is shown ---------------------------------------------------------------------------------


def test_every_plan_is_the_one_that_the_planner_made(guide: Guide, rows: catalog.Catalog) -> None:
    read = """async ([days, file, level]) => {
      const [{ decode }, track] = await Promise.all([import(days), fetch(file).then(answer => answer.json())]);
      const ids = track.tasks.filter(task => task.levels.includes(level)).map(task => task.id);
      return track.plans[level].map(text => decode(text, ids));
    }"""
    with shown(guide) as (page, wrong):
        module = guide.script("plan-days.js")
        for track in rows.all("track"):
            for level in LEVELS:
                found = page.evaluate(read, [module, guide.script(f"data/plan/plan-{short(track.id)}.json"), level])
                for (weeks, hours), one in zip(choices(), found, strict=True):
                    wanted = plan(rows.all("task"), track.id, level, weeks, hours).weeks
                    assert one == [[[task.id for task in day] for day in week] for week in wanted]
        ids, texts = [f"task-{number}" for number in range(200)], [character(number) for number in range(200)]
        every = "async ([days, texts, ids]) => { const { decode } = await import(days); return texts.map(text => decode(text, ids)) }"
        assert page.evaluate(every, [module, texts, ids]) == [[[[id]]] for id in ids]
        assert wrong == []


def test_an_address_shows_its_plan_with_dates(guide: Guide, rows: catalog.Catalog) -> None:
    with shown(guide, CHOSEN, day="2026-12-01") as (page, wrong):
        wanted = plan(rows.all("task"), "track-platform", "l5", 4, 6)
        assert boxes(page) == [task.id for task in wanted.tasks]
        assert days(page)[0] == "Monday 4 January"
        task = wanted.tasks[0]
        line = page.locator(f"li:has(#plan-check-{task.id})")
        expect(line).to_contain_text(f"{task.minutes} min")
        expect(line).to_contain_text(task.output)
        if task.why:
            expect(line).to_contain_text(f"Why this: {task.why}")
        assert page.request.get(line.locator("a").get_attribute("href") or "").ok
        named = page.locator(".hp-plan-out li")
        assert named.count() == len(wanted.left_out)
        assert wrong == []


@pytest.mark.parametrize(
    ("field", "value"), [("weeks", "6"), ("hours", "12"), ("level", "l6"), ("weeks", "0"), ("start", "2027-02-01")]
)
def test_another_choice_shows_its_plan_and_names_it_in_the_address(
    guide: Guide, rows: catalog.Catalog, field: str, value: str
) -> None:
    """How soon, make bench tells: see `tools.bench.browser.choice_rows`."""
    choice = {"level": "l5", "weeks": "4", "hours": "6", field: value}
    wanted = plan(rows.all("task"), "track-platform", choice["level"], int(choice["weeks"]), int(choice["hours"]))
    with shown(guide, CHOSEN) as (page, wrong):
        control = page.locator(f".hp-plan-form [name={field}]")
        control.fill(value) if field == "start" else control.select_option(value)
        expect(page).to_have_url(re.compile(rf"\b{field}={value}\b"))
        assert boxes(page) == [task.id for task in wanted.tasks]
        if field == "start":
            assert days(page)[0] == "Monday 1 February"
        assert wrong == []


def test_no_day_falls_on_a_skipped_weekday_and_the_interview_is_counted_down(guide: Guide) -> None:
    with shown(guide, "v=1&weeks=3&hours=12&skip=36&end=2027-01-25") as (page, wrong):
        found = days(page)
        assert not [day for day in found if day.startswith(("Wednesday", "Saturday"))]
        assert found[0] == "Monday 4 January"
        expect(page.locator(".hp-plan-sum")).to_contain_text("21 days to the interview on Monday 25 January")
        assert all(" February" not in day and "25 January" not in day for day in found)
        expect(page.locator(".hp-plan-says")).to_contain_text("some days get two")
        assert wrong == []


def test_today_stands_first_and_done_is_counted_against_expected(guide: Guide) -> None:
    with shown(guide, CHOSEN, day="2027-01-06") as (page, wrong):
        assert page.locator(".hp-plan h2").first.inner_text() == "Today, Wednesday 6 January"
        assert days(page)[0] == "Wednesday 6 January"
        expected = int(re.search(r"Expected before today: (\d+)", page.inner_text(".hp-plan-sum"))[1])  # type: ignore[index]
        missed = page.locator(".hp-plan-day", has_text="Monday 4 January").locator("input")
        count = missed.count()
        assert 0 < count <= expected
        for index in range(count):
            missed.nth(index).check()
        expect(page.locator(".hp-plan-sum")).to_contain_text(f"of which {count} are done")
        expect(page.locator(".hp-plan-sum")).to_contain_text(f"Done: {count} of ")
        assert wrong == []


def test_a_missed_day_moves_to_a_free_day_and_stays_there(guide: Guide) -> None:
    with shown(guide, CHOSEN, day="2027-01-06") as (page, wrong):
        first = page.locator(".hp-plan-day", has_text="Monday 4 January")
        tasks = first.locator("input").evaluate_all("all => all.map(one => one.id)")
        move = first.get_by_role("button", name="Move to")
        to = move.inner_text().removeprefix("Move to ")
        assert to not in days(page)
        move.click()
        expect(page.locator(".hp-plan-says")).to_contain_text(f"Moved to {to}")
        page.reload()
        moved = page.locator(".hp-plan-day", has_text=to).locator("input")
        expect(moved).to_have_count(len(tasks))
        assert moved.evaluate_all("all => all.map(one => one.id)") == tasks
        assert "Monday 4 January" not in days(page)
        assert wrong == []


# -- ticks, links, progress ------------------------------------------------------------------------


def test_a_tick_is_that_of_every_other_list(guide: Guide) -> None:
    with shown(guide, CHOSEN) as (page, wrong):
        box = page.locator(".hp-plan-day input").first
        id = box.get_attribute("data-hp-task")
        box.check()
        assert stored(page, "hp-checks") == [id]
        page.goto(guide.url(f"go/{id}/"))
        page.wait_for_url("**/plan/**#*")
        expect(page.locator(f"#check-{id}")).to_be_checked()
        page.locator(f"#check-{id}").uncheck()
        show(guide, page, CHOSEN)
        expect(page.locator(f"#plan-check-{id}")).not_to_be_checked()
        assert wrong == []


def test_a_link_shows_its_plan_and_leaves_ones_own_alone(guide: Guide) -> None:
    with shown(guide, CHOSEN) as (page, wrong):
        page.locator("[name=weeks]").select_option("6")
        page.locator(".hp-plan-day input").first.check()
        mine, ticks = stored(page, "hp-plan"), stored(page, "hp-checks")
        assert "weeks=6" in mine["plan"]
        show(guide, page, "v=1&level=l4&track=data&weeks=1&hours=4")
        expect(page.locator("[name=level]")).to_have_value("l4")
        page.locator("[name=hours]").select_option("8")
        assert (stored(page, "hp-plan"), stored(page, "hp-checks")) == (mine, ticks)
        page.locator("#plan-back").click()
        expect(page.locator("[name=weeks]")).to_have_value("6")
        assert stored(page, "hp-plan") == mine
        show(guide, page, "v=1&level=l4&track=data&weeks=1&hours=4")
        page.locator("#plan-keep").click()
        assert "level=l4&track=data&weeks=1" in stored(page, "hp-plan")["plan"]
        show(guide, page)
        expect(page.locator("[name=track]")).to_have_value("data")
        assert wrong == []


def test_the_link_that_is_copied_is_the_plan(guide: Guide) -> None:
    with shown(guide, CHOSEN, permissions=["clipboard-read", "clipboard-write"]) as (page, wrong):
        page.locator("[name=level]").select_option("l6")
        before = boxes(page)
        page.locator("#plan-copy").click()
        expect(page.locator(".hp-plan-says")).to_contain_text("Copied")
        address = page.evaluate("navigator.clipboard.readText()")
        assert address == guide.url(f"plan/mine/?{CHOSEN.replace('l5', 'l6')}")
        page.evaluate("localStorage.clear()")
        page.goto(address)
        page.locator(".hp-plan-day").first.wait_for()
        assert boxes(page) == before
        assert wrong == []


def test_progress_goes_into_a_file_and_comes_back(guide: Guide, tmp_path: Path) -> None:
    with shown(guide, CHOSEN) as (page, wrong):
        page.locator("[name=weeks]").select_option("5")
        page.locator(".hp-plan-day input").first.check()
        store(page, "hp-mocks", '{"prompt-x": {"on": "today", "says": "L4 hit"}}')
        kept = {key: stored(page, key) for key in ("hp-checks", "hp-mocks", "hp-plan")}
        page.locator(".hp-plan-keeps summary").click()
        with page.expect_download() as got:
            page.locator("#plan-export").click()
        file = tmp_path / got.value.suggested_filename
        got.value.save_as(file)
        page.locator("#plan-reset").click()
        assert [stored(page, key) for key in kept] == [None] * 3
        expect(page.locator(".hp-plan-day input:checked")).to_have_count(0)
        page.locator("#plan-undo").click()
        assert {key: stored(page, key) for key in kept} == kept
        page.locator("#plan-reset").click()
        page.locator("#plan-import").set_input_files(file)
        expect(page.locator(".hp-plan-says")).to_contain_text("Imported")
        assert {key: stored(page, key) for key in kept} == kept
        expect(page.locator(".hp-plan-day input:checked")).to_have_count(1)
        expect(page.locator("[name=weeks]")).to_have_value("5")
        page.locator("#plan-undo").click()
        assert [stored(page, key) for key in kept] == [None] * 3
        assert wrong == []


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "null", '{"guide": "another"}', '{"guide": "the-hard-part", "version": 2}', "\0" * 50, "x" * 1_000_001],
    ids=["empty", "cut", "list", "null", "another", "newer", "zeros", "large"],
)  # fmt: skip
def test_a_wrong_file_is_refused_in_words(guide: Guide, tmp_path: Path, content: str) -> None:
    (tmp_path / "wrong.json").write_text(content, "utf-8")
    with shown(guide, CHOSEN) as (page, wrong):
        page.locator(".hp-plan-keeps summary").click()
        page.locator("#plan-import").set_input_files(tmp_path / "wrong.json")
        expect(page.locator(".hp-plan-says")).to_contain_text("This file ")
        assert stored(page, "hp-checks") is None
        expect(page.locator(".hp-plan-day").first).to_be_visible()
        assert wrong == []


def test_storage_that_is_full_is_said_at_the_box(guide: Guide) -> None:
    with opened(guide) as (page, wrong):
        page.add_init_script("Storage.prototype.setItem = () => { throw new Error('full') }")
        show(guide, page, CHOSEN)
        line = page.locator(".hp-plan-day li").first
        line.get_by_role("checkbox").check()
        expect(line.get_by_role("status")).to_contain_text("does not keep ticks")
        page.locator("[name=weeks]").select_option("3")
        expect(page.locator(".hp-plan-says")).to_contain_text("does not keep the plan")
        assert wrong == []


def test_plans_that_do_not_load_are_said_and_the_ready_made_stay(guide: Guide) -> None:
    with opened(guide) as (page, _):
        page.route("**/plans.json", lambda route: route.abort())
        page.goto(guide.url("plan/mine/"))
        expect(page.locator(".hp-plan").get_by_role("status")).to_contain_text("could not be loaded")
        expect(page.get_by_role("link", name="L5, to print").first).to_be_visible()


# -- hostile addresses and stored values -----------------------------------------------------------

NASTY = (
    "<img src=x onerror=window.hacked=1>", "javascript:window.hacked=1", "__proto__", "constructor", "toString", "%00", "\u202e", "0", "-1", "1e9",
    "NaN", "null", "undefined", "[object Object]", "l5 ", "L5", "💥" * 40, "a" * 3000, "2027-02-30", "0000-00-00", "2027-1-4", "2027-01-04T00:00",
    "99999-01-01", "2099-12-31", "2020-01-01", "1234567", "77", "8", "../../etc", "';alert(1)//", "\r\nSet-Cookie: a=b", "{{7*7}}", "%F0%28", "",
)  # fmt: skip


def hostile_query(chance: random.Random) -> str:
    names = ["v", "level", "track", "weeks", "hours", "start", "end", "skip", "__proto__", "x"]
    good = {"level": "l6", "track": "data", "weeks": "2", "hours": "12", "start": "2027-01-04", "skip": "7"}
    parts = []
    for name in chance.sample(names, chance.randint(1, 6)):
        value = good[name] if name in good and chance.random() < 0.3 else chance.choice(NASTY)
        parts.append(f"{quote(name)}={value if value.startswith('%') else quote(value)}")
    return "&".join(parts)


def hostile_value(chance: random.Random) -> str:
    thing = chance.choice(NASTY)
    return chance.choice(
        [
            thing,
            json.dumps(thing),
            json.dumps([thing, 7, None, {"a": thing}]),
            json.dumps({"plan": thing, "moved": {thing: thing, "1": thing, "2": 1e99}, "moves": thing}),
            json.dumps({"plan": hostile_query(chance), "moved": {"1": 20_000, "2": -5, "__proto__": 1}, "moves": -3}),
            '{"__proto__": {"plan": "weeks=1"}}',
            "{",
            "[" * 2000,
        ]
    )


# What was run, the words that the script makes (and not those of the tasks), elements that it never makes.
LOOK = """() => [
  window.hacked ?? {}.plan ?? null,
  [...document.querySelectorAll('.hp-plan :is(h2, h3, .hp-plan-sum, .hp-plan-says, .hp-plan-visit, .hp-plan-day button)')].map(one => one.textContent).join(' '),
  document.querySelectorAll('.hp-plan :is(img, script, iframe, svg)').length,
]"""


def test_no_address_and_no_stored_value_is_run_or_leaves_the_page_blank(guide: Guide) -> None:
    chance = random.Random(20261129)  # noqa: S311 - the same cases in every run
    with opened(guide) as (page, wrong):
        show(guide, page)
        for number in range(100):
            for key in ("hp-plan", "hp-checks", "hp-mocks"):
                if chance.random() < 0.5:
                    store(page, key, hostile_value(chance))
            query = hostile_query(chance) if chance.random() < 0.8 else ""
            page.goto(guide.url(f"plan/mine/?{query}"))
            page.locator(".hp-plan-day li").first.wait_for()
            hacked, words, strange = page.evaluate(LOOK)
            assert hacked is None, (number, query)
            assert strange == 0, (number, query)
            assert wrong == [], (number, query)
            assert not re.search(r"NaN|undefined|null|Invalid|hacked|\[object", words), (number, query)


# Reads an address and what is stored as the page does, without drawing it; returns what is not as it may be.
READ = """async ([folder, known, cases]) => {
  const [address, progress] = await Promise.all([import(`${folder}plan-address.js`), import(`${folder}plan-progress.js`)]);
  const wrong = [];
  for (const [query, value, nasty] of cases) {
    const { choice, notes } = address.read(query, known);
    const fits = known.tracks.some(([id]) => id === choice.track) && known.levels.includes(choice.level) && known.weeks.includes(choice.weeks)
      && known.hours.includes(choice.hours) && [choice.start, choice.end].every(day => !day || Number.isFinite(address.dayOf(day)))
      && /^[1-7]{0,6}$/.test(choice.skip);
    const again = address.read(address.write(choice), known);
    for (const key of ['hp-checks', 'hp-mocks', 'hp-plan']) localStorage.setItem(`${key}/site/`, value);
    const own = progress.ownPlan();
    const kept = JSON.parse(progress.exported());
    const says = progress.imported(value);
    if (!fits || again.notes.length || JSON.stringify(again.choice) !== JSON.stringify(choice) || notes.some(note => nasty.length > 6 && note.includes(nasty))
      || ![...progress.ticked()].every(id => /^[a-z0-9-]+$/.test(id)) || (own && !Object.values(own.moved).every(Number.isInteger))
      || !Array.isArray(kept.checks) || typeof says !== 'string' || ({}).plan !== undefined) wrong.push([query, value]);
  }
  localStorage.clear();
  return wrong;
}"""


def test_hundreds_of_hostile_values_are_read_as_known_ones(guide: Guide) -> None:
    chance = random.Random(5)  # noqa: S311 - the same cases in every run
    cases = [[hostile_query(chance), hostile_value(chance), chance.choice(NASTY)] for _ in range(400)]
    cases += [[f"track={quote(nasty)}&start={quote(nasty)}&skip={quote(nasty)}", nasty, nasty] for nasty in NASTY]
    with shown(guide) as (page, wrong):
        known = page.request.get(guide.script("data/plan/plans.json")).json()
        assert page.evaluate(READ, [guide.script(""), known, cases]) == []
        assert wrong == []


def test_what_an_address_asks_in_vain_is_said(guide: Guide) -> None:
    with shown(guide, "v=2&track=nowhere&level=l9&weeks=9&hours=1&start=2027-02-30&end=x&skip=11") as (page, wrong):
        words = said(page)
        for part in ("another version", "a track that", "a level that", "a length that", "hours a week", "first day", "interview's day", "days to skip"):  # fmt: skip
            assert part in words, part
        assert "nowhere" not in words
        assert wrong == []


# -- paper, and without a script -------------------------------------------------------------------


def squeezed(text: str) -> str:
    """Return a text without white space and ligatures, as it can be compared with what is read from a PDF."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


@pytest.mark.parametrize("level", LEVELS)
def test_six_weeks_are_at_most_four_sheets_with_every_task_whole(
    guide: Guide, rows: catalog.Catalog, level: str
) -> None:
    for track in rows.all("track"):
        query = f"v=1&level={level}&track={short(track.id)}&weeks=6&hours=12&start=2027-01-04"
        with shown(guide, query, day="2027-01-20") as (page, wrong):
            pdf = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
            sheets = [squeezed(sheet.extract_text()) for sheet in pdf.pages]
            assert 1 <= len(sheets) <= 4, (track.id, len(sheets))
            wide, high = (float(edge) for edge in pdf.pages[0].mediabox[2:])
            assert abs(wide - 595.3) < 2 > abs(high - 841.9), "not A4"
            assert all(squeezed(f"{track.title}, {level.upper()}") in sheet for sheet in sheets)
            whole = "".join(sheets)
            for task in plan(rows.all("task"), track.id, level, 6, 12).tasks:
                words = squeezed(f"output: {task.output}")
                at = [index for index, sheet in enumerate(sheets) if words in sheet]
                assert at, f"{task.id} is cut or missing"
                assert any(f"go/{task.at}" in sheets[index] for index in at), task.id
            assert "Monday4January" in whole
            assert whole.index("Monday4January") < whole.index("Monday11January"), "out of order on paper"
            assert "Copylink" not in whole
            expect(page.locator(".hp-plan h2").first).to_contain_text("Today")  # after printing it is as before
            assert wrong == []


def test_without_a_script_every_plan_is_a_link(guide: Guide, rows: catalog.Catalog) -> None:
    with opened(guide, java_script_enabled=False) as (page, wrong):
        page.goto(guide.url("plan/mine/"))
        links = page.get_by_role("link", name=", to print")
        addresses = links.evaluate_all("all => all.map(one => one.href)")
        assert len(set(addresses)) == len(rows.all("track")) * len(LEVELS)
        for address in addresses:
            assert page.request.get(address).ok
        page.goto(addresses[1])
        expect(page.get_by_role("heading", level=2).first).to_contain_text("Week 1 · ")
        assert page.locator("li.open").count() > 10
        page.locator("li.open a").first.click()
        expect(page.locator("article h1")).to_be_visible()
        assert wrong == []


@pytest.mark.parametrize("size", [None, PHONE], ids=["desk", "phone"])
def test_it_is_reached_by_keyboard_and_fits(guide: Guide, size: dict[str, int] | None) -> None:
    with shown(guide, CHOSEN, day="2027-01-06", **({"viewport": size} if size else {})) as (page, wrong):
        press_until(page, "[name=track]")
        press_until(page, "#plan-calendar")
        press_until(page, ".hp-plan-day input")
        page.keyboard.press("Space")
        assert len(stored(page, "hp-checks")) == 1
        assert sideways(page) == 0
        assert violations(page, "my plan") == []
        assert wrong == []


def test_a_plan_is_opened_for_a_track_once(guide: Guide) -> None:
    with opened(guide, viewport=PHONE) as (page, wrong):
        page.goto(guide.url("plan/six-weeks/"))
        groups = page.locator("details[data-hp-tracks]")
        names = groups.evaluate_all("all => all.map(one => one.dataset.hpTracks)")
        second = names.index(names[0], 1)  # the same tracks, on a later day
        groups.nth(second).locator("summary").click()
        expect(groups.nth(second)).to_have_attribute("open", "")
        third = names.index(names[0], second + 1)
        expect(groups.nth(third)).to_have_attribute("open", "")
        state = groups.evaluate_all("all => all.map(one => one.open)")
        wanted = [number >= second and name == names[0] for number, name in enumerate(names)]
        assert state == wanted, "only the same tracks, and only on later days"
        groups.nth(second).locator("summary").click()
        expect(groups.nth(third)).not_to_have_attribute("open", "")
    assert wrong == []
