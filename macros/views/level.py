"""What the bar shows: levels, rubric, tells, self-check."""

from __future__ import annotations

from macros.rows.levels import Dimension, Level, RubricRow
from macros.rows.topic import Topic
from macros.views import markdown
from macros.views.registry import fields_of, macro, names_of
from macros.views.render_context import RenderContext, level
from macros.views.walk import said

_READS_AS = {"below": "Reads as the level below", "at": "Reads as this level", "above": "Reads as the level above"}


@macro(plain=names_of(Level))
def level_table(view: RenderContext) -> str:
    """The levels: the question each answers and what it adds."""
    return markdown.table(
        ("Level", "The question the hour answers", "What it adds"),
        [
            (f"{level(row.id)} {view.link(row.id, row.title)}", view.text(row.question), view.text(row.adds))
            for row in view.catalog.all(Level)
        ],
        widths=(20, 40, 40),
    )


@macro("level", plain=fields_of("question", "adds", "hour"))
def level_facts(view: RenderContext, id: str) -> str:
    """The question a level answers, what it adds, how the hour feels."""
    row = view.catalog.get(id, Level)
    return markdown.definitions(
        [
            ("The question", f"**{view.text(row.question)}**"),
            ("What it adds", view.text(row.adds)),
            ("How the hour feels", view.text(row.hour)),
        ]
    )


@macro("level", homes="rubric")
def rubric(view: RenderContext, id: str) -> str:
    """The rubric of a level: for each dimension hit, partial and miss in observable words, and what a hit sounds like."""
    return markdown.blocks(*(_rubric_row(view, id, row) for row in view.catalog.get(id, Level).rubric))


def _rubric_row(view: RenderContext, id: str, row: RubricRow) -> str:
    return markdown.blocks(
        markdown.heading(3, _rubric_title(view, id, row), row.id, row=True),
        markdown.box(
            "fields",
            markdown.definitions(
                (tick, view.text(text))
                for tick, text in (("Hit", row.hit), ("Partial", row.partial), ("Miss", row.miss))
            ),
        ),
        said(row.say),
    )


def _rubric_title(view: RenderContext, id: str, row: RubricRow) -> str:
    return f"{view.catalog.get(row.dimension, Dimension).title} at {id.upper()}"


@macro("level", homes="tells")
def tells(view: RenderContext, id: str) -> str:
    """Sentences that give the level away."""
    rows = view.catalog.get(id, Level).tells
    return markdown.table(
        ("What is said", "How it reads", "Why"),
        [(f"*{view.text(row.says)}*", _READS_AS[row.reads_as], view.text(row.why)) for row in rows],
        [row.id for row in rows],
        widths=(45, 15, 40),
    )


@macro("level", plain=fields_of("classic_miss", "practise"))
def level_practice(view: RenderContext, id: str) -> str:
    """The classic miss and how to practise for the level."""
    row = view.catalog.get(id, Level)
    return markdown.blocks(
        markdown.heading(2, "The classic miss", "classic-miss"),
        view.text(row.classic_miss),
        markdown.heading(2, "How to practise", "practise"),
        markdown.bullets(view.text(line) for line in row.practise),
    )


@macro(homes="kind:dimension")
def side_by_side(view: RenderContext) -> str:
    """A hit on every dimension, at three levels."""
    dimensions = view.catalog.all(Dimension)
    found = {(row.dimension, one.id): row for one in view.catalog.all(Level) for row in one.rubric}
    names = [one.id for one in view.catalog.all(Level)]

    def cell(dimension: str, name: str) -> str:
        row = found.get((dimension, name))
        return view.text(row.hit) if row else markdown.mark("Not weighed at this level", "hp-note-inline")

    return markdown.table(
        ("What is observed", *(name.upper() for name in names)),
        [(f"**{row.title}** {view.text(row.observes)}", *(cell(row.id, name) for name in names)) for row in dimensions],
        [row.id for row in dimensions],
        widths=(25, *(75 // len(names) for _ in names)),
    )


@macro("level")
def self_check(view: RenderContext, id: str) -> str:
    """The rubric of a level as a checklist in the first person."""
    rows = view.catalog.get(id, Level).rubric
    return markdown.bullets(
        f"{markdown.checkbox(row.id, view.text(row.check))} {view.link(row.id, _rubric_title(view, id, row))}"
        for row in rows
    )


@macro("level", plain=names_of(Topic))
def ladders(view: RenderContext, id: str) -> str:
    """The bar of every topic at one level, each with a link to its ladder."""
    return markdown.definitions(
        (view.link(topic.id), view.text({"l4": topic.bar.l4, "l5": topic.bar.l5, "l6": topic.bar.l6}[id]))
        for topic in view.catalog.all(Topic)
    )
