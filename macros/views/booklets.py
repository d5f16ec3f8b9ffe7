"""The list of booklets to print."""

from __future__ import annotations

from macros.rows.base import LEVELS
from macros.rows.booklet import FOLDER, PLAN_WEEKS, Booklet, booklet_file, plan_file
from macros.rows.teams import Track
from macros.views import markdown
from macros.views.registry import macro
from macros.views.render_context import RenderContext

_WORDS = {4: "Four weeks", 6: "Six weeks"}


@macro(homes="kind:booklet")
def booklets(view: RenderContext) -> str:
    """Every sheet with what it is for, and the plans by track and level: links to PDF files."""
    sheets = view.catalog.all(Booklet)
    rows = [
        (
            view.text(track.title),
            *(
                ", ".join(
                    _file(
                        view,
                        plan_file(track.id, name, weeks),
                        _WORDS[weeks].lower(),
                        f"{track.title}, {name.upper()}, {_WORDS[weeks].lower()}: PDF",
                    )
                    for weeks in PLAN_WEEKS
                )
                for name in LEVELS
            ),
        )
        for track in view.catalog.all(Track)
    ]
    return markdown.blocks(
        markdown.heading(2, "Sheets and workbooks", "booklets-sheets"),
        markdown.bullets(
            (f"{_file(view, booklet_file(row.id), row.title)}. {view.text(row.purpose)}" for row in sheets),
            (row.id for row in sheets),
        ),
        markdown.heading(2, "Plans of four and six weeks", "booklets-plans"),
        markdown.table(("Track", *(name.upper() for name in LEVELS)), rows, widths=(25, 25, 25, 25)),
    )


def _file(view: RenderContext, name: str, words: str, label: str = "") -> str:
    """A link whose address `finish` fills in, since it writes the file; engines treat an address in HTML differently."""
    to = f"{'../' * view.page.url.count('/')}{FOLDER}/{name}"
    said = f' aria-label="{label}"' if label else ""
    return f'<a data-hp-booklet="{to}"{said}>{words}</a>'
