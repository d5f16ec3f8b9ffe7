"""Drawings in files of their own: linked from their pages, whole, with the rules they need and no others."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from macros.finish import drawings

PICTURE = (
    '<figure class="hp-picture hp-picture-bars" id="picture-a"><p class="hp-picture-title">A &amp; b</p>'
    '<svg role="img" aria-label="A &amp; b" height="10em"><svg x="1%"><path d="M0 0"/></svg><text x="0%" y="1em">a</text></svg>'
    '<a class="hp-enlarge" data-hp-drawing="picture-a" aria-label="Enlarge: A &amp; b">Enlarge</a></figure>'
)
DIAGRAM = (
    '<figure class="hp-diagram" id="diagram-b"><div class="hp-diagram-view"><svg role="img" aria-label="B" viewBox="-2 -3 60 40" width="3.75em">'
    '<path d="M0 0"/></svg></div><figcaption>B <a class="hp-enlarge" data-hp-drawing="diagram-b" aria-label="Enlarge: B">Enlarge</a></figcaption></figure>'
)
TOKENS = ":root { --hp-ink: #000; }"
CSS = """.hp-picture { margin: 1rem; }
.hp-picture > svg { width: 100%; }
:is(.hp-picture, .hp-cards) .d { stroke-dasharray: 5 4; }
.hp-picture li { padding: 0; }
@media print { .hp-picture .h { stroke: #fff; } }
"""


def site(folder: Path, *figures: str) -> Path:
    for path, text in (
        ("topics/caching/index.html", "<p>1</p>".join(figures)),
        ("assets/stylesheets/tokens.css", TOKENS),
        ("assets/stylesheets/pictures.css", CSS),
    ):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return folder


def test_every_drawing_has_a_file_and_its_page_leads_there(tmp_path: Path) -> None:
    assert drawings.write_drawings(site(tmp_path, PICTURE, DIAGRAM, PICTURE.replace("-a", "-c"))) == 3
    page = (tmp_path / "topics/caching/index.html").read_text("utf-8")
    assert "data-hp-drawing" not in page
    for name in ("picture-a", "diagram-b", "picture-c"):
        assert f'<a class="hp-enlarge" href="../../assets/drawings/{name}.svg" aria-label=' in page
    root = ElementTree.parse(tmp_path / drawings.FOLDER / "picture-a.svg").getroot()  # noqa: S314 - our own file
    assert root.get("viewBox") == "0 0 808 208"
    assert root.findtext("{*}title") == "A & b"
    assert len(list(root.iter("{http://www.w3.org/2000/svg}svg"))) == 3
    diagram = (tmp_path / drawings.FOLDER / "diagram-b.svg").read_text("utf-8")
    assert 'viewBox="0 0 108 88"' in diagram
    assert 'width="60" height="40" viewBox="-2 -3 60 40"' in diagram
    assert drawings.write_drawings(tmp_path) == 0  # nothing is left to do


def test_a_drawing_takes_the_tokens_and_its_own_rules() -> None:
    css = drawings.styles(TOKENS, CSS)
    assert css.startswith(":root{--hp-ink:#000}:is(.hp-picture,.hp-cards) .d{stroke-dasharray:5 4}:root{background:")
    assert "print" not in css
    assert "margin" not in css
    assert "#fff" not in css


def test_a_drawing_without_a_size_is_refused() -> None:
    with pytest.raises(ValueError, match="a drawing of unknown size: <svg><g/></svg>"):
        drawings.drawing_file("picture", "<svg><g/></svg>", "")
