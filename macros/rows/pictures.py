"""Pictures drawn from data: sequences, bars, timelines, plots, steps, funnels and flows.

One drawing serves a phone and a wide page: places across are per cent, places down are lines of text. So a label has
to fit the narrowest page, which is checked here; `WIDTH` is its width in px, `EM` the size of the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, model_validator

from macros.rows.base import LocatedError, Part, SumId, Titled
from macros.rows.kinds import kind
from macros.rows.markup import Line, Text, Title
from macros.rows.near_miss import near_miss

WIDTH = 304  # px: a page of 360 px less its margins
NARROWEST = 280  # px: one of 320 px
EM = 14  # px
BOX = 0.8  # of a column, the part that a box takes; the rest is for arrows
# Advance widths of Arial and its metric equals, in thousandths of the size; the rest counts as 560.
_NARROW = {**dict.fromkeys("ijl'.,:;|!·", 250), **dict.fromkeys("frtI()[]-/ ", 310), **dict.fromkeys("mMW@%", 860)}

Label = Annotated[Title, Field(max_length=60)]
Percent = Annotated[float, Field(ge=0, le=100)]


def width(text: str) -> float:
    """Return the px that a label takes in one line at the size of a phone."""
    return sum(_NARROW.get(letter, 700 if letter.isupper() else 560) for letter in text) * EM / 1000


def wrapped(text: str, px: float) -> list[str]:
    """Return the lines of a label in a box of `px`; a word that is too long stays on a line of its own."""
    lines: list[str] = []
    for word in text.split():
        if lines and width(f"{lines[-1]} {word}") <= px:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _fits(label: str, px: float, at: tuple[int | str, ...], lines: int = 1) -> None:
    found = wrapped(label, px)
    if len(found) > lines or any(width(line) > px for line in found):
        room = f"{lines} line{'s' * (lines > 1)} of about {px / EM * 1.9:.0f} characters"
        raise LocatedError(at, f"'{label}' does not fit a phone: there is room for {room}; say it shorter")


class Message(Part):
    """An arrow from one lane to another; `at` is its time, `lost` one that does not arrive."""

    source: Label
    to: Label
    label: Label
    at: Label | None = None
    lost: bool = False


class Sequence(Part):
    """Who calls whom, from top to bottom."""

    kind: Literal["sequence"]
    lanes: Annotated[tuple[Label, ...], Field(min_length=2, max_length=4)]
    messages: Annotated[tuple[Message, ...], Field(min_length=2, max_length=12)]

    @model_validator(mode="after")
    def _labels_fit(self) -> Sequence:
        for index, lane in enumerate(self.lanes):
            _fits(lane, WIDTH / len(self.lanes) - 8, ("lanes", index), 2)
        for index, one in enumerate(self.messages):
            for name in ("source", "to"):
                if (lane := getattr(one, name)) not in self.lanes:
                    what = f"there is no lane '{lane}'{near_miss(lane, self.lanes)}"
                    raise LocatedError(("messages", index, name), what)
            _fits(f"{one.at} {one.label}" if one.at else one.label, WIDTH - 8, ("messages", index, "label"))
        return self


class Bar(Part):
    """A bar: a number given here, or a value of a sum."""

    label: Label
    value: Annotated[float, Field(ge=0)] | None = None
    of: Label | None = Field(None, description="A value of the picture's sum, by its name")
    shown: Label | None = Field(None, description="The number as it is said; worked out for a value of a sum")
    strong: bool = False

    @model_validator(mode="after")
    def _one_origin(self) -> Bar:
        if (self.value is None) == (self.of is None):
            raise ValueError("needs either 'value' with 'shown', or 'of', the name of a value of the sum")
        if self.value is not None and not self.shown:
            raise LocatedError(("value",), "needs 'shown', the number with its unit as it is said")
        return self


class Bars(Part):
    """Bars beside a limit, all of one unit."""

    kind: Literal["bars"]
    rows: Annotated[tuple[Bar, ...], Field(min_length=2, max_length=9)]
    limit: Bar | None = None
    log: bool = Field(False, description="True when the longest is more than fifty times the shortest")

    @model_validator(mode="after")
    def _labels_fit(self) -> Bars:
        for index, row in enumerate(self.rows):
            _fits(row.label, WIDTH - 4, ("rows", index, "label"))
            _fits(row.shown or "", WIDTH * 0.34, ("rows", index, "shown"))
        if self.limit:
            _fits(f"{self.limit.label}: {self.limit.shown or ''}", WIDTH - 8, ("limit", "label"))
        return self


class Span(Part):
    """A stretch of time on a track; `begins` equal to `ends` is a moment."""

    label: Label
    begins: float
    ends: float
    strong: bool = False


class Lane(Part):
    """One line of a timeline."""

    name: Label
    spans: Annotated[tuple[Span, ...], Field(min_length=1, max_length=7)]


class Timeline(Part):
    """What happens when: tracks over one axis."""

    kind: Literal["timeline"]
    unit: Label
    ticks: Annotated[tuple[float, ...], Field(min_length=2, max_length=7)]
    tracks: Annotated[tuple[Lane, ...], Field(min_length=1, max_length=6)]

    @model_validator(mode="after")
    def _in_order(self) -> Timeline:
        for index, (one, other) in enumerate(pairwise(self.ticks)):
            if other <= one:
                raise LocatedError(("ticks", index + 1), "ticks rise from left to right")
        for number, track in enumerate(self.tracks):
            _fits(track.name, WIDTH - 4, ("tracks", number, "name"))
            for index, span in enumerate(track.spans):
                at = ("tracks", number, "spans", index)
                if not self.ticks[0] <= span.begins <= span.ends <= self.ticks[-1]:
                    raise LocatedError(
                        (*at, "begins"), f"lies outside the axis, {self.ticks[0]:g} to {self.ticks[-1]:g}"
                    )
                _fits(span.label, WIDTH - 8, (*at, "label"))
        return self


class Point(Part):
    """A point of a line: both in the units of the axes."""

    x: float
    y: float


class Series(Part):
    """A line, with its name at one of its points."""

    label: Label
    points: Annotated[tuple[Point, ...], Field(min_length=2, max_length=40)]
    label_at: Annotated[int, Field(ge=0, description="The point, counted from 0, beside which the name stands")]
    below: bool = Field(False, description="True to put the name below the line")
    dashed: bool = False


class Mark(Part):
    """A level across the plot, or a moment down it."""

    label: Label
    at: float


class Plot(Part):
    """Lines over two axes."""

    kind: Literal["plot"]
    x: Label
    y: Label
    x_ticks: Annotated[tuple[float, ...], Field(min_length=2, max_length=7)]
    y_top: Annotated[float, Field(gt=0)]
    series: Annotated[tuple[Series, ...], Field(min_length=1, max_length=3)]
    levels: tuple[Mark, ...] = ()
    moments: tuple[Mark, ...] = ()

    @model_validator(mode="after")
    def _inside(self) -> Plot:
        for number, line in enumerate(self.series):
            if line.label_at >= len(line.points):
                raise LocatedError(
                    ("series", number, "label_at"), f"there are {len(line.points)} points, counted from 0"
                )
            _fits(line.label, WIDTH * 0.6, ("series", number, "label"))
            for index, point in enumerate(line.points):
                if not self.x_ticks[0] <= point.x <= self.x_ticks[-1] or not 0 <= point.y <= self.y_top:
                    raise LocatedError(("series", number, "points", index), "lies outside the axes")
        for index, mark in enumerate(self.levels):
            _fits(mark.label, WIDTH * 0.7, ("levels", index, "label"))
        for index, mark in enumerate(self.moments):
            _fits(mark.label, WIDTH * 0.45, ("moments", index, "label"))
        return self


class StepUp(Part):
    """One step: a name, and what it adds."""

    name: Label
    adds: Annotated[Line, Field(max_length=160)]


class Steps(Part):
    """Steps that build on one another, the first on top; or gates, one after the other."""

    kind: Literal["steps"]
    steps: Annotated[tuple[StepUp, ...], Field(min_length=2, max_length=7)]

    @model_validator(mode="after")
    def _labels_fit(self) -> Steps:
        for index, step in enumerate(self.steps):
            _fits(step.name, WIDTH - 24, ("steps", index, "name"))
            _fits(step.adds, WIDTH - 24, ("steps", index, "adds"), 4)
        return self


class FunnelStage(Part):
    """One stage of a funnel: how many are left, and what takes the others away."""

    label: Label
    shown: Label
    share: Percent = Field(description="Width of the stage, in per cent")


class Funnel(Part):
    """Fewer and fewer from top to bottom."""

    kind: Literal["funnel"]
    stages: Annotated[tuple[FunnelStage, ...], Field(min_length=2, max_length=6)]

    @model_validator(mode="after")
    def _labels_fit(self) -> Funnel:
        for index, stage in enumerate(self.stages):
            _fits(f"{stage.label}: {stage.shown}", WIDTH - 4, ("stages", index, "label"))
        return self


class Node(Part):
    """A box of a flow, in a column and a row counted from 1; `wide` is how many columns it spans."""

    name: Label
    column: Annotated[int, Field(ge=1, le=4)]
    row: Annotated[int, Field(ge=1, le=9)]
    wide: Annotated[int, Field(ge=1, le=4)] = 1
    strong: bool = False


class Edge(Part):
    """An arrow between two boxes that share a column or a row."""

    source: Label
    to: Label
    label: Label | None = None
    dashed: bool = False
    both: bool = False


class Flow(Part):
    """Boxes in a grid and the arrows between them. Arrows run straight: along a column, or along a row."""

    kind: Literal["flow"]
    columns: Annotated[int, Field(ge=1, le=4)]
    nodes: Annotated[tuple[Node, ...], Field(min_length=2, max_length=14)]
    edges: tuple[Edge, ...] = ()

    @model_validator(mode="after")
    def _labels_fit(self) -> Flow:
        by_name = {node.name: node for node in self.nodes}
        if len(by_name) < len(self.nodes):
            raise LocatedError(("nodes",), "two boxes have one name")
        for index, node in enumerate(self.nodes):
            if node.column + node.wide - 1 > self.columns:
                raise LocatedError(("nodes", index, "column"), f"reaches beyond column {self.columns}")
            _fits(node.name, self.box(node) - 12, ("nodes", index, "name"), 3)
        for index, edge in enumerate(self.edges):
            for name in ("source", "to"):
                if (box := getattr(edge, name)) not in by_name:
                    what = f"there is no box '{box}'{near_miss(box, by_name)}"
                    raise LocatedError(("edges", index, name), what)
        for index, edge in enumerate(self.edges):
            one, other = by_name[edge.source], by_name[edge.to]
            if not (_columns(one) & _columns(other) or one.row == other.row):
                raise LocatedError(("edges", index), "the boxes share neither a column nor a row; move one of them")
        for index, edge in enumerate(self.edges):
            one, other = by_name[edge.source], by_name[edge.to]
            if through := next((node.name for node in self.nodes if self._between(edge, node)), None):
                raise LocatedError(("edges", index), f"the arrow runs through the box '{through}'; move one of them")
            if edge.label and one.row == other.row:
                raise LocatedError(("edges", index, "label"), "arrows along a row have no room for a label")
            if edge.label and width(edge.label) > max(self.room(edge)):
                what = f"'{edge.label}' runs into a box or another arrow on a phone; say it shorter"
                raise LocatedError(("edges", index, "label"), what)
        return self

    def box(self, node: Node) -> float:
        """Return the width of a box in px on a phone."""
        return WIDTH / self.columns * (node.wide - 1 + BOX)

    def across(self, edge: Edge) -> float:
        """Return where an arrow along a column stands, in px on a phone."""
        shared = set.intersection(*(_columns(node) for node in self._ends(edge)))
        return ((min(shared) + max(shared)) / 2 - 0.5) * WIDTH / self.columns

    def room(self, edge: Edge) -> tuple[float, float]:
        """Return the px left and right of an arrow along a column, up to the next box, the next arrow or the page's end."""
        x = self.across(edge)
        first, last = sorted(node.row for node in self._ends(edge))
        stops = [0.0, float(WIDTH)]
        for node in self.nodes:
            if first < node.row < last:
                left = (node.column - 1 + (1 - BOX) / 2) * WIDTH / self.columns
                stops += [left, left + self.box(node)]
        for other in self.edges:
            top, bottom = sorted(node.row for node in self._ends(other))
            if top < bottom and top < last and first < bottom:
                stops.append(self.across(other))
        return x - max(stop for stop in stops if stop < x) - 10, min(stop for stop in stops if stop > x) - x - 10

    def _between(self, edge: Edge, node: Node) -> bool:
        one, other = self._ends(edge)
        if one.row == other.row:
            first, last = sorted((one.column, other.column))
            return node.row == one.row and first < node.column < last
        first, last = sorted((one.row, other.row))
        centre = self.across(edge) / WIDTH * self.columns
        return first < node.row < last and node.column - 1 < centre < node.column - 1 + node.wide

    def _ends(self, edge: Edge) -> tuple[Node, Node]:
        by_name = {node.name: node for node in self.nodes}
        return by_name[edge.source], by_name[edge.to]


