"""What WebKit prints. It has no lines that return on each sheet, so what every sheet must say stands in the text."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
import webdriver
from pypdf import PdfReader
from selectolax.lexbor import LexborHTMLParser
from test_other_browsers import MINE, RUNNING, SHORT, UNOFFICIAL, ends_with, plain, there

from tools import browsers
from tools.file_server import Files, served

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("webkit-paper")]
PRINTER = Path(__file__).with_name("webkit_print.py")
# The longest there are; in the second, a week would begin at the very foot of a sheet.
PLANS = {
    "Platform, L5": MINE.replace("weeks=4", "weeks=6").replace("hours=6", "hours=12"),
    "Ads, L4": "plan/mine/?v=1&level=l4&track=ads&weeks=6&hours=12&start=2027-01-04",
}


def printed(site: Path, path: str, query: str, file: Path) -> list[list[str]]:
    """Print a page of the built site, once something fits the query; return the lines of each sheet, without white space."""
    there("webkit")
    python = browsers.webkit_printer()
    if python is None:
        pytest.skip("WebKit cannot be asked to print: apt-get install python3-gi gir1.2-webkit2-4.1")
    screen = browsers.ENGINES["webkit"].parts["Xvfb"]() or ""
    with served(site, Headings) as base, webdriver.screen(screen) as display:
        subprocess.run(
            [python, str(PRINTER), f"{base}/{path}", query, str(file)],
            env={**os.environ, "DISPLAY": display, "GDK_BACKEND": "x11"},
            check=True,
            timeout=120,
        )
    return [[plain(line) for line in sheet.extract_text().splitlines()] for sheet in PdfReader(file).pages]


def ends(sheets: list[list[str]], heads: set[str]) -> list[str]:
    """The sheets that end with a heading, with or without the short address behind it."""
    bare = [[SHORT.sub("", line) for line in lines if not line.startswith(RUNNING)] for lines in sheets]
    return [f"{number}: ends with {head!r}" for number, one in enumerate(bare, 1) for head in ends_with(heads, one)]


@pytest.mark.parametrize("reader", PLANS)
def test_my_plan_has_at_most_four_sheets_that_each_say_whose_it_is(site: Path, tmp_path: Path, reader: str) -> None:
    sheets = printed(site, PLANS[reader], ".hp-plan-day", tmp_path / "mine.pdf")
    says = plain(f"{reader} · unofficial")
    assert 2 <= len(sheets) <= 4
    assert all(any(says in line for line in lines) for lines in sheets)
    assert any(plain(UNOFFICIAL) in line for line in sheets[-1])
    lines = [line for sheet in sheets for line in sheet]
    days = {line for line in lines if line.endswith(says)}
    weeks = {line for line in lines if line.startswith("Week") and "of6" in line}
    assert len(weeks) == 6
    assert len(days) > 20
    assert ends(sheets, days | weeks) == []
    # A task is whole: a sheet begins with a heading.
    assert [sheet[0] for sheet in sheets[1:] if sheet[0] not in days | weeks] == []


class Headings(Files):
    """The site, and a page of headings with texts of every length below them, so that many come to the foot of a sheet."""

    def do_GET(self) -> None:  # noqa: N802 - what the standard library calls
        if self.path != "/headings/":
            super().do_GET()
            return
        page = (Path(self.directory) / "about" / "index.html").read_text("utf-8")
        begins, ends = page.index(">", page.index("<article")) + 1, page.index("</article>")
        told = (
            f"<h{2 + number % 3}>Heading {number}</h{2 + number % 3}><p>{'A line of text. ' * (9 + number * 7 % 60)}</p>"
            for number in range(150)
        )
        body = f"{page[:begins]}{''.join(told)}{page[ends:]}".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def test_no_sheet_ends_with_a_heading_wherever_it_falls(site: Path, tmp_path: Path) -> None:
    sheets = printed(site, "headings/", ".hp-footer", tmp_path / "headings.pdf")
    assert len(sheets) > 10
    heads = {f"Heading{number}" for number in range(150)}
    assert heads <= {line for lines in sheets for line in lines}
    assert ends(sheets, heads) == []


@pytest.mark.parametrize("path", ["topics/caching/ladder/", "loop/onsite-conversations/"])
def test_no_sheet_ends_with_a_heading(site: Path, tmp_path: Path, path: str) -> None:
    sheets = printed(site, path, ".hp-footer", tmp_path / "page.pdf")
    tree = LexborHTMLParser((site / path / "index.html").read_text("utf-8"))
    heads = {plain(head.text().removesuffix("#")) for head in tree.css("article :is(h1, h2, h3, h4)")}
    assert len(heads & {line for lines in sheets for line in lines}) >= 3
    assert ends(sheets, heads) == []
    assert any(plain(UNOFFICIAL) in line for line in sheets[-1])
