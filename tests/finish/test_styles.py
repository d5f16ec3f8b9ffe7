"""The styles in the page: of every component in the order of the settings, what the page can use, in the guide's own colours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from macros.finish import social_cards
from macros.finish.styles import compact, inline_styles, list_sheets, parse, to_text
from tools.site_build import ROOT

SHEETS = ROOT / "docs" / "assets" / "stylesheets"
CSS = """
:root { --hp-ink: #000; } /* a comment */
a:hover, .hp-a > b { color: red; }
.hp-a.hp-b, .hp-c:not(.hp-x, :has(.hp-y)) li { color: blue; }
:is(.hp-x, .hp-c) p { color: green; }
@media print { .hp-b { display: none; } .hp-a { &::before { content: "a; {b"; } } }
@media screen { @container x (width > 1em) { .hp-b { top: 0; } } }
@page { margin: 1cm; @top-left { content: "x"; } }
"""
ALWAYS = ":root{--hp-ink:#000}"
PAGE = '@page{margin:1cm;@top-left{content:"x"}}'


@pytest.mark.parametrize(
    ("names", "left"),
    [
        ((), "a:hover{color:red}:is(.hp-x,.hp-c) p{color:green}"),
        (
            ("hp-a",),
            'a:hover,.hp-a > b{color:red}:is(.hp-x,.hp-c) p{color:green}@media print{.hp-a{&::before{content:"a; {b"}}}',
        ),
        (
            ("hp-c",),
            "a:hover{color:red}.hp-c:not(.hp-x,:has(.hp-y)) li{color:blue}:is(.hp-x,.hp-c) p{color:green}",
        ),
        (
            ("hp-b", "hp-d"),
            "a:hover{color:red}:is(.hp-x,.hp-c) p{color:green}@media print{.hp-b{display:none}}"
            "@media screen{@container x (width > 1em){.hp-b{top:0}}}",
        ),
    ],
    ids=["none", "one", "with brackets", "under conditions"],
)
def test_a_page_has_the_rules_that_it_can_use(names: tuple[str, ...], left: str) -> None:
    assert to_text(parse(compact(CSS)), set(names)) == ALWAYS + left + PAGE


def test_all_names_leave_all_rules_and_a_beginning_stands_for_what_a_script_completes() -> None:
    rules = parse(compact(CSS))
    assert to_text(rules, {"hp-"}) == compact(CSS) == to_text(rules, {"hp-a", "hp-b", "hp-c"})


def test_a_missing_bracket_is_said() -> None:
    with pytest.raises(ValueError, match=re.escape("no rule: .hp-a{color:red")):
        parse(".hp-a{color:red")


def test_the_styles_of_a_page_are_joined_and_named_from_there(tmp_path: Path) -> None:
    sheets, scripts = tmp_path / "assets" / "stylesheets", tmp_path / "assets" / "x"
    for folder in (sheets, scripts):
        folder.mkdir(parents=True)
    (sheets / "b.css").write_text('p { background: url("../images/x.svg"); }', "utf-8")
    (sheets / "a.css").write_text(".hp-a { top: 0; } .hp-b { top: 0; } .hp-c { top: 0; } .hp-m { top: 0; }", "utf-8")
    (scripts / "mock.js").write_text('make("p", { class: "hp-m" })', "utf-8")
    (scripts / "guide.js").write_text('make("p", { class: "hp-b" })', "utf-8")
    for folder, up in ((tmp_path, ""), (tmp_path / "a" / "b", "../../")):
        folder.mkdir(parents=True, exist_ok=True)
        links = "\n".join(f'<link rel="stylesheet" href="{up}assets/stylesheets/{name}.css">' for name in "ba")
        body = '<p class="hp-a" data-hp-script="mock">' if up else '<p class="hp-c">'
        (folder / "index.html").write_text(f"<head>{links}\n</head>{body}", "utf-8")
    inline_styles(tmp_path, scripts)
    for folder, up, own in (
        (tmp_path, "", ".hp-b{top:0}.hp-c"),
        (tmp_path / "a" / "b", "../../", ".hp-a{top:0}.hp-b{top:0}.hp-m"),
    ):
        head = (folder / "index.html").read_text("utf-8").partition("</head>")[0]
        assert head == f'<head><style>p{{background:url("{up}assets/images/x.svg")}}{own}{{top:0}}</style>\n'


def test_every_stylesheet_is_in_the_settings_once() -> None:
    # make fix lists a new one
    listed = re.findall(r"(?m)^  - assets/stylesheets/(.+)$", (ROOT / "mkdocs.yml").read_text("utf-8"))
    assert sorted(listed) == sorted(file.relative_to(SHEETS).as_posix() for file in SHEETS.rglob("*.css"))
    assert listed[0] == "tokens.css"


def test_new_stylesheets_are_listed_before_the_last_and_lost_ones_no_more(tmp_path: Path) -> None:
    settings, sheets = tmp_path / "mkdocs.yml", tmp_path / "docs" / "assets" / "stylesheets"
    sheets.mkdir(parents=True)
    for name in ("tokens", "new", "paper"):
        (sheets / f"{name}.css").touch()
    lines = {name: f"  - assets/stylesheets/{name}.css\n" for name in ("tokens", "lost", "new", "paper")}
    settings.write_text(f"a: 1\nextra_css:\n{lines['tokens']}{lines['lost']}{lines['paper']}\nb: 2\n", "utf-8")
    assert list_sheets(tmp_path) == ["new.css: listed", "lost.css: no longer listed"]
    wanted = f"a: 1\nextra_css:\n{lines['tokens']}{lines['new']}{lines['paper']}\nb: 2\n"
    assert settings.read_text("utf-8") == wanted
    assert list_sheets(tmp_path) == []


def light() -> dict[str, str]:
    """The colours of the light scheme by name, as the first rule of the tokens has them."""
    first = parse(compact((SHEETS / "tokens.css").read_text("utf-8")))[0]
    return dict(re.findall(r"--hp-(\w+):(#[0-9a-f]+)", first.body))


def test_colours_stand_in_the_tokens_alone() -> None:
    tokens = light()
    drawn = {name.lower(): getattr(social_cards, name) for name in ("PAPER", "INK", "MUTED", "LINE", "ACCENT")}
    assert drawn == {name: tokens[name] for name in drawn}
    # Drawings take what the page has around them; a sheet of paper and a code that cameras read are black on white.
    pictures = [*(ROOT / "data" / "diagrams").glob("*.svg"), SHEETS / "pictures.css", SHEETS / "home.css"]
    own = {
        f"{file.name}: {colour}"
        for file in pictures
        for colour in re.findall(r"#[0-9a-fA-F]{3,8}\b(?!\w)|\brgb\(", compact(file.read_text("utf-8")))
        if colour not in ("#000", "#fff", "#444")
    }
    assert own == set()
