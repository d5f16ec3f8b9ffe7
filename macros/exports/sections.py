"""Sections of pages as blocks for paper: paragraphs, lists and small headings, every macro resolved or left out."""

from __future__ import annotations

import posixpath
import re
from typing import NamedTuple

from macros.catalog.catalog import Catalog
from macros.catalog.diagnostics import GuideError, Problem
from macros.catalog.page import Page
from macros.rows.glossary import Term
from macros.rows.sources import GRADE_WORDS

_CALL = re.compile(r"\{\{.*?\}\}", re.S)
_HEADING = re.compile(r"(?P<marks>#{1,6})\s+(?P<title>.+?)(?:\s+\{ #(?P<id>[a-z0-9-]+)[^}]*\})?\s*")
_ITEM = re.compile(r"(?P<mark>[-*+]|\d+[.)])\s+(?P<text>.*)")
_LINK = re.compile(r"\]\((?P<target>[^()\s:#]*(?:#[^()\s]*)?)\)")
_TO_FILL = re.compile(r"\s*…{2,}")  # the room that a page leaves to write
_PICTURE = "\0"  # stands where a picture is left out
_FENCED = ("|", "```", "~~~", "<")


class Block(NamedTuple):
    """A paragraph (`p`), a list (`bullets`, `numbers`), or a heading (`h`), as the lines of text it has."""

    kind: str
    lines: tuple[str, ...]


class Section(NamedTuple):
    """The title of a heading and what stands below it, down to the next heading that is no smaller."""

    title: str
    blocks: tuple[Block, ...]


def section(catalog: Catalog, page: Page, source: str, address: str, heading: str = "") -> Section:
    """Return the section of a page below the heading with this id; without one, what stands above its first section.

    `source` is the text of the page's file. Macros in a sentence are resolved to marks of the data; what prints a
    block, and what is folded, is left out, a picture with the paragraph that leads to it. Raises GuideError for what cannot be set on paper, KeyError for no such heading.
    """
    lines = _resolved(catalog, page, source, address).split("\n")
    wanted = heading or page.id
    depth = next(one.depth for one in page.headings if one.id == wanted)
    title, inside, found = "", False, []
    for number, line in enumerate(lines, 1):
        mark = _HEADING.fullmatch(line)
        if mark and inside and (len(mark["marks"]) <= depth or not heading):
            break
        if mark and mark["id"] == wanted:
            title, inside = mark["title"], True
        elif inside:
            found.append((number, line))
    if not inside:
        raise KeyError(heading)
    return Section(title, tuple(_blocks(page, found)))


def _resolved(catalog: Catalog, page: Page, source: str, address: str) -> str:
    """Return the text of a page's file with its macros and links resolved; every line stays where it is."""
    calls = iter(page.calls)  # in the order of the file, which is how they are found again here

    def shown(found: re.Match[str]) -> str:
        call = next(calls)
        args = call.args
        if call.name == "cite":
            return f"[{', '.join(f'@{id}' for id in args)}]"
        if call.name == "figure":
            return f"[={args[0]}]"
        if call.name in ("ref", "term"):
            words = args[1] if len(args) > 1 else catalog.get(args[0], Term).term if call.name == "term" else ""
            return f"[{words or catalog.name(args[0])}](#{args[0]})"
        if call.name == "judgement":
            return f"*{GRADE_WORDS['ours'].lower()}*"
        gone = "\n" * found[0].count("\n")
        return _PICTURE + gone if call.name in ("picture", "diagram") else gone

    def whole(found: re.Match[str]) -> str:
        path, mark, anchor = found["target"].partition("#")
        full = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path)) if path else page.path
        there = catalog.pages[full]
        return f"]({address}{there.url}{mark}{anchor})"

    return _CALL.sub(shown, _LINK.sub(whole, source))


def _blocks(page: Page, lines: list[tuple[int, str]]) -> list[Block]:
    found: list[Block] = []
    kind = ""
    held: list[list[str]] = []

    def done() -> None:
        nonlocal kind, held
        texts = tuple(text for one in held if (text := _TO_FILL.sub("", " ".join(one)).strip()))
        if texts:
            found.append(Block(kind, texts))
        kind, held = "", []

    folded = False
    for number, line in lines:
        text = line.strip()
        folded = text.startswith("???") or (folded and (not text or line.startswith("    ")))
        if folded or text.startswith("{:"):
            continue
        if text.startswith(_FENCED):
            what = f"'{text[:20]}' is no paragraph or list, and a booklet that shows this section cannot set it"
            raise GuideError([Problem(f"docs/{page.path}", number, what)])
        item = _ITEM.fullmatch(text)
        if mark := _HEADING.fullmatch(line):
            done()
            found.append(Block("h", (mark["title"],)))
        elif text == _PICTURE:
            done()
            if found and found[-1].kind == "p":
                found.pop()
        elif not text:
            if kind == "p":
                done()
        elif item:
            wanted = "numbers" if item["mark"][0].isdigit() else "bullets"
            if kind != wanted:
                done()
            kind = wanted
            held.append([item["text"]])
        elif kind in ("numbers", "bullets") and line.startswith(" "):
            held[-1].append(text)
        else:
            if kind != "p":
                done()
            kind = "p"
            held = held or [[]]
            held[-1].append(text.removeprefix("> "))
    done()
    return found
