"""What the stages of the loop show."""

from __future__ import annotations

from collections.abc import Iterable

from macros.rows.culture import CultureProbe
from macros.rows.loop import Expected, Stage, StageQuestion
from macros.views import markdown
from macros.views.registry import fields_of, macro, names_of
from macros.views.render_context import RenderContext, evidence, grade, related


@macro(plain=names_of(Stage))
def stage_list(view: RenderContext) -> str:
    """The stages in a line each."""
    rows = view.catalog.all(Stage)
    return markdown.box(
        "stages", markdown.bullets((f"**{view.link(row.id)}** {row.length}" for row in rows), counted=True)
    )


@macro(plain=names_of(Stage))
def stage_table(view: RenderContext) -> str:
    """The usual stages: length, form, who."""
    rows = view.catalog.all(Stage)
    return markdown.table(
        ("Stage", "Length", "Form", "With whom", "Evidence"),
        [
            (f"**{view.link(row.id)}**", row.length, view.text(row.form), view.text(row.who), grade(row.grade))
            for row in rows
        ],
        widths=(18, 20, 24, 20, 18),
    )


@macro(
    "stage",
    plain=fields_of("length", "form", "who", "grade", "sources", "decides", "prepare", "expect", "ask", "loses"),
)
def stage(view: RenderContext, id: str) -> str:
    """One stage: facts, what it decides, preparation, questions both ways, what loses it."""
    row = view.catalog.get(id, Stage)
    reported: list[tuple[StageQuestion | Expected, str]] = [
        *((one, view.link(one.id)) for one in row.questions),
        *((one, view.text(one.ask)) for one in row.expect),
    ]
    expected = [(words, str(one.year or "no year given"), evidence(view, one)) for one, words in reported]
    return markdown.blocks(
        markdown.definitions(
            [("Length", row.length), ("Form", view.text(row.form)), ("With whom", view.text(row.who))]
        ),
        f"{grade(row.grade)}{view.cite(*row.sources)}",
        markdown.heading(2, "What it decides", "what-it-decides"),
        view.text(row.decides),
        markdown.heading(2, "Prepare in one evening", "prepare"),
        markdown.bullets(view.text(line) for line in row.prepare),
        markdown.heading(2, "Questions to expect", "expect"),
        markdown.table(("Question", "Year", "Evidence"), expected, widths=(55, 15, 30)),
        markdown.heading(2, "Questions to ask", "ask"),
        markdown.bullets(view.text(line) for line in row.ask),
        markdown.heading(2, "What loses it", "what-loses-it"),
        markdown.bullets(view.text(line) for line in row.loses),
    )


@macro("stage", homes="questions")
def stage_questions(view: RenderContext, id: str) -> str:
    """The questions of a stage that have an answer of their own."""
    return markdown.blocks(
        *(
            answered(view, row, f"Asked in {row.year}." if row.year else "", ())
            for row in view.catalog.get(id, Stage).questions
        )
    )


def answered(
    view: RenderContext, row: StageQuestion | CultureProbe, about: str, more: Iterable[tuple[str, str]]
) -> str:
    return markdown.blocks(
        markdown.heading(3, row.ask, row.id, row=True),
        f"{evidence(view, row)} {about}".strip(),
        markdown.definitions(
            [
                ("What it looks for", view.text(row.looks_for)),
                ("What works", view.text(row.works)),
                ("What fails", view.text(row.fails)),
                *more,
            ]
        ),
        related(view, row, row.see) if isinstance(row, StageQuestion) and row.see else "",
    )
