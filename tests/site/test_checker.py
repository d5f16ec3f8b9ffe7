"""Every check of the built site is seen red: a sound page passes all of them, a page with one fault fails its own."""

from __future__ import annotations

from pathlib import Path

import checker
import pytest

HEAD = (
    '<!doctype html><html lang="en"><head><title>{title}</title><meta name="description" content="About it.">'
    '<meta property="og:title" content="T"><meta property="og:description" content="About it.">{head}</head><body>{body}</body></html>'
)
ARTICLE = (
    '<article><h1 id="{id}">Title<a class="headerlink" aria-hidden="true" tabindex="-1" href="#{id}">#</a></h1><p id="row">Words, <code>{{{{ x }}}}</code> '
    '<a href="https://example.org/">out</a>.</p>{more}</article>'
)
GO = HEAD.format(
    title="A row",
    head='<meta http-equiv="refresh" content="0; url=../../other/#row"><link rel="canonical" href="../../other/#row">',
    body='<main><h1>A row</h1><p><a href="../../other/#row">Read it</a></p></main>',
)
SOUND = (
    '<h2 id="two">Two</h2><table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><th scope="row">1</th><td data-label="B">2</td></tr></tbody></table>'
    '<ul><li><input type="checkbox" id="c"> <label for="c">Tick</label></li></ul><dl><dt>T</dt><dd>M</dd></dl>'
    '<p><a href="../other/#row">there</a> <a href="..">home</a> <a href="#two">here</a> <img src="../i.svg" alt="An image"></p>'
    '<details id="d"><summary>Ask</summary><p>Answer.</p></details><pre>| a | b |\n{{ x }}</pre>'
)


def page(id: str, more: str = "", head: str = "", body: str = "") -> str:
    return HEAD.format(title=f"Page {id}", head=head, body=body or ARTICLE.format(id=id, more=more))


