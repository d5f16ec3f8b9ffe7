"""Read the pages of docs/: front matter, headings with their ids, and the macros they call.

Pages are read here, and not only by the site engine, so that a wrong id in a page is found together
with the wrong ids in the data, with its line.
"""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import NamedTuple

from macros.catalog.diagnostics import Problem
from macros.catalog.front_matter import read_front
from macros.catalog.parse_cache import ParseCache
from macros.catalog.prose import Call, Heading, read_body
from macros.catalog.source_file import read_text, source_files

_WORD = re.compile(r"[\w'’-]+")


class Page(NamedTuple):
    """A page of docs/: `path` relative to docs/, `url` relative to the site's root ('' for home)."""

    path: str
    url: str
    title: str
    description: str
    summary: tuple[str, ...]
    reviewed: str
    review_in: int
    headings: tuple[Heading, ...]
    calls: tuple[Call, ...]
    words: int
    answers: str
    typed: tuple[str, ...]

    @property
    def id(self) -> str:
        """The permanent id of the page: that of its h1."""
        return self.headings[0].id if self.headings else ""


CACHE: ParseCache[tuple[Page | None, list[Problem]]] = ParseCache("pages")


def page_url(path: str) -> str:
    """``topics/caching.md`` gives ``topics/caching/``; ``index.md`` gives ``''``."""
    stem = path.removesuffix(".md")
    return "" if stem == "index" else stem.removesuffix("/index") + "/"


def read_pages(root: Path) -> tuple[dict[str, Page], list[Problem]]:
    """Read every Markdown page below `root`/docs; return pages by path, and problems."""
    pages, problems = {}, []
    for file, path in source_files(root / "docs"):
        if file.suffix == ".md":
            page, faults = CACHE.of(root, file, partial(_read_page, file, path))
            problems += faults
            if page:
                pages[path] = page
    return pages, problems


def _read_page(file: Path, path: str) -> tuple[Page | None, list[Problem]]:
    problems: list[Problem] = []

    def fault(line: int, what: str) -> None:
        problems.append(Problem(f"docs/{path}", line, what))

    text = read_text(file, fault)
    if text is None:
        return None, problems
    front = read_front(text, fault)
    # Where the front matter does not end, only what the page shows can be known of its body.
    body = read_body(text[front.end :], front.lines, fault if front.end else lambda line, what: None)
    matter, words = front.matter, len(_WORD.findall(body.prose))
    page = Page(
        path, page_url(path), matter.title, matter.description, matter.summary,
        matter.reviewed, matter.review_in, body.headings, body.calls, words, matter.answers, matter.typed,
    )  # fmt: skip
    return page, problems
