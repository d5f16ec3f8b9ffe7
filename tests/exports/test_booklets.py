"""The booklets, opened as PDF files: what is on every page, every task and row in them, the same bytes, hostile texts."""

from __future__ import annotations

import datetime
import io
import json
import re
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_once import once
from pypdf import PdfReader

from macros.__main__ import main
from macros.catalog import catalog
from macros.catalog.diagnostics import GuideError
from macros.exports import sections
from macros.exports.booklets import UNOFFICIAL, Made, booklets
from macros.exports.runs import Writer, curly
from macros.exports.typeset import TEMPLATE, typeset
from macros.exports.urls import edition
from macros.finish.booklets import write_booklets
from macros.planner import plan
from macros.rows.base import LEVELS
from macros.rows.booklet import PLAN_HOURS, PLAN_WEEKS, SHOWS, plan_file
from macros.rows.markup import plain
from macros.views import MACROS, RenderContext
from tools import sample_guide
from tools.site_build import ROOT

# All on one worker: the booklets are set once.
pytestmark = pytest.mark.xdist_group("booklets")

ADDRESS = "https://example.org/guide/"
SHEETS = ("recruiter-call-sheet", "own-system-workbook", "story-workbook", "calibration-sheet", "interviewer-sheet")
READ = (plan_file("track-platform", "l5", 4), plan_file("track-client", "l6", 6), *(f"{name}.pdf" for name in SHEETS))
MM = 72 / 25.4


def squeezed(text: str) -> str:
    """Return a text without white space and ligatures, as it can be compared with what is read from a PDF."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def printed(text: str) -> str:
    """Return a text of the data as it is printed, without its marks, squeezed."""
    return squeezed(curly(plain(text)))


def prose_of(guide: catalog.Catalog) -> dict[str, str]:
    return {path: (guide.root / "docs" / path).read_text("utf-8") for path in guide.pages}


@pytest.fixture(scope="module")
def guide() -> catalog.Catalog:
    return catalog.load(ROOT)


@pytest.fixture(scope="module")
def made(guide: catalog.Catalog) -> dict[str, Made]:
    return {one.file: one for one in booklets(guide, prose_of(guide), ADDRESS)}


@pytest.fixture(scope="module")
def files(guide: catalog.Catalog, made: dict[str, Made], tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Every booklet of the real guide, set once for all workers."""

    def make(folder: Path) -> Path:
        folder.mkdir()
        for name, content in typeset(guide, made.values(), edition(guide)).items():
            (folder / name).write_bytes(content)
        return folder

    folder = once(tmp_path_factory, "booklets", make)
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.fixture(scope="module")
def pages(files: dict[str, bytes]) -> dict[str, list[str]]:
    """The words on each page of the booklets that are read whole."""
    return {name: [page.extract_text() for page in PdfReader(io.BytesIO(files[name])).pages] for name in READ}


def set_alone(guide: catalog.Catalog, made: dict[str, Made], *blocks: dict[str, Any]) -> PdfReader:
    """Return a booklet that holds nothing but these blocks."""
    content = {**made[READ[0]].content, "about": [], "blocks": list(blocks)}
    return PdfReader(io.BytesIO(typeset(guide, [Made("alone.pdf", content)], "2026-11-29")["alone.pdf"]))


def paragraph(text: str) -> dict[str, Any]:
    return {"k": "p", "row": "task-first-recording", "runs": [{"t": text}]}


# -- every file -------------------------------------------------------------------------------------


def test_a_plan_for_every_track_level_and_length_and_every_sheet(
    guide: catalog.Catalog, files: dict[str, bytes]
) -> None:
    plans = {
        plan_file(track.id, level, weeks) for track in guide.all("track") for level in LEVELS for weeks in PLAN_WEEKS
    }
    assert len(plans) == 48
    assert set(files) == plans | {f"{name}.pdf" for name in SHEETS}


