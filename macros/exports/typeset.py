"""Sets booklets as PDF files with Typst: tagged (PDF/UA-1), without a clock, without the machine's own typefaces."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import typst

from macros.catalog.catalog import Catalog
from macros.catalog.diagnostics import GuideError, Problem
from macros.catalog.strict_yaml import find_line
from macros.exports.booklets import Made

TEMPLATE = Path(__file__).with_name("booklets.typ")
_NO_GLYPH = re.compile(r'the text `"(?P<text>(?:\\.|[^"\\])+)"` could not be displayed with font')


def typeset(catalog: Catalog, made: Iterable[Made], day: str, template: Path = TEMPLATE) -> dict[str, bytes]:
    """Return the PDF of every booklet by its file's name; `day` (YYYY-MM-DD) is their date.

    Raises GuideError with all that cannot be set: a character that the typeface lacks, with the row that holds it.
    """
    compiler = typst.Compiler(template, font_paths=typst.Fonts(include_system_fonts=False))
    noon = datetime.datetime.fromisoformat(f"{day}T12:00:00+00:00")
    found: dict[str, bytes] = {}
    faults: dict[Any, Problem] = {}
    for file, content in made:
        inputs = {"booklet": json.dumps(content, ensure_ascii=False)}
        try:
            pdf = compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards="ua-1", timestamp=noon)
            assert isinstance(pdf, bytes)  # one file, not one a page
            found[file] = pdf
        except typst.TypstError as error:
            for place, problem in _problems(catalog, file, content, error):
                faults.setdefault(place, problem)
    if faults:
        raise GuideError(faults.values())
    return found


def _problems(
    catalog: Catalog, file: str, content: dict[str, Any], error: typst.TypstError
) -> list[tuple[Any, Problem]]:
    """Return what is wrong, each with what tells it apart: a row that stands in many booklets is named once."""
    missing = {found["text"] for found in _NO_GLYPH.finditer(error.diagnostic)}
    if not missing:
        what = " ".join(f"{error.message} {' '.join(error.hints)}".split())
        return [((file, what), Problem(f"booklets/{file}", 0, f"cannot be set: {what}"))]
    problems = []
    for text in sorted(missing):
        points = ", ".join(f"U+{ord(one):04X}" for one in text)
        what = f"the typeface of the booklets lacks '{text}' ({points}), so {file} cannot be set; write it in words"
        for row in sorted(_rows_with(content, text)) or [""]:
            entry = catalog.entries.get(row)
            path = entry.path if entry else f"booklets/{file}"
            line = find_line(catalog.root / path, entry.loc) if entry and path.endswith(".yml") else 0
            problems.append(((row or file, text), Problem(path, line, f"{row}: {what}" if row else what)))
    return problems


def _rows_with(content: Any, text: str, row: str = "") -> set[str]:
    """Return the ids of the rows whose words hold `text`."""
    if isinstance(content, dict):
        row = content.get("row") or row
        return {found for value in content.values() for found in _rows_with(value, text, row)}
    if isinstance(content, list):
        return {found for value in content for found in _rows_with(value, text, row)}
    return {row} if isinstance(content, str) and text in content and row else set()
