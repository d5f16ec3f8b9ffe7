"""The mock beside a prompt: the clock asks at its minutes, the score is kept, the recording stays here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from driver import PHONE, Guide, opened, press_until, sideways, violations
from playwright.sync_api import Locator, Page, expect

from macros.catalog import catalog

pytestmark = pytest.mark.browser
PROMPT = "prompt-service-discovery"


@contextmanager
def held(guide: Guide, **options: object) -> Iterator[tuple[Page, Locator, list[str]]]:
    """Open the page of a prompt with a clock of ours; yield the page, the prompt's panel and what goes wrong."""
    with opened(guide, **options) as (page, wrong):
        page.clock.install(time="2026-11-23T10:00:00")
        page.goto(guide.url(f"practice/platform/#{PROMPT}"))
        panel = page.get_by_role("region", name="Mock: Service discovery")
        expect(panel).to_be_attached()
        yield page, panel, wrong


def begin(panel: Locator) -> None:
    panel.get_by_role("button", name="Start a mock interview").click()
    panel.get_by_role("button", name="Begin").click()


def minutes(page: Page, of: float) -> None:
    page.clock.fast_forward(int(of * 60_000))


def mark(panel: Locator, level: str, words: str) -> None:
    panel.get_by_role("group", name=level, exact=True).get_by_role("radio", name=re.compile(f"^{words}: ")).check()


def test_every_prompt_has_one(guide: Guide) -> None:
    found = 0
    for document in guide.site.pages:
        prompts = document.tree.css("details.hp-prompt")
        if not prompts:
            continue
        with opened(guide) as (page, wrong):
            page.goto(guide.url(document.path.removesuffix("index.html")))
            buttons = page.get_by_role("button", name="Start a mock interview")
            expect(buttons).to_have_count(len(prompts))
            found += len(prompts)
            assert wrong == []
    assert found >= 31


def test_the_clock_asks_at_the_minutes_of_the_prompt(guide: Guide) -> None:
    with held(guide) as (page, panel, wrong):
        asks = page.locator(f"#{PROMPT} ~ details.hp-prompt").first.locator("[data-hp-minute]")
        at = asks.evaluate_all("all => all.map(one => Number(one.dataset.hpMinute))")
        change = asks.evaluate_all("all => all.findIndex(one => one.dataset.hpChanges)")
        assert len(at) >= 4
        begin(panel)
        question, before = panel.locator(".hp-mock-open"), panel.locator("ol:not(.hp-mock-course) > li")
        expect(question).to_have_attribute("role", "status")
        now = 0.0
        for asked, minute in enumerate(at):
            minutes(page, minute - 0.1 - now)
            expect(before).to_have_count(max(0, asked - 1))
            minutes(page, 0.2)
            now = minute + 0.1
            # What is read aloud is the new question alone; the earlier ones stand below.
            expect(question).to_contain_text(f"Minute {minute}.")
            assert question.inner_text().count("Minute") == 1
            expect(before).to_have_count(asked)
        expect(before.nth(change)).to_contain_text("The requirement changes.")
        minutes(page, 50 - now)
        expect(panel).to_contain_text("Stopped at 50:00")
        assert wrong == []


def test_its_course_is_that_of_the_guide(guide: Guide, site: Path) -> None:
    phases = catalog.load(site.parent).all("phase")
    with held(guide) as (_, panel, _):
        begin(panel)
        course = panel.locator(".hp-mock-course li")
        expect(course).to_have_text([f"to {phase.ends}: {phase.title}" for phase in phases])


def test_it_stands_still_while_it_is_held(guide: Guide) -> None:
    with held(guide) as (page, panel, _):
        # Its time moves only when told: a click of the mouse waits for frames, which stand still too.
        press = lambda name: panel.get_by_role("button", name=name).evaluate("button => button.click()")  # noqa: E731
        page.clock.pause_at("2026-11-23T10:30:00")
        press("Start a mock interview")
        press("Begin")
        minutes(page, 5)
        press("Pause")
        minutes(page, 30)
        expect(panel.get_by_role("timer")).to_have_text("5:00")
        press("Resume")
        minutes(page, 1)
        expect(panel.get_by_role("timer")).to_have_text("6:00")
        press("Next question now")
        expect(panel.locator(".hp-mock-open")).to_contain_text("Minute 6.")


def test_score_is_kept_and_says_what_is_open(guide: Guide) -> None:
    with held(guide, permissions=["clipboard-read", "clipboard-write"]) as (page, panel, wrong):
        begin(panel)
        minutes(page, 12)
        panel.get_by_role("button", name="Stop and score").click()
        mark(panel, "L4", "hit")
        expect(panel.get_by_role("status")).to_have_text("")
        mark(panel, "L5", "partial")
        expect(panel.get_by_role("status")).to_have_text("L4 hit, L5 partial. Open: L5.")
        panel.get_by_role("button", name="Copy the score").click()
        expect(panel.get_by_role("status")).to_have_text("Copied.")
        text = page.evaluate("navigator.clipboard.readText()")
        assert text.startswith("Service discovery, L5, 12:00\nL4 hit, L5 partial. Open: L5.\n")
        assert text.endswith(f"/practice/platform/#{PROMPT}")
        page.reload()
        panel.get_by_role("button", name="Start a mock interview").click()
        expect(panel).to_contain_text("Last time, 23 November 2026: L4 hit, L5 partial. Open: L5.")
        assert wrong == []