def test_every_file_is_small(files: dict[str, bytes]) -> None:
    sizes = {name: len(content) for name, content in files.items() if len(content) >= 300_000}
    assert sizes == {}


def test_every_file_is_tagged_named_and_says_its_language(made: dict[str, Made], files: dict[str, bytes]) -> None:
    for name, content in files.items():
        pdf = PdfReader(io.BytesIO(content))
        root = pdf.trailer["/Root"]
        assert root["/Lang"] == "en-GB", name
        assert root["/MarkInfo"]["/Marked"], name
        assert "/StructTreeRoot" in root, name
        assert root["/ViewerPreferences"]["/DisplayDocTitle"], name
        assert b"pdfuaid:part" in root["/Metadata"].get_data(), name
        assert pdf.metadata is not None
        assert pdf.metadata.title == made[name].content["title"], name
        assert 2 <= len(pdf.pages) <= 12, (name, len(pdf.pages))


def test_the_outline_leads_to_the_headings(made: dict[str, Made], files: dict[str, bytes]) -> None:
    for name, content in files.items():
        outline = PdfReader(io.BytesIO(content)).outline
        top = [squeezed(one.title) for one in outline if not isinstance(one, list)]
        wanted = [
            squeezed("".join(run["t"] for run in block["runs"] if not run.get("up")) + (block.get("note") or ""))
            for block in made[name].content["blocks"]
            if block["k"] == "h" and block["level"] == 1
        ]
        assert top == wanted, name
        assert len(top) >= 3, name


def test_the_qr_code_is_a_picture_with_its_address(made: dict[str, Made], files: dict[str, bytes]) -> None:
    for name in made:
        at = made[name].content["at"]
        assert at.startswith(ADDRESS), name
        # Drawn as a row of black modules on nothing; the eye in the corner is seven wide.
        assert "M0 0.5h7" in made[name].content["qr"], name
        if name in READ:
            assert figures(PdfReader(io.BytesIO(files[name]))) == [f"QR code of the address {at}"], name


def figures(pdf: PdfReader) -> list[str]:
    """The alternative texts of the pictures among the tags of a file, in order."""

    def below(node: Any) -> list[str]:
        node = node.get_object()
        if isinstance(node, list):
            return [one for kid in node for one in below(kid)]
        if not isinstance(node, dict):
            return []
        own = [str(node.get("/Alt"))] if node.get("/S") == "/Figure" else []
        return own + (below(node["/K"]) if "/K" in node else [])

    return below(pdf.trailer["/Root"]["/StructTreeRoot"]["/K"])


def test_every_page_says_whose_it_is_and_that_it_is_unofficial(
    made: dict[str, Made], pages: dict[str, list[str]]
) -> None:
    assert UNOFFICIAL == "Unofficial. Not affiliated with or endorsed by Netflix."
    assert made[READ[0]].content["whose"] == "Four weeks at six hours: Platform, L5"
    assert made[READ[1]].content["whose"] == "Six weeks at six hours: Client and devices, L6"
    for name, texts in pages.items():
        for number, text in enumerate(texts, 1):
            for words in (UNOFFICIAL, made[name].content["whose"], f"Page {number} of {len(texts)}"):
                assert squeezed(words) in squeezed(text), (name, number, words)


def test_nothing_stands_where_letter_paper_ends(files: dict[str, bytes]) -> None:
    heights: list[float] = []

    def seen(text: str, cm: list[float], tm: list[float], *_: Any) -> None:
        if text.strip():
            heights.append(cm[5] + cm[3] * tm[5])

    for page in PdfReader(io.BytesIO(files[READ[0]])).pages:
        page.extract_text(visitor_text=seen)
    assert len(heights) > 100
    # An A4 page centred on Letter loses 9 mm at the top and at the bottom, and a printer needs 5 mm more.
    assert 14 * MM <= min(heights) <= max(heights) <= (297 - 14) * MM