def write(folder: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return folder


def sound_site(folder: Path, **changed: str) -> Path:
    files = {
        "index.html": page("home"),
        "other/index.html": page("other"),
        "page/index.html": page("page", SOUND),
        "go/row/index.html": GO,
        "i.svg": "<svg/>",
        "style.css": "a { background: url(i.svg) }",
        "own.js": "const here = './x';",
    }
    return write(folder, {**files, **changed})


def test_a_sound_site_has_no_fault(tmp_path: Path) -> None:
    site = checker.read(sound_site(tmp_path))
    assert {name: faults for name, check in checker.CHECKS.items() if (faults := check(site))} == {}


# check: name of the case -> what stands in the page "page/", and a part of the fault to expect
MORE: dict[str, dict[str, tuple[str, str]]] = {
    "broken_links": {
        "page": ('<a href="../none/">x</a>', "there is no none/index.html"),
        "anchor": ('<a href="../other/#none">x</a>', "there is no anchor 'none' on other/index.html"),
        "anchor here": ('<a href="#none">x</a>', "there is no anchor 'none' on page/index.html"),
        "folder without slash": ('<a href="../other">x</a>', "without its slash"),
        "Markdown file": ('<a href="../other.md">x</a>', "there is no other.md"),
        "absolute": ('<a href="/other/">x</a>', "begins at the root"),
        "leaves the site": ('<a href="../../../other/">x</a>', "leaves the site"),
        "empty": ('<a href="">x</a>', "is empty"),
        "empty anchor": ('<a href="../other/#">x</a>', "has an empty anchor"),
        "no scheme": ('<a href="//example.org/">x</a>', "names another host"),
        "image": ('<img src="../none.svg" alt="">', "there is no none.svg"),
    },
    "broken_references": {"label": ('<label for="none">x</label>', 'for="none"'), "popover": ('<button popovertarget="none">x</button>', "popovertarget")},
    "duplicate_ids": {"twice": ('<p id="row">x</p>', "'row' stands 2 times")},
    "not_one_h1": {"two": ('<h1 id="b">x</h1>', "has 2 first-level")},
    "skipped_heading_levels": {"h3 after h1": ('<h3 id="b">Deep</h3><p>x</p>', "'Deep' is h3 after h1")},
    "headings_without_id": {"h2": ("<h2>Bare</h2><p>x</p>", "'Bare' has no id")},
    "empty_sections": {"last": ('<h2 id="b">Last</h2>', "'Last'"), "before another": ('<h2 id="b">One</h2><h2 id="e">Two</h2><p>x</p>', "'One'")},
    "empty_elements": {
        "table without body": ("<table><thead><tr><th>A</th></tr></thead></table>", "a table without rows: 'A'"),
        "table with an empty body": ("<table><thead><tr><th>A</th></tr></thead><tbody></tbody></table>", "a table without rows: 'A'"),
        "row": ("<table><tbody><tr><td>1</td></tr><tr><td> </td></tr></tbody></table>", "a table row without a word"),
        "list": ("<ul></ul>", "a list without items"),
        "item": ("<ul><li></li></ul>", "an empty <li>"),
        "definition list": ("<dl></dl>", "a definition list with a gap"),
        "term without meaning": ("<dl><dt>T</dt></dl>", "a definition list with a gap"),
        "two terms in a row": ("<dl><dt>T</dt><dt>U</dt><dd>M</dd></dl>", "a definition list with a gap"),
        "paragraph": ("<p> </p>", "an empty <p>"),
        "details": ("<details><summary>x</summary></details>", "a <details> without"),
    },
    "rows_without_header": {
        "cell": ('<table><tbody><tr><td data-label="A">1</td></tr></tbody></table>', "a table row without a header: '1'"),
        "column": ('<table><tbody><tr><th scope="row">1</th><td>2</td></tr></tbody></table>', "a cell that does not say its column: '2'"),
    },
    "headings_that_say_more": {"h2": ('<h2 id="b">B<a class="headerlink" href="#b">#</a></h2><p>x</p>', "hears the # of #b")},
    "leftover_markup": {
        "macro": ("<p>x {{ ref() }} y</p>", "a macro call was left as text: 'x {{ ref() }} y'"),
        "end of a macro": ("<p>x }} y</p>", "a macro call"),
        "tag": ("<p>{% if %}</p>", "a template tag"),
        "citation": ("<p>so [@src]</p>", "a citation mark"),
        "figure": ("<p>so [=fig]</p>", "a figure mark"),
        "link": ("<p>see [this](#row)</p>", "a Markdown link"),
        "id": ("<p>Title { #here }</p>", "an attribute list"),
        "class": ("<ul><li>word{ .hp-x }</li></ul>", "an attribute list"),
        "label": ('<p>a cell { data-label="A" }</p>', "an attribute list"),
        "strong": ("<p>a **word</p>", "emphasis"),
        "table": ("<p>| a | b |<br>| --- | --- |</p>", "a table row"),
        "table row with marks": ("<p>| <strong>a</strong> | b |</p>", "a table row"),
        "definition": ("<p>Term\n:   meaning</p>", "a definition"),
        "heading": ("<p>## Part</p>", "a heading"),
        "fence": ("<p>```yaml</p>", "a fence"),
        "text in a box": ('<div class="hp-x">**x**<p>y</p></div>', "emphasis"),
        "title of a link": ('<p><a title="{{ x }}" href="#page">x</a></p>', "a macro call"),
    },
    "outside_requests": {
        "image": ('<img src="https://example.org/i.png" alt="">', "asks for https://example.org/i.png"),
        "set of images": ('<img srcset="i.svg 1x, //example.org/i.png 2x" alt="">', "asks for //example.org"),
        "frame": ('<iframe src="http://example.org/"></iframe>', "asks for http://example.org/"),
        "form": ('<form action="https://example.org/"></form>', "asks for https://example.org/"),
        "style": ("<style>a { background: url('https://example.org/i.png') }</style>", "<style> has url("),
        "import": ('<style>@import "x.css";</style>', "<style> has @import"),
        "inline script": ("<script>fetch('https://example.org/')</script>", "a script names 'https://example.org/'"),
    },
    "inline_styles": {"cell": ('<p style="color: red">x</p>', 'style="color: red"')},
    "inline_handlers": {"click": ('<button onclick="x()">x</button>', "<button onclick=…>"), "address": ('<a href="javascript:x()">x</a>', "<a href=…>")},
    "theme_script": {
        "bundle": ('<script src="../assets/javascripts/bundle.a5f9d56c.min.js"></script>', "loads ../assets"),
        "worker": ('<script src="../workers/search.a7.min.js"></script>', "loads ../workers"),
        "configuration": ('<script id="__config" type="application/json">{}</script>', "an inline script of the theme"),
        "scope": ("<script>__md_scope=1</script>", "an inline script of the theme"),
    },
    "images_without_alt": {"image": ('<img src="../i.svg">', "has no alt"), "drawing": ("<svg><path/></svg>", "an <svg> is neither named nor hidden")},
    "unlabelled_inputs": {
        "box": ('<input type="checkbox" id="b">', "<input id=b> has no label"),
        "empty label": ('<input type="checkbox" id="b"><label for="b"> </label>', "<input id=b> has no label"),
        "button": ("<button></button>", "<button id=None> has no label"),
        "field in a bare label": ("<label><input></label>", "<input id=None> has no label"),
    },
    "empty_links": {"anchor": ('<a id="b"></a>', "an empty <a id=b>"), "link": ('<a href="../other/"> </a>', "an empty <a")},
}  # fmt: skip
CASES = [
    pytest.param(check, {"page/index.html": page("page", more)}, fault, id=f"{check}: {name}")
    for check, cases in MORE.items()
    for name, (more, fault) in cases.items()
]
TARGET = "../../other/#row"
FILES: list[tuple[str, str, dict[str, str], str]] = [
    ("not_one_h1", "none", {"page/index.html": page("page", body="<article><p>x</p></article>")}, "has 0 first-level"),
    ("skipped_heading_levels", "begins with h2", {"page/index.html": page("page", body='<article><h2 id="a">A</h2><p>x</p></article>')}, "'A' is h2 after h0"),
    ("empty_elements", "no article", {"page/index.html": page("page", body="<main><h1>x</h1></main>")}, "has no article"),
    ("leftover_markup", "description", {"page/index.html": page("page").replace("About it.", "So [@src]")}, "a citation mark"),
    ("leftover_markup", "row page", {"go/row/index.html": GO.replace("<h1>A row", "<h1>A row</h1><p>**x")}, "go/row/index.html: emphasis"),
    ("outside_requests", "style sheet link", {"page/index.html": page("page", head='<link rel="stylesheet" href="https://example.org/a.css">')}, "asks for https://example.org/a.css"),
    ("outside_requests", "icon", {"page/index.html": page("page", head='<link rel="icon" href="//example.org/i.png">')}, "asks for //example.org/i.png"),
    ("outside_requests", "script", {"page/index.html": page("page", head='<script src="https://example.org/a.js"></script>')}, "asks for https://example.org/a.js"),
    ("outside_requests", "in a style sheet", {"page/index.html": page("page", head='<link rel="stylesheet" href="../style.css">'), "style.css": "a{b:url(//example.org/x)}"}, "style.css: has url("),
    ("outside_requests", "in a script", {"page/index.html": page("page", head='<script src="../own.js"></script>'), "own.js": 'import "https://example.org/x.js"'}, "own.js: has"),
    ("incomplete_heads", "title", {"page/index.html": page("page").replace("<title>Page page</title>", "")}, "has no title"),
    ("incomplete_heads", "same title", {"page/index.html": page("page").replace("Page page", "Page home")}, "has the title of index.html"),
    ("incomplete_heads", "description", {"page/index.html": page("page").replace('content="About it."', 'content=""', 1)}, "lacks a description"),
    ("incomplete_heads", "preview", {"page/index.html": page("page").replace('"og:title"', '"og:x"')}, "lacks og:title"),
    ("incomplete_heads", "language", {"page/index.html": page("page").replace(' lang="en"', "")}, "does not say its language"),
    ("row_pages_without_target", "no link", {"go/row/index.html": GO.replace(f'<a href="{TARGET}">Read it</a>', "x")}, "has 0 links"),
    ("row_pages_without_target", "no refresh", {"go/row/index.html": GO.replace("http-equiv", "name")}, "does not lead on by itself"),
    ("row_pages_without_target", "another canonical", {"go/row/index.html": GO.replace(f'canonical" href="{TARGET}', 'canonical" href="../../')}, "its canonical address"),
    ("row_pages_without_target", "lost anchor", {"go/row/index.html": GO.replace("#row", "#lost")}, "there is no anchor 'lost'"),
    ("row_pages_without_target", "lost page", {"go/row/index.html": GO.replace("other/", "lost/")}, "there is no lost/index.html"),
    ("row_pages_without_target", "to itself", {"go/row/index.html": GO.replace(TARGET, "../row/")}, "leads to another short address"),
    ("broken_links", "row page", {"go/row/index.html": GO.replace("#row", "#lost")}, "go/row/index.html: ../../other/#lost"),
    ("broken_links", "page not found", {"404.html": page("x", '<p><a href="//">home</a></p>')}, "404.html: //: names another host"),
]  # fmt: skip
CASES += [pytest.param(check, files, fault, id=f"{check}: {name}") for check, name, files, fault in FILES]


@pytest.mark.parametrize(("check", "files", "fault"), CASES)
def test_a_fault_is_seen(tmp_path: Path, check: str, files: dict[str, str], fault: str) -> None:
    faults = checker.CHECKS[check](checker.read(sound_site(tmp_path, **files)))
    assert [line for line in faults if fault in line], faults


def test_every_check_has_a_case() -> None:
    assert {case.values[0] for case in CASES} == set(checker.CHECKS)


@pytest.mark.parametrize(
    "more",
    [
        '<p><a href="https://example.org/">an ordinary link out</a></p>',
        "<p>5 {x} in braces, a | b, #1 of [1], p99 &gt; 5</p>",
        '<table><tbody><tr><td data-label="A">1</td></tr><tr><td data-label="A"></td><td data-label="B">2</td></tr></tbody></table><p>lists side by side</p>',
        '<p><a href="../">home</a> <a href="./">here</a> <a href="../other/index.html#row">there</a></p>',
    ],
    ids=["link out", "ordinary characters", "lists in columns", "ways to write a folder"],
)
def test_what_is_fine_is_not_reported(tmp_path: Path, more: str) -> None:
    site = checker.read(sound_site(tmp_path, **{"page/index.html": page("page", more)}))
    assert [line for check in checker.CHECKS.values() for line in check(site)] == []
