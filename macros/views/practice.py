"""What the question bank shows."""

from __future__ import annotations

from macros.rows.base import LEVELS
from macros.rows.practice import AREAS, FollowUp, Option, Phase, Prompt, Ticks
from macros.views import markdown
from macros.views.registry import macro, names_of
from macros.views.render_context import RenderContext, evidence, grade, level, levels, related
from macros.views.walk import deeper, said, told


@macro(homes="kind:phase")
def hour(view: RenderContext) -> str:
    """The course of the round: minutes, what the candidate does, what the interviewer does."""
    rows = view.catalog.all(Phase)
    return markdown.table(
        ("Minutes", "You", "The interviewer"),
        [
            (
                f"**{row.begins}–{row.ends} {view.text(row.title)}**",
                view.text(row.candidate),
                view.text(row.interviewer),
            )
            for row in rows
        ],
        [row.id for row in rows],
        widths=(20, 45, 35),
    )


@macro(plain=names_of(Prompt))
def prompt_table(view: RenderContext) -> str:
    """Every prompt: where it stands, its teams, and the grade of its report with the level and year it gives."""
    rows = sorted(view.catalog.all(Prompt), key=lambda row: AREAS.index(row.area))
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


def _reported(row: Prompt) -> str:
    """The levels and the year that a report gives, or ''."""
    return ", ".join(filter(None, (levels(row.levels), str(row.year or ""))))


@macro("area:prompt", homes="area:prompt")
def prompts(view: RenderContext, area: str) -> str:
    """The prompts of one area, each with what follows it hidden until asked for."""
    rows = [row for row in view.catalog.all(Prompt) if row.area == area]
    return markdown.blocks(_course(view), *(_prompt(view, row) for row in rows))


def _course(view: RenderContext) -> str:
    """The course of the round in short; the mock's clock reads it from here."""
    phases = (
        f"{markdown.mark(f'{row.begins}–{row.ends}', 'hp-note-inline', data_hp_until=str(row.ends))} "
        f"{view.link(row.id, view.text(row.title))}"
        for row in view.catalog.all(Phase)
    )
    how = "Answer aloud before you open the design. Fifty minutes are divided as below. These minutes and the levels are our reading of reports."
    return markdown.box("course", how, markdown.bullets(phases))


def _prompt(view: RenderContext, row: Prompt) -> str:
    asked_by = ", ".join(view.link(team) for team in row.teams)
    about = [] if row.grade == "ours" else [f"Reported: {_reported(row) or 'no level, no year'}"]
    return markdown.blocks(
        markdown.heading(2, row.title, row.id, row=True),
        f"> {view.text(row.says)}",
        f"Other wordings: {' · '.join(view.text(line) for line in row.also)}" if row.also else "",
        " · ".join(
            [evidence(view, row), *about, f"Teams: {asked_by}", ", ".join(view.link(topic) for topic in row.topics)]
        ),
        markdown.box(
            "more hp-prompt",
            '<summary markdown="span">After your own attempt</summary>',
            *_design(view, row),
            "**Follow-up questions.** The minutes are our estimate.",
            *(_follow_up(view, one) for one in row.follow_ups),
            "**What each level sounds like**",
            *(_ticks(view, name, ticks) for name, ticks in zip(LEVELS, (row.l4, row.l5, row.l6), strict=True)),
            deeper(view, *row.deeper),
            related(view, row, row.see),
            tag="details",
            data_hp_script="mock",
            data_hp_prompt=row.id,
        ),
    )


def _design(view: RenderContext, row: Prompt) -> tuple[str, ...]:
    return (
        told(view, row.walk),
        f"**The hard part.** {view.text(row.hard_part)}",
        _options(view, row.options),
        said(row.say),
        "**Ask first**",
        markdown.bullets(f"**{view.text(one.ask)}** {view.text(one.changes)}" for one in row.questions),
    )


def _options(view: RenderContext, options: tuple[Option, ...]) -> str:
    if not options:
        return ""
    rows = [(f"**{view.text(one.name)}**", view.text(one.right), view.text(one.price)) for one in options]
    return markdown.table(("Option", "Right when", "Price"), rows, widths=(25, 35, 40))


def _follow_up(view: RenderContext, one: FollowUp) -> str:
    """A question at its minute and what one listens for; the mock's clock reads both from here."""
    changes = [markdown.mark("the requirement changes", "hp-note-inline")] if one.forces_change else []
    at = " · ".join([f"Minute {one.minute}", *filter(None, [one.step]), *changes])
    return markdown.box(
        "ask",
        at,
        f"**{view.text(one.asks)}**\n{markdown.attributes(data_hp_part='asks')}",
        f"{view.text(one.listens_for)}\n{markdown.attributes(data_hp_part='listens')}",
        data_hp_minute=str(one.minute),
        data_hp_changes="true" if one.forces_change else "",
    )


def _ticks(view: RenderContext, name: str, ticks: Ticks) -> str:
    return markdown.box(
        "bar",
        level(name),
        markdown.bullets(
            f"**{tick}:** {view.text(text)}"
            for tick, text in (("Hit", ticks.hit), ("Partial", ticks.partial), ("Miss", ticks.miss))
        ),
        data_hp_level=name.upper(),
    )