def test_another_process_makes_the_same_bytes(
    guide: catalog.Catalog, made: dict[str, Made], files: dict[str, bytes]
) -> None:
    code = (
        "import json, sys, hashlib\nfrom macros.exports.typeset import typeset\nfrom macros.exports.booklets import Made\n"
        "given = json.load(sys.stdin)\n"
        "done = typeset(None, [Made(*one) for one in given['made']], given['day'])\n"
        "print(json.dumps({name: content.hex() for name, content in done.items()}))"
    )
    asked = {"day": edition(guide), "made": [[name, made[name].content] for name in (READ[0], READ[-1])]}
    said = subprocess.run(
        [sys.executable, "-c", code], input=json.dumps(asked), capture_output=True, text=True, check=True, cwd=ROOT
    )
    again = {name: bytes.fromhex(content) for name, content in json.loads(said.stdout).items()}
    assert again == {name: files[name] for name in again}


def test_the_date_is_that_of_the_content(guide: catalog.Catalog, files: dict[str, bytes]) -> None:
    metadata = PdfReader(io.BytesIO(files[READ[0]])).metadata
    assert metadata is not None
    assert metadata.creation_date is not None
    assert metadata.creation_date.date().isoformat() == edition(guide)


# -- what is in them --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "track", "level", "weeks"), [(READ[0], "platform", "l5", 4), (READ[1], "client", "l6", 6)]
)
def test_every_task_of_a_plan_stands_there_with_minutes_output_and_address(
    guide: catalog.Catalog, pages: dict[str, list[str]], file: str, track: str, level: str, weeks: int
) -> None:
    found = plan(guide.all("task"), f"track-{track}", level, weeks, PLAN_HOURS)
    whole = [squeezed(text) for text in pages[file]]
    assert len(found.tasks) > 30
    for task in found.tasks:
        line = f"{task.minutes}min·Output:{printed(task.output)}·go/{task.at}"
        assert any(line in page for page in whole), task.id
        begins = printed(re.split(r"\[[@=]", task.do)[0])[:40]  # up to the first raised number
        assert any(begins in page for page in whole), task.id
    for left in found.left_out:
        assert f"{printed(left.task.output)},{left.task.minutes}min" in "".join(whole), left.task.id
    assert "".join(whole).count("Week") >= weeks


def test_every_plan_holds_the_tasks_of_the_planner_in_their_order(
    guide: catalog.Catalog, made: dict[str, Made]
) -> None:
    for track in guide.all("track"):
        for level in LEVELS:
            for weeks in PLAN_WEEKS:
                content = made[plan_file(track.id, level, weeks)].content
                rows = [item["row"] for block in content["blocks"] if block["k"] == "tasks" for item in block["items"]]
                assert rows == [task.id for task in plan(guide.all("task"), track.id, level, weeks, PLAN_HOURS).tasks]


def test_sheets_hold_the_rows_they_are_made_from(guide: catalog.Catalog, pages: dict[str, list[str]]) -> None:
    whole = {name: squeezed("".join(texts)) for name, texts in pages.items()}
    stage = guide.get("recruiter-screen")
    levels = guide.all("level")
    wanted = {
        "recruiter-call-sheet": [*stage.ask, *(one.ask for one in stage.expect)],
        "story-workbook": [row.story_prompt for row in guide.all("value")],
        "calibration-sheet": [
            text for level in levels for row in level.rubric for text in (row.hit, row.partial, row.miss)
        ],
        "interviewer-sheet": [row.hit for level in levels for row in level.rubric],
    }
    for name, texts in wanted.items():
        assert len(texts) >= 8, name
        lost = [text for text in texts if not parts_in_order(text, whole[f"{name}.pdf"])]
        assert lost == [], name


def parts_in_order(text: str, whole: str) -> bool:
    """Whether a text stands in `whole`, where the head and foot of a page may come between its lines."""
    return printed(text) in whole or all(printed(part) in whole for part in re.split(r"(?<=[.?!]) ", text))


