"""What the culture pages show."""

from __future__ import annotations

from macros.rows.culture import CultureProbe, Principle, Value
from macros.views import markdown
from macros.views.loop import answered
from macros.views.registry import macro, names_of
from macros.views.render_context import RenderContext


@macro(homes="kind:principle")
def principles(view: RenderContext) -> str:
    """The memo's principles and where each meets a candidate."""
    rows = view.catalog.all(Principle)
    return markdown.table(
        ("Principle", "What the memo says", "Where you meet it"),
        [
            (
                f"**{view.text(row.title)}**",
                f"{view.sourced(row.says, row.sources)}",
                view.text(row.in_the_loop),
            )
            for row in rows
        ],
        [row.id for row in rows],
        widths=(20, 40, 40),
    )


@macro(homes="kind:value")
def culture_values(view: RenderContext) -> str:
    """Each value: what it asks, how it looks in a design round, the story, a non-answer, a question back."""
    return markdown.blocks(*(_value(view, row) for row in view.catalog.all(Value)))


def _value(view: RenderContext, row: Value) -> str:
    return markdown.blocks(
        markdown.heading(2, row.name, row.id, row=True),
        f"{view.sourced(row.asks, row.sources)}",
        markdown.definitions(
            [
                ("In a design round", view.text(row.in_design_round)),
                ("The story to have ready", view.text(row.story_prompt)),
                ("Follow-ups to expect", " ".join(view.text(line) for line in row.follow_ups)),
                ("A non-answer", f"*{view.text(row.non_answer)}*"),
                ("What is wrong with it", view.text(row.wrong_because)),
                ("A question to ask back", f"*{view.text(row.ask_back)}*"),
            ]
        ),
    )


@macro("area:culture-probe", homes="area:culture-probe")
def culture_probes(view: RenderContext, area: str) -> str:
    """Questions of the culture round of one area: what each looks for, what works, what fails, how else it is asked."""
    return markdown.blocks(
        *(
            answered(
                view,
                row,
                f"Probes {', '.join(view.link(value) for value in row.values)}.",
                [("Also asked as", " · ".join(view.text(line) for line in row.also))] if row.also else (),
            )
            for row in view.catalog.all(CultureProbe)
            if row.area == area
        )
    )


@macro(plain=names_of(Value))
def story_grid(view: RenderContext) -> str:
    """A grid to fill in on paper: values down, stories across."""
    stories = [f"Story {n}" for n in range(1, 7)]
    return markdown.table(
        ("Value", *stories), [(view.link(row.id), *("☐" for _ in stories)) for row in view.catalog.all(Value)]
    )
