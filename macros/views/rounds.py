"""What an annotated round shows."""

from __future__ import annotations

from macros.rows.rounds import Round, Turn
from macros.views import markdown
from macros.views.registry import macro
from macros.views.render_context import RenderContext, level


@macro("round", homes="itself")
def annotated_round(view: RenderContext, id: str) -> str:
    """A round as it was said, the interviewer's notes beside it, and the private summary."""
    row = view.catalog.get(id, Round)
    return markdown.blocks(
        markdown.heading(2, row.title, row.id, row=True),
        f"{level(row.level)} {markdown.mark(row.verdict.capitalize(), 'hp-verdict', strong=True)} *Prompt:* {view.text(row.prompt)}",
        markdown.box("round", *(_turn(view, turn) for turn in row.turns)),
        markdown.box("verdict-box", "**The interviewer's private summary**", view.text(row.summary)),
    )


def _turn(view: RenderContext, turn: Turn) -> str:
    note = markdown.box("note", f"*{'Note'}* {view.text(turn.note)}") if turn.note else ""
    return markdown.box(
        f"turn hp-turn-{turn.who}", markdown.box("said", f"**{turn.who.capitalize()}**", view.text(turn.says)), note
    )
