"""What a picture shows: the drawing for its kind, its caption, and the same in words."""

from __future__ import annotations

import html
import math
from collections.abc import Callable, Iterator, Mapping

from macros.rows import pictures as model
from macros.rows.markup import plain
from macros.rows.pictures import NARROWEST, WIDTH, width, wrapped
from macros.rows.sums import Sum, SumValue, format_value
from macros.views import markdown, svg
from macros.views.registry import macro
from macros.views.render_context import RenderContext

_LINE = 1.3  # em between lines of a label


@macro("picture", homes="itself")
def picture(view: RenderContext, id: str) -> str:
    """A picture with its caption, which says what to look at, and where its numbers come from."""
    row = view.catalog.get(id, model.Picture)
    title = html.escape(plain(row.title))
    drawn = _drawn(row.drawing, plain(row.alt), view.catalog.get(row.sum, Sum).values() if row.sum else {})
    # Steps are text, which grows with the page.
    enlarge = markdown.enlarge(id, title) if row.drawing.kind != "steps" else ""
    words = "\n".join(f"{number}. {view.text(step)}" for number, step in enumerate(row.words, 1))
    notes = [view.text(row.look)]
    if row.sum:
        notes.append(f"Numbers: {view.link(row.sum)}.")
    if row.basis:
        notes.append(view.text(row.basis))
    return markdown.blocks(
        # One line of HTML, which both engines pass on untouched.
        f'<figure class="hp-picture hp-picture-{row.drawing.kind}" id="{id}"><p class="hp-picture-title">{title}</p>{drawn}{enlarge}</figure>',
        f"{' '.join(notes)}\n{markdown.attributes(classes=['hp-look'])}",
        f'<details class="hp-diagram-words" markdown="1">\n<summary markdown="span">The picture in words</summary>\n\n{words}\n\n</details>'
        if words
        else "",
    )


def _drawn(drawing: model.Drawing, alt: str, values: Mapping[str, SumValue]) -> str:
    """The drawing itself; `values` are those of the picture's sum."""
    match drawing:
        case model.Sequence():
            return _sequence(drawing, alt)
        case model.Bars():
            return _bars(drawing, alt, values)
        case model.Timeline():
            return _timeline(drawing, alt)
        case model.Plot():
            return _plot(drawing, alt)
        case model.Steps():
            return _steps(drawing)
        case model.Funnel():
            return _funnel(drawing, alt)
        case model.Flow():
            return _flow(drawing, alt)


def outline(view: RenderContext, id: str) -> str:
    """The shape of a picture without its words, small, for a card whose text says what it is. Raises ValueError for steps."""
    row = view.catalog.get(id, model.Picture)
    if row.drawing.kind == "steps":
        raise ValueError(
            f"docs/{view.page.path}: '{id}' is a list of steps, which has no outline; name another picture"
        )
    return svg.outline(
        _drawn(row.drawing, plain(row.alt), view.catalog.get(row.sum, Sum).values() if row.sum else {}), 72
    )


def _sequence(drawing: model.Sequence, alt: str) -> str:
    count = len(drawing.lanes)
    at = {lane: (index + 0.5) / count * 100 for index, lane in enumerate(drawing.lanes)}
    heads = [wrapped(lane, WIDTH / count - 8) for lane in drawing.lanes]
    top = max(map(len, heads)) * _LINE + 0.4
    height = top + len(drawing.messages) * 2.5 + 0.6

    def parts() -> Iterator[str]:
        for lane, lines in zip(drawing.lanes, heads, strict=True):
            for number, words in enumerate(lines):
                yield svg.text(at[lane], 1 + number * _LINE, words, anchor="middle", kind="b")
            yield svg.line(at[lane], top, at[lane], height, "g")
        for number, one in enumerate(drawing.messages):
            y = top + number * 2.5 + 1.9
            x1, x2 = at[one.source], at[one.to]
            words = f"{one.at}  {one.label}" if one.at else one.label
            yield _clamped((x1 + x2) / 2, y - 0.55, words)
            if one.source == one.to:
                yield svg.dot(x1, y)
            elif one.lost:
                middle = x1 + (x2 - x1) * 0.6
                yield svg.line(x1, y, middle, y, "d")
                yield svg.cross(middle, y)
            else:
                yield svg.line(x1, y, x2, y)
                yield svg.head(x2, y, "right" if x2 > x1 else "left")

    return svg.canvas(height, alt, parts())


def _clamped(x: float, y: float, words: str, kind: str = "h") -> str:
    """A label centred at x, or at the edge of the page where it would not fit on a phone."""
    half = width(words) / WIDTH * 50 + 1
    if x < half:
        return svg.text(0, y, words, kind=kind)
    if x > 100 - half:
        return svg.text(100, y, words, anchor="end", kind=kind)
    return svg.text(x, y, words, anchor="middle", kind=kind)


