"""llms.txt and llms-full.txt: their form, and that every page, row and source of the guide is in the whole text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from macros.catalog import catalog
from macros.catalog.macro_signatures import SIGNATURES, Plain
from macros.catalog.page import Call
from macros.catalog.references import field_values
from macros.exports import llms
from macros.exports.plaintext import PlainRenderer
from macros.exports.urls import address_of
from macros.rows.markup import plain
from macros.rows.sources import GRADE_WORDS
from tools import sample_guide
from tools.site_build import ROOT

ADDRESS = "https://example.org/below/"
LINK = re.compile(r"- \[[^\]]+\]\((?P<url>https://example\.org/below/[^)\s]*)\): \S.*")
LEFT_OVER = {
    "a macro call": r"\{\{|\}\}|\{%",
    "a citation mark": r"\[@",
    "a figure mark": r"\[=",
    "an attribute list": r"\{:? ?[#.][\w-]",
    "a link without its address": r"\]\((?!https?://)",
    "HTML": r"</?(?:div|span|a|p|input|label|details|summary|table)\b",
    "no value": r"\bNone\b:|: None\b|\(\)",
}


def whole(found: catalog.Catalog) -> str:
    prose = {path: (found.root / "docs" / path).read_text("utf-8") for path in found.pages}
    return llms.llms_full(found, llms.page_texts(found, prose, ADDRESS))


@pytest.fixture(scope="module")
def data(site: Path) -> catalog.Catalog:
    return catalog.load(site.parent)


@pytest.fixture(scope="module")
def full(data: catalog.Catalog) -> str:
    return whole(data)


def squeezed(text: str) -> str:
    """Words alone: emphasis and white space do not matter here."""
    return re.sub(r"[\s*`]+", "", text)


def lost_texts(found: catalog.Catalog, text: str) -> list[str]:
    """Texts of rows that are not in the whole text, neither with their marks resolved nor, as a name, without."""
    to, inside = PlainRenderer(found, ADDRESS), squeezed(text)
    return [
        f"{id}: {place}: {value[:60]}"
        for id, entry in found.entries.items()
        for holds, value, place in field_values(entry.row)
        if holds == "text"
        and (entry.kind, place[0]) != ("sum", "checks")  # words of another page, repeated for a check
        and squeezed(to.text(value)) not in inside
        and squeezed(plain(value)).rstrip(".") not in inside
    ]


# -- llms.txt --------------------------------------------------------------------------------------


def test_the_index_has_the_form_of_llmstxt(data: catalog.Catalog) -> None:
    text = llms.llms_txt(data, ADDRESS)
    title, quote, *rest = text.split("\n\n")
    assert title == "# The Hard Part"
    assert re.fullmatch(r"> [^\n]+", quote)
    assert sum(line.startswith("# ") for line in text.splitlines()) == 1
    sections = [part for part in rest if part.startswith("## ")]
    assert len(sections) == len(set(sections)) > 5
    # After the first section come sections and lists of links, and nothing else.
    after = text[text.index("\n## ") :].splitlines()
    assert [line for line in after if line and not line.startswith("## ") and not LINK.fullmatch(line)] == []


def test_the_index_lists_every_page_once_and_every_file(data: catalog.Catalog, site: Path) -> None:
    urls = [found["url"] for found in map(LINK.fullmatch, llms.llms_txt(data, ADDRESS).splitlines()) if found]
    pages = {ADDRESS + page.url for page in data.pages.values()}
    assert sorted(url for url in urls if url in pages) == sorted(pages)
    files = [url for url in urls if url not in pages]
    assert all((site / url.removeprefix(ADDRESS)).is_file() for url in files), files
    written = {file.name for file in (site / llms.CHAPTERS).iterdir()}
    assert {url.rpartition("/")[2] for url in files if f"/{llms.CHAPTERS}" in url} == written


# -- llms-full.txt ---------------------------------------------------------------------------------


def test_no_text_of_any_row_is_lost(data: catalog.Catalog, full: str) -> None:
    assert lost_texts(data, full) == []


def test_no_text_of_the_tiny_guide_is_lost(guide: Path) -> None:
    found = catalog.load(guide)
    assert lost_texts(found, whole(found)) == []


def test_a_lost_text_is_seen(guide: Path) -> None:
    found = catalog.load(guide)
    drill = found.all("mistake")[0].drill
    assert drill in whole(found)
    assert len(lost_texts(found, whole(found).replace(drill, ""))) == 1


def test_every_row_stands_with_its_address(data: catalog.Catalog, full: str) -> None:
    lost = [
        id for id, entry in data.entries.items() if entry.kind != "source" and address_of(data, ADDRESS, id) not in full
    ]
    assert lost == []


def test_every_source_has_its_number_title_date_address_and_grade(data: catalog.Catalog, full: str) -> None:
    lines = dict(re.findall(r"^- \[(\d+)\] (.+)$", full, re.M))
    assert [int(number) for number in lines] == list(range(1, len(data.all("source")) + 1))
    ordered = sorted(data.all("source"), key=lambda source: list(GRADE_WORDS).index(source.grade))
    for number, source in enumerate(ordered, 1):
        line = lines[str(number)]
        for part in (
            source.title.rstrip("."),
            source.publisher,
            source.date,
            GRADE_WORDS[source.grade],
            source.url or "",
        ):
            assert part in line, (source.id, part)


def test_every_citation_of_the_text_names_a_source(data: catalog.Catalog, full: str) -> None:
    cited = {int(number) for number in re.findall(r", (?:\d{4}|undated) \[(\d+)\]", full)}
    assert cited
    assert cited <= set(range(1, len(data.all("source")) + 1))


def test_brackets_read_as_in_prose(full: str) -> None:
    assert not re.search(r"[^\s(\[]\([^()\n]* \[\d+\]\)", full), "a citation sticks to its word"
    assert "((our judgement))" not in full.lower()


@pytest.mark.parametrize("what", LEFT_OVER)
def test_nothing_of_a_template_is_left(full: str, what: str) -> None:
    prose = re.sub(r"^```.*?^```", "", full, flags=re.S | re.M)
    prose = re.sub(r"`[^`\n]*`", "code", prose)
    found = re.search(LEFT_OVER[what], prose)
    assert found is None, prose[max(0, found.start() - 60) : found.end() + 60]


def test_prose_and_headings_of_every_page_are_there(data: catalog.Catalog, full: str) -> None:
    for page in data.pages.values():
        for heading in page.headings:
            title = re.escape(re.sub(r"\s*\{\{.*?\}\}", "", heading.title))
            assert re.search(rf"^#{{2,6}} {title}", full, re.M), (page.path, heading.title)
        assert all(line in full for line in page.summary)
    assert len(re.findall(r"^# ", re.sub(r"^```.*?^```", "", full, flags=re.S | re.M), re.M)) == 1


def test_every_macro_of_the_guide_is_known(guide: Path) -> None:
    found = catalog.load(guide)
    of_kind = {
        "owner": "caching",
        "any": "caching",
        "area:claim": "round",
        "area:prompt": "ads",
        "area:culture-probe": "first",
        "area:term": "s-z",
        "area:source": "prep",
    }
    first = {entry.kind: id for id, entry in reversed(found.entries.items())}
    for name, signature in SIGNATURES.items():
        args = tuple(
            of_kind.get(kind.rstrip("*?")) or first[kind.rstrip("*?")]
            for kind in signature.args
            if not kind.endswith("?")
        )
        said = llms.render_call(PlainRenderer(found, ADDRESS), Call(name, args, 1), 3)
        nothing = args and args[0] in found.entries and not getattr(found.get(args[0]), signature.homes or "id", True)
        assert said or nothing or signature.plain == Plain(), name
        assert "{" not in said


def test_a_citation_in_a_page_becomes_publisher_year_and_number(guide: Path) -> None:
    found = catalog.load(guide)
    sources = {source.id: (number, source) for number, source in enumerate(found.all("source"), 1)}
    number, source = sources["src-post"]
    assert f"A fact ({source.publisher}, {source.date[:4]} [{number}]; " in whole(found)


def test_a_link_between_pages_gets_its_whole_address(guide: Path) -> None:
    file = guide / "docs" / "screen.md"
    file.write_text(
        file.read_text("utf-8").replace(
            "{{ page_foot() }}",
            "See [a](caching.md#part-1), [b](index.md), [c](#screen).\n\n```yaml\n# [d](e.md)\n```\n\n{{ page_foot() }}",
        ),
        "utf-8",
    )
    text = whole(catalog.load(guide))
    assert f"See [a]({ADDRESS}caching/#part-1), [b]({ADDRESS}), [c]({ADDRESS}screen/#screen)." in text
    assert "```yaml\n# [d](e.md)\n```" in text


def test_each_page_stands_in_the_text_of_its_chapter(site: Path, data: catalog.Catalog, full: str) -> None:
    chapters = {file.name: file.read_text("utf-8") for file in (site / llms.CHAPTERS).iterdir()}
    for page in data.pages.values():
        own = page.path.partition("/")[0] if "/" in page.path else "start"
        holding = [name for name, text in chapters.items() if f"\n<http://127.0.0.1:8000/{page.url}> Reviewed" in text]
        assert holding == [f"{own}.txt"], page.path
    lines = {line for line in full.replace(ADDRESS, "http://127.0.0.1:8000/").splitlines() if line}
    assert lines - {line for text in chapters.values() for line in text.splitlines()} == {
        "Numbers in brackets, such as [1], are those of the sources, which stand on “Sources” and on “Sources: prep sites and others”."
    }


def test_the_written_files_are_those_of_the_catalog(site: Path, data: catalog.Catalog) -> None:
    text = (site / "llms-full.txt").read_text("utf-8")
    assert text.count("\n## ") >= len(data.pages)
    assert "http://127.0.0.1:8000/topics/caching/" in text
    assert sample_guide.HOMELESS not in text
    assert (site.parent / "mkdocs.yml").read_text("utf-8") == (ROOT / "mkdocs.yml").read_text("utf-8")
