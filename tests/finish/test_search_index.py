"""The search index as files: what is in it, once each, and the same bytes whenever it is written."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from macros.catalog import catalog
from macros.finish import search, search_records
from macros.finish.assets import FETCHED, drop_comments
from macros.finish.csp import policy
from macros.finish.row_words import kind_of
from macros.finish.search_words import OPENINGS, form, forms, spelled, synonyms
from macros.rows.kinds import KINDS
from tools import site_build
from tools.site_build import ROOT

WRITE = """import sys; import macros.views; from pathlib import Path; from macros.finish.search import write_search_index
from macros.catalog import catalog; write_search_index(catalog.load(Path(sys.argv[1])), Path(sys.argv[2]))"""


def written(site: Path, to: Path, seed: str) -> dict[str, bytes]:
    """Write the index of the pages of `site` into folder `to`, with sets in another order per seed; return its files."""
    for file in site.rglob("index.html"):
        if "go" not in file.relative_to(site).parts:
            (to / file.relative_to(site)).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, to / file.relative_to(site))
    env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", WRITE, ROOT, to], check=True, cwd=ROOT, env=env)
    files = (file for file in (to / FETCHED).rglob("*") if file.is_file())
    return {file.relative_to(to).as_posix(): file.read_bytes() for file in files}


def test_two_builds_write_the_same_bytes(site: Path, tmp_path: Path) -> None:
    one, other = written(site, tmp_path / "one", "1"), written(site, tmp_path / "other", "2")
    assert {path for path in one.keys() | other.keys() if one.get(path) != other.get(path)} == set()
    assert len(one) > 1000


def test_every_row_page_and_section_is_found_once(site: Path) -> None:
    guide = catalog.load(ROOT)
    found = search_records.records(guide, site)
    targets = [(record.page, record.anchor) for record in found]
    assert len(set(targets)) == len(targets)
    homes = {(guide.pages[home.page].url, home.anchor) for home in guide.homes.values()}
    pages = {(page.url, page.id) for page in guide.pages.values()}
    assert {(page, anchor) for page, anchor in homes - pages} <= set(targets)
    assert {(page.url, "") for page in guide.pages.values()} <= set(targets)
    assert all(record.title for record in found)


def test_a_page_that_is_a_row_too_has_both_names(site: Path) -> None:
    found = {r.page: r for r in search_records.records(catalog.load(ROOT), site) if not r.anchor}
    assert found["topics/caching/"].kind == "Topic"
    assert found["levels/l4/"].kind == "Level"
    assert {"Clean and justified", "L4"} <= set(found["levels/l4/"].also)


def test_what_is_typed_is_found_and_never_shown(site: Path) -> None:
    guide = catalog.load(ROOT)
    found = {(r.page, r.anchor): r for r in search_records.records(guide, site)}
    page = next(page for page in guide.pages.values() if page.typed)
    assert set(page.typed) <= set(found[page.url, ""].also)
    text = (site / page.url / "index.html").read_text("utf-8")
    assert not [words for words in page.typed if " " in words and f">{words}" in text]
    for kind in ("term", "prompt", "culture-probe"):
        row = next(row for row in guide.all(kind) if row.typed)
        home = guide.homes[row.id]
        assert set(row.typed) <= set(found[guide.pages[home.page].url, home.anchor].also), kind


def test_a_task_is_named_by_its_first_sentence(site: Path) -> None:
    tasks = [r for r in search_records.records(catalog.load(ROOT), site) if r.kind == "Task"]
    assert len(tasks) > 100
    assert search_records._short("Say it. Then stop.") == ("Say it.", "Then stop.")
    assert not [task.title for task in tasks if ". " in task.title]


def test_synonyms_lead_from_what_is_typed_to_what_the_guide_says() -> None:
    found = synonyms()
    assert found["typeahead"] == ["autocomplet"]
    assert "dedup" in found[form("duplicates")]
    assert not [word for word, others in found.items() if word in others]


@pytest.mark.parametrize(
    ("typed", "left", "kind"),
    [
        ("how would you design a rate limiter", "rate limiter", "prompt"),
        ("design a cdn", "cdn", "prompt"),
        ("design round", "design round", ""),
        ("tell me about a time when you failed", "failed", "culture probe"),
        ("describe a situation where you had no data", "had no data", "culture probe"),
    ],
)
def test_how_a_question_begins_says_what_is_asked_for(typed: str, left: str, kind: str) -> None:
    first = next(((p, k) for p, k in OPENINGS if re.search(p, typed)), None)
    assert ((re.sub(first[0], "", typed).strip(), first[1]) if first else (typed, "")) == (left, kind)


def unpacked(text: str) -> list[int]:
    """The numbers that `gaps` wrote, read the slow way."""
    out, bits, gap = [], 0, 0
    for digit in text:
        value = search._DIGITS.index(digit)
        gap |= (value & 31) << bits
        bits += 5
        if value < 32:
            out.append((out[-1] if out else 0) + gap)
            bits = gap = 0
    return out


@pytest.mark.parametrize("numbers", [[], [0], [32], [0, 0, 1], [31, 32, 63, 64, 1024, 40_000], [5, 5, 70_000]])
def test_gaps_can_be_read_back(numbers: list[int]) -> None:
    assert unpacked(search.gaps(numbers)) == numbers


def test_words_share_their_beginnings() -> None:
    assert search.front_coded(["cach", "cache", "cat", "dog"]) == "Acach\nEe\nCt\nAdog"


def test_a_word_stands_where_a_text_has_it_and_no_name() -> None:
    def record(title: str, text: str) -> search_records.Record:
        return search_records.Record(title, (), text, "Term", "", "x/", "y")

    words, common = search.postings(
        [record("Cache", "caches evict, and 17 of 2016"), record("Row", "Cached evictions")]
    )
    assert words == {"2016": [0], "cach": [1], "evict": [0, 1]}
    assert common == []
    words, common = search.postings(
        [record("Cache", ""), *(record("Row", "cache page") for _ in range(search.COMMON + 1))]
    )
    assert list(words) == ["pag"]  # no name has it, so nothing else would find it
    assert common == ["cach"]


@pytest.mark.parametrize(
    "same",
    [
        "cache caches caching cached",
        "eviction evict evicts evicted evicting",
        "retry retries retried retrying",
        "optimise optimize optimisation optimization",
        "behaviour behavior behaviours",
        "licence license",
        "centre center",
        "catalogue catalog catalogs",
        "cancelled canceled",
        "modelling modeling",
        "judgement judgment",
        "practice practise practising",
        "Little's littles",
        "ads ad",
        "four 4",
        "naïve naive",
    ],
)
def test_ways_to_write_a_word_have_one_form(same: str) -> None:
    assert len({form(word) for word in spelled(same)}) == 1


def test_words_that_differ_stay_apart() -> None:
    words = "canary salary redis read class status consistent consistency stateful stateless play plan string file fill ad add".split()
    assert len({form(word) for word in words}) == len(words)
    assert forms("What is the hot key?") == ["hot", "key"]


def test_the_index_names_no_kind_that_counts_nothing(site: Path) -> None:
    data = json.loads((site_build.scripts(site) / "data" / "search" / "index.json").read_text("utf-8"))
    assert all(weight > 0 and 0 <= group < len(search.GROUPS) for _, group, weight in data["kinds"])
    known = {kind for kind, _, _ in data["kinds"]}
    weighed = {kind_of(name) for name, kind in KINDS.items() if kind.search != ("Evidence", 1)}
    assert weighed <= known, "a kind is weighed that no record has"


def test_the_policy_lets_no_code_be_made_from_text() -> None:
    assert "unsafe" not in policy("<script>x</script><style>y</style>")


def test_types_and_comments_are_dropped(tmp_path: Path) -> None:
    file = tmp_path / "assets" / "javascripts" / "vendor" / "x" / "index.js"
    file.parent.mkdir(parents=True)
    file.write_text(
        '/** Says\n * why. */\n// one\nconst a = "; // no"; // gone\n  /* b */\n/** @type {X} */ (a).b(); // "kept"\nconst c = 1; /* kept */\n',
        "utf-8",
    )
    drop_comments(tmp_path)
    assert file.read_text("utf-8") == 'const a = "; // no";\n(a).b(); // "kept"\nconst c = 1; /* kept */\n'


def test_the_engine_is_shipped_with_its_licence(site: Path) -> None:
    folder = site_build.scripts(site) / "vendor" / "minisearch"
    assert "Copyright 2022 Luca Ongaro" in (folder / "LICENSE.txt").read_text("utf-8")
    assert "/**" not in (folder / "index.js").read_text("utf-8")
