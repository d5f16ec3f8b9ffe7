"""What a screen reader hears of the built pages, where neither engine can be told to write it."""

from __future__ import annotations

import html
import re
from pathlib import Path

from macros.catalog.catalog import Catalog

_TABLE = re.compile(r"<table>.*?</table>", re.S)
_HEAD = re.compile(r"<th\b[^>]*>(.*?)</th>", re.S)
_ROW = re.compile(r"(?<=<tr>)\s*<td.*?(?=</tr>)", re.S)
_CELL = re.compile(r"<td\b([^>]*)>(.*?)</td>", re.S)
_NOT_WORDS = re.compile(r'<a\b[^>]*\bclass="hp-cite".*?</a>|<[^>]+>', re.S)
_PERMALINK = re.compile(r'<a class="headerlink"(?! aria-hidden)')
_DIRECTION = re.compile(r'(<body\b[^>]*?) dir="ltr"')


def make_accessible(catalog: Catalog, site: Path) -> int:
    """Mend every page of the built `site`; return how many row headers it has then."""
    files = [site / page.url / "index.html" for page in catalog.pages.values()]
    count = 0
    for file in (*files, site / "404.html"):
        text = accessible(file.read_text("utf-8")) if file.is_file() else ""
        if text:
            file.write_text(text, "utf-8")
            count += text.count('scope="row"')
    return count


def accessible(page: str) -> str:
    """Return the HTML of a page with headers for rows, headings that are named by their words, and a free direction.

    The # of a heading is for pointers; links.js has a button for the keyboard. The direction of the text, which the theme
    fixes on the body, is set by whoever translates the page.
    """
    page = _TABLE.sub(lambda table: _named(table[0]), page)
    page = _PERMALINK.sub('<a class="headerlink" aria-hidden="true" tabindex="-1"', page)
    return _DIRECTION.sub(r"\1", page)


def _named(table: str) -> str:
    """A table whose rows begin with a header, which Markdown cannot write, and whose cells say their column.

    Where a first cell is empty, the first column does not name the rows: columns are lists beside each other.
    """
    columns = [_words(head) for head in _HEAD.findall(table)]
    rows = [_CELL.findall(row) for row in _ROW.findall(table)]
    named = all(_words(cells[0][1]) for cells in rows)
    return _ROW.sub(lambda row: _row(row[0], columns, named), table)


def _row(row: str, columns: list[str], named: bool) -> str:
    rest = iter(columns)

    def cell(found: re.Match[str]) -> str:
        column, first = next(rest), found.start() == row.index("<td")
        about = found[1] if "data-label=" in found[1] else f'{found[1]} data-label="{html.escape(column)}"'
        return f'<th scope="row"{about}>{found[2]}</th>' if first and named else f"<td{about}>{found[2]}</td>"

    return _CELL.sub(cell, row)


def _words(content: str) -> str:
    return html.unescape(_NOT_WORDS.sub("", content)).strip()
