"""Pictures: what does not fit a phone, points nowhere or has no origin is refused with its place."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from macros.rows.pictures import Drawing, Flow, Picture, Timeline, wrapped
from macros.views.pictures import _timeline as drawn

WHOLE: TypeAdapter[Any] = TypeAdapter(Drawing)
LONG = "a label that is far too long for a phone of 360 px, at"
SEQUENCE = {
    "kind": "sequence",
    "lanes": ("Client", "Cache"),
    "messages": (
        {"source": "Client", "to": "Cache", "label": "get"},
        {"source": "Cache", "to": "Client", "label": "miss"},
    ),
}
BARS = {
    "kind": "bars",
    "rows": ({"label": "a", "value": 1.0, "shown": "1/s"}, {"label": "b", "value": 2.0, "shown": "2/s"}),
}
SPAN = {"label": "cold", "begins": 0.0, "ends": 5.0}
TIMELINE = {
    "kind": "timeline",
    "unit": "minutes",
    "ticks": (0.0, 5.0, 10.0),
    "tracks": ({"name": "Cache", "spans": (SPAN,)},),
}
LINE = {"label": "load", "points": ({"x": 0.0, "y": 0.0}, {"x": 10.0, "y": 5.0}), "label_at": 1}
PLOT = {"kind": "plot", "x": "minutes", "y": "reads/s", "x_ticks": (0.0, 10.0), "y_top": 10.0, "series": (LINE,)}
FLOW = {
    "kind": "flow",
    "columns": 2,
    "nodes": (
        {"name": "A", "column": 1, "row": 1},
        {"name": "B", "column": 2, "row": 2},
        {"name": "C", "column": 1, "row": 2},
    ),
    "edges": ({"source": "A", "to": "C"},),
}
PAST_B = {
    "nodes": (*FLOW["nodes"][:2], {"name": "D", "column": 1, "row": 3}),
    "edges": ({"source": "A", "to": "D"},),
}


@pytest.mark.parametrize("good", [SEQUENCE, BARS, TIMELINE, PLOT, FLOW], ids=lambda one: one["kind"])
def test_what_is_right_is_accepted(good: dict[str, Any]) -> None:
    assert WHOLE.validate_python(good).kind == good["kind"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({**SEQUENCE, "lanes": ("Client", LONG)}, "does not fit a phone"),
        (
            {**SEQUENCE, "messages": (*SEQUENCE["messages"], {"source": "Cache", "to": "Store", "label": "x"})},
            "there is no lane 'Store'",
        ),
        ({**BARS, "rows": ({"label": "a", "shown": "1"}, *BARS["rows"])}, "needs either 'value' with 'shown', or 'of'"),
        ({**BARS, "rows": ({"label": "a", "value": 1.0}, *BARS["rows"])}, "needs 'shown'"),
        ({**BARS, "rows": ({"label": LONG, "value": 1.0, "shown": "1"}, *BARS["rows"])}, "does not fit a phone"),
        ({**TIMELINE, "ticks": (0.0, 5.0, 5.0)}, "ticks rise from left to right"),
        ({**TIMELINE, "tracks": ({"name": "Cache", "spans": ({**SPAN, "ends": 11.0},)},)}, "lies outside the axis"),
        ({**PLOT, "series": ({**LINE, "label_at": 2},)}, "there are 2 points"),
        ({**PLOT, "y_top": 4.0}, "lies outside the axes"),
        ({**FLOW, "edges": ({"source": "A", "to": "B"},)}, "share neither a column nor a row"),
        ({**FLOW, "edges": ({"source": "A", "to": "D"},)}, "there is no box 'D'"),
        ({**FLOW, "edges": ({"source": "B", "to": "C", "label": "x"},)}, "no room for a label"),
        ({**FLOW, **PAST_B, "edges": ({"source": "A", "to": "D", "label": LONG[:20]},)}, "runs into a box or another"),
        (
            {
                **FLOW,
                "nodes": (*FLOW["nodes"], {"name": "D", "column": 1, "row": 3}),
                "edges": ({"source": "A", "to": "D"},),
            },
            "runs through the box 'C'",
        ),
        (
            {**FLOW, "nodes": (*FLOW["nodes"], {"name": "E", "column": 2, "row": 1, "wide": 2})},
            "reaches beyond column 2",
        ),
        ({**FLOW, "nodes": (*FLOW["nodes"], {"name": "A", "column": 2, "row": 1})}, "two boxes have one name"),
    ],
)
def test_what_is_wrong_is_refused(changed: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        WHOLE.validate_python(changed)


def test_numbers_need_an_origin() -> None:
    row = {"id": "picture-x", "title": "X", "look": "Look.", "alt": "Bars.", "drawing": BARS}
    with pytest.raises(ValidationError, match="numbers need an origin"):
        Picture.model_validate(row)
    assert Picture.model_validate({**row, "basis": "Both are assumed."}).sum is None


@pytest.mark.parametrize(
    ("begins", "ends", "where"),
    [
        (0.0, 1.0, 'x="1.5%" y="2.5em" class="h"'),  # from the beginning of its bar
        (9.0, 10.0, 'x="98.5%" y="2.5em" text-anchor="end"'),  # back from its end
        (4.0, 5.0, 'x="40.3%" y="2.5em" dx="-'),  # neither has room: as little before it as a phone asks for
    ],
)
def test_a_label_of_a_bar_stays_beside_it(begins: float, ends: float, where: str) -> None:
    span = {"label": "a label of a little over thirty letters", "begins": begins, "ends": ends}
    drawing = {**TIMELINE, "tracks": ({"name": "Cache", "spans": (span,)},)}
    row = {"id": "picture-x", "title": "X", "look": "Look.", "alt": "A bar.", "drawing": drawing}
    drawing = Picture.model_validate(row).drawing
    assert isinstance(drawing, Timeline)
    assert where in drawn(drawing, "")


def test_a_label_is_wrapped_at_its_words() -> None:
    assert wrapped("one two three", 60) == ["one two", "three"]
    assert wrapped("unbreakable", 10) == ["unbreakable"]


def test_a_label_has_room_up_to_the_next_box_or_arrow() -> None:
    beside_nothing = Flow.model_validate(FLOW)
    assert beside_nothing.room(beside_nothing.edges[0]) == pytest.approx((66, 218))
    past_a_box = Flow.model_validate({**FLOW, **PAST_B})
    assert past_a_box.room(past_a_box.edges[0]) == pytest.approx((66, 81.2))
    nodes = (*FLOW["nodes"], {"name": "D", "column": 2, "row": 1})
    edges = ({"source": "A", "to": "C"}, {"source": "D", "to": "B"})
    beside_an_arrow = Flow.model_validate({**FLOW, "nodes": nodes, "edges": edges})
    assert beside_an_arrow.room(beside_an_arrow.edges[0]) == pytest.approx((66, 142))