def _bars(drawing: model.Bars, alt: str, values: Mapping[str, SumValue]) -> str:
    def amount(bar: model.Bar) -> float:
        return float(values[bar.of].exact) if bar.of else bar.value or 0.0

    def shown(bar: model.Bar) -> str:
        return format_value(values[bar.of]) if bar.of and not bar.shown else bar.shown or ""

    every = [*drawing.rows, *([drawing.limit] if drawing.limit else [])]
    most = max(amount(bar) for bar in every) or 1.0
    least = min((amount(bar) for bar in every if amount(bar)), default=1.0)

    def wide(bar: model.Bar) -> float:
        return max(across(bar), 0.6)  # so that the smallest can be seen

    def across(bar: model.Bar) -> float:
        value = amount(bar)
        if drawing.log and value:
            return 58 * (math.log10(value / least) + 0.3) / (math.log10(most / least) + 0.3)
        return 58 * value / most

    def parts() -> Iterator[str]:
        for number, bar in enumerate(every):
            y = number * 2.7
            kind = "n d" if bar is drawing.limit else "s" if bar.strong else "t"
            yield svg.text(0, y + 1, bar.label)
            yield svg.rect(0, y + 1.35, wide(bar), 0.95, kind)
            if drawing.limit and across(bar) > across(drawing.limit):  # inside the bar, so that it strikes no label
                yield svg.line(across(drawing.limit), y + 1.35, across(drawing.limit), y + 2.3, "d")
            yield svg.text(wide(bar), y + 2.15, shown(bar), kind="h b", dx=6)

    return svg.canvas(len(every) * 2.7 + 0.2, alt, parts())


def _timeline(drawing: model.Timeline, alt: str) -> str:
    first, last = drawing.ticks[0], drawing.ticks[-1]

    def across(value: float) -> float:
        return 1.5 + 97 * (value - first) / (last - first)

    rows = [(lane, span) for lane in drawing.tracks for span in lane.spans]
    bottom = len(rows) * 2.3 + len(drawing.tracks) * 1.6

    def parts() -> Iterator[str]:
        for tick in drawing.ticks:
            yield svg.line(across(tick), 0.2, across(tick), bottom + 0.4, "g")
        y = 0.0
        for lane in drawing.tracks:
            yield svg.text(0, y + 1.1, lane.name, kind="b h")
            y += 1.6
            for span in lane.spans:
                x1, x2 = across(span.begins), across(span.ends)
                beyond = width(span.label) + NARROWEST * x1 / 100 - NARROWEST
                if beyond > 0 and width(span.label) <= NARROWEST * x2 / 100:  # back from the end of its bar
                    yield svg.text(x2, y + 0.9, span.label, anchor="end", kind="h")
                else:  # from the beginning of its bar, or as little before it as a phone asks for
                    yield svg.text(x1, y + 0.9, span.label, kind="h", dx=-beyond - 4 if beyond > 0 else 0)
                if span.begins == span.ends:
                    yield svg.dot(x1, y + 1.6)
                else:
                    yield svg.rect(x1, y + 1.25, x2 - x1, 0.7, "s" if span.strong else "t")
                y += 2.3
        yield svg.line(across(first), bottom + 0.4, across(last), bottom + 0.4)
        yield from _ticks(drawing.ticks, across, bottom + 1.6)
        yield svg.text(100, bottom + 2.9, drawing.unit, anchor="end", kind="m")

    return svg.canvas(bottom + 3.3, alt, parts())


def _ticks(ticks: tuple[float, ...], across: Callable[[float], float], y: float) -> Iterator[str]:
    for index, tick in enumerate(ticks):
        words, x = f"{tick:,g}", across(tick)
        if index == 0:
            yield svg.text(0, y, words, kind="m")
        elif index == len(ticks) - 1:
            yield svg.text(100, y, words, anchor="end", kind="m")
        else:
            yield svg.text(x, y, words, anchor="middle", kind="m")


