"""Read the pages of docs/: front matter, headings with their ids, and the macros they call.

Pages are read here, and not only by the site engine, so that a wrong id in a page is found together
with the wrong ids in the data, with its line.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from macros.model.problem import Problem

_Safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_HEADING = re.compile(r"(?P<marks>#{1,6})\s+(?P<title>.+?)(?:\s+\{ #(?P<id>[a-z0-9-]+)(?: [^}]*)?\})?\s*")
_CALL = re.compile(r"\{\{\s*(?P<call>.*?)\s*\}\}", re.S)
_WORD = re.compile(r"[\w'’-]+")
_SUMMARY = 3


class Call(NamedTuple):
    """A macro call in a page: ``{{ decisions("caching") }}``."""

    name: str
    args: tuple[Any, ...]
    line: int


class Heading(NamedTuple):
    """A heading of a page; the first one is the page's title and its id is the page's id."""

    title: str
    id: str
    depth: int
    line: int


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

    @property
    def id(self) -> str:
        """The permanent id of the page: that of its h1."""
        return self.headings[0].id if self.headings else ""


def page_url(path: str) -> str:
    """``topics/caching.md`` gives ``topics/caching/``; ``index.md`` gives ``''``."""
    stem = path.removesuffix(".md")
    return "" if stem == "index" else stem.removesuffix("/index") + "/"


def read_pages(root: Path) -> tuple[dict[str, Page], list[Problem]]:
    """Read every Markdown page below `root`/docs; return pages by path, and problems."""
    pages, problems = {}, []
    for file in sorted((root / "docs").rglob("*.md")):
        path = file.relative_to(root / "docs").as_posix()
        page, faults = _read_page(file, path)
        problems += faults
        if page:
            pages[path] = page
    return pages, problems


def _read_page(file: Path, path: str) -> tuple[Page | None, list[Problem]]:
    shown, problems = f"docs/{path}", []

    def fault(line: int, what: str) -> None:
        problems.append(Problem(shown, line, what))

    try:
        text = file.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        fault(0, "is not UTF-8 text; save it as UTF-8")
        return None, problems
    match = re.match(r"---\n(.*?)\n---\n", text, re.S)
    if not match:
        fault(1, "has no front matter; begin with --- and title, description, summary, reviewed (see another page)")
        return None, problems
    try:
        front = yaml.load(match[1], _Safe) or {}  # noqa: S506 - the safe loader in C
    except yaml.YAMLError as error:
        fault(1, f"the front matter cannot be read: {getattr(error, 'problem', error)}")
        return None, problems
    before = match[0].count("\n")
    body = text[match.end() :]
    for field in ("title", "description", "reviewed"):
        if not front.get(field):
            fault(1, f"the front matter lacks '{field}'")
    lines = front.get("summary") or ()
    summary = tuple(str(line) for line in lines)
    if not all(isinstance(line, str) for line in lines):
        fault(1, "a line of 'summary' is not text (a colon and a space make it a field); put the line in quotes")
    if len(summary) != _SUMMARY:
        fault(
            1,
            f"the front matter needs 'summary', a list of {_SUMMARY} lines that can be read alone; it has {len(summary)}",
        )
    reviewed = str(front.get("reviewed", ""))
    if reviewed and not re.fullmatch(r"\d{4}-\d\d-\d\d", reviewed):
        fault(1, f"'reviewed: {reviewed}' is not a date; write YYYY-MM-DD")
        reviewed = ""
    headings, prose = _read_lines(body, before, fault)
    calls = []
    for found in _CALL.finditer(body):
        line = before + body[: found.start()].count("\n") + 1
        call = _parse_call(found["call"], line)
        if call is None:
            fault(line, f"'{found['call'][:60]}' is not a plain macro call; write name(\"id\")")
        else:
            calls.append(call)
    words = len(_WORD.findall(_CALL.sub(" ", prose)))
    page = Page(
        path, page_url(path), str(front.get("title", "")), str(front.get("description", "")), summary,
        reviewed, int(front.get("review_in", 6)), tuple(headings), tuple(calls), words,
    )  # fmt: skip
    return page, problems


def _read_lines(body: str, before: int, fault: Any) -> tuple[list[Heading], str]:
    """Return the headings and the prose of a page, and report what a page may not hold."""
    headings: list[Heading] = []
    prose, fence = [], ""
    for number, line in enumerate(body.split("\n"), before + 1):
        mark = re.match(r"\s*(```+|~~~+)", line)
        if mark and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else mark[1]
            continue
        if fence:
            continue
        prose.append(line)
        if re.search(r"\{%|\{#(?! )|<table|<script|<style|\sstyle=", line):
            fault(number, "a page calls macros and holds prose: no {% %}, no {#, no HTML tables, scripts or styles")
        heading = _HEADING.fullmatch(line)
        if heading:
            if not heading["id"]:
                fault(
                    number,
                    f"the heading '{heading['title'][:40]}' has no id; write it as '{line.strip()} {{ #its-id }}'",
                )
            headings.append(Heading(heading["title"], heading["id"] or "", len(heading["marks"]), number))
    if [heading.depth for heading in headings[:1]] != [1] or sum(h.depth == 1 for h in headings) != 1:
        fault(before + 1, "needs exactly one first-level heading, at the top")
    return headings, "\n".join(prose)


def _parse_call(text: str, line: int) -> Call | None:
    try:
        node = ast.parse(text, mode="eval").body
    except SyntaxError:
        return None
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.keywords:
        return None
    try:
        return Call(node.func.id, tuple(ast.literal_eval(arg) for arg in node.args), line)
    except ValueError:
        return None
