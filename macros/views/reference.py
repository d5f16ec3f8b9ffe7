"""What the pages of figures, sources and terms show."""

from __future__ import annotations

from itertools import groupby

from macros.rows.glossary import Term
from macros.rows.sources import GRADE_WORDS, Figure, Source
from macros.views import markdown
from macros.views.page import source_line
from macros.views.registry import macro
from macros.views.render_context import RenderContext


@macro(homes="kind:figure")
def figures(view: RenderContext) -> str:
    """Every figure with its year and source."""
    rows = view.catalog.all(Figure)
    return markdown.table(
        ("Figure", "Of what", "Year", "Source"),
        [
            (
                f"**{row.value}**",
                f"{view.text(row.what)} {view.text(row.note or '')}".strip(),
                str(row.year),
                view.cite(*row.sources),
            )
            for row in rows
        ],
        [row.id for row in rows],
        widths=(25, 35, 10, 30),
    )


@macro("area:source*", homes="area:source")
def source_list(view: RenderContext, *grades: str) -> str:
    """The sources of these grades, the newest of each first."""
    parts = []
    for name in grades:
        rows = (row for row in view.catalog.all(Source) if row.grade == name)
        ordered = sorted(rows, key=lambda row: (row.date if row.date != "undated" else "0", row.id), reverse=True)
        parts += [
            markdown.heading(2, GRADE_WORDS[name], f"sources-{name}"),
            markdown.bullets((source_line(view, row.id) for row in ordered), (row.id for row in ordered)),
        ]
    return markdown.blocks(*parts)


def _where(view: RenderContext, row: Term) -> str:
    """Where a term is taught; for one that is not, the rows that use it."""
    if row.taught:
        return f" → {_taught(view, row.taught, row.at)}"
    return f" See {', '.join(view.link(id) for id in row.see)}." if row.see else ""


def _taught(view: RenderContext, taught: str, at: str | None) -> str:
    """A link to the row, the page or the heading that teaches a term."""
    if not at:
        return view.link(taught)
    page = view.catalog.pages[view.catalog.homes[taught].page]
    title = next(heading.title for heading in page.headings if heading.id == at)
    target, _, _ = view.target(taught).partition("#")
    return f"[{title}]({target}#{at})"


@macro("area:term", homes="area:term")
def glossary(view: RenderContext, area: str) -> str:
    """The terms of one part of the alphabet, in its order, under a heading for each letter."""
    rows = sorted((row for row in view.catalog.all(Term) if row.area == area), key=lambda row: row.term.lower())
    parts = []
    for letter, group in groupby(rows, key=lambda row: "0–9" if row.term[0].isdigit() else row.term[0].upper()):
        terms = list(group)
        parts += [
            markdown.heading(2, letter, f"letter-{letter[0].lower()}"),
            markdown.definitions(
                (
                    (
                        row.term + (f" ({', '.join(row.also)})" if row.also else ""),
                        f"{view.text(row.means)}{_where(view, row)}",
                    )
                    for row in terms
                ),
                [row.id for row in terms],
            ),
        ]
    return markdown.blocks(*parts)
