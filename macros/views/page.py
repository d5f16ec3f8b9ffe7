"""What every page carries: its head, its foot, and the inline pieces."""

from __future__ import annotations

import datetime

from macros.rows.glossary import Term
from macros.rows.sources import GRADE_WORDS, Source
from macros.views import markdown
from macros.views.registry import NOTHING, macro
from macros.views.render_context import RenderContext, date, grade


def source_line(view: RenderContext, id: str) -> str:
    """One source: title with its address, publisher, date, grade, and what it shows."""
    source = view.catalog.get(id, Source)
    title = source.title.rstrip(".")
    name = f"[{title}]({source.url})" if source.url else f"*{title}*"
    when = f"undated, read {date(source.read)}" if source.date == "undated" and source.read else date(source.date)
    seen = "; seen in summary only" if source.seen == "excerpt" else ""
    return f"{name}. {source.publisher}, {when}. {grade(source.grade)}{seen}. {view.text(source.shows)}"


def review_due(reviewed: str, months: int) -> datetime.date:
    """Return the day a page reviewed on `reviewed` (YYYY-MM-DD) falls due, `months` later."""
    day = datetime.date.fromisoformat(reviewed)
    month = day.month - 1 + months
    return datetime.date(day.year + month // 12, month % 12 + 1, min(day.day, 28))


@macro("source*", inline=True)
def cite(view: RenderContext, *ids: str) -> str:
    """Citations, in the line."""
    return view.cite(*ids)


@macro("figure", inline=True)
def figure(view: RenderContext, id: str) -> str:
    """A figure with year and source, in the line."""
    return view.figure(id)


@macro("any", "text?", inline=True)
def ref(view: RenderContext, id: str, words: str = "") -> str:
    """A link to any row or page, in the line."""
    return view.link(id, words)


@macro("term", "text?", inline=True)
def term(view: RenderContext, id: str, words: str = "") -> str:
    """A link to the glossary, in the line."""
    return view.link(id, words or view.catalog.get(id, Term).term)


@macro(inline=True)
def judgement(view: RenderContext) -> str:
    """The mark of what is our own judgement, in the line."""
    return markdown.mark(GRADE_WORDS["ours"].lower(), "hp-grade")


@macro(plain=NOTHING)
def contents(view: RenderContext) -> str:
    """Every page with what it is, by chapter, each with the question that it answers, in the order of the navigation."""
    parts = []
    folders = dict.fromkeys(page.path.rpartition("/")[0] for page in view.catalog.pages.values())
    for folder in folders:
        pages = [
            page
            for page in view.catalog.pages.values()
            if page.path.rpartition("/")[0] == folder and page is not view.page
        ]
        lines = markdown.bullets(f"{view.link(page.id, page.title)}: {page.description}" for page in pages)
        if pages:
            heading = markdown.heading(2, pages[0].title, f"in-{folder.replace('/', '-') or 'home'}")
            parts += [heading, f"**{pages[0].answers}**" if pages[0].answers else "", lines]
    return markdown.blocks(*parts)


@macro()
def grades(view: RenderContext) -> str:
    """The grades of evidence and what each means."""
    meaning = {
        "netflix": "Netflix's own blog, code, papers, letters or careers pages. Taken as true of the date it carries.",
        "engineer": "A talk, slides or essay by somebody who worked there. Taken as true of their part, at that time.",
        "candidate": "One person's account of one interview. It happened once; your loop may differ.",
        "prep": "A site that sells or ranks preparation. Useful where several agree and nothing better exists.",
        "report": "Press, conference reports, vendors and other firms. Named when we rest on it.",
        "ours": "Our own inference from the rest. Argue with it.",
    }
    return markdown.table(
        ("Grade", "What it means"), [(grade(name), meaning[name]) for name in GRADE_WORDS], widths=(25, 75)
    )
