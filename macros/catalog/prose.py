"""The body of a page, line by line: its headings, the macros it calls, and what would be shown as it is typed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from macros.catalog.macro_signatures import SIGNATURES
from macros.catalog.source_file import Fault
from macros.rows.markup import broken_mark

_HEADING = re.compile(r"(?P<marks>#{1,6})\s+(?P<title>.+?)(?:\s+\{ #(?P<id>[a-z0-9-]+)(?: [^}]*)?\})?\s*")
_CALL = re.compile(r"\{\{\s*(?P<call>.*?)\s*\}\}", re.S)
_ALONE = re.compile(r"\{\{[^{}]*\}\}\s*")
_BRACES = re.compile(r"\{\{|\{%|\{#")
_CLOSING = re.compile(r"\}\}|%\}|#\}")
_ATTRIBUTES = re.compile(r"\{:?\s*(?:[#.][^{}]*|[\w-]+=[^{}]*)\}")
_LINK = re.compile(r"\[(?:[^\[\]]|\[[^\[\]]*\])*\]\([^()\s]*\)")
_HTML_PAGE = re.compile(r"<table|<script|<style|\sstyle=")
_FENCE = re.compile(r"\s*(```+|~~~+)")


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


class Body(NamedTuple):
    """The headings and calls of a page in order, and its prose without them and without code."""

    headings: tuple[Heading, ...]
    calls: tuple[Call, ...]
    prose: str


def read_body(body: str, before: int, fault: Fault) -> Body:
    """Return what the body of a page holds; `before` lines stand above it. What it may not hold is said to `fault`."""
    calls = tuple(_read_calls(body, before, fault))
    lines = list(_outside_code(body, before, fault))
    headings = tuple(_read_headings(lines, fault))
    first_line = next((number for number, line in lines if line.strip()), 0)
    if [h.line for h in headings if h.depth == 1] != [first_line]:
        fault(before + 1, "needs exactly one first-level heading, at the top")
    for name, where in (("page_head", "below its first heading"), ("page_foot", "at its end")):
        count = sum(call.name == name for call in calls)
        if count != 1:
            fault(
                before + 1,
                f"calls {{{{ {name}() }}}} {count} times; every page calls it once, {where} (is it cut off?)",
            )
    _check_blocks(lines, calls, fault)
    for first, paragraph in _paragraphs(lines):
        _check_marks(first, paragraph, fault)
    return Body(headings, calls, _CALL.sub(" ", "\n".join(line for _, line in lines)))


def _read_calls(body: str, before: int, fault: Fault) -> Iterator[Call]:
    """The calls of a page, code included: the engine looks for them there too, and stops at any other brace pair."""
    for found in _CALL.finditer(body):
        line = before + body[: found.start()].count("\n") + 1
        call = _parse_call(found["call"], line)
        if call is None:
            fault(line, f"'{found['call'][:60]}' is not a plain macro call; write name(\"id\")")
        else:
            yield call
    rest = _CALL.sub(lambda found: "\n" * found[0].count("\n"), body)
    for number, text in enumerate(rest.split("\n"), before + 1):
        if brace := _BRACES.search(text):
            what = (
                "which the template language reads, in code too; a page calls macros and holds prose: no {% %}, no {#"
            )
            fault(number, f"holds '{brace[0]}', {what}, and a call ends with '}}}}'")


def _parse_call(text: str, line: int) -> Call | None:
    try:
        node = ast.parse(text, mode="eval").body
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.keywords:
            return None
        return Call(node.func.id, tuple(ast.literal_eval(arg) for arg in node.args), line)
    except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError):
        return None


def _outside_code(body: str, before: int, fault: Fault) -> Iterator[tuple[int, str]]:
    """Every line with its number; a fenced line comes as '' and a fence that does not end is said."""
    fence, opened = "", 0
    for number, line in enumerate(body.split("\n"), before + 1):
        mark = _FENCE.match(line)
        if mark and (not fence or line.strip().startswith(fence)):
            fence, opened = ("", 0) if fence else (mark[1], number)
            yield number, ""
        else:
            yield number, "" if fence else line
    if fence:
        fault(opened, f"the code that begins with {fence} does not end; close it with the same mark")


def _read_headings(lines: list[tuple[int, str]], fault: Fault) -> Iterator[Heading]:
    above = ""
    for number, line in lines:
        if _HTML_PAGE.search(line):
            fault(number, "a page calls macros and holds prose: no HTML tables, scripts or styles")
        heading = _HEADING.fullmatch(line)
        if heading:
            title = heading["title"]
            if not heading["id"]:
                fault(number, f"the heading '{title[:40]}' has no id; write it as '{line.strip()} {{ #its-id }}'")
            yield Heading(title, heading["id"] or "", len(heading["marks"]), number)
        elif re.match(r"\s{0,3}#{1,6}", line):
            fault(
                number,
                f"'{line.strip()[:40]}' is not a heading as it stands; write '## Title {{ #its-id }}' at the margin",
            )
        elif re.fullmatch(r"\s{0,3}(?:=+|-+)\s*", line) and above.strip():
            fault(
                number, f"'{above.strip()[:40]}' is underlined into a heading; write '## Title {{ #its-id }}' instead"
            )
        elif found := re.search(r"\{:?\s*(?:[^{}]*\s)?#([^\s{}]+)", _without_code(line)):
            fault(
                number,
                f"gives the id '{found[1]}' to a text; an id belongs to one heading, or to a row that a macro shows",
            )
        above = line


def _check_blocks(lines: list[tuple[int, str]], calls: tuple[Call, ...], fault: Fault) -> None:
    """Say where a macro that prints a block does not stand alone: what touches it would run into the block."""
    text = dict(lines)
    for call in calls:
        alone = not any(text.get(call.line + step, "").strip() for step in (-1, 1))
        block = call.name in SIGNATURES and not SIGNATURES[call.name].inline
        if block and not (alone and _ALONE.fullmatch(text[call.line])):
            fault(call.line, f"{call.name} prints a block; it stands alone at the margin, between blank lines")


def _paragraphs(lines: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """The number of its first line, and the text, of every paragraph."""
    first = 0
    held: list[str] = []
    for number, line in [*lines, (0, "")]:
        if line.strip():
            first = first if held else number
            held.append(line)
        elif held:
            yield first, "\n".join(held)
            held = []


def _check_marks(first: int, paragraph: str, fault: Fault) -> None:
    text = _LINK.sub("link", _ATTRIBUTES.sub("", _without_code(_CALL.sub("call", paragraph))))
    if found := re.search(r"\[[@=:][^\]]*\]?", text):
        what = 'is a mark of the data; in a page write {{ cite("source-id") }} or {{ figure("fig-id") }}'
        fault(first + text[: found.start()].count("\n"), f"'{found[0][:40]}' {what}")
    elif found := _CLOSING.search(text):
        fault(
            first + text[: found.start()].count("\n"),
            f"holds '{found[0]}' that nothing opens; a call begins with '{{{{'",
        )
    elif what := broken_mark(re.sub(r"(?m)^\s*[*+-]\s", "", text)):
        fault(first, what)


def _without_code(text: str) -> str:
    return re.sub(r"`[^`]*`", "code", text)