def test_workbooks_leave_room_below_each_question_of_their_pages(guide: catalog.Catalog, made: dict[str, Made]) -> None:
    for name, path in (("own-system-workbook", "round/your-own-system.md"), ("story-workbook", "culture/stories.md")):
        source = (ROOT / "docs" / path).read_text("utf-8")
        blocks = made[f"{name}.pdf"].content["blocks"]
        rooms = [item for block in blocks if block["k"] == "list" for item in block["items"] if item.get("room")]
        questions = source.count("……")
        if not questions:
            spoken = source.index("{ #own-speech }")
            questions = len(re.findall(r"^\d+\. ", source[:spoken], re.M))
        else:  # the facts are asked anew for each of six stories
            facts = source[source.index("{ #write-the-facts }") :].split("\n## ")[0].count("……")
            assert facts > 0
            questions = len(re.findall(r"…{2,}", source)) + 5 * len(
                re.findall(r"…{2,}", source[source.index("{ #write-the-facts }") :].split("\n## ")[0])
            )
        assert len(rooms) == questions > 10, name
        assert not any("…" in run["t"] for item in rooms for run in item["runs"])


def test_the_interviewer_has_a_scorecard_for_each_level(guide: catalog.Catalog, made: dict[str, Made]) -> None:
    tables = [block for block in made["interviewer-sheet.pdf"].content["blocks"] if block["k"] == "table"]
    cards = [table for table in tables if "Partial" in table["head"]]
    assert [[row["row"] for row in card["rows"]] for card in cards] == [
        [row.id for row in level.rubric] for level in guide.all("level")
    ]
    for card in cards:
        for row in card["rows"]:
            assert [cell[0]["box"] for cell in row["cells"] if cell and "box" in cell[0]] == ["hit", "partial", "miss"]


# -- texts are data ---------------------------------------------------------------------------------

MARKUP = "#*$[]<>@\\/_`~-=+'\"{}&%^|!?:;.,a1 "


@pytest.mark.parametrize(
    "text",
    [
        "#let x = 1",
        "#import \"@preview/x:1.0.0\"",
        "*bold* _italic_ `code` ```raw```",
        "$a^2 + b_1$",
        "[content] <label> @reference",
        "= heading",
        "- list + enum / term: x",
        "\\ \\u{41} \\# // comment /* block */",
        "https://example.org/~x#y --- -- ... 'a' \"b\"",
        "{{ 1 + 1 }} ${x} &amp; %20",
    ],
)  # fmt: skip
def test_markup_comes_out_as_itself(guide: catalog.Catalog, made: dict[str, Made], text: str) -> None:
    words = set_alone(guide, made, paragraph(f"BEGIN {text} END")).pages[0].extract_text()
    assert squeezed(f"BEGIN {text} END") in squeezed(words)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(MARKUP, max_size=60), min_size=1, max_size=4))
def test_any_markup_comes_out_as_itself(guide: catalog.Catalog, made: dict[str, Made], texts: list[str]) -> None:
    blocks = [paragraph(f"BEGIN{text}END") for text in texts]
    words = squeezed(set_alone(guide, made, *blocks).pages[0].extract_text())
    assert "".join(squeezed(f"BEGIN{text}END") for text in texts) in words


@pytest.mark.parametrize(("place", "most"), [("paragraph", 110), ("output", 110), ("cell", 30)])
def test_150_characters_without_a_break_stay_on_the_page(
    guide: catalog.Catalog, made: dict[str, Made], place: str, most: int
) -> None:
    word = "x" * 150
    run = [{"t": word}]
    block: dict[str, dict[str, Any]] = {
        "paragraph": paragraph(word),
        "output": {"k": "tasks", "items": [{"runs": [], "minutes": "5 min", "output": run, "at": []}]},
        "cell": {
            "k": "table",
            "head": ["A", "B"],
            "widths": [20, 80],
            "rows": [{"row": "", "cells": [run, [{"t": "B"}]]}],
        },
    }
    text = set_alone(guide, made, block[place]).pages[0].extract_text()
    pieces = re.findall(r"x{2,}", text)
    assert sum(map(len, pieces)) == 150
    assert max(map(len, pieces)) <= most


