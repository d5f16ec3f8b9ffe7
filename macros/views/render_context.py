"""The view: the catalog as seen from one page on one day. Everything a macro needs, and nothing else."""

from __future__ import annotations

import datetime
import functools
import posixpath
import re
from dataclasses import dataclass

from macros.catalog.catalog import Catalog
from macros.catalog.page import Page
from macros.rows.asked import Asked
from macros.rows.base import Row
from macros.rows.kinds import KINDS
from macros.rows.markup import inline_refs, resolve_refs
from macros.rows.plan import Task
from macros.rows.practice import Prompt
from macros.rows.sources import GRADE_WORDS, Figure, Source
from macros.views import icons, markdown

CITATION = r"[\[#\]]"  # the text of a citation before the sources of its page are counted
_BEFORE_CITE = re.compile(r" (?=\[@)")  # a raised number follows its word without a space
_SHORT = {
    "Netflix Technology Blog": "Netflix blog",
    "Netflix (GitHub)": "Netflix code",
    "GitHub Netflix": "Netflix code",
    "Netflix Open Connect Partner Help Center": "Open Connect help",
    "Netflix Jobs blog": "Netflix jobs blog",
    "Article by a Netflix engineering director on LinkedIn, read in a public copy": "A Netflix director",
}


@dataclass(frozen=True, eq=False)
class RenderContext:
    """What a macro sees: the whole guide, the page it is on, and the date of the build."""

    catalog: Catalog
    page: Page
    today: datetime.date

    def link(self, id: str, words: str = "") -> str:
        """Return a Markdown link to a row or page by its id. Raises KeyError."""
        return f"[{words or self.catalog.name(id)}]({self.target(id)})"

    def target(self, id: str) -> str:
        """Return the relative address of a row or page. Raises KeyError."""
        home = self.catalog.homes[id]
        anchor = "" if self.catalog.pages[home.page].id == home.anchor else f"#{home.anchor}"
        if home.page == self.page.path:
            return anchor or f"#{home.anchor}"
        return _way(posixpath.dirname(self.page.path), home.page) + anchor

    def cite(self, *ids: str) -> str:
        """Return the citations of sources: raised numbers that lead to the list at the page's foot.

        The number itself is not known before the whole page is; `numbered` puts it in. Publisher and year are the
        link's accessible name.
        """
        return "".join(
            f"{CITATION}(#cited-{id})"
            + markdown.attributes(classes=["hp-cite"], aria_label=source_label(self.catalog.get(id, Source)))
            for id in ids
        )

    def sourced(self, text: str, sources: tuple[str, ...]) -> str:
        """Return a text followed by those of its sources that it does not cite itself."""
        said = {mark.id for mark in inline_refs(text)}
        rest = [id for id in sources if id not in said]
        return f"{self.text(text)}{self.cite(*rest)}" if rest else self.text(text)

    def figure(self, id: str) -> str:
        """Return a figure as it is read aloud, with its year and source."""
        row = self.catalog.get(id, Figure)
        return f"{row.dated}{self.cite(*row.sources)}"

    def text(self, text: str) -> str:
        """Return the Markdown of a text from the data: its citations, figures and links resolved."""
        return resolve_refs(_BEFORE_CITE.sub("", text), lambda ids: self.cite(*ids), self.figure, self.link)


@functools.cache
def _way(folder: str, page: str) -> str:
    """Return the relative path from a folder of docs/ to a page: asked thousands of times, for the same few."""
    return posixpath.relpath(page, folder or ".")


def related(view: RenderContext, row: Row, see: tuple[str, ...]) -> str:
    """Return the line that leads on from a row: what it names in `see`, what names it, and the plan's tasks done with it."""
    back = [id for id in view.catalog.back_links.get(row.id, ()) if id != view.catalog.entries[row.id].owner]
    kinds = {id: view.catalog.entries[id].kind for id in dict.fromkeys((*see, *back))}
    rows = [
        f"{icons.of_kind(kind)}{view.link(id)}" for id, kind in kinds.items() if kind == "page" or KINDS[kind].related
    ]
    tasks = [
        view.link(id, f"{task.minutes} minutes")
        for id in kinds
        if isinstance(task := view.catalog.entries[id].row, Task)
    ]
    parts = [f"See also: {', '.join(rows)}"] if rows else []
    parts += [f"In the plan: {', '.join(tasks)}"] if tasks else []
    return " · ".join(parts) + "\n" + markdown.attributes(classes=["hp-see"]) if parts else ""


def source_label(source: Source) -> str:
    """Return publisher and year of a source, short enough to stand in a sentence."""
    publisher = _SHORT.get(source.publisher) or source.publisher.split(" (")[0].split(", ")[0]
    return f"{publisher}, {source.date[:4] if source.date != 'undated' else 'undated'}"


def evidence(view: RenderContext, row: Asked | Prompt) -> str:
    """Return the grade of what a row reports, with its sources if it has any."""
    return f"{grade(row.grade)}{view.cite(*row.sources)}" if row.sources else grade(row.grade)


def level(name: str) -> str:
    """Return the mark of a level: text and shape, the same everywhere."""
    return markdown.mark(name.upper(), "hp-level", f"hp-level-{name}", strong=True)


def levels(names: tuple[str, ...]) -> str:
    """Return the marks of several levels."""
    return " ".join(level(name) for name in names)


def grade(name: str) -> str:
    """Return a grade of evidence: words, before which the stylesheet puts a shape."""
    return markdown.mark(GRADE_WORDS[name], "hp-grade", f"hp-grade-{name}")


def date(when: str) -> str:
    """``2018-05`` gives ``May 2018``; ``2018-05-09`` gives ``9 May 2018``; a year or 'undated' stays."""
    parts = when.split("-")
    if len(parts) == 1:
        return when
    month = datetime.date(2000, int(parts[1]), 1).strftime("%B")
    return f"{month} {parts[0]}" if len(parts) == 2 else f"{int(parts[2])} {month} {parts[0]}"
