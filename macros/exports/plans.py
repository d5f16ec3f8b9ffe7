"""What the page "My plan" chooses from: what there is to choose, and for each track one file of its tasks and plans;
and the list by which a link carries ticks.

The plans of a level stand in a row: the evening, then week by week those of each number of hours. A plan is a string: a
space ends a day, `!` a week, and every other character is a task, as its distance from the one before it in the list of
the tasks of that level, going round at the end. Nearly always that is the next one or the one after, so all plans of
all tracks are about 1.5 kB compressed.
"""

from __future__ import annotations

import json
from typing import Any

from macros.catalog.catalog import Catalog
from macros.exports.urls import edition
from macros.planner import HOURS, LENGTHS, Schedule, is_for, plan
from macros.rows.base import LEVELS
from macros.rows.markup import plain
from macros.rows.plan import Task
from macros.rows.redirects import Retired
from macros.rows.teams import Track

MINE = "plan/mine"  # the page, and the folder of the ready-made plans
VERSION = 1


def short(track: str) -> str:
    """``track-platform`` gives ``platform``, as it stands in an address."""
    return track.removeprefix("track-")


def plan_files(catalog: Catalog) -> dict[str, bytes]:
    """Return what scripts fetch, by the names of the files: plans.json, plan-NAME.json for each track, and ticks.json."""
    tracks = catalog.all(Track)
    known = {
        "version": VERSION,
        "edition": edition(catalog),
        "tracks": [[short(track.id), plain(track.title)] for track in tracks],
        "levels": LEVELS,
        "weeks": LENGTHS,
        "hours": HOURS,
    }
    return {
        "plans.json": _json(known),
        **{f"plan-{short(track.id)}.json": _json(_track(catalog, track.id)) for track in tracks},
        "ticks.json": _json({"version": VERSION, "ids": catalog.ticks, "retired": successors(catalog)}),
    }


def successors(catalog: Catalog) -> dict[str, str]:
    """Return what stands for a tick of a row that is gone: the ids of rows to tick, by those of retired ones."""
    known = set(catalog.ticks)
    return {row.id: row.successor for row in catalog.all(Retired) if row.successor in known}


def choices() -> list[tuple[int, int]]:
    """Every (weeks, hours) in the order of the plans of a track and level; an evening has no hours of its own."""
    return [(weeks, hours) for weeks in LENGTHS for hours in (HOURS if weeks else HOURS[:1])]


def encode(schedule: Schedule, ids: list[str]) -> str:
    """Return a schedule as a string; `ids` are those of all tasks of the reader's track and level."""
    places, last, weeks = {id: place for place, id in enumerate(ids)}, -1, []
    for week in schedule.weeks:
        days = []
        for day in week:
            days.append("")
            for task in day:
                days[-1] += character((places[task.id] - last - 1) % len(ids))
                last = places[task.id]
        weeks.append(" ".join(days))
    return "!".join(weeks)


def character(number: int) -> str:
    """Return the character of a number from 0: printable, and none that JSON would escape."""
    code = number + ord("#")
    code += code >= ord("\\")
    return chr(code + (0x22 if code > ord("~") else 0))


def _track(catalog: Catalog, track: str) -> dict[str, Any]:
    every, plans = catalog.all(Task), {}
    for level in LEVELS:
        ids = [task.id for task in every if is_for(task, track, level)]
        plans[level] = [encode(plan(every, track, level, weeks, hours), ids) for weeks, hours in choices()]
    return {"version": VERSION, "tasks": _tasks(catalog, track), "plans": plans}


def _tasks(catalog: Catalog, track: str) -> list[dict[str, Any]]:
    """Return what the page shows of the tasks of a track, at every level, in the order of the data.

    `after` names tasks by their place in this list; the anchor of `to` is left out where it is the id `at`.
    """
    tasks = [task for task in catalog.all(Task) if not task.tracks or track in task.tracks]
    places = {task.id: number for number, task in enumerate(tasks)}
    return [
        {
            "id": task.id,
            "do": plain(task.do),
            "why": plain(task.why or ""),
            "minutes": task.minutes,
            "output": plain(task.output),
            "at": task.at,
            "name": catalog.name(task.at),
            "to": place(catalog, task.at).replace(f"#{task.at}", "#"),
            "levels": task.levels,
            "after": [places[id] for id in task.after if id in places],
        }
        for task in tasks
    ]


def place(catalog: Catalog, id: str) -> str:
    """Return the address of a row below the site's root. Raises KeyError."""
    home = catalog.homes[id]
    page = catalog.pages[home.page]
    return page.url + ("" if page.id == home.anchor else f"#{home.anchor}")


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
