"""What is in each booklet, as plain data for the template: the plans of every track and level, and the sheets.

Nothing is written here that stands elsewhere: a plan comes from the planner, a sheet from data/booklets.yml, which names
the rows and the sections of pages that it shows.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import segno

from macros.catalog.catalog import Catalog
from macros.exports import sections
from macros.exports.plans import MINE, short
from macros.exports.runs import Run, Writer, curly, name
from macros.exports.urls import SUBTITLE, TITLE, address_of, edition
from macros.planner import Schedule, plan
from macros.rows.base import LEVELS
from macros.rows.booklet import PLAN_HOURS, PLAN_WEEKS, Booklet, Piece, booklet_file, plan_file
from macros.rows.culture import Value
from macros.rows.levels import Level
from macros.rows.loop import Stage
from macros.rows.markup import plain
from macros.rows.plan import Task
from macros.rows.practice import Phase
from macros.rows.sources import GRADE_WORDS
from macros.rows.teams import Track

UNOFFICIAL = "Unofficial. Not affiliated with or endorsed by Netflix."
_WORDS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}
_STORIES = 6
_READS_AS = {"below": "the level below", "at": "this level", "above": "the level above"}
_SUBJECTS = 13  # lines of the list of subjects: twice what is opened in most hours

Block = dict[str, Any]
Prose = Mapping[str, str]


class Made(NamedTuple):
    """A booklet: the name of its file, and its content for the template."""

    file: str
    content: dict[str, Any]


def booklets(catalog: Catalog, prose: Prose, address: str) -> Iterator[Made]:
    """Yield every booklet. `prose` holds the text of each page's file, by path below docs/; `address` is the site's.

    Raises GuideError for a section that cannot be set on paper.
    """
    for row in catalog.all(Booklet):
        yield Made(booklet_file(row.id), _Sheet(catalog, prose, address).made(row))
    for track in catalog.all(Track):
        for level in LEVELS:
            for weeks in PLAN_WEEKS:
                yield Made(plan_file(track.id, level, weeks), _plan(catalog, address, track, level, weeks))


def _frame(
    catalog: Catalog, title: str, whose: str, about: list[Block], at: str, short_address: str, blocks: list[Block]
) -> Block:
    """What every booklet has: `whose` stands on each page; the QR code leads to the address `at`, `short_address` near it."""
    return {
        "title": title,
        "whose": whose,
        "guide": TITLE,
        "subtitle": SUBTITLE,
        "unofficial": UNOFFICIAL,
        "edition": edition(catalog),
        "about": about,
        "at": at,
        "short": short_address,
        "qr": _qr(at),
        "blocks": blocks,
    }


def _qr(address: str) -> str:
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=0, xmldecl=False, omitsize=True)
    return drawn.getvalue().decode()


def _plan(catalog: Catalog, address: str, track: Track, level: str, weeks: int) -> Block:
    found = plan(catalog.all(Task), track.id, level, weeks, PLAN_HOURS)
    write, row = Writer(catalog, address), catalog.get(level, Level)
    reader = f"{curly(plain(track.title))}, {level.upper()}"
    length = f"{_WORDS[weeks].capitalize()} weeks"
    minutes = sum(task.minutes for task in found.tasks)
    topics = ", ".join(name(catalog, id) for id in dict.fromkeys((*track.topics, *track.components)))
    about = [
        _p(
            f"{len(found.tasks)} tasks, {_long(minutes)}, in {_WORDS[weeks]} weeks of up to {_WORDS[PLAN_HOURS]} hours. "
            "Each ends in something that another person can see or hear.",
            track.id,
        ),
        {"k": "p", "row": level, "runs": [*write(f"{level.upper()}:", bold=True), {"t": " "}, *write(row.question)]},
        {
            "k": "p",
            "row": track.id,
            "runs": [*write("Go deep on:", bold=True), {"t": f" {topics}. "}, *write(track.because)],
        },
        _p(f"Short addresses (go/…) begin with {address}", level),
    ]
    blocks = [block for number, week in enumerate(found.weeks, 1) for block in _week(write, number, week)]
    choice = f"v=1&level={level}&track={short(track.id)}&weeks={weeks}&hours={PLAN_HOURS}"
    whose = f"{length} at {_WORDS[PLAN_HOURS]} hours: {reader}"
    blocks += [*_left_out(write, found), *_sources(write)]
    return _frame(catalog, f"{length}: {reader}", whose, about, f"{address}{MINE}/?{choice}", MINE, blocks)


def _week(write: Writer, number: int, week: tuple[tuple[Task, ...], ...]) -> Iterator[Block]:
    minutes = sum(task.minutes for day in week for task in day)
    yield {"k": "h", "level": 1, "runs": [{"t": f"Week {number}"}], "note": _long(minutes)}
    for day, tasks in enumerate(week, 1):
        if tasks:
            note = f"{sum(task.minutes for task in tasks)} min"
            yield {"k": "h", "level": 2, "runs": [{"t": f"Day {day}"}], "note": note}
            yield {"k": "tasks", "items": [_task(write, task) for task in tasks]}


def _task(write: Writer, task: Task) -> Block:
    return {
        "row": task.id,
        "runs": write(task.do),
        "minutes": f"{task.minutes} min",
        "output": write(task.output),
        "at": write.link(task.at),
    }


def _left_out(write: Writer, found: Schedule) -> Iterator[Block]:
    if found.left_out:
        yield {"k": "h", "level": 1, "runs": [{"t": "Left out for want of time"}]}
        items = [
            {
                "row": left.task.id,
                "runs": [*write(left.task.output), {"t": f", {left.task.minutes} min, "}, *write.link(left.task.at)],
            }
            for left in found.left_out
        ]
        yield {"k": "list", "marker": "bullets", "small": True, "items": items}


def _sources(write: Writer) -> Iterator[Block]:
    if write.cited:
        yield {"k": "h", "level": 1, "runs": [{"t": "Sources"}]}
        yield {"k": "list", "marker": "numbers", "small": True, "items": write.sources()}


def _long(minutes: int) -> str:
    return f"{minutes // 60} h {minutes % 60:02d} min" if minutes >= 60 else f"{minutes} min"


def _p(text: str, row: str) -> Block:
    return {"k": "p", "row": row, "runs": [{"t": curly(text)}]}


class _Sheet:
    """One sheet or workbook, put together piece by piece."""

    def __init__(self, catalog: Catalog, prose: Prose, address: str) -> None:
        self.catalog = catalog
        self.prose = prose
        self.address = address
        self.write = Writer(catalog, address)

    def made(self, row: Booklet) -> Block:
        """Return the content of the booklet that `row` describes."""
        blocks: list[Block] = []
        for piece in row.pieces:
            for copy in range(1, piece.copies + 1):
                blocks += self._piece(piece, piece.of or row.at, copy)
        at = address_of(self.catalog, self.address, row.at)
        about = [
            {"k": "p", "row": row.id, "runs": self.write(row.purpose)},
            _p(f"Short addresses (go/…) begin with {self.address}", row.id),
        ]
        title = curly(plain(row.title))
        return _frame(self.catalog, title, title, about, at, f"go/{row.at}", [*blocks, *_sources(self.write)])

    def _piece(self, piece: Piece, of: str, copy: int) -> Iterable[Block]:
        makers: dict[str, Callable[[str, Piece], Iterable[Block]]] = {
            "opening": lambda id, one: self._section(id, one, copy),
            "section": lambda id, one: self._section(id, one, copy),
            "prepare": self._prepare,
            "expect": self._expect,
            "ask": self._ask,
            "loses": self._loses,
            "hour": self._hour,
            "levels": self._levels,
            "rubric": self._rubric,
            "tells": self._tells,
            "values": self._values,
            "grid": self._grid,
            "scorecard": self._scorecard,
            "subjects": self._subjects,
        }
        return makers[piece.shows](of, piece)

    def _section(self, id: str, piece: Piece, copy: int) -> Iterator[Block]:
        page = self.catalog.pages[self.catalog.homes[id].page]
        found = sections.section(self.catalog, page, self.prose[page.path], self.address, piece.heading or "")
        if piece.heading:
            note = f"{copy} of {piece.copies}" if piece.copies > 1 else ""
            yield self._heading(found.title, note=note, new_page=piece.new_page or piece.copies > 1)
        for block in found.blocks:
            if block.kind == "h":
                yield self._heading(block.lines[0], level=2)
            elif block.kind == "p" and copy == 1 and piece.only != "lines":
                yield {"k": "p", "row": page.id, "runs": self.write(block.lines[0])}
            elif block.kind != "p" and piece.only != "prose":
                marker = "ticks" if piece.ticks else block.kind
                yield self._list(marker, ((page.id, self.write(line)) for line in block.lines), piece.room)

    def _heading(self, words: str, *, level: int = 1, note: str = "", new_page: bool = False) -> Block:
        return {"k": "h", "level": level, "runs": self.write(words), "note": note, "new_page": new_page}

    @staticmethod
    def _list(marker: str, items: Iterable[tuple[str, list[Run]]], room: int = 0) -> Block:
        return {
            "k": "list",
            "marker": marker,
            "items": [{"row": row, "runs": runs, "room": room} for row, runs in items],
        }

    def _prepare(self, id: str, piece: Piece) -> Iterator[Block]:
        yield self._heading("Prepare in one evening")
        lines = self.catalog.get(id, Stage).prepare
        yield self._list("ticks" if piece.ticks else "bullets", ((id, self.write(one)) for one in lines), piece.room)

    def _expect(self, id: str, piece: Piece) -> Iterator[Block]:
        yield self._heading("What you may be asked")
        items = []
        for one in self.catalog.get(id, Stage).expect:
            grade = f" {GRADE_WORDS[one.grade]}" + (f", {one.year}" if one.year else "")
            items.append((id, [*self.write(one.ask), {"t": grade, "i": True}, *self.write.cite(*one.sources)]))
        yield self._list("bullets", items, piece.room)

    def _ask(self, id: str, piece: Piece) -> Iterator[Block]:
        yield self._heading("What to ask")
        lines = self.catalog.get(id, Stage).ask
        yield self._list("ticks" if piece.ticks else "bullets", ((id, self.write(one)) for one in lines), piece.room)

    def _loses(self, id: str, piece: Piece) -> Iterator[Block]:
        yield self._heading("How people lose it")
        yield self._list("bullets", ((id, self.write(one)) for one in self.catalog.get(id, Stage).loses), piece.room)

    def _hour(self, _id: str, _piece: Piece) -> Iterator[Block]:
        yield self._heading("What the candidate is told")
        yield _table(
            (("Minutes", 12), ("Part", 24), ("What to do", 64)),
            [
                (
                    phase.id,
                    [
                        [{"t": f"{phase.begins} to {phase.ends}"}],
                        self.write(phase.title, bold=True),
                        self.write(phase.candidate),
                    ],
                )
                for phase in self.catalog.all(Phase)
            ],
        )

    def _subjects(self, _id: str, _piece: Piece) -> Iterator[Block]:
        yield self._heading("Who opened each subject")
        empty: list[list[Run]] = [[], [], [{"box": "candidate"}], [{"box": "you"}]]
        yield _table(
            (("Minute", 12), ("Subject", 60), ("The candidate", 18), ("You", 10)),
            [("", empty)] * _SUBJECTS,
            tall=True,
        )

    def _levels(self, _id: str, _piece: Piece) -> Iterator[Block]:
        yield self._heading("What each level asks")
        yield _table(
            (("Level", 20), ("The question the hour answers", 38), ("What it adds", 42)),
            [
                (
                    row.id,
                    [
                        [*self.write(f"{row.name}: ", bold=True), *self.write(row.title)],
                        self.write(row.question),
                        self.write(row.adds),
                    ],
                )
                for row in self.catalog.all(Level)
            ],
        )

    def _rubric(self, id: str, _piece: Piece) -> Iterator[Block]:
        row = self.catalog.get(id, Level)
        yield self._heading(f"{row.name}: {row.title}", new_page=True)
        yield {"k": "p", "row": id, "runs": self.write(row.question)}
        yield _table(
            (("", 13), ("Hit", 37), ("Partial", 26), ("Miss", 24)),
            [
                (
                    line.id,
                    [
                        self.write(self.catalog.name(line.dimension), bold=True),
                        self.write(line.hit),
                        self.write(line.partial),
                        self.write(line.miss),
                    ],
                )
                for line in row.rubric
            ],
        )

    def _tells(self, id: str, _piece: Piece) -> Iterator[Block]:
        row = self.catalog.get(id, Level)
        yield self._heading(f"What gives {row.name} away", level=2)
        yield _table(
            (("What is said", 42), ("Reads as", 16), ("Why", 42)),
            [
                (tell.id, [self.write(tell.says), [{"t": _READS_AS[tell.reads_as]}], self.write(tell.why)])
                for tell in row.tells
            ],
        )
        yield self._heading("The classic miss", level=2)
        yield {"k": "p", "row": id, "runs": self.write(row.classic_miss)}

    def _values(self, _id: str, _piece: Piece) -> Iterator[Block]:
        yield self._heading("What each value asks for")
        yield _table(
            (("Value", 18), ("A story to look for", 82)),
            [
                (row.id, [[*self.write(row.name, bold=True)], self.write(row.story_prompt)])
                for row in self.catalog.all(Value)
            ],
        )

    def _grid(self, _id: str, _piece: Piece) -> Iterator[Block]:
        columns = [(f"Story {number}", 12) for number in range(1, _STORIES + 1)]
        yield _table(
            (("Value", 28), *columns),
            [
                (row.id, [self.write(row.name), *([{"box": f"story {n}"}] for n in range(1, _STORIES + 1))])
                for row in self.catalog.all(Value)
            ],
        )

    def _scorecard(self, id: str, _piece: Piece) -> Iterator[Block]:
        row = self.catalog.get(id, Level)
        yield self._heading(f"Scorecard {row.name}", note=curly(plain(row.title)), new_page=True)
        boxes = [[{"box": word}] for word in ("hit", "partial", "miss")]
        yield _table(
            (("", 14), ("A hit is", 36), ("Hit", 6), ("Partial", 8), ("Miss", 6), ("The sentence, and its minute", 30)),
            [
                (
                    line.id,
                    [
                        self.write(self.catalog.name(line.dimension), bold=True),
                        self.write(line.hit),
                        *boxes,
                        [],
                    ],
                )
                for line in row.rubric
            ],
            small=True,
        )


def _table(columns: Iterable[tuple[str, int]], rows: Iterable[tuple[str, list[list[Run]]]], **look: bool) -> Block:
    """Return a table: its columns by name and share of the width, its rows with the id of the row each comes from."""
    columns = list(columns)
    return {
        "k": "table",
        "head": [head for head, _ in columns],
        "widths": [width for _, width in columns],
        "rows": [{"row": row, "cells": cells} for row, cells in rows],
        **look,
    }
