"""Drawings in files of their own: where the link beside a picture leads when no script opens it, and what one may save."""

from __future__ import annotations

import os
import re
from pathlib import Path

from macros.finish.styles import FOLDER as FROM
from macros.finish.styles import compact

FOLDER = "assets/drawings"
_FIGURE = re.compile(
    r'<figure class="hp-(?P<kind>picture|diagram)\b[^>]*>(?:(?!</figure>).)*?(?P<svg><svg.*?</svg>)(?:</div><figcaption>[^<]*)?'
    r'<a class="hp-enlarge"(?P<link> data-hp-drawing="(?P<id>[a-z0-9-]+)")',
    re.S,
)
_ROOT = re.compile(r"<svg(?P<attributes>[^>]*)>")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_CONDITION = re.compile(r"@[^{}]+\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_OF_DRAWINGS = re.compile(r"(?::is\(\.hp-picture,\.hp-cards\)|\.hp-picture) (?::is\(line|svg|rect|\.)")
_WIDTH, _MARGIN, _EM = 760, 24, 16  # of a fluid drawing in its file, in px: as wide as the column of a page


def write_drawings(site: Path) -> int:
    """Write every drawing that a page of `site` shows as a file, and link it from there; return how many."""
    css = styles(*((site / FROM / name).read_text("utf-8") for name in ("tokens.css", "pictures.css")))
    (site / FOLDER).mkdir(parents=True, exist_ok=True)
    count = 0
    for page in site.rglob("index.html"):
        text = page.read_text("utf-8")
        if " data-hp-drawing=" not in text:
            continue
        here = os.path.relpath(site / FOLDER, page.parent).replace(os.sep, "/")
        for found in reversed(list(_FIGURE.finditer(text))):
            (site / FOLDER / f"{found['id']}.svg").write_text(drawing_file(found["kind"], found["svg"], css), "utf-8")
            start, end = found.span("link")
            text = f'{text[:start]} href="{here}/{found["id"]}.svg"{text[end:]}'
            count += 1
        page.write_text(text, "utf-8")
    return count


def drawing_file(kind: str, svg: str, css: str) -> str:
    """Return a drawing of a page as a file: whole in any window, with its own colours for light and dark.

    Raises ValueError when its size is not known.
    """
    root = _ROOT.match(svg)
    attributes = root["attributes"] if root else ""
    tall, box = (
        re.search(r'height="([\d.]+)em"', attributes),
        re.search(r'viewBox="[\d.-]+ [\d.-]+ ([\d.]+) ([\d.]+)"', attributes),
    )
    if box:
        width, height = float(box[1]), float(box[2])
    elif tall:
        width, height = float(_WIDTH), float(tall[1]) * _EM
    else:
        raise ValueError(f"a drawing of unknown size: {svg[:80]}")
    label = re.search(r'aria-label="([^"]*)"', attributes)
    inner = f'<svg x="{_MARGIN}" y="{_MARGIN}" width="{width:g}" height="{height:g}"{f" {box[0]}" if box else ""} overflow="visible">'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width + 2 * _MARGIN:g} {height + 2 * _MARGIN:g}">'
        f"<title>{label[1] if label else ''}</title><style>{css}</style>"
        f'<g class="hp-{kind}">{inner}{svg[svg.index(">") + 1 :]}</g></svg>\n'
    )


def styles(tokens: str, pictures: str) -> str:
    """Return what a drawing needs by itself of these two stylesheets."""
    rules = "".join(
        f"{one.strip()}{{{body}}}"
        for one, body in _RULE.findall(_CONDITION.sub("", compact(pictures)))
        if _OF_DRAWINGS.match(one.strip())
    )
    own = f":root{{background:var(--hp-paper);color:var(--hp-ink);fill:currentColor;font:{_EM}px/1 var(--hp-diagram-font)}}"
    return compact(tokens) + rules + own
