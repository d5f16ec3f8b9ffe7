"""Diagrams: the drawn SVG of every row, held against its source and against what may stand inside a page."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from macros.catalog.builder import CatalogBuilder
from macros.catalog.source_file import source_files
from macros.catalog.strict_yaml import find_line
from macros.rows.diagrams import Diagram

FOLDER = "data/diagrams"
SUFFIXES = (".dot", ".svg")
SVG_BYTES = 30_000
_SVG = "{http://www.w3.org/2000/svg}"
_LOOK = {"fill", "stroke", "stroke-dasharray", "stroke-width", "font-size", "font-weight", "font-style", "text-anchor"}
# What a picture may consist of. All else is refused: styles and scripts (the page's policy forbids them), addresses,
# ids (they would stand twice on a page), fonts and fixed colours (they would not follow the page).
_ALLOWED = {
    "svg": {"data-source", "viewBox", "width"},
    "g": _LOOK,
    "path": {*_LOOK, "d"},
    "polygon": {*_LOOK, "points"},
    "polyline": {*_LOOK, "points"},
    "ellipse": {*_LOOK, "cx", "cy", "rx", "ry"},
    "text": {*_LOOK, "x", "y"},
}
_DRAW = "run 'make diagrams'"


def load_svgs(builder: CatalogBuilder) -> None:
    """Put the SVG of every diagram into `builder.svgs`, by id; report what is missing, stale, unsafe or unused."""
    wanted: set[str] = set()
    for row in builder.all(Diagram):
        entry = builder.entries[row.id]
        source, drawn = builder.root / FOLDER / row.file, (builder.root / FOLDER / row.file).with_suffix(".svg")
        wanted |= {source.name, drawn.name}
        if not source.is_file():
            line = find_line(builder.root / entry.path, (*entry.loc, "file"))
            builder.fault(entry.path, line, f"{row.id}.file: there is no {FOLDER}/{row.file}; write it, then {_DRAW}")
        elif not drawn.is_file():
            builder.fault(f"{FOLDER}/{drawn.name}", 0, f"is missing; {_DRAW} to draw it from {row.file}")
        else:
            svg = drawn.read_bytes().decode("utf-8", "replace").strip()
            for what in faults_of(svg, hashlib.sha256(source.read_bytes()).hexdigest(), row.file):
                builder.fault(f"{FOLDER}/{drawn.name}", 0, what)
            builder.svgs[row.id] = svg
    if "diagram" in builder.failed_kinds:
        return  # a row that failed may be the one that names a file
    for name in sorted(_drawings(builder.root) - wanted):
        builder.fault(f"{FOLDER}/{name}", 0, "no row of data/diagrams.yml names it; add the row or delete the file")


def _drawings(root: Path) -> set[str]:
    return {path for file, path in source_files(root / FOLDER) if file.suffix in SUFFIXES and "/" not in path}


def faults_of(svg: str, digest: str, source: str) -> Iterator[str]:
    """Yield what is wrong with a drawn picture whose source, the file `source`, has the sha256 `digest`."""
    if len(svg) > SVG_BYTES:
        yield f"is {len(svg):,} characters; a picture inside a page stays below {SVG_BYTES:,}"
    elif "\n" in svg or re.search(r"<[!?]", svg):
        yield f"is not the one line of plain SVG that a page can hold; {_DRAW}"
    else:
        yield from _unsafe(svg)
        found = re.match(r'<svg xmlns="http://www\.w3\.org/2000/svg" data-source="([0-9a-f]{64})" ', svg)
        if not found:
            yield f"does not say which source it was drawn from (data-source); {_DRAW}"
        elif found[1] != digest:
            yield f"is not drawn from {source} as it is now; {_DRAW}"


def _unsafe(svg: str) -> Iterator[str]:
    try:
        root = ElementTree.fromstring(svg)  # noqa: S314 - no DOCTYPE gets here, so no entities
    except ElementTree.ParseError as error:
        yield f"cannot be read as SVG: {error}; {_DRAW}"
        return
    if not re.fullmatch(r"\d+(\.\d+)?em", root.get("width", "")):
        yield f"has no width in em, so it would not grow with the text; {_DRAW}"
    for node in root.iter():
        name = node.tag.removeprefix(_SVG)
        if name not in _ALLOWED or not node.tag.startswith(_SVG):
            yield f"holds <{name}>; a picture is shapes and text. Draw it again: {_DRAW}"
            continue
        for key, value in node.attrib.items():
            if key not in _ALLOWED[name]:
                yield f"holds '{key}=' on <{name}>; the page styles the picture. Draw it again: {_DRAW}"
            elif key in ("fill", "stroke") and value not in ("none", "currentColor"):
                yield f"has the fixed colour '{value}'; only currentColor follows light and dark. Draw it again: {_DRAW}"