def _columns(node: Node) -> set[int]:
    return set(range(node.column, node.column + node.wide))


Drawing = Annotated[
    Sequence | Bars | Timeline | Plot | Steps | Funnel | Flow,
    Field(discriminator="kind"),
]


@kind(
    file="pictures/*.yml",
    prefix="picture-",
    where='`picture("…")`, see [below](#a-picture)',
    says=(("", "alt"),),
    search=("Evidence", 0.6),
)
class Picture(Titled):
    """A picture: what it is called, what to look at, what it says in words, and how it is drawn."""

    look: Text = Field(description="What to look at, in a sentence; the caption")
    alt: Line = Field(description="What the picture says, for who does not see it")
    words: tuple[Text, ...] = Field((), description="The same in steps, where the text beside it does not say them")
    basis: Text | None = Field(None, description="Where numbers come from, unless a sum says it")
    sum: SumId | None = Field(None, description="Sum whose values are shown")
    drawing: Drawing

    @model_validator(mode="after")
    def _numbers_have_an_origin(self) -> Picture:
        if isinstance(self.drawing, Bars | Plot) and not (self.sum or self.basis):
            raise LocatedError(
                ("basis",), "numbers need an origin: name the sum, or say in 'basis' where they come from"
            )
        if any(row.of for row in bars(self)) and not self.sum:
            raise LocatedError(("sum",), "a bar shows a value of a sum; name the sum")
        return self


def bars(picture: Picture) -> Iterator[Bar]:
    """Yield the bars of a picture and its limit."""
    if isinstance(picture.drawing, Bars):
        yield from picture.drawing.rows
        if picture.drawing.limit:
            yield picture.drawing.limit
