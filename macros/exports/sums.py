"""Sums as plain Markdown: what goes in, each step with its numbers, and what follows."""

from __future__ import annotations

from collections.abc import Mapping

from macros.exports.plaintext import PlainRenderer
from macros.rows import formula
from macros.rows.number_format import humanize_is_exact, is_time, number, with_unit
from macros.rows.sums import Sum, SumStep, SumValue, format_value, parse_step


def worked_sum(renderer: PlainRenderer, id: str) -> str:
    """Return a sum worked out. Raises KeyError for an unknown id."""
    row = renderer.catalog.get(id, Sum)
    values = row.values()
    parts = [f"**{renderer.link(id)}**", ""]
    for given in row.inputs:
        fact = f"fact, {given.year} {renderer.cite(*given.sources)}" if given.kind == "fact" else "assumption"
        because = f": {renderer.text(given.because)}" if given.because else ""
        value = values[given.name]
        parts.append(
            f"- {renderer.text(given.what)}: {with_unit(value.exact, value.unit, value.digits)} ({fact}{because})"
        )
    parts += [f"- {renderer.text(step.says)}: {_working(step, values)}" for step in row.steps]
    return "\n".join([*parts, "", renderer.text(row.conclusion)])


def _working(step: SumStep, values: Mapping[str, SumValue]) -> str:
    node, value = parse_step(step), values[step.name]
    words = {name: number(values[name].exact, values[name].digits) for name in formula.names(node)}
    exact = value.is_exact and all(values[name].is_exact for name in words)
    if is_time(value.exact, value.unit):  # said in hours, it was rounded once more
        exact = exact and humanize_is_exact(value.exact, value.digits)
    return f"{formula.to_text(node, words)} {'=' if exact else '≈'} {format_value(value)}"
