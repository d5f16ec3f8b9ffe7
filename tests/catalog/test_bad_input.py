"""Every kind of wrong input is refused with a line a person can act on. Each case breaks one thing of the tiny guide."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from macros.catalog import catalog
from macros.catalog.diagnostics import GuideError
from tools import sample_guide
from tools.site_build import ROOT

Break = Callable[[Path], object]


def edit(path: str, old: str, new: str) -> Break:
    """Replace the first `old` of a file; fails when it is not there, so that no case passes by accident."""

    def apply(root: Path) -> None:
        file = root / path
        text = file.read_text("utf-8")
        assert old in text, f"{old!r} is not in {path}"
        file.write_text(text.replace(old, new, 1), "utf-8")

    return apply


def later_change(root: Path) -> None:
    """Let the phase that changes a requirement begin a minute later."""
    edit("data/hour.yml", "ends: 30", "ends: 31")(root)
    edit("data/hour.yml", "begins: 30", "begins: 31")(root)


def write(path: str, content: bytes) -> Break:
    return lambda root: (root / path).write_bytes(content)


def delete(path: str) -> Break:
    return lambda root: (root / path).unlink()


def another_sum(root: Path) -> None:
    """Put a second sum on the page, with another limit, and record its addresses."""
    first = sample_guide.rows()["sums/sums.yml"][0]
    second = {
        "id": "sum-second", "title": "Second", "conclusion": "It is [:half].",
        "inputs": [{**first["inputs"][1], "value": 90_000}],
        "steps": [{"name": "half", "says": "Half", "formula": "limit / 2", "unit": "reads/s"}],
    }  # fmt: skip
    sample_guide.dump(root, "sums/sums.yml", [first, second])
    edit("docs/caching.md", "{{ page_foot() }}", '{{ worked_sum("sum-second") }}\n\n{{ page_foot() }}')(root)


FIGURES = "# yaml-language-server: $schema=schema/figure.json\n"
HOME = "docs/index.md"
DRAWN = "data/diagrams/read.svg"

CASES: dict[str, tuple[Break, str]] = {
    # references
    "unknown source": (
        edit("data/figures.yml", "- src-post", "- src-pots"),
        "data/figures.yml:7: fig-operations.sources[0]: unknown source 'src-pots' (did you mean 'src-post'?)",
    ),
    "unknown citation in a text": (edit("data/topics/caching.yml", "[@src-post]", "[@src-past]"), "caching.probes[0].good: unknown source 'src-past'"),
    "unknown figure in a text": (edit("data/topics/caching.yml", "[=fig-operations]", "[=fig-operation]"), "unknown figure 'fig-operation' (did you mean 'fig-operations'?)"),
    "unknown row in a text": (edit("data/claims.yml", "Few say so.", "See [this](#caching-fault-9)."), "claim-verbal.note: unknown id 'caching-fault-9'"),
    "reference to the wrong kind": (edit("data/mistakes.yml", "- caching-fault-0", "- caching-fault-0\n  sources: [caching]"), "'caching' is a topic; a source is needed here"),
    "duplicate id": (edit("data/glossary/terms.yml", "id: term-ttl", "id: src-post"), "src-post: this id is already used at data/glossary/terms.yml:2"),
    "id outside its owner": (edit("data/topics/caching.yml", "id: caching-fault-3", "id: fault-three"), "fault-three: ids below caching begin with 'caching-'"),
    # fields
    "missing field": (edit("data/figures.yml", "  what: Cache traffic\n", ""), "data/figures.yml:2: fig-operations.what: is missing; add it"),
    "figure without year": (edit("data/figures.yml", "  year: 2024\n", ""), "fig-operations.year: is missing; add it"),
    "source without date": (edit("data/sources/some.yml", "  date: '2024-05-06'\n", ""), "data/sources/some.yml:2: src-post.date: is missing; add it"),
    "undated source that does not say when read": (edit("data/sources/some.yml", "  read: 2026-11\n", ""), "an undated source needs 'read'"),
    "wrong type": (edit("data/figures.yml", "year: 2024", "year: soon"), "data/figures.yml:5: fig-operations.year: must be a whole number, not text"),
    "year out of range": (edit("data/figures.yml", "year: 2024", "year: 20240"), "fig-operations.year: is 20240; the largest allowed is 2100"),
    "text where a list stands": (edit("data/figures.yml", "  sources:\n  - src-post", "  sources: src-post"), "fig-operations.sources: must be a list (lines beginning with -), not text"),
    "number where a text stands": (edit("data/figures.yml", "what: Cache traffic", "what: 12"), "fig-operations.what: must be text, not a number; put it in quotes"),
    "unknown field": (edit("data/figures.yml", "  what:", "  waht: x\n  what:"), "data/figures.yml:4: fig-operations.waht: unknown field (did you mean 'what'?); delete or rename it"),
    "unknown choice": (edit("data/claims.yml", "verdict: reported", "verdict: reportd"), "claim-verbal.verdict: is 'reportd'; allowed are"),
    "id with capitals": (edit("data/figures.yml", "id: fig-operations", "id: Fig_Operations"), "is not an id; use lower-case words joined by hyphens"),
    "impossible date": (edit("data/sources/some.yml", "'2024-05-06'", "'2024-13-40'"), "is not a date; write YYYY, YYYY-MM or YYYY-MM-DD"),
    "address with spaces": (edit("data/sources/some.yml", "example.org/post", "example.org/a post"), "src-post.url: has a space in the address"),
    "address of another kind": (edit("data/sources/some.yml", "https://example.org/post", "javascript:alert(1)"), "is not a web address"),
    "empty text": (edit("data/figures.yml", "what: Cache traffic", "what: ''"), "fig-operations.what: is empty"),
    "below its floor": (edit("data/topics/caching.yml", "- id: caching-check-5\n  line: I said *how stale*.\n", ""), "caching: below its floor: checklist has 5 of 6"),
    # markup
    "HTML in data": (edit("data/figures.yml", "what: Cache traffic", "what: <b>Cache</b> traffic"), "fig-operations.what: holds HTML near '<b>Cache"),
    "template in data": (edit("data/figures.yml", "what: Cache traffic", "what: 'Cache {{ config }}'"), "fig-operations.what: holds a brace"),
    "link in data": (edit("data/figures.yml", "what: Cache traffic", "what: '[x](https://example.org)'"), "cite a source with [@source-id]"),
    "list in a line": (edit("data/figures.yml", "what: Cache traffic", "what: '- Cache'"), "begins with '-', which Markdown reads as a list"),
    "two paragraphs in one": (edit("data/figures.yml", "what: Cache traffic", "what: \"a\\n\\nb\""), "has more than one line; write one paragraph"),
    "control character": (edit("data/figures.yml", "what: Cache traffic", 'what: "a\\u202Eb"'), "fig-operations.what: holds the character U+202E, which cannot be seen"),
    "a million characters": (
        edit("data/figures.yml", "what: Cache traffic", "what: " + "a" * 1_000_000), "data/figures.yml: is 1,000,", ),
    "a long line": (edit("data/figures.yml", "what: Cache traffic", "what: " + "a" * 90_000), "has a line of 90,008 characters"),
    "a text over its limit": (edit("data/figures.yml", "what: Cache traffic", "what: " + "a" * 400), "fig-operations.what: is 400 characters long, over the limit of 300"),
    # files
    "bad YAML": (write("data/figures.yml", (FIGURES + "- id: [a\n").encode()), "data/figures.yml:3: cannot be read as YAML"),
    "a colon in a plain text": (edit("data/figures.yml", "what: Cache traffic", "what: Cache: traffic"), "data/figures.yml:4: cannot be read as YAML: mapping values are not allowed in this context; put the text in quotes"),
    "a field twice": (edit("data/figures.yml", "  what:", "  value: x\n  what:"), "the field 'value' stands twice; keep one"),
    "a tab": (edit("data/figures.yml", "  what:", "\twhat:"), "data/figures.yml:4: has a tab; indent with spaces"),
    "a tab in a topic": (edit("data/topics/caching.yml", "title: Caching", "title:\tCaching"), "has a tab"),
    "an empty file": (write("data/figures.yml", b""), "data/figures.yml:1: is empty; write a first figure"),
    "only comments": (write("data/figures.yml", FIGURES.encode()), "data/figures.yml:1: holds only comments"),
    "settings not UTF-8": (write("mkdocs.yml", b"site_name: \xff\n"), "mkdocs.yml:1: is not UTF-8 text"),
    "not UTF-8": (write("data/figures.yml", b"# x\n\xff\xfe"), "data/figures.yml:2: is not UTF-8 text"),
    "a map where a list stands": (write("data/figures.yml", (FIGURES + "id: x\n").encode()), "must hold a list of rows"),
    "a row that is text": (write("data/figures.yml", (FIGURES + "- just text\n").encode()), "data/figures.yml:2: figure 1: must be fields and values, not text"),
    "an anchor bomb": (write("data/figures.yml", (FIGURES + "- &a [x, x]\n- [*a, *a]\n").encode()), "data/figures.yml:3: '*a' repeats what stands elsewhere; write it out"),
    "a Python object": (write("data/figures.yml", (FIGURES + "- !!python/object/apply:os.system [ls]\n").encode()), "could not determine a constructor"),
    "deep nesting": (write("data/figures.yml", (FIGURES + "- " + "[" * 20_000).encode()), "data/figures.yml"),
    "no schema line": (edit("data/figures.yml", FIGURES, ""), "the first line must be '# yaml-language-server: $schema=schema/figure.json'"),
    "a stray file": (write("data/figurs.yml", b"x"), "data/figurs.yml: not a data file of this guide"),
    # diagrams
    "a drawing older than its source": (edit("data/diagrams/read.dot", "read", "write"), "data/diagrams/read.svg: is not drawn from read.dot as it is now; run 'make diagrams'"),
    "a drawing that is missing": (delete(DRAWN), "data/diagrams/read.svg: is missing; run 'make diagrams' to draw it from read.dot"),
    "a source that is missing": (delete("data/diagrams/read.dot"), "data/diagrams.yml:8: diagram-read.file: there is no data/diagrams/read.dot; write it, then run 'make diagrams'"),
    "a drawing of unknown source": (edit(DRAWN, "data-source=", "data-target="), "does not say which source it was drawn from"),
    "a drawing with a style": (edit(DRAWN, "<path", '<path style="fill:red"'), "data/diagrams/read.svg: holds 'style=' on <path>"),
    "a drawing with a style sheet": (edit(DRAWN, "<path", "<style>path { fill: red }</style><path"), "holds <style>; a picture is shapes and text"),
    "a drawing with a script": (edit(DRAWN, "<path", "<script>alert(1)</script><path"), "holds <script>; a picture is shapes and text"),
    "a drawing with a handler": (edit(DRAWN, "<path", '<path onclick="alert(1)"'), "holds 'onclick=' on <path>"),
    "a drawing with an outside picture": (edit(DRAWN, "<path", '<image href="https://example.org/a.png"/><path'), "holds <image>; a picture is shapes and text"),
    "a drawing with a link": (edit(DRAWN, "<path", '<a href="https://example.org/"><path/></a><path'), "holds <a>; a picture is shapes and text"),
    "a drawing with an outside fill": (edit(DRAWN, 'fill="none"', 'fill="url(https://example.org/a.svg#b)"'), "has the fixed colour 'url(https://example.org/a.svg#b)'"),
    "a drawing with a fixed colour": (edit(DRAWN, "currentColor", "black"), "has the fixed colour 'black'; only currentColor follows light and dark"),
    "a drawing of a fixed size": (edit(DRAWN, 'width="3.75em"', 'width="60"'), "data/diagrams/read.svg: has no width in em"),
    "a drawing with an id": (edit(DRAWN, "<path", '<path id="home"'), "holds 'id=' on <path>"),
    "a drawing of HTML": (edit(DRAWN, "<path", '<p xmlns="http://www.w3.org/1999/xhtml">x</p><path'), "holds <{http://www.w3.org/1999/xhtml}p>"),
    "a drawing in lines": (edit(DRAWN, "<path", "\n\n<path"), "is not the one line of plain SVG that a page can hold"),
    "a drawing with an entity bomb": (edit(DRAWN, "<svg", "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg"), "is not the one line of plain SVG that a page can hold"),
    "a drawing cut off": (edit(DRAWN, "</svg>", ""), "data/diagrams/read.svg: cannot be read as SVG"),
    "a drawing that is too large": (edit(DRAWN, "</svg>", "<path/>" * 9_000 + "</svg>"), "a picture inside a page stays below 30,000"),
    "a drawing that is not text": (write(DRAWN, b"\xff\xfe"), "data/diagrams/read.svg: cannot be read as SVG"),
    "a drawing that no row names": (write("data/diagrams/lost.svg", sample_guide.SVG.encode()), "data/diagrams/lost.svg: no row of data/diagrams.yml names it"),
    "a diagram outside its folder": (edit("data/diagrams.yml", "file: read.dot", "file: ../read.dot"), "diagram-read.file: '../read.dot' is not the name of a drawing"),
    "a diagram of another format": (edit("data/diagrams.yml", "file: read.dot", "file: read.png"), "such as a-name.dot"),
    "a diagram on no page": (edit("docs/caching.md", '{{ diagram("diagram-read") }}', ""), "diagram-read: no page shows this diagram"),
    "an unknown diagram in a page": (edit("docs/caching.md", '"diagram-read"', '"diagram-raed"'), "diagram: unknown diagram 'diagram-raed' (did you mean 'diagram-read'?)"),
    # sums
    "a step that the walk does not have": (edit("data/topics/caching.yml", "step: Miss", "step: Mis"), "caching.decisions[0].step: no step of the walk is called 'Mis' (did you mean 'Miss'?)"),
    "two steps of one name": (edit("data/topics/caching.yml", "name: Store", "name: Miss"), "caching.walk.paths[1].steps[0].name: the step 'Miss' stands twice; choose another name"),
    "a sentence nobody says in one breath": (edit("data/topics/caching.yml", "say: I let it expire;", "say: I let it expire" + " and so on" * 14 + ";"), "caching.decisions[0].say: is 52 words long; what is said in one sentence has at most 40"),
    "a spoken sentence with a citation": (edit("data/topics/caching.yml", "price is a stale row.", "price is a stale row [@src-post]."), "caching.decisions[0].say: holds a citation, which nobody says aloud"),
    "a term taught under no heading": (edit("data/glossary/terms.yml", "at: part-1", "at: parts-unknown"), "term-ttl.at: the page of 'caching' has no heading 'parts-unknown'"),
    "a name of two terms": (edit("data/glossary/terms.yml", "- id: term-ttl\n", "- id: term-life\n  term: Life\n  also: [ttl]\n  means: The same.\n  taught: caching\n- id: term-ttl\n"), "term-ttl.also: 'TTL' is a name of term-life already"),
    "a gap in the hour": (edit("data/hour.yml", "begins: 30", "begins: 31"), "hour-change: begins at 31, while hour-open ends at 30"),
    "an hour without a change": (edit("data/hour.yml", "changes: true", "changes: false"), "hour-open: exactly one phase changes a requirement"),
    "a change outside its phase": (later_change, "prompt-cap: the requirement changes in minutes 31 to 50 (hour-change)"),
    "a follow-up after the round": (edit("data/hour.yml", "ends: 50", "ends: 40"), "prompt-cap: minute 40 lies after the round, which ends at 40"),
    "a picture of a value that its sum lacks": (edit("data/pictures/some.yml", "of: spare", "of: spar"), "picture-load: sum-refill has no value 'spar' (did you mean 'spare'?)"),
    "a picture without alternative text": (edit("data/pictures/some.yml", "  alt: Two bars.\n", ""), "picture-load.alt: is missing; add it"),
    "a sum with an unknown name": (edit("data/sums/sums.yml", "formula: items / spare", "formula: items / spar"), "data/sums/sums.yml:32: sum-refill.steps[1].formula: unknown name 'spar' (did you mean 'spare'?)"),
    "a sum that divides by zero": (edit("data/sums/sums.yml", "value: 100000", "value: 0"), "data/sums/sums.yml:32: sum-refill.steps[1].formula: divides by zero: 'spare' is 0"),
    "a sum with code": (edit("data/sums/sums.yml", "formula: limit / 2", "formula: __import__('os').getpid()"), "data/sums/sums.yml:28: sum-refill.steps[0].formula: '__import__('os').getpid()' is not a formula"),
    "a sum with an unused input": (edit("data/sums/sums.yml", "formula: limit / 2", "formula: 100000 / 2"), "data/sums/sums.yml:12: sum-refill.inputs[1].name: nothing uses 'limit'"),
    "a sum that concludes from an unknown step": (edit("data/sums/sums.yml", "[:refill]", "[:reffil]"), "data/sums/sums.yml:4: sum-refill.conclusion: unknown value 'reffil' (did you mean 'refill'?)"),
    "a sum with a number by hand": (edit("data/sums/sums.yml", "[:spare number] are", "50,000 are [:spare number]"), "data/sums/sums.yml:4: sum-refill.conclusion: holds the number '50,000'"),
    "a sum whose argument fails": (edit("data/sums/sums.yml", "value: 600", "value: 86400"), "data/sums/sums.yml:35: sum-refill.holds[0]: 'refill > allowed' is not true (allowed is 24 hours, refill is 7.8 hours)"),
    "a sum with a value in words": (edit("data/sums/sums.yml", "value: 600", "value: ten"), "data/sums/sums.yml:18: sum-refill.inputs[2].value: must be a number such as 1500000 or 0.5, not text"),
    "a sum with a fact of no year": (edit("data/sums/sums.yml", "    year: 2024\n", ""), "data/sums/sums.yml:17: sum-refill.inputs[2]: a fact needs 'year' and 'sources'"),
    "a sum with an unknown source": (edit("data/sums/sums.yml", "    - src-post", "    - src-pots"), "sum-refill.inputs[2].sources[0]: unknown source 'src-pots' (did you mean 'src-post'?)"),
    "a sum repeated with another result": (edit("docs/evcache.md", "7.8 hours", "8.8 hours"), "data/sums/sums.yml:37: sum-refill.checks[0]: 'evcache' does not say '7.8 hours by our sum', which this sum gives"),
    "a sum repeated in a longer number": (edit("docs/evcache.md", "7.8 hours", "17.8 hours"), "'evcache' does not say '7.8 hours by our sum'"),
    "a sum that checks an unknown page": (edit("data/sums/sums.yml", "at: evcache", "at: evcash"), "sum-refill.checks[0].at: unknown id 'evcash' (did you mean 'evcache'?)"),
    "two sums of a page that disagree": (another_sum, "data/sums/sums.yml:44: sum-second.inputs[0]: 'limit' has another value in sum-refill on the same page"),
    "a value of a sum in another text": (edit("data/figures.yml", "what: Cache traffic", "what: 'Cache [:refill]'"), "fig-operations.what: holds '[:', the value of a sum"),
    "a sum on no page": (edit("docs/caching.md", '{{ worked_sum("sum-refill") }}', ""), "sum-refill: no page shows this sum"),
    "an unknown sum in a page": (edit("docs/caching.md", '"sum-refill"', '"sum-refil"'), "worked_sum: unknown sum 'sum-refil' (did you mean 'sum-refill'?)"),
    # pages
    "unknown macro": (edit(HOME, "{{ stage_table() }}", "{{ stage_tabel() }}"), "unknown macro 'stage_tabel' (did you mean 'stage_table'?)"),
    "unknown topic in a page": (edit("docs/caching.md", 'decisions("caching")', 'decisions("cachign")'), "decisions: unknown topic 'cachign' (did you mean 'caching'?)"),
    "unknown source in a page": (edit(HOME, 'cite("src-post"', 'cite("src-pst"'), "docs/index.md:14: cite: unknown source 'src-pst' (did you mean 'src-post'?)"),
    "a macro without its id": (edit("docs/caching.md", 'decisions("caching")', "decisions()"), "decisions: takes topic; 0 given"),
    "a macro with code": (edit(HOME, "{{ stage_table() }}", "{{ config.items() }}"), "is not a plain macro call"),
    "a row shown twice": (edit("docs/caching.md", "{{ page_foot() }}", '{{ decisions("caching") }}\n\n{{ page_foot() }}'), "decisions shows 'caching-choice-0' a second time on this page"),
    "a row shown nowhere": (edit(HOME, "{{ glossary(\"s-z\") }}", ""), "term-ttl: no page shows this term"),
    "a heading without id": (edit(HOME, "# Home { #home }", "# Home"), "docs/index.md:10: the heading 'Home' has no id"),
    "a heading with the id of a row": (edit("docs/caching.md", "{ #part-0 }", "{ #src-post }"), "the heading id 'src-post' is that of a row"),
    "two headings with one id": (edit("docs/caching.md", "{ #part-1 }", "{ #part-0 }"), "the heading id 'part-0' stands twice on this page"),
    "two pages with one id": (edit("docs/screen.md", "{ #screen }", "{ #home }"), "the page id 'home' is already that of docs/index.md"),
    "no front matter": (write("docs/screen.md", b"# Screen { #screen }\n"), "docs/screen.md:1: has no front matter"),
    "a summary of two lines": (edit(HOME, "  - Three.\n", ""), "docs/index.md:5: front matter: summary: needs at least 3 entries, has 2"),
    "a summary with a colon": (edit(HOME, "  - Three.", "  - Three: four."), "docs/index.md:8: front matter: summary[2]: must be text, not fields and values; put it in quotes"),
    "a loop in a page": (edit(HOME, "{{ grades() }}", "{% for x in y %}{% endfor %}"), "a page calls macros and holds prose"),
    "a table by hand in a page": (edit(HOME, "{{ grades() }}", "<table><tr><td>x</td></tr></table>"), "a page calls macros and holds prose"),
    # identity
    "an id that begins as no id of its kind": (edit("data/sums/sums.yml", "id: sum-refill", "id: refill"), "data/sums/sums.yml:2: refill.id: ids of sums begin with 'sum-'"),
    "an id of a kind of two words": (edit("data/culture-probes.yml", "id: ask-feedback", "id: feedback"), "data/culture-probes.yml:2: feedback.id: ids of culture probes begin with 'ask-'"),
    "an unrecorded id": (edit("data/glossary/terms.yml", "see:\n  - caching\n", "see:\n  - caching\n- id: term-new\n  term: Thing\n  means: Something.\n"), "data/ids.lock: lacks 2 new addresses, such as './#term-new'; run 'make fix'"),
    "a renamed id": (edit("data/topics/caching.yml", "id: caching-check-5", "id: caching-check-x"), "data/ids.lock"),
    "a source cited nowhere": (edit("data/sources/some.yml", "- id: src-old", "- id: src-alone\n  title: A\n  publisher: B\n  date: '2024'\n  grade: prep\n  seen: read\n  shows: C\n- id: src-old"), "src-alone: cited nowhere"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_refused_with_a_line_to_act_on(guide: Path, name: str) -> None:
    apply, expected = CASES[name]
    apply(guide)
    with pytest.raises(GuideError) as caught:
        catalog.load(guide)
    assert expected in str(caught.value)


def test_the_unbroken_guide_is_accepted(guide: Path) -> None:
    assert catalog.load(guide).pages


def test_all_faults_at_once_and_each_once(guide: Path) -> None:
    for name in ("unknown citation in a text", "unknown choice", "unknown macro"):
        CASES[name][0](guide)
    with pytest.raises(GuideError) as caught:
        catalog.load(guide)
    assert [str(problem).split(":")[0] for problem in caught.value.problems] == [
        "data/claims.yml",
        "data/topics/caching.yml",
        HOME,
    ]


def test_a_file_that_cannot_be_read_is_one_fault(guide: Path) -> None:
    CASES["a colon in a plain text"][0](guide)
    CASES["a tab in a topic"][0](guide)
    with pytest.raises(GuideError) as caught:
        catalog.load(guide)
    assert [problem.path for problem in caught.value.problems] == ["data/figures.yml", "data/topics/caching.yml"]


def test_a_failed_row_does_not_make_its_references_fail(guide: Path) -> None:
    CASES["source without date"][0](guide)
    with pytest.raises(GuideError) as caught:
        catalog.load(guide)
    assert len(caught.value.problems) == 1


@pytest.mark.parametrize(
    "name", ["unknown source", "bad YAML", "a tab", "HTML in data", "a million characters", "unknown macro"]
)
def test_the_build_stops_and_the_last_good_site_stays(tmp_path: Path, name: str) -> None:
    root = sample_guide.write(tmp_path / "guide", engine=True)
    catalog.record_ids(root)
    (root / "site").mkdir()
    (root / "site" / "index.html").write_text("the last good one")
    (root / "Makefile").write_text((ROOT / "Makefile").read_text("utf-8"), "utf-8")
    (root / ".venv").symlink_to(ROOT / ".venv")
    for lock in ("requirements.txt", "requirements-test.txt"):
        (root / lock).symlink_to(ROOT / lock)
    CASES[name][0](root)
    done = subprocess.run(["make", "-s", "site"], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert CASES[name][1] in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert [file.read_text() for file in (root / "site").rglob("*")] == ["the last good one"]


def test_the_command_says_how_many_and_ends_with_one(guide: Path) -> None:
    CASES["missing field"][0](guide)
    done = subprocess.run(
        [sys.executable, "-m", "macros", "--root", str(guide), "check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout.startswith("data/figures.yml:2: fig-operations.what: is missing")
    assert "1 problem; nothing was written." in done.stderr
