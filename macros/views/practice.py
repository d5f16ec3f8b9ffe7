"""What the question bank shows."""

from __future__ import annotations

from typing import Any

from macros.model.base import LEVELS
from macros.model.practice import AREAS
from macros.views import markdown
from macros.views.view import View, evidence, grade, level, levels, related


def prompt_table(view: View) -> str:
    """Every prompt: where it stands, its teams, and the grade of its report with the level and year it gives."""
    rows = sorted(view.catalog.all("prompt"), key=lambda row: AREAS.index(row.area))
    return markdown.table(
        ("Prompt", "Teams", "Evidence"),
        [
            (
                f"**{view.link(row.id)}**",
                ", ".join(view.link(team) for team in row.teams),
                "Written by us" if row.grade == "ours" else f"{grade(row.grade)} {_reported(row)}".strip(),
            )
            for row in rows
        ],
        widths=(35, 40, 25),
    )


def _reported(row: Any) -> str:
    """The levels and the year that a report gives, or ''."""
    return ", ".join(filter(None, (levels(row.levels), str(row.year or ""))))


def prompts(view: View, area: str) -> str:
    """The prompts of one area, each with what follows it hidden until asked for."""
    return markdown.blocks(*(_prompt(view, row) for row in view.catalog.all("prompt") if row.area == area))


def _prompt(view: View, row: Any) -> str:
    asked = [(view.text(one.ask), view.text(one.changes)) for one in row.questions]
    ticks = [
        (level(name), *(view.text(getattr(getattr(row, name), tick)) for tick in ("hit", "partial", "miss")))
        for name in LEVELS
    ]
    asked_by = ", ".join(view.link(team) for team in row.teams)
    about = [] if row.grade == "ours" else [f"Reported: {_reported(row) or 'no level, no year'}"]
    return markdown.blocks(
        markdown.heading(2, row.title, row.id, row=True),
        f"> {view.text(row.says)}",
        " · ".join(
            [evidence(view, row), *about, f"Teams: {asked_by}", ", ".join(view.link(topic) for topic in row.topics)]
        ),
        markdown.box(
            "more hp-prompt",
            '<summary markdown="span">After your own attempt</summary>',
            f"**Ask first.** {markdown.mark('What each answer changes', 'hp-how')}",
            markdown.definitions(asked),
            f"**The hard part.** {view.text(row.hard_part)}",
            markdown.table(
                ("Minute", "The interviewer asks", "And listens for"),
                [_follow_up(view, one) for one in row.follow_ups],
                widths=(10, 35, 55),
            ),
            markdown.table(("Level", "Hit", "Partial", "Miss"), ticks, widths=(10, 40, 25, 25)),
            related(view, row),
            tag="details",
        ),
    )


def _follow_up(view: View, one: Any) -> tuple[str, str, str]:
    asks = view.text(one.asks)
    if one.forces_change:
        asks = f"{markdown.mark('The requirement changes.', 'hp-how')} {asks}"
    return str(one.minute), asks, view.text(one.listens_for)