def _plot(drawing: model.Plot, alt: str) -> str:
    first, last = drawing.x_ticks[0], drawing.x_ticks[-1]
    top, high = 1.8, 12.0

    def across(x: float) -> float:
        return 1 + 98 * (x - first) / (last - first)

    def down(y: float) -> float:
        return top + high * (1 - y / drawing.y_top)

    def parts() -> Iterator[str]:
        yield svg.text(0, 1, drawing.y, kind="m")
        yield svg.line(across(first), top, across(first), top + high)
        yield svg.line(across(first), top + high, across(last), top + high)
        for mark in drawing.levels:
            yield svg.line(across(first), down(mark.at), across(last), down(mark.at), "o")
        for mark in drawing.moments:
            yield svg.line(across(mark.at), top, across(mark.at), top + high, "g")
        for series in drawing.series:
            points = ((across(point.x), 100 * (1 - point.y / drawing.y_top)) for point in series.points)
            yield svg.polyline(points, top, high, "l d" if series.dashed else "l a")
        for mark in drawing.levels:
            yield svg.text(100, down(mark.at) - 0.35, mark.label, anchor="end", kind="h m")
        for mark in drawing.moments:
            late = across(mark.at) > 60
            yield svg.text(
                across(mark.at),
                top + 0.9,
                mark.label,
                anchor="end" if late else "start",
                kind="h m",
                dx=-5 if late else 5,
            )
        for series in drawing.series:
            point = series.points[series.label_at]
            x, y = across(point.x), down(point.y) + (1.3 if series.below else -0.5)
            yield _clamped(x, max(y, top + 0.9), series.label, "h b")
        yield from _ticks(drawing.x_ticks, across, top + high + 1.2)
        yield svg.text(100, top + high + 2.5, drawing.x, anchor="end", kind="m")

    return svg.canvas(top + high + 2.9, alt, parts())


def _steps(drawing: model.Steps) -> str:
    """Steps are a list: their text wraps by itself, and needs no drawing to be read."""
    steps = "".join(
        f"<li><strong>{html.escape(plain(step.name))}</strong> <span>{html.escape(plain(step.adds))}</span></li>"
        for step in drawing.steps
    )
    return f"<ol>{steps}</ol>"


def _funnel(drawing: model.Funnel, alt: str) -> str:
    stages = drawing.stages

    def parts() -> Iterator[str]:
        for number, stage in enumerate(stages):
            y = number * 2.9
            share = max(stage.share, 1.0)
            yield _clamped(50, y + 1, f"{stage.label}: {stage.shown}", "")
            yield svg.rect(50 - share / 2, y + 1.4, share, 1.1, "s" if number == len(stages) - 1 else "t")

    return svg.canvas(len(stages) * 2.9, alt, parts())


def _flow(drawing: model.Flow, alt: str) -> str:
    lines = {node.name: wrapped(node.name, drawing.box(node) - 12) for node in drawing.nodes}
    rows = sorted({node.row for node in drawing.nodes})
    tall = {n: max(len(lines[node.name]) for node in drawing.nodes if node.row == n) * _LINE + 0.9 for n in rows}
    gap = 2.6 if any(edge.label for edge in drawing.edges) else 1.8
    top = {n: sum(tall[earlier] + gap for earlier in rows if earlier < n) + 0.1 for n in rows}
    column = 100 / drawing.columns
    side = column * (1 - model.BOX) / 2
    by_name = {node.name: node for node in drawing.nodes}

    def left(node: model.Node) -> float:
        return (node.column - 1) * column + side

    def right(node: model.Node) -> float:
        return (node.column - 1 + node.wide) * column - side

    def parts() -> Iterator[str]:
        for edge in drawing.edges:
            yield from arrow(edge, by_name[edge.source], by_name[edge.to])
        for node in drawing.nodes:
            yield svg.rect(
                left(node), top[node.row], right(node) - left(node), tall[node.row], "s" if node.strong else "n"
            )
            words = lines[node.name]
            start = top[node.row] + (tall[node.row] - len(words) * _LINE) / 2 + 0.98
            for number, said_here in enumerate(words):
                yield svg.text((left(node) + right(node)) / 2, start + number * _LINE, said_here, anchor="middle")

    def arrow(edge: model.Edge, one: model.Node, other: model.Node) -> Iterator[str]:
        kind = "d" if edge.dashed else ""
        if one.row == other.row:
            y = top[one.row] + tall[one.row] / 2
            forward = one.column < other.column
            x1, x2 = (right(one), left(other)) if forward else (left(one), right(other))
            yield svg.line(x1, y, x2, y, kind)
            yield svg.head(x2, y, "right" if forward else "left")
            if edge.both:
                yield svg.head(x1, y, "left" if forward else "right")
            return
        x = drawing.across(edge) / WIDTH * 100
        downward = one.row < other.row
        y1, y2 = (
            (top[one.row] + tall[one.row], top[other.row])
            if downward
            else (top[one.row], top[other.row] + tall[other.row])
        )
        yield svg.line(x, y1, x, y2, kind)
        yield svg.head(x, y2, "down" if downward else "up")
        if edge.both:
            yield svg.head(x, y1, "up" if downward else "down")
        if edge.label:
            y = (y1 + y2) / 2 + 0.35
            beside = width(edge.label) <= drawing.room(edge)[1]
            yield svg.text(x, y, edge.label, anchor="start" if beside else "end", kind="h", dx=8 if beside else -8)

    last = rows[-1]
    return svg.canvas(top[last] + tall[last] + 0.2, alt, parts())