def test_a_text_is_set_with_its_emphasis_and_sources(guide: catalog.Catalog) -> None:
    write = Writer(guide, ADDRESS)
    source = guide.all("source")[0].id
    assert write(f'**One** *two* `three * 4` [@{source}], 2 * 3 "so" [l](#l5).') == [
        {"t": "One", "b": True},
        {"t": " "},
        {"t": "two", "i": True},
        {"t": " "},
        {"t": "three * 4", "c": True},
        {"t": "1", "up": True},
        {"t": ", 2 * 3 “so” "},
        {"t": "l", "to": f"{ADDRESS}levels/l5/"},
        {"t": "."},
    ]
    assert [one["row"] for one in write.sources()] == [source]


@pytest.mark.parametrize(
    ("text", "printed_as"),
    [
        ("\"a\" 'b'", "“a” ‘b’"),
        ('don\'t ("x")', "don’t (“x”)"),
        ('the levels\' "why?"', "the levels’ “why?”"),
        ("plain", "plain"),
    ],
)
def test_quotation_marks_are_those_of_print(text: str, printed_as: str) -> None:
    assert curly(text) == printed_as


# -- sections of pages ------------------------------------------------------------------------------

PAGE = """---
title: P
description: D.
reviewed: 2026-11-23
summary:
  - One.
  - Two.
  - Three.
---
# P { #p }

{{ page_head() }}

Opening {{ cite("src-post") }}, by {{ judgement() }}.

## Part { #part }

Stays, with [a page](caching.md#part-1) and {{ ref("caching", "a row") }}.

Goes with its picture.

{{ picture("picture-load") }}

- One line
  goes on. ……
- Two ……

### Small { #small }

1. First.

??? hp-more "Deeper"

    Folded.

## Next { #next }

Not this.

{{ page_foot() }}
"""


def section_of(tmp_path: Path, page: str, heading: str = "") -> sections.Section:
    root = sample_guide.write(tmp_path / "guide")
    (root / "docs" / "p.md").write_text(page, "utf-8")
    settings_file = root / "mkdocs.yml"
    settings_file.write_text(settings_file.read_text("utf-8") + "  - p.md\n", "utf-8")
    catalog.record_ids(root)
    found = catalog.load(root)
    return sections.section(found, found.pages["p.md"], page, ADDRESS, heading)


def test_a_section_is_its_paragraphs_and_lists(tmp_path: Path) -> None:
    assert section_of(tmp_path, PAGE, "part") == (
        "Part",
        (
            ("p", (f"Stays, with [a page]({ADDRESS}caching/#part-1) and [a row](#caching).",)),
            ("bullets", ("One line goes on.", "Two")),
            ("h", ("Small",)),
            ("numbers", ("First.",)),
        ),
    )


def test_the_opening_of_a_page_ends_at_its_first_section(tmp_path: Path) -> None:
    assert section_of(tmp_path, PAGE) == ("P", (("p", ("Opening [@src-post], by *our judgement*.",)),))


def test_a_table_in_a_section_is_refused_with_its_line(tmp_path: Path) -> None:
    page = PAGE.replace("Stays, with", "| A | B |\n|---|---|\n| 1 | 2 |\n\nStays, with")
    with pytest.raises(GuideError, match=r"^docs/p\.md:18: '\| A \| B \|' is no paragraph or list"):
        section_of(tmp_path, page, "part")


# -- what is wrong is said --------------------------------------------------------------------------


