"""Drawings in files of their own: where the link beside a picture leads when no script opens it, and what one may save."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

from macros.finish.styles import FOLDER as FROM
from macros.finish.styles import compact

FOLDER = "assets/drawings"
_UNLINKED = " data-hp-drawing="
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
    css = drawing_styles(site)
    (site / FOLDER).mkdir(parents=True, exist_ok=True)
    count = 0
    for page in site.rglob("index.html"):
        text = page.read_text("utf-8")
        if _UNLINKED not in text:
            continue
        linked, files = with_drawings(text, page.parent.relative_to(site).as_posix(), css)
        for name, svg in files:
            (site / name).write_text(svg, "utf-8")
        page.write_text(linked, "utf-8")
        count += len(files)
    return count


def drawing_styles(site: Path) -> str:
    """Return the styles of a drawing in a file of its own, from the built `site`."""
    return styles(*((site / FROM / name).read_text("utf-8") for name in ("tokens.css", "pictures.css")))


def with_drawings(text: str, url: str, css: str) -> tuple[str, list[tuple[str, str]]]:
    """Return the HTML of the built page at `url` with its drawings linked, and their files by path below the site."""
    files: list[tuple[str, str]] = []
    if _UNLINKED not in text:
        return text, files
    here = posixpath.relpath(FOLDER, url or ".")
    for found in reversed(list(_FIGURE.finditer(text))):
        files.append((f"{FOLDER}/{found['id']}.svg", drawing_file(found["kind"], found["svg"], css)))
        start, end = found.span("link")
        text = f'{text[:start]} href="{here}/{found["id"]}.svg"{text[end:]}'
    return text, files


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
