"""What the page "My plan" chooses from: every plan worked out, in one file, and the tasks of each track in one more.

A plan is a string. A task is one character, the one of its place in `tasks` counted from U+0100, which keeps the file
free of escapes; `,` ends a day and `;` a week. The plans of a track and level stand in a row: the evening, then week by
week those of each number of hours.
"""

from __future__ import annotations

import json
from typing import Any

from macros.exports.places import edition
from macros.model.base import LEVELS
from macros.model.catalog import Catalog
from macros.model.text import plain
from macros.planner import HOURS, LENGTHS, Schedule, plan

VERSION = 1
FIRST = 0x100


def short(track: str) -> str:
    """``track-platform`` gives ``platform``, as it stands in an address."""
    return track.removeprefix("track-")


def plan_files(catalog: Catalog) -> dict[str, bytes]:
    """Return the files by their names below plan/mine/: plans.json, and tasks-NAME.json for each track."""
    tracks = catalog.all("track")
    return {
        "plans.json": _json(_plans(catalog)),
        **{f"tasks-{short(track.id)}.json": _json(_tasks(catalog, track.id)) for track in tracks},
    }


def choices() -> list[tuple[int, int]]:
    """Every (weeks, hours) in the order of the plans of a track and level; an evening has no hours of its own."""
    return [(weeks, hours) for weeks in LENGTHS for hours in (HOURS if weeks else HOURS[:1])]


def encode(schedule: Schedule, code: dict[str, str]) -> str:
    """Return a schedule as a string; `code` has the character of each task."""
    return ";".join(",".join("".join(code[task.id] for task in day) for day in week) for week in schedule.weeks)


def _plans(catalog: Catalog) -> dict[str, Any]:
    tasks, tracks = catalog.all("task"), catalog.all("track")
    code = {task.id: chr(FIRST + index) for index, task in enumerate(tasks)}
    return {
        "version": VERSION,
        "edition": edition(catalog),
        "tracks": [[short(track.id), plain(track.title)] for track in tracks],
        "levels": list(LEVELS),
        "weeks": list(LENGTHS),
        "hours": list(HOURS),
        "tasks": [task.id for task in tasks],
        "plans": {
            f"{short(track.id)}-{level}": [
                encode(plan(tasks, track.id, level, weeks, hours), code) for weeks, hours in choices()
            ]
            for track in tracks
            for level in LEVELS
        },
    }


def _tasks(catalog: Catalog, track: str) -> list[dict[str, Any]]:
    """Return what the page shows of the tasks of a track, at every level, in the order of the data."""
    return [
        {
            "id": task.id,
            "do": plain(task.do),
            "why": plain(task.why or ""),
            "minutes": task.minutes,
            "output": plain(task.output),
            "at": task.at,
            "name": catalog.name(task.at),
            "to": place(catalog, task.at),
            "levels": task.levels,
            "after": task.after,
        }
        for task in catalog.all("task")
        if not task.tracks or track in task.tracks
    ]


def place(catalog: Catalog, id: str) -> str:
    """Return the address of a row below the site's root. Raises KeyError."""
    home = catalog.homes[id]
    page = catalog.pages[home.page]
    return page.url + ("" if page.id == home.anchor else f"#{home.anchor}")


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
