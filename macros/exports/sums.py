"""Sums as plain Markdown: what goes in, each step with its numbers, and what follows."""

from __future__ import annotations

from collections.abc import Mapping

from macros.exports.plaintext import Plainly
from macros.rows import formula
from macros.rows.number_format import amount, is_time, number, spoken_exactly
from macros.rows.sums import Step, Sum, Value, said, tree


def worked_sum(to: Plainly, id: str) -> str:
    """Return a sum worked out. Raises KeyError for an unknown id."""
    row = to.catalog.get(id, Sum)
    values = row.values()
    parts = [f"**{to.link(id)}**", ""]
    for given in row.inputs:
        fact = f"fact, {given.year} {to.cite(*given.sources)}" if given.kind == "fact" else "assumption"
        because = f": {to.text(given.because)}" if given.because else ""
        value = values[given.name]
        parts.append(f"- {to.text(given.what)}: {amount(value.exact, value.unit, value.digits)} ({fact}{because})")
    parts += [f"- {to.text(step.says)}: {_working(step, values)}" for step in row.steps]
    return "\n".join([*parts, "", to.text(row.conclusion)])


def _working(step: Step, values: Mapping[str, Value]) -> str:
    node, value = tree(step), values[step.name]
    words = {name: number(values[name].exact, values[name].digits) for name in formula.names(node)}
    exact = value.is_exact and all(values[name].is_exact for name in words)
    if is_time(value.exact, value.unit):  # said in hours, it was rounded once more
        exact = exact and spoken_exactly(value.exact, value.digits)
    return f"{formula.written(node, words)} {'=' if exact else '≈'} {said(value)}"
