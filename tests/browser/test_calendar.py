"""The calendar file: read back by two parsers, and its writer by texts that broke others."""

from __future__ import annotations

import datetime
import random
from pathlib import Path

import driver
import icalendar
import pytest
import vobject
from driver import Guide, opened
from playwright.sync_api import Page

pytestmark = pytest.mark.browser
CHOSEN = "v=1&level=l5&track=platform&weeks=4&hours=6"


def lines(file: bytes) -> list[str]:
    """Return the unfolded lines of a calendar file. Fails where the file is not as RFC 5545 wants it."""
    assert file.endswith(b"\r\n")
    found: list[bytes] = []
    for line in file[:-2].split(b"\r\n"):
        assert b"\r" not in line
        assert b"\n" not in line
        assert 0 < len(line) <= 75, line
        line.decode("utf-8")  # no character is cut
        if line.startswith(b" "):
            found[-1] += line[1:]
        else:
            found.append(line)
    return [line.decode("utf-8") for line in found]


def events(file: bytes) -> dict[str, dict[str, str]]:
    """Return the events by UID, each with its properties. Fails where one lacks what it needs."""
    found: dict[str, dict[str, str]] = {}
    now: dict[str, str] = {}
    read = lines(file)
    assert (read[0], read[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert "VERSION:2.0" in read
    assert [line for line in read if line.startswith("PRODID:")]
    assert not [line for line in read if line.startswith(("METHOD", "BEGIN:VTIMEZONE"))]
    for line in read:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            now = {}
        elif line == "END:VEVENT":
            assert {"UID", "DTSTAMP", "SEQUENCE", "DTSTART;VALUE=DATE", "DTEND;VALUE=DATE", "SUMMARY"} <= set(now)
            assert now["UID"] not in found
            found[now["UID"]] = now
        else:
            assert name not in now
            now[name] = value
    assert found
    return found


def taken(page: Page) -> bytes:
    with page.expect_download() as got:
        page.locator("#plan-calendar").click()
    assert got.value.suggested_filename.endswith(".ics")
    return Path(got.value.path()).read_bytes()


def show(guide: Guide, page: Page, query: str) -> None:
    page.goto(guide.url(f"plan/mine/?{query}"))
    page.locator(".hp-plan-day").first.wait_for()


def test_two_parsers_read_every_day_of_the_plan(guide: Guide) -> None:
    with opened(guide) as (page, wrong):
        page.clock.set_fixed_time("2026-12-20T10:00:00")
        show(guide, page, f"{CHOSEN}&end=2027-02-01")
        file = taken(page)
        found = events(file)
        count = page.locator(".hp-plan-day").count()
        assert len(found) == count + 1  # and the interview
        days = sorted(one["DTSTART;VALUE=DATE"] for one in found.values())
        assert days[0] == "20270104"
        assert days[-1] == "20270201"
        read = icalendar.Calendar.from_ical(file)
        assert not read.errors
        strict = list(read.walk("VEVENT"))
        assert {str(one["UID"]) for one in strict} == set(found)
        for one in strict:
            assert one.decoded("DTEND") - one.decoded("DTSTART") == datetime.timedelta(days=1)
            assert type(one.decoded("DTSTART")) is datetime.date
        other = vobject.readOne(file.decode("utf-8"))
        assert {one.uid.value for one in other.vevent_list} == set(found)
        assert {one.summary.value for one in other.vevent_list} == {str(one["SUMMARY"]) for one in strict}
        assert {one.description.value for one in other.vevent_list} == {str(one["DESCRIPTION"]) for one in strict}
        words = " ".join(str(one["DESCRIPTION"]) for one in strict)
        assert page.locator(".hp-plan-day label").first.inner_text() in words
        assert guide.url("go/") in words
        assert wrong == []


def test_entries_keep_their_names_and_count_up_when_a_day_moves(guide: Guide) -> None:
    with opened(guide) as (page, wrong):
        page.clock.set_fixed_time("2027-01-06T10:00:00")
        show(guide, page, f"{CHOSEN}&start=2027-01-04")
        before = events(taken(page))
        page.get_by_role("button", name="Move to").first.click()
        after = events(taken(page))
        assert set(after) == set(before)
        assert {int(one["SEQUENCE"]) for one in after.values()} == {int(next(iter(before.values()))["SEQUENCE"]) + 1}
        assert sum(after[id]["DTSTART;VALUE=DATE"] != before[id]["DTSTART;VALUE=DATE"] for id in before) == 1
        show(guide, page, f"{CHOSEN}&start=2027-03-01")
        assert set(events(taken(page))) == set(before)
        assert wrong == []


def test_a_plan_without_dates_says_what_it_needs(guide: Guide) -> None:
    with opened(guide) as (page, wrong):
        show(guide, page, CHOSEN)
        page.locator("#plan-calendar").click()
        assert "calendar needs dates" in page.locator(".hp-plan-says").inner_text()
        assert driver.focused(page).startswith("input")
        assert wrong == []


PIECES = ("a", "é", "€", "🎬", "👩‍👩‍👧", ",", ";", "\\", "\\n", "\n", "\r\n", "\t", " ", "  ", ":", '"', "None", "\u2028", "\x00", "\x1b", "0" * 60)  # fmt: skip


def test_no_text_breaks_the_file(guide: Guide) -> None:
    chance = random.Random(5545)  # noqa: S311 - the same cases in every run
    texts = ["x" * (74 - len("SUMMARY:")) + "🎬 and on", "x" * 66 + " y", "é" * 90, ""]
    texts += ["".join(chance.choices(PIECES, k=chance.randint(0, 60))) for _ in range(250)]
    write = """async ([module, texts]) => {
      const { calendar } = await import(module);
      return calendar({ name: texts[0], key: "k", edition: 20700, sequence: 3, address: "https://example.org/?a=1",
        entries: texts.map((text, index) => ({ id: `day-${index}`, date: 20800 + index, title: text, text })) });
    }"""
    with opened(guide) as (page, _):
        show(guide, page, CHOSEN)
        file = page.evaluate(write, [guide.script("plan-calendar.js"), texts]).encode()
    assert len(events(file)) == len(texts)
    wanted = [text.replace("\r\n", "\n").replace("\x00", "").replace("\x1b", "") for text in texts]
    strict = icalendar.Calendar.from_ical(file).walk("VEVENT")
    assert [str(one["SUMMARY"]) for one in strict] == wanted
    other = vobject.readOne(file.decode("utf-8")).vevent_list
    assert [one.description.value for one in other] == wanted


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        (b"\r\n", b"\n"),
        (b"DTSTAMP:", b"X-STAMP:"),
        (b"SEQUENCE:3\r\n", b"SEQUENCE:3\r\nMETHOD:REQUEST\r\n"),
        (b"UID:k-day-1@", b"UID:k-day-0@"),
        (b"SUMMARY:a", b"SUMMARY:" + b"a" * 70),
        (b"VERSION:2.0\r\n", b""),
    ],
    ids=["line-ends", "no-stamp", "method", "same-uid", "long-line", "no-version"],
)
def test_what_breaks_calendars_is_seen(good: bytes, bad: bytes) -> None:
    event = "BEGIN:VEVENT\r\nUID:k-day-{0}@x\r\nDTSTAMP:20260101T000000Z\r\nSEQUENCE:3\r\nDTSTART;VALUE=DATE:20270101\r\nDTEND;VALUE=DATE:20270102\r\nSUMMARY:a\r\nEND:VEVENT\r\n"
    file = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{event.format(0)}{event.format(1)}END:VCALENDAR\r\n".encode()
    assert len(events(file)) == 2
    with pytest.raises((AssertionError, KeyError)):
        events(file.replace(good, bad))
