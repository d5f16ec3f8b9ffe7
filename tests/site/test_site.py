"""The built site of the real guide: every check of `checker`, and the site held against the data and the lock."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path

import checker
import pytest
from selectolax.lexbor import LexborHTMLParser

from macros.catalog import catalog
from macros.catalog.identity import read_lock
from macros.rows.plan import PHASES
from tools.site_build import ROOT

POLICY = "Content-Security-Policy"


@pytest.fixture(scope="session")
def found(site: Path) -> checker.Site:
    return checker.read(site)


@pytest.fixture(scope="session")
def guide_data(site: Path) -> catalog.Catalog:
    """The catalog of the guide that was built, not of files that somebody edits meanwhile."""
    return catalog.load(site.parent)


@pytest.fixture(scope="session")
def by_url(found: checker.Site) -> dict[str, checker.Document]:
    """Every document by its address below the site's root."""
    return {document.path.removesuffix("index.html"): document for document in found.everything}


@pytest.mark.parametrize("name", checker.CHECKS)
def test_no_fault(found: checker.Site, name: str) -> None:
    faults = checker.CHECKS[name](found)
    assert not faults, f"{len(faults)} faults\n" + "\n".join(faults)


def test_every_page_is_there_and_no_other(by_url: dict[str, checker.Document], guide_data: catalog.Catalog) -> None:
    pages = {url for url, document in by_url.items() if document.article and document.path != checker.NOT_FOUND}
    assert pages == {page.url for page in guide_data.pages.values()}


def test_every_address_ever_published_answers(site: Path, by_url: dict[str, checker.Document]) -> None:
    lost = []
    for address in read_lock(site.parent):
        url, _, anchor = address.removeprefix("./").partition("#")
        document = by_url.get(url)
        # A redirected page hands its anchor on; where it leads is checked as a link.
        moved = document is not None and document.article is None and not url.startswith("go/")
        if document is None or (anchor and not moved and anchor not in document.ids):
            lost.append(address)
    assert not lost, "\n".join(lost)


def test_every_row_stands_on_its_home_page(by_url: dict[str, checker.Document], guide_data: catalog.Catalog) -> None:
    lost = []
    for id, home in guide_data.homes.items():
        page = guide_data.pages[home.page]
        if home.anchor not in by_url[page.url].ids:
            lost.append(f"{page.path}: {id}")
    assert not lost, "\n".join(lost)
    assert set(guide_data.homes) == set(guide_data.entries)


def test_no_page_has_an_id_that_is_nowhere_in_the_guide(
    by_url: dict[str, checker.Document], guide_data: catalog.Catalog
) -> None:
    strange = []
    for page in guide_data.pages.values():
        article = by_url[page.url].article
        assert article is not None
        known = {heading.id for heading in page.headings} | set(guide_data.entries)
        known |= {old for old, _ in guide_data.moved.get(page.path, ())}
        for node in article.css("[id]:not(article):not(h2):not(h3)"):
            id = node.attributes["id"] or ""
            if id not in known and id.removeprefix("check-").removeprefix("cited-") not in guide_data.entries:
                strange.append(f"{page.path}: {id}")
    assert not strange, "\n".join(strange)


def boxes(guide_data: catalog.Catalog, path: str) -> Iterator[str]:
    """The ids of the lines to tick that the data has for the page at `path`, in order."""
    for call in guide_data.pages[path].calls:
        owner = guide_data.get(call.args[0]) if call.args and call.args[0] in guide_data.entries else None
        if call.name == "checklist":
            yield from (row.id for row in owner.checklist)
        elif call.name == "self_check":
            yield from (row.id for row in owner.rubric)
        elif call.name == "plan":
            yield from (task for week in owner.weeks for day in week.days for task in day.tasks)
        elif call.name == "every_task":
            yield from (task.id for phase in PHASES for task in guide_data.all("task") if task.phase == phase)


def test_every_checklist_has_a_box_per_line_of_the_data(
    by_url: dict[str, checker.Document], guide_data: catalog.Catalog
) -> None:
    total = 0
    for page in guide_data.pages.values():
        article = by_url[page.url].article
        assert article is not None
        shown = [
            node.attributes.get("data-hp-check")
            for node in article.css("li input[type=checkbox], td input[type=checkbox]")
        ]
        assert shown == list(boxes(guide_data, page.path)), page.path
        total += len(shown)
    assert total > 0


def test_every_topic_level_and_plan_can_be_ticked_somewhere(guide_data: catalog.Catalog) -> None:
    calls = {(call.name, call.args[:1]) for page in guide_data.pages.values() for call in page.calls}
    wanted = {"checklist": "topic", "self_check": "level", "plan": "plan"}
    missing = [
        f"{macro}({row.id})"
        for macro, kind in wanted.items()
        for row in guide_data.all(kind)
        if (macro, (row.id,)) not in calls
    ]
    assert missing == []


def test_every_row_and_retired_id_has_a_short_address(site: Path, guide_data: catalog.Catalog) -> None:
    wanted = set(guide_data.entries) | {row.id for row in guide_data.all("retired") if "#" not in row.id}
    assert {file.name for file in (site / "go").iterdir()} >= wanted


def test_the_site_was_built_from_this_guide(site: Path) -> None:
    config = (site.parent / "mkdocs.yml").read_text("utf-8")
    assert config == (ROOT / "mkdocs.yml").read_text("utf-8")


def unguarded(html: str) -> list[str]:
    """Return what the content policy of a page does not hold: nothing from elsewhere, and only its own inline code."""
    document = LexborHTMLParser(html)
    metas = [node for node in document.css("meta[http-equiv]") if node.attributes["http-equiv"] == POLICY]
    if len(metas) != 1:
        return [f"{len(metas)} policies"]
    said = metas[0].attributes["content"] or ""
    inline = document.css("script:not([src]), style")
    hashes = {base64.b64encode(hashlib.sha256(node.text().encode()).digest()).decode() for node in inline}
    return [f"{wanted} is not in it" for wanted in ("default-src 'none'", *hashes) if wanted not in said]


def test_every_page_has_a_policy_that_names_its_own_code(site: Path) -> None:
    pages = {file.relative_to(site).as_posix(): unguarded(file.read_text("utf-8")) for file in site.rglob("*.html")}
    assert any(path.startswith("go/") for path in pages)
    assert {path: faults for path, faults in pages.items() if faults} == {}
