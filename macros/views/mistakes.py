"""What the mistakes show."""

from __future__ import annotations

from macros.rows.mistakes import Mistake
from macros.views import markdown
from macros.views.registry import macro, names_of
from macros.views.render_context import RenderContext, grade, levels, related


@macro(plain=names_of(Mistake))
def mistake_table(view: RenderContext) -> str:
    """All mistakes in a table: which level each hurts."""
    return markdown.table(
        ("Mistake", "Hurts", "Evidence"),
        [(view.link(row.id), levels(row.levels), grade(row.grade)) for row in view.catalog.all(Mistake)],
        widths=(55, 20, 25),
    )


@macro(homes="kind:mistake")
def mistakes(view: RenderContext) -> str:
    """Each mistake: how it sounds, why it costs, what to say instead, the drill."""
    return markdown.blocks(*(_mistake(view, row) for row in view.catalog.all(Mistake)))


def _mistake(view: RenderContext, row: Mistake) -> str:
    return markdown.blocks(
        markdown.heading(2, row.title, row.id, row=True),
        f"Hurts {levels(row.levels)}. {grade(row.grade)}{view.cite(*row.sources) if row.sources else ''}".strip(),
        markdown.definitions(
            [
                ("How it sounds", f"*{view.text(row.sounds_like)}*"),
                ("Why it costs", view.text(row.costs)),
                ("What to say instead", f"*{view.text(row.say_instead)}*"),
                ("The drill that cures it", view.text(row.drill)),
            ]
        ),
        related(view, row, row.see),
    )
