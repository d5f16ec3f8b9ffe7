"""What a sum shows: its inputs with where they come from, the working written out, and what follows."""

from __future__ import annotations

from collections.abc import Mapping

from macros.rows import formula
from macros.rows.number_format import humanize, humanize_is_exact, is_time, number, with_unit
from macros.rows.sums import Sum, SumInput, SumStep, SumValue, parse_step
from macros.views import markdown
from macros.views.registry import macro
from macros.views.render_context import RenderContext


@macro("sum", homes="itself")
def worked_sum(view: RenderContext, id: str) -> str:
    """A sum worked out: the conclusion, and behind it a table of inputs and one of steps, hidden until asked for."""
    row = view.catalog.get(id, Sum)
    values = row.values()
    return markdown.blocks(
        f"**{view.text(row.title)}**{markdown.attributes(id=id)}",
        view.text(row.conclusion),
        markdown.box(
            "more",
            f'<summary markdown="span">The working: {len(row.inputs)} inputs, {len(row.steps)} steps</summary>',
            markdown.table(
                ("Input", "Value", "Fact or assumption"),
                [
                    (
                        f"**{_readable(given.name)}**: {view.text(given.what)}",
                        _shown(values[given.name]),
                        _origin(view, given),
                    )
                    for given in row.inputs
                ],
                widths=(45, 20, 35),
            ),
            markdown.table(
                ("Step", "In words", "In numbers"),
                [
                    (f"**{_readable(step.name)}**: {view.text(step.says)}", _in_words(step), _working(step, values))
                    for step in row.steps
                ],
                widths=(35, 30, 35),
            ),
            tag="details",
        ),
    )


def _shown(value: SumValue) -> str:
    return with_unit(value.exact, value.unit, value.digits)


def _origin(view: RenderContext, given: SumInput) -> str:
    if given.kind == "fact":
        return f"Fact, {given.year}{view.cite(*given.sources)}"
    return f"Assumption: {view.text(given.because)}" if given.because else "Assumption"


def _readable(name: str) -> str:
    """``spare_reads`` gives ``spare reads``."""
    return name.replace("_", " ")


def _in_words(step: SumStep) -> str:
    """The formula over the names of inputs and steps: ``items ÷ spare reads``."""
    node = parse_step(step)
    return formula.to_text(node, {name: _readable(name) for name in formula.names(node)})


def _working(step: SumStep, values: Mapping[str, SumValue]) -> str:
    """The line written out: ``1.4 billion ÷ 50,000 ≈ 28,000 s ≈ 7.8 hours``, the result in bold."""
    node, value = parse_step(step), values[step.name]
    words = {name: number(values[name].exact, values[name].digits) for name in formula.names(node)}
    exact = value.is_exact and all(values[name].is_exact for name in words)
    line = f"{formula.to_text(node, words)} {_equals(exact)} "
    if not is_time(value.exact, value.unit):
        return f"{line}**{_shown(value)}**"
    time = humanize(value.exact, value.unit, value.digits)
    return f"{line}{_shown(value)} {_equals(exact and humanize_is_exact(value.exact, value.digits))} **{time}**"


def _equals(exact: bool) -> str:
    return "=" if exact else "≈"
