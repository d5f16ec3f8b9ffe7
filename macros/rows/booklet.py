"""Booklets to print: what each sheet is made of, as rows, and the names of the files."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import Field

from macros.rows.base import AnyId, Part, Titled
from macros.rows.kinds import kind
from macros.rows.markup import Id, Line, Title

Shows = Literal[
    "opening", "section", "prepare", "expect", "ask", "loses", "hour", "levels", "rubric", "tells", "values", "grid",
    "scorecard", "subjects",
]  # fmt: skip
SHOWS: tuple[Shows, ...] = get_args(Shows)
# The kind of row that a piece is made from, where it is made from one.
NEEDS: dict[str, str] = {
    **dict.fromkeys(("prepare", "expect", "ask", "loses"), "stage"),
    **dict.fromkeys(("rubric", "tells", "scorecard"), "level"),
}
PLAN_WEEKS = (4, 6)  # the lengths of the plans that are made as booklets
PLAN_HOURS = 6  # a week
FOLDER = "booklets"  # of the finished site


class Piece(Part):
    """One part of a booklet: which rows or which section of a page it shows, and the room that it leaves to write."""

    shows: Shows
    of: AnyId | None = Field(None, description="The stage, the level or the page; left out: the booklet's own 'at'")
    heading: Id | None = Field(None, description="For a section: the id of its heading on the page")
    only: Literal["prose", "lines"] | None = Field(None, description="Of a section: its paragraphs, or its lists")
    new_page: bool = Field(False, description="True to begin it on a new page")
    ticks: bool = Field(False, description="True for a box to tick before each line")
    room: Annotated[int, Field(ge=0, le=10)] = Field(0, description="Lines to write on below each line")
    copies: Annotated[int, Field(ge=1, le=8)] = Field(1, description="How often it stands there, each on a new page")


@kind(
    file="booklets.yml", prefix="booklet-", where="Booklets to print, and `booklets/NAME.pdf`, see [below](#a-booklet)"
)
class Booklet(Titled):
    """A sheet or workbook made as a PDF file. Its texts are those of other rows and pages."""

    title: Title
    purpose: Line = Field(description="What it is for, in one sentence")
    at: AnyId = Field(description="The page on which the same stands; the QR code leads there")
    pieces: Annotated[tuple[Piece, ...], Field(min_length=1)]


def booklet_file(id: str) -> str:
    """``booklet-story-workbook`` gives ``story-workbook.pdf``."""
    return f"{id.removeprefix('booklet-')}.pdf"


def plan_file(track: str, level: str, weeks: int) -> str:
    """Return the name of the file of a plan: ``plan-platform-l5-4-weeks.pdf``."""
    return f"plan-{track.removeprefix('track-')}-{level}-{weeks}-weeks.pdf"
