"""What claims and disagreements show."""

from __future__ import annotations

from macros.rows.claims import VERDICT_WORDS, Claim, Disagreement
from macros.views import markdown
from macros.views.registry import macro
from macros.views.render_context import RenderContext, grade


@macro(homes="kind:disagreement")
def disagreements(view: RenderContext) -> str:
    """Every point on which sources differ."""
    return markdown.blocks(
        *(
            markdown.blocks(markdown.heading(2, row.question, row.id, row=True), _differ(view, row))
            for row in view.catalog.all(Disagreement)
        )
    )


@macro("disagreement")
def disagreement(view: RenderContext, id: str) -> str:
    """One point on which sources differ, as a box with a link to its home."""
    row = view.catalog.get(id, Disagreement)
    return markdown.box("differ", f"**Sources disagree: {view.link(id)}**", _differ(view, row))


def _differ(view: RenderContext, row: Disagreement) -> str:
    return markdown.blocks(
        markdown.bullets(f"{view.sourced(one.says, one.sources)}" for one in row.positions),
        markdown.definitions(
            [
                ("Assume until told otherwise", f"{view.text(row.reading)} {grade('ours')}"),
                ("Ask the recruiter", f"*{view.text(row.ask)}*"),
            ]
        ),
    )


@macro("area:claim")
def claims(view: RenderContext, area: str) -> str:
    """Claims of one area with their verdict. Raises ValueError for an area without claims."""
    rows = [row for row in view.catalog.all(Claim) if row.area == area]
    if not rows:
        known = sorted({row.area for row in view.catalog.all(Claim)})
        raise ValueError(f"docs/{view.page.path}: claims: no claim has the area '{area}'; areas are {', '.join(known)}")
    return markdown.table(
        ("What is said", "How it stands"),
        [(view.link(row.id), f"{verdict(row.verdict)} {view.sourced(row.note, row.sources)}") for row in rows],
        widths=(40, 60),
    )


@macro(homes="kind:claim")
def claim_list(view: RenderContext) -> str:
    """Every claim, by area, with its verdict and sources."""
    parts = []
    names = {
        "loop": "The loop",
        "round": "The round",
        "level": "The levels",
        "culture": "Culture",
        "preparation": "Preparation",
        "estate": "The estate",
    }
    for area, name in names.items():
        rows = [row for row in view.catalog.all(Claim) if row.area == area]
        if rows:
            cells = [
                (
                    f"**{view.text(row.statement)}**",
                    verdict(row.verdict),
                    f"{view.sourced(row.note, row.sources)}",
                )
                for row in rows
            ]
            parts += [
                markdown.heading(2, name, f"claims-{area}"),
                markdown.table(
                    ("What is said", "How it stands", "What is behind it"),
                    cells,
                    [row.id for row in rows],
                    widths=(35, 15, 50),
                ),
            ]
    return markdown.blocks(*parts)


def verdict(name: str) -> str:
    """How a claim stands, in words."""
    return markdown.mark(VERDICT_WORDS[name] + ".", "hp-grade")