def site_of(root: Path) -> Path:
    """Return a folder that stands for the built site of the tiny guide at `root`."""
    site = root / "built"
    site.mkdir()
    home = '<link rel="canonical" href="https://example.org/"><a data-hp-booklet="booklets/all.pdf">All</a>'
    (site / "index.html").write_text(home, "utf-8")
    return site


def damaged(guide: Path, path: str, old: str, new: str) -> None:
    file = guide / "data" / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


@pytest.mark.usefixtures("guide")
class TestTiny:
    """With the tiny guide of tools/sample_guide.py."""

    @pytest.fixture
    def guide(self, tmp_path: Path) -> Path:
        root = sample_guide.write(tmp_path / "guide")
        catalog.record_ids(root)
        return root

    def test_every_kind_of_piece_is_set_and_links_are_filled_in(self, guide: Path) -> None:
        found, site = catalog.load(guide), site_of(guide)
        assert {piece.shows for row in found.all("booklet") for piece in row.pieces} == set(SHOWS)
        assert write_booklets(found, site) == 1 + len(LEVELS) * len(PLAN_WEEKS)
        assert PdfReader(site / "booklets" / "all.pdf").pages[0].extract_text().startswith("The Hard Part")
        assert 'href="booklets/all.pdf"' in (site / "index.html").read_text("utf-8")
        assert "data-hp-booklet" not in (site / "index.html").read_text("utf-8")

    def test_the_page_links_every_file_and_no_other(self, guide: Path) -> None:
        found = catalog.load(guide)
        shown = MACROS["booklets"](RenderContext(found, found.pages["index.md"], datetime.date(2026, 11, 29)))
        linked = re.findall(r'data-hp-booklet="booklets/([^"]+)"', shown)
        assert sorted(linked) == sorted(one.file for one in booklets(found, prose_of(found), ADDRESS))

    def test_a_missing_glyph_is_refused_with_the_row_that_holds_it(
        self, guide: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        damaged(guide, "tasks.yml", "do: Read it.", "do: Read 漢 it.")
        site = site_of(guide)
        with pytest.raises(GuideError) as error:
            write_booklets(catalog.load(guide), site)
        assert str(error.value) == (
            "data/tasks.yml:2: task-read: the typeface of the booklets lacks '漢' (U+6F22), "
            "so plan-platform-l4-4-weeks.pdf cannot be set; write it in words"
        )
        assert not (site / "booklets").exists()

    def test_a_template_that_fails_ends_in_one_line_with_the_booklet(self, guide: Path, tmp_path: Path) -> None:
        broken = tmp_path / "broken.typ"
        broken.write_text(TEMPLATE.read_text("utf-8").replace("#let step = 8mm", "#let step = 8mm + nowhere"), "utf-8")
        found = catalog.load(guide)
        made = [next(booklets(found, prose_of(found), ADDRESS))]
        with pytest.raises(GuideError, match=r"^booklets/all\.pdf: cannot be set: unknown variable: nowhere$"):
            typeset(found, made, "2026-11-29", broken)

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ("heading: caching-walk", "heading: caching-wolk", r"booklet-all\.pieces\[5\]\.heading: the page of 'caching' has no section 'caching-wolk' \(did you mean 'caching-walk'\?\)"),
            ("of: l5", "of: caching", r"booklet-all\.pieces\[9\]\.of: 'caching' is no level, which 'tells' is made from"),
            ("- shows: hour", "- shows: hour\n    heading: part-1", r"booklet-all\.pieces\[6\]\.heading: only a section has a heading; leave it out"),
        ],
    )  # fmt: skip
    def test_a_piece_that_names_nothing_is_said_by_the_check(
        self, guide: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, said: str
    ) -> None:
        damaged(guide, "booklets.yml", old, new)
        assert main(["--root", str(guide), "check"]) == 1
        assert re.search(rf"^data/booklets\.yml:\d+: {said}$", capsys.readouterr().out, re.M)