@pytest.mark.parametrize("kept", ["{", "[]", "null", '{"prompt-service-discovery": 7}'])
def test_what_is_stored_is_not_trusted(guide: Guide, kept: str) -> None:
    with held(guide) as (page, panel, wrong):
        page.evaluate("kept => localStorage.setItem('hp-mocks', kept)", kept)
        begin(panel)
        panel.get_by_role("button", name="Stop and score").click()
        mark(panel, "L4", "hit")
        mark(panel, "L5", "hit")
        expect(panel.get_by_role("status")).to_contain_text("Every box of L5 on this prompt.")
        assert wrong == []


def test_a_full_storage_is_said_in_words(guide: Guide) -> None:
    with held(guide) as (page, panel, _):
        page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full'); }; }")
        begin(panel)
        panel.get_by_role("button", name="Stop and score").click()
        mark(panel, "L4", "miss")
        mark(panel, "L5", "miss")
        expect(panel.get_by_role("status")).to_contain_text("This browser does not keep scores")


def test_without_a_microphone_the_clock_runs(guide: Guide) -> None:
    with held(guide, permissions=[]) as (_, panel, wrong):
        panel.get_by_role("button", name="Start a mock interview").click()
        panel.get_by_role("checkbox", name=re.compile("Record")).check()
        panel.get_by_role("button", name="Begin").click()
        expect(panel.locator("> [role=status]")).to_contain_text("No microphone here")
        expect(panel.get_by_role("timer")).to_be_visible()
        assert wrong == []


def test_a_recording_stays_here_and_can_be_heard(guide: Guide) -> None:
    with held(guide, permissions=["microphone"]) as (page, panel, wrong):
        # A tone in place of the microphone that this machine has not.
        page.evaluate(
            """() => {
              const tone = (window.tone = new AudioContext());
              const out = tone.createMediaStreamDestination();
              const source = tone.createOscillator();
              source.connect(out);
              source.start();
              navigator.mediaDevices.getUserMedia = async () => out.stream;
            }"""
        )
        panel.get_by_role("button", name="Start a mock interview").click()
        panel.get_by_role("checkbox", name=re.compile("Record")).check()
        panel.get_by_role("button", name="Begin").click()
        expect(panel.locator("> [role=status]")).to_have_text("Recording.")
        # Something to hear, however slow the machine.
        said = page.evaluate("tone.currentTime")
        page.wait_for_function("said => tone.currentTime > said + 0.5", arg=said)
        panel.get_by_role("button", name="Stop and score").click()
        sound = panel.locator("audio")
        played = (
            "a => a.error ? 'refused' : a.readyState ? 'heard' : new Promise(done => {"
            " a.onloadedmetadata = () => done('heard'); a.onerror = () => done('refused'); })"
        )
        assert sound.evaluate(played) == "heard"
        with page.expect_download() as saved:
            panel.get_by_role("link", name="Save the recording").click()
        assert saved.value.suggested_filename.startswith(PROMPT)
        assert wrong == []


def test_by_keyboard_and_on_a_phone(guide: Guide) -> None:
    with held(guide, viewport=PHONE) as (page, panel, wrong):
        press_until(page, "section[aria-label='Mock: Service discovery'] button")
        page.keyboard.press("Enter")
        expect(panel.get_by_role("radio", name="L5")).to_be_focused()
        assert violations(page, "mock") == []
        press_until(page, ".hp-mock-does button")
        page.keyboard.press("Enter")
        expect(panel.get_by_role("button", name="Pause")).to_be_focused()
        page.evaluate("scrollTo(0, 0)")
        minutes(page, 36)
        expect(panel.get_by_role("button", name="Stop and score")).to_be_in_viewport(ratio=1)
        expect(panel.locator(".hp-mock-open")).to_be_in_viewport(ratio=1)
        further = panel.get_by_role("button", name="Next question now")
        while further.is_visible():
            further.press("Enter")
        expect(further).to_be_hidden()
        expect(panel.get_by_role("button", name="Pause")).to_be_focused()
        assert panel.locator(".hp-mock-does").evaluate("e => e.firstElementChild.offsetWidth") == 0
        assert violations(page, "mock") == []
        assert sideways(page) == 0
        press_until(page, ".hp-mock-does button:last-child")
        page.keyboard.press("Enter")
        expect(panel).to_be_focused()
        assert violations(page, "mock") == []
        assert sideways(page) == 0
        assert wrong == []
