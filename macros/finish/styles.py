"""Styles of the finished site: in each page, of every component's stylesheet, the rules that the page can use.

A page links the stylesheets of all components in the order of mkdocs.yml, for the engines and the live server. The finished
page has them in one piece instead, so that the first paint waits for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from macros.exports.modules import reached
from macros.finish.site_pages import engine_pages

FOLDER = "assets/stylesheets"
ALWAYS = "guide.js"  # the script that every page loads
_LISTED = re.compile(rf"^  - {FOLDER}/([\w-]+\.css)\n", re.M)
_LINKS = re.compile(rf'(?:<link rel="stylesheet" href="[^"]*{FOLDER}/[\w-]+\.css">\s*)+')
_LINK = re.compile(r'href="(?P<assets>[^"]*assets/)stylesheets/(?P<name>[\w-]+\.css)"')
_MARKED = re.compile(r' data-hp-script="([\w/-]+)"')  # the script that an element asks for
_OURS = re.compile(r"hp-[\w-]+")
_CLASS = re.compile(r"\.(hp-[\w-]+)")
_BRACKET = re.compile(r'"[^"]*"|[{}]')  # or a string, which may hold one
_CONDITIONS = ("@media", "@supports", "@container")


class Rule(NamedTuple):
    """A rule, or the rules under a condition: its selectors or condition, its declarations, the rules in it, and for each
    selector the classes without which nothing can be of its kind."""

    head: str
    body: str
    inner: tuple[Rule, ...] = ()
    needs: tuple[tuple[str, frozenset[str]], ...] = ()


def inline_styles(site: Path, scripts: Path) -> None:
    """Put into every page of `site` the rules that it can use, or any of the scripts in folder `scripts` on it."""
    links = _LINKS.search((site / "index.html").read_text("utf-8"))
    if not links:
        return
    sheets = [found["name"] for found in _LINK.finditer(links[0])]
    rules = parse(compact("".join((site / FOLDER / name).read_text("utf-8") for name in sheets)))
    sources = {file.relative_to(scripts).as_posix(): file.read_text("utf-8") for file in scripts.rglob("*.js")}

    @cache
    def made_by(script: str) -> frozenset[str]:
        return frozenset(name for path in reached(script, sources) for name in _OURS.findall(sources[path]))

    for file in engine_pages(site):
        text = file.read_text("utf-8")
        links = _LINKS.search(text)
        if links and (first := _LINK.search(links[0])):
            names = set(_OURS.findall(text)).union(
                made_by(ALWAYS), *(made_by(f"{one}.js") for one in _MARKED.findall(text))
            )
            css = to_text(rules, names).replace('url("../', f'url("{first["assets"]}')
            file.write_text(f"{text[: links.start()]}<style>{css}</style>\n{text[links.end() :]}", "utf-8")


def list_sheets(root: Path) -> list[str]:
    """Bring the list of stylesheets in the guide's settings up to date: new ones go before the last, which overrides all.

    Return what changed, as ``name.css: listed``.
    """
    settings = root / "mkdocs.yml"
    text = settings.read_text("utf-8")
    listed = _LISTED.findall(text)
    there = sorted(file.name for file in (root / "docs" / FOLDER).glob("*.css"))
    fresh = [name for name in there if name not in listed]
    gone = [name for name in listed if name not in there]
    lines = [f"  - {FOLDER}/{name}\n" for name in [*listed[:-1], *fresh, *listed[-1:]] if name not in gone]
    if fresh or gone:
        head, _, rest = text.partition("extra_css:\n")
        settings.write_text(f"{head}extra_css:\n{''.join(lines)}{_LISTED.sub('', rest)}", "utf-8")
    return [f"{name}: listed" for name in fresh] + [f"{name}: no longer listed" for name in gone]


def compact(css: str) -> str:
    """Return CSS without comments and needless white space. Strings keep theirs."""
    out = []
    for piece in re.split(r'("[^"\n]*")', re.sub(r"/\*.*?\*/", "", css, flags=re.S)):
        if not piece.startswith('"'):
            piece = re.sub(r"\s+", " ", piece)
            piece = re.sub(r"\s*([{};,])\s*", r"\1", piece).replace(";}", "}").replace(": ", ":")
        out.append(piece)
    return "".join(out).strip()


def parse(css: str) -> tuple[Rule, ...]:
    """Return the rules of CSS that `compact` has been over. Raises ValueError where a bracket is missing."""
    return tuple(_rules(css))


def _rules(css: str) -> Iterator[Rule]:
    while css:
        head, _, rest = css.partition("{")
        depth, end = 1, 0
        for mark in _BRACKET.finditer(rest):
            depth += {"{": 1, "}": -1}.get(mark[0], 0)
            end = mark.start()
            if not depth:
                break
        else:
            raise ValueError(f"no rule: {css[:60]}")
        body, css = rest[:end], rest[end + 1 :]
        if head.startswith(_CONDITIONS):
            yield Rule(head, "", parse(body))
        elif head.startswith("@"):
            yield Rule(head, body)
        else:
            yield Rule(head, body, needs=tuple((one, _needed(one)) for one in _selectors(head)))


def _selectors(head: str) -> list[str]:
    """The selectors of a list, cut at the commas that stand in no brackets."""
    return re.findall(r"(?:\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)|\[[^\]]*\]|[^,(\[])+", head)


def _needed(selector: str) -> frozenset[str]:
    """The classes of a selector that stand in no brackets: what is in them is one of several, or what must not be."""
    while selector != (selector := re.sub(r"\([^()]*\)", "", selector)):
        pass
    return frozenset(_CLASS.findall(selector))


def to_text(rules: tuple[Rule, ...], names: set[str]) -> str:
    """Return the rules that can be of use where there are only classes of these names. One that ends in a hyphen is the
    beginning of names that a script completes."""
    beginnings = tuple(name for name in names if name.endswith("-"))
    out = []
    for rule in rules:
        if rule.inner:
            inner = to_text(rule.inner, names)
            out.append(f"{rule.head}{{{inner}}}" if inner else "")
        elif rule.needs:
            used = [
                one
                for one, classes in rule.needs
                if all(name in names or name.startswith(beginnings) for name in classes)
            ]
            out.append(f"{','.join(used)}{{{rule.body}}}" if used else "")
        else:
            out.append(f"{rule.head}{{{rule.body}}}")
    return "".join(out)
