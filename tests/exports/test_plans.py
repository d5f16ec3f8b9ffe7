"""The plans as files: the same bytes each time, every schedule back from its string, small enough, and sheets to print."""

from __future__ import annotations

import gzip
import json

import pytest

from macros.catalog import catalog
from macros.exports.plans import character, choices, encode, plan_files, short
from macros.exports.sheets import HOURS, WEEKS, sheets
from macros.planner import is_for, plan
from macros.rows.base import LEVELS
from macros.rows.markup import plain
from tools.site_build import ROOT


@pytest.fixture(scope="module")
def guide() -> catalog.Catalog:
    return catalog.load(ROOT)


@pytest.fixture(scope="module")
def files(guide: catalog.Catalog) -> dict[str, bytes]:
    return plan_files(guide)


def decode(text: str, ids: list[str]) -> list[list[list[str]]]:
    """Read a schedule back, by the words of the module's docstring."""
    numbers = {character(number): number for number in range(len(ids))}
    last, weeks = -1, []
    for week in text.split("!"):
        days = []
        for day in week.split(" "):
            days.append([])
            for one in day:
                last = (last + 1 + numbers[one]) % len(ids)
                days[-1].append(ids[last])
        weeks.append(days)
    return weeks


def test_every_plan_comes_back_from_its_string(guide: catalog.Catalog, files: dict[str, bytes]) -> None:
    every = guide.all("task")
    for track in guide.all("track"):
        found = json.loads(files[f"plan-{short(track.id)}.json"])
        for level in LEVELS:
            ids = [task["id"] for task in found["tasks"] if level in task["levels"]]
            assert ids == [task.id for task in every if is_for(task, track.id, level)]
            for (weeks, hours), text in zip(choices(), found["plans"][level], strict=True):
                schedule = plan(every, track.id, level, weeks, hours)
                wanted = [[[task.id for task in day] for day in week] for week in schedule.weeks]
                assert decode(text, ids) == wanted, (track.id, level, weeks, hours)


def test_characters_are_printable_one_each_and_none_that_json_escapes() -> None:
    found = [character(number) for number in range(300)]
    assert len(set(found)) == len(found)
    assert all(one.isprintable() or one == "\xad" for one in found)  # a soft hyphen is a character like others here
    assert not set(found) & set(' !"\\')
    assert json.dumps("".join(found), ensure_ascii=False) == f'"{"".join(found)}"'


def test_the_same_bytes_each_time(guide: catalog.Catalog, files: dict[str, bytes]) -> None:
    assert plan_files(catalog.load(ROOT)) == files
    assert plan_files(guide) == files


def test_all_plans_are_small(files: dict[str, bytes]) -> None:
    sizes = {name: len(gzip.compress(content, 9)) for name, content in files.items()}
    assert sum(sizes.values()) <= 150_000, sizes
    plans = [json.loads(content)["plans"] for name, content in files.items() if name.startswith("plan-")]
    assert 0 < len(gzip.compress(json.dumps(plans, ensure_ascii=False).encode(), 9)) <= 8_000


def test_an_empty_day_keeps_its_place(guide: catalog.Catalog) -> None:
    task = guide.all("task")[0]
    schedule = plan([task], task.tracks[0] if task.tracks else "track-any", task.levels[0], 1, 4)
    assert encode(schedule, [task.id, "task-other"]) == "#   "


def test_a_sheet_for_every_track_and_level_names_every_task_once(guide: catalog.Catalog) -> None:
    found = sheets(guide, "https://example.org/")
    assert set(found) == {f"{short(track.id)}-{level}.html" for track in guide.all("track") for level in LEVELS}
    for track in guide.all("track"):
        for level in LEVELS:
            page = found[f"{short(track.id)}-{level}.html"]
            schedule = plan(guide.all("task"), track.id, level, WEEKS, HOURS)
            assert page.count('<li class="open">') == len(schedule.tasks)
            assert page.count("<h2>Week ") == page.count(f"· {plain(track.title)}, {level.upper()} ·") == WEEKS
            assert "<script" not in page
            assert " style=" not in page
