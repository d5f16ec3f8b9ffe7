"""Nothing wrong in silence: inputs that broke other guides are refused by file and line, or read as what they say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from macros import render_cache
from macros.catalog import catalog, schema
from macros.catalog.diagnostics import GuideError
from macros.catalog.files import FILE_KINDS
from macros.catalog.strict_yaml import parse
from tools import sample_guide

Break = Callable[[Path], object]
HOME, FIGURES, CACHING = "docs/index.md", "data/figures.yml", "data/topics/caching.yml"
PLUGINS = "plugins:\n  - macros\n  - redirects:\n      redirect_maps:\n        {}\nnav:\n"


def edit(path: str, old: str, new: str) -> Break:
    """Replace the first `old` of a file; fails when it is not there, so that no case passes by accident."""

    def apply(root: Path) -> None:
        text = (root / path).read_text("utf-8")
        assert old in text, f"{old!r} is not in {path}"
        (root / path).write_text(text.replace(old, new, 1), "utf-8")

    return apply


def front(old: str, new: str) -> Break:
    return edit(HOME, old, new)


def page(text: str) -> Break:
    """Put a paragraph above the last line of the first page: on the line AT, and what follows it on NEXT."""
    return edit(HOME, "{{ page_foot() }}", f"{text}\n\n{{{{ page_foot() }}}}")


def config(old: str, new: str) -> Break:
    return edit("mkdocs.yml", old, new)


def redirect(line: str) -> Break:
    return config("nav:\n", PLUGINS.format(line))


def cut(path: str, mark: str) -> Break:
    """Cut a file off at `mark`."""
    return lambda root: (root / path).write_text((root / path).read_text("utf-8").partition(mark)[0], "utf-8")


# What must be said; its file must be the first that is named.
CASES: dict[str, tuple[Break, str]] = {
    # front matter
    "a day that does not exist": (front("2026-11-23", "2026-02-30"), "docs/index.md:4: front matter: reviewed: '2026-02-30' is not a day of the calendar"),
    "a month that does not exist": (front("2026-11-23", '"2026-13-45"'), "docs/index.md:4: front matter: reviewed: '2026-13-45' is not a day of the calendar"),
    "a day in another order": (front("2026-11-23", "23-11-2026"), "docs/index.md:4: front matter: reviewed: '23-11-2026' is not a date; write YYYY-MM-DD"),
    "no day": (front("2026-11-23", ""), "docs/index.md:4: front matter: reviewed: must be text, not nothing"),
    "a day far off": (front("2026-11-23", "9999-11-23"), "docs/index.md:4: front matter: reviewed: '9999-11-23' is not a date"),
    "review in words": (front("summary:", "review_in: six\nsummary:"), "docs/index.md:5: front matter: review_in: must be a whole number, not text"),
    "review in a list": (front("summary:", "review_in: [1]\nsummary:"), "docs/index.md:5: front matter: review_in: must be a whole number, not a list"),
    "review never": (front("summary:", "review_in: .inf\nsummary:"), "docs/index.md:5: front matter: '.inf' would be read as the number inf"),
    "review before": (front("summary:", "review_in: -3\nsummary:"), "docs/index.md:5: front matter: review_in: is -3; the smallest allowed is 1"),
    "review in years": (front("summary:", "review_in: 25\nsummary:"), "docs/index.md:5: front matter: review_in: is 25; the largest allowed is 24"),
    "a number as summary": (front("summary:\n  - One.\n  - Two.\n  - Three.", "summary: 5"), "docs/index.md:5: front matter: summary: must be a list"),
    "a text as summary": (front("summary:\n  - One.\n  - Two.\n  - Three.", "summary: One."), "docs/index.md:5: front matter: summary: must be a list"),
    "front matter as a list": (front("title: Home\ndescription: About it.\nreviewed: 2026-11-23\nsummary:\n", ""), "docs/index.md:1: the front matter must be fields and values, not a list"),
    "front matter without an end": (front("Three.\n---\n", "Three.\n"), "docs/index.md:1: the front matter does not end"),
    "a number as title": (front("title: Home", "title: 2026"), "docs/index.md:2: front matter: title: must be text, not a number; put it in quotes"),
    "a time as title": (front("title: Home", "title: 12:30"), "docs/index.md:2: front matter: '12:30' would be read as the number 750"),
    "a second title": (front("title: Home", "title: Home\ntitle: House"), "docs/index.md:3: front matter: the field 'title' stands twice; keep one"),
    "HTML in a title": (front("title: Home", "title: <b>Home</b>"), "docs/index.md:2: front matter: title: holds HTML near '<b>Home"),
    "a figure in a page's title": (front("title: Home", "title: 'Home [=fig-operations]'"), "docs/index.md:2: front matter: title: holds '[='; a name is shown as it is typed"),
    "an unknown field of a page": (front("title: Home", "title: Home\ntitel: x"), "docs/index.md:3: front matter: titel: unknown field (did you mean 'title'?)"),
    "a title cut by a comment": (front("title: Home", "title: Home and # house"), "docs/index.md:2: front matter: '# house' is read as a comment and left out"),
    "a field with a bracket in its name": (edit(FIGURES, "  what:", "  wh[at:"), "data/figures.yml:4: fig-operations.wh[at: unknown field (did you mean 'what'?)"),
    # YAML that reads as something else
    "an octal number": (edit(FIGURES, "year: 2024", "year: 03747"), "data/figures.yml:5: '03747' would be read as the number 2023; write that number"),
    "an octal minute": (edit("data/prompts/some.yml", "minute: 10", "minute: 017"), "'017' would be read as the number 15"),
    "a hexadecimal number": (edit(FIGURES, "year: 2024", "year: 0x7e8"), "data/figures.yml:5: '0x7e8' would be read as the number 2024"),
    "a text cut by a comment": (edit(FIGURES, "what: Cache traffic", "what: Cache traffic # next zone"), "data/figures.yml:4: '# next zone' is read as a comment and left out; put a text with ' #' in quotes"),
    "a word cut by a comment": (edit(FIGURES, "what: Cache traffic", "what: Cache #2"), "data/figures.yml:4: '#2' is read as a comment"),
    "two faults of one file": (edit(FIGURES, "what: Cache traffic\n  year: 2024", "what: Cache # 2\n  year: 03747"), "data/figures.yml:4: '# 2' is read as a comment"),
    "an alias": (edit(FIGURES, "what: Cache traffic", "what: &a Cache\n  note: *a"), "data/figures.yml:5: '*a' repeats what stands elsewhere"),
    "a day of a source that does not exist": (edit("data/sources/some.yml", "'2024-05-06'", "2024-02-30"), "data/sources/some.yml:5: src-post.date: '2024-02-30' is not a day of the calendar"),
    # characters
    **{
        f"{point} in data": (edit(FIGURES, "Cache traffic", f"Cache{chr(int(point[2:], 16))} traffic"), f"data/figures.yml:4: holds the character {point} after '  what: Cache', which cannot be seen; delete it")
        for point in ("U+200B", "U+FEFF", "U+FFFD", "U+0008", "U+001B", "U+202E", "U+00AD", "U+2028", "U+E000")
    },
    **{
        f"{point} in a page": (page(f"Some{chr(int(point[2:], 16))} words."), f"docs/index.md:AT: holds the character {point} after 'Some', which cannot be seen; delete it")
        for point in ("U+200B", "U+FEFF", "U+FFFD", "U+0008", "U+001B", "U+202E")
    },
    "an escaped character": (edit(FIGURES, "Cache traffic", '"Cache\\u200B traffic"'), "data/figures.yml:4: fig-operations.what: holds the character U+200B"),
    "a character in the settings": (config("Tiny", "Ti\u200bny"), "mkdocs.yml:1: holds the character U+200B"),
    # marks in data
    "a link without its bracket": (edit("data/claims.yml", "Few say so.", "See [the disagreement(#differ-rounds)."), "claim-verbal.note: holds a bracket of no link near 'See [the disagreement"),
    "a link without its opening": (edit("data/claims.yml", "Few say so.", "See this](#differ-rounds)."), "claim-verbal.note: holds a bracket of no link near"),
    "a link without its end": (edit("data/claims.yml", "Few say so.", "'See [this](#differ-rounds.'"), "claim-verbal.note: holds a bracket of no link near"),
    "a lost backtick": (edit("data/claims.yml", "Few say so.", "Few `say so."), "claim-verbal.note: holds a single '`'"),
    "a lost star": (edit("data/claims.yml", "Few say so.", "Few *say so."), "claim-verbal.note: holds an emphasis without its other '*'"),
    "a star too few": (edit("data/claims.yml", "Few say so.", "Few *say** so."), "claim-verbal.note: holds an emphasis without its other '*'"),
    "a lost bracket": (edit("data/claims.yml", "Few say so.", "Few (say so."), "data/claims.yml:6: claim-verbal.note: has a '(' without its ')'"),
    "a lost quotation mark": (edit("data/claims.yml", "Few say so.", "Few \"say so."), "data/claims.yml:6: claim-verbal.note: has a single '\"'"),
    "a source twice in a list": (edit(FIGURES, "  - src-post", "  - src-post\n  - src-post"), "data/figures.yml:8: fig-operations.sources[1]: 'src-post' stands twice in this list; delete one"),
    "a text twice in a list": (edit("data/stages.yml", "- Which team?", "- Which level?"), "screen.ask[1]: 'Which level?' stands twice in this list; delete one"),
    "a lost dash": (edit("data/stages.yml", "  - Which team?", "    Which team?"), "data/stages.yml:23: 'Which level? Which team?' goes on in the next line; begin a long text with '>-'"),
    "an entry moved in": (edit("data/stages.yml", "  - Which team?", "   - Which team?"), "data/stages.yml:23: 'Which level? - Which team?' goes on in the next line"),
    "a space before a full stop": (edit("data/claims.yml", "Few say so.", "Few say so ."), "claim-verbal.note: holds 'Few say so .'; a character is lost or too many"),
    "a bar in a word": (edit("data/claims.yml", "Few say so.", "Few s|ay so."), "claim-verbal.note: holds 'Few s|ay so.'; a character is lost or too many"),
    "two versions left in data": (edit(FIGURES, "  what:", "<<<<<<< ours\n  what:"), "data/figures.yml:4: '<<<<<<< ours' is left of two versions"),
    "two versions left in a page": (page("<<<<<<< ours\nSome\n=======\nother\n>>>>>>> theirs"), "docs/index.md:AT: '<<<<<<< ours' is left of two versions"),
    "a figure in a row's title": (edit(CACHING, "title: Eviction", "title: Eviction [=fig-operations]"), "caching.decisions[0].title: holds '[='; a name is shown as it is typed"),
    "a link in a row's name": (edit("data/teams.yml", "name: Caching", "name: '[Caching](#caching)'"), "data/teams.yml:3: team-caching.name: holds ']('; a name is shown as it is typed"),
    # marks in pages
    "a link of a page without its bracket": (page("See [the disagreement(#differ-rounds)."), "docs/index.md:AT: holds a bracket of no link near 'See [the disagreement"),
    "a lost backtick in a page": (page("Some `code of it."), "docs/index.md:AT: holds a single '`'"),
    "a mark of the data in a page": (page("A fact [@src-post]."), "docs/index.md:AT: '[@src-post]' is a mark of the data; in a page write {{ cite("),
    "a figure of the data in a page": (page("A fact [=fig-operations]."), "docs/index.md:AT: '[=fig-operations]' is a mark of the data"),
    "a second owner of an id": (page("Some text.\n{ #home }"), "docs/index.md:NEXT: gives the id 'home' to a text"),
    "a second owner in a line": (page("**Some text**{ #src-post } more."), "docs/index.md:AT: gives the id 'src-post' to a text"),
    "a heading without its space": (page("##No space"), "docs/index.md:AT: '##No space' is not a heading as it stands; write '## Title { #its-id }'"),
    "a heading off the margin": (page("  ## Set in { #set-in }"), "docs/index.md:AT: '## Set in { #set-in }' is not a heading as it stands"),
    "an underlined heading": (page("A heading\n---------"), "docs/index.md:NEXT: 'A heading' is underlined into a heading"),
    "a doubly underlined heading": (page("A heading\n==="), "docs/index.md:NEXT: 'A heading' is underlined into a heading"),
    "a page without its head": (front("{{ page_head() }}\n", ""), "docs/index.md:10: calls {{ page_head() }} 0 times; every page calls it once"),
    "a page with two heads": (page("{{ page_head() }}"), "docs/index.md:10: calls {{ page_head() }} 2 times"),
    "a page without its foot": (front("{{ page_foot() }}\n", ""), "docs/index.md:10: calls {{ page_foot() }} 0 times; every page calls it once, at its end (is it cut off?)"),
    "a block within a line": (front("{{ grades() }}", "{{ grades() }} and more"), "docs/index.md:GRADES: grades prints a block; it stands alone at the margin, between blank lines"),
    "a block below a line": (front("{{ grades() }}", "Before.\n{{ grades() }}"), "docs/index.md:BELOW: grades prints a block"),
    "a block set in": (front("{{ grades() }}", "   {{ grades() }}"), "docs/index.md:GRADES: grades prints a block"),
    "a line above the title": (front("# Home", "---\n\n# Home"), "docs/index.md:10: needs exactly one first-level heading, at the top"),
    "a bracket without its end": (page("Some (words of it."), "docs/index.md:AT: has a '(' without its ')'"),
    "a quotation without its end": (page('Some "words of it.'), "docs/index.md:AT: has a single '\"'"),
    # braces
    "a block of the template language in code": (page("```\n{% if x %}\n```"), "docs/index.md:NEXT: holds '{%', which the template language reads, in code too"),
    "another template language in code": (page("```\n{{#each x}}\n```"), "docs/index.md:NEXT: '#each x' is not a plain macro call"),
    "a comment of the template language in code": (page("```\n{#each x}\n```"), "docs/index.md:NEXT: holds '{#', which the template language reads"),
    "a call that does not end": (page('{{ cite("src-post" )'), "docs/index.md:AT: "),
    "a call that does not begin": (page('A fact cite("src-post") }}.'), "docs/index.md:AT: holds '}}' that nothing opens"),
    "code that does not end": (page("```\nsome code"), "docs/index.md:AT: the code that begins with ``` does not end"),
    # settings
    "a redirect out of the site": (redirect("gone.md: ../../out.md"), "mkdocs.yml:6: redirect_maps: there is no docs/../../out.md to lead to"),
    "a redirect from outside": (redirect("../../out.md: caching.md"), "mkdocs.yml:6: plugins[1].redirects.redirect_maps.../../out.md: '../../out.md' is not the path of a page below docs/"),
    "a redirect to nowhere": (redirect("gone.md: cachign.md"), "mkdocs.yml:6: redirect_maps: there is no docs/cachign.md to lead to (did you mean 'caching.md'?)"),
    "a redirect to a lost anchor": (redirect("gone.md: 'caching.md#part-99'"), "mkdocs.yml:6: redirect_maps: docs/caching.md has no '#part-99'"),
    "a redirect of a page that exists": (redirect("caching.md: index.md"), "mkdocs.yml:6: redirect_maps: docs/caching.md exists"),
    "redirects as a list": (redirect("- a.md"), "mkdocs.yml:5: plugins[1].redirects.redirect_maps: must be old and new paths, not a list"),
    "a setting twice": (config("site_name: Tiny", "site_name: Tiny\nsite_name: Small"), "mkdocs.yml:2: the field 'site_name' stands twice; keep one"),
    "addresses that end in .html": (config("nav:", "use_directory_urls: false\nnav:"), "mkdocs.yml:2: use_directory_urls: "),
    "a page by a roundabout path": (config("  - caching.md", "  - ./caching.md"), "mkdocs.yml:4: nav[1]: './caching.md' is not the path of a page below docs/; write it as 'topics/caching.md'"),
    "a page that is not there": (config("  - caching.md", "  - cashing.md"), "mkdocs.yml:4: nav: there is no docs/cashing.md (did you mean 'caching.md'?)"),
    "a page twice": (config("  - caching.md", "  - caching.md\n  - Again: caching.md"), "mkdocs.yml:5: nav[2].Again: 'caching.md' stands in the navigation at line 4 already"),
    "a page left out": (config("  - caching.md\n", ""), "mkdocs.yml:3: nav: does not list docs/caching.md"),
    "no navigation": (lambda root: (root / "mkdocs.yml").write_text("site_name: Tiny\n"), "mkdocs.yml:1: nav: is missing; add it"),
    "HTML in the name of the site": (config("Tiny", "<b>Tiny</b>"), "mkdocs.yml:1: site_name: holds HTML near '<b>Tiny"),
    "settings that cannot be read": (config("nav:", "nav: ["), "mkdocs.yml:"),
    "settings that are a list": (lambda root: (root / "mkdocs.yml").write_text("- a\n"), "mkdocs.yml:1: must hold fields and values, not a list"),
    "no settings": (lambda root: (root / "mkdocs.yml").unlink(), "mkdocs.yml: cannot be read (No such file or directory)"),
    # files
    "a link that leads nowhere": (lambda root: (root / "docs" / "lost.md").symlink_to("nowhere.md"), "docs/lost.md: cannot be read (No such file or directory); put it back, or delete what leads to it"),
    "a data file that leads nowhere": (lambda root: [(root / FIGURES).unlink(), (root / FIGURES).symlink_to("nowhere.yml")], "data/figures.yml: cannot be read (No such file or directory)"),
    "a file cut off in a line": (cut(FIGURES, "ffic"), "data/figures.yml:4: ends in the middle of a line; is it cut off?"),
    "a page cut off": (cut("docs/caching.md", "## Part 5"), "docs/caching.md:10: calls {{ page_foot() }} 0 times; every page calls it once, at its end (is it cut off?)"),
    "a page cut off in its head": (cut("docs/caching.md", "reviewed"), "docs/caching.md:1: the front matter does not end"),
    "a word of a link with a bracket": (front('ref("caching-fault-0")', 'ref("caching-fault-0", "this] one")'), "docs/index.md:14: ref: argument 2 holds a bracket of no link near 'this] one'"),
    "an area of claims that has none": (front('claims("round")', 'claims("culture")'), "docs/index.md:32: claims: unknown area 'culture'"),
}  # fmt: skip


def _line_of(mark: str) -> int:
    """The line of the first page of the tiny guide on which a text stands."""
    return next(number for number, line in enumerate(sample_guide.PAGES["index.md"].splitlines(), 1) if mark in line)


# Where faults stand moves when a macro is added to the page.
LINES = {
    "AT": _line_of("page_foot()"),
    "NEXT": _line_of("page_foot()") + 1,
    "GRADES": _line_of("grades()"),
    "BELOW": _line_of("grades()") + 1,
}


@pytest.mark.parametrize("name", CASES)
def test_refused_and_named_first(guide: Path, name: str) -> None:
    apply, expected = CASES[name]
    for word, line in LINES.items():
        expected = expected.replace(f":{word}:", f":{line}:")
    apply(guide)
    with pytest.raises(GuideError) as caught:
        catalog.load(guide)
    assert expected in str(caught.value)
    damaged = expected.partition(":")[0]
    assert "/" not in damaged or caught.value.problems[0].path == damaged


# -- what is read as it is meant -------------------------------------------------------------------

LEFT_BEHIND = ("data/.teams.yml.swp", "data/.DS_Store", "data/teams.yml~", "data/.#teams.yml", "data/#teams.yml#", "data/topics/.caching.yml.swp", "docs/.index.md.swp", "docs/index.md~", "docs/.DS_Store", "docs/.hidden.md", "data/Thumbs.db")  # fmt: skip


@pytest.mark.parametrize("path", LEFT_BEHIND)
def test_what_an_editor_leaves_behind_is_ignored(guide: Path, path: str) -> None:
    (guide / path).write_bytes(b"\x00\xff left behind")
    assert shown(guide)


@pytest.mark.parametrize("path", ["docs/.#index.md", "data/.#teams.yml"])
def test_the_lock_of_an_editor_is_ignored_though_it_leads_nowhere(guide: Path, path: str) -> None:
    (guide / path).symlink_to("somebody@somewhere.4711:1795900000")
    assert shown(guide)


@pytest.mark.parametrize("path", [HOME, FIGURES, "mkdocs.yml"])
def test_a_file_saved_by_windows_is_read_as_what_it_says(guide: Path, path: str) -> None:
    before = shown(guide)
    text = (guide / path).read_text("utf-8").replace("\n", "\r\n")
    (guide / path).write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert shown(guide) == before


@pytest.mark.parametrize(
    "entry",
    ["'caching.md'", '"caching.md"', "caching.md  # a comment", "Caching: caching.md # a comment", '"Caching": "caching.md"'],
    ids=["quotes", "double quotes", "comment", "comment after a title", "both in quotes"],
)  # fmt: skip
def test_an_entry_of_the_navigation_counts_however_it_is_written(guide: Path, entry: str) -> None:
    config("  - caching.md", f"  - {entry}")(guide)
    assert list(catalog.load(guide).pages)[1] == "caching.md"


@pytest.mark.parametrize("indent", [2, 6, 12])
@pytest.mark.parametrize(
    "line", ["gone.md: caching.md", "'gone.md': 'caching.md#part-0' # moved", '"gone.md": caching.md#caching-fault-0']
)
def test_a_redirect_counts_however_it_is_written(guide: Path, indent: int, line: str) -> None:
    with (guide / "data" / "ids.lock").open("a") as lock:
        lock.write("gone/\n")
    maps = f"plugins:\n- redirects:\n    redirect_maps:\n{' ' * (indent + 4)}{line}\nnav:\n"
    config("nav:\n", maps)(guide)
    assert catalog.load(guide)


def test_a_setting_from_the_environment_is_its_default(guide: Path) -> None:
    config("nav:", 'site_url: !ENV [SITE_URL, "http://127.0.0.1:8000/"]\nedit_uri: !ENV EDIT_URI\nnav:')(guide)
    assert catalog.load(guide)


@pytest.mark.parametrize(
    "value",
    ["'The region # next zone'", ">-\n    The region\n    # next zone", "Region  # optional", "The region#2"],
    ids=["quotes", "folded", "a comment after a word", "no space"],
)
def test_a_mark_that_is_no_comment_or_a_comment_that_cuts_nothing_is_read(guide: Path, value: str) -> None:
    edit(FIGURES, "what: Cache traffic", f"what: {value}")(guide)
    assert catalog.load(guide)


@pytest.mark.parametrize(
    "text",
    [
        "5 * 3 of `a * b`, *soft*, **hard** and ***both***.",
        "An array `x[0]` and [`code`](#home).",
        "- [Words](https://example.org/a_b) and more",
        "Braces in `{x}` and { alone }.",
        "```yaml\na: [x, y] # `\n##No space\nb\n---\n```",
        "* One *soft* item\n* Another",
        "Some words.\n\n---\n\nMore.",
        'A fact, *said softly {{ cite("src-post") }}*.',
    ],
)
def test_ordinary_writing_of_a_page_is_accepted(guide: Path, text: str) -> None:
    page(text)(guide)
    assert catalog.load(guide)


# -- what follows from a damage --------------------------------------------------------------------


def test_cut_pages_are_named_and_nothing_that_follows_stands_before_them(guide: Path) -> None:
    cut_off = sorted(f"docs/{path}" for path in sample_guide.PAGES)[:6]
    for path in cut_off:
        cut(path, "{{ page_head() }}")(guide)
    with pytest.raises(GuideError) as caught:
        catalog.load(guide)
    named = list(dict.fromkeys(problem.path for problem in caught.value.problems))
    assert named[:6] == cut_off


def test_a_page_with_wrong_front_matter_still_shows_its_rows(guide: Path) -> None:
    front("title: Home", "title: 5")(guide)
    with pytest.raises(GuideError) as caught:
        catalog.load(guide)
    assert len(caught.value.problems) == 1


def shown(root: Path) -> object:
    """What the guide shows, worked out anew."""
    render_cache._last = None
    return render_cache.render_all(catalog.load(root), render_cache.today())


@pytest.mark.parametrize("kind", FILE_KINDS)
def test_a_stub_can_be_pasted_as_it_is_printed(kind: str) -> None:
    assert parse(schema.stub(kind))[1] == []
