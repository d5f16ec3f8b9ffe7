"""Preview images: what a chat or a feed shows beside a link to a page. Drawn at build, from the page's own words.

The type is the one that Pillow carries, laid out by Pillow alone: no font of the machine, so every build draws the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from selectolax.lexbor import LexborHTMLParser

from macros.model.catalog import Catalog
from macros.model.page import Page
from macros.model.text import plain

NAME = "preview.png"
SIZE = (1200, 630)
SITE_NAME = "The Hard Part"
FOOT = "Unofficial guide to the Netflix system design interview"

# The light palette of guide.css.
_PAPER, _INK, _MUTED, _LINE, _ACCENT = "#fcfbf8", "#1c1e21", "#565b62", "#d9d5cb", "#0a5674"
_LEFT, _RIGHT = 80, SIZE[0] - 80
_HEAD, _TOP, _BOTTOM = 122, 170, 532  # the hairlines, and where the title begins
_SHADES = 16  # between paper and each colour of type, for smooth edges


def write_previews(catalog: Catalog, site: Path) -> int:
    """Write the preview image of every page beside its index.html below `site`; return how many."""
    for page in catalog.pages.values():
        folder = site / page.url
        chapter = chapters((folder / "index.html").read_text("utf-8"))
        draw(page, chapter).save(folder / NAME, optimize=True)
    return len(catalog.pages)


def chapters(html: str) -> tuple[str, ...]:
    """Return the names of the chapters that a built page stands in, outermost first, as its navigation shows them."""
    found = LexborHTMLParser(html).css(".hp-nav li:has(> ul) > a")
    return tuple(" ".join(node.text().split()) for node in found)


def draw(page: Page, chapter: tuple[str, ...]) -> Image.Image:
    """Return the preview image of a page in the chapters named."""
    image = Image.new("RGB", SIZE, _PAPER)
    pen = ImageDraw.Draw(image)
    pen.text((_LEFT, 90), SITE_NAME, _INK, _font(36), anchor="ls", stroke_width=0.6)
    above = " · ".join(name for name in chapter if name != page.title)
    pen.text((_RIGHT, 90), above, _MUTED, _font(28), anchor="rs")
    pen.line((_LEFT, _HEAD, _RIGHT, _HEAD), _LINE, 2)

    size, lines = _fitted(page.title)
    bottom = _TOP
    for line in lines:
        bottom += round(size * 1.14)
        # The stroke stands in for a bold cut, which the type does not have.
        pen.text((_LEFT - 2, bottom), line, _INK, _font(size), anchor="ls", stroke_width=size / 60)

    bottom += 44
    said = _lines(plain(page.summary[0]), 32, _RIGHT - _LEFT - 30)
    room = (_BOTTOM - 30 - bottom) // 44
    if len(said) > room:
        said = [*said[: room - 1], _cut(f"{said[room - 1]} …")]
    pen.rectangle((_LEFT, bottom + 4, _LEFT + 4, bottom + 44 * len(said) + 2), _ACCENT)
    for line in said:
        bottom += 44
        pen.text((_LEFT + 30, bottom - 10), line, _MUTED, _font(32), anchor="ls")

    pen.line((_LEFT, _BOTTOM, _RIGHT, _BOTTOM), _LINE, 2)
    pen.text((_LEFT, 580), FOOT, _ACCENT, _font(28), anchor="ls")
    return image.quantize(palette=_palette(), dither=Image.Dither.NONE)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    found = ImageFont.load_default(size)
    assert isinstance(found, ImageFont.FreeTypeFont)  # Pillow's wheels have FreeType
    # The other layout depends on a library that a machine may lack.
    return found.font_variant(layout_engine=ImageFont.Layout.BASIC)


@cache
def _palette() -> Image.Image:
    def rgb(colour: str) -> tuple[int, ...]:
        return tuple(bytes.fromhex(colour[1:]))

    def shades() -> Iterator[int]:
        yield from rgb(_LINE)
        for colour in (_INK, _MUTED, _ACCENT):
            for step in range(_SHADES):
                for full, paper in zip(rgb(colour), rgb(_PAPER), strict=True):
                    yield round(paper + (full - paper) * step / (_SHADES - 1))

    image = Image.new("P", (1, 1))
    image.putpalette(list(shades()))
    return image


def _fitted(title: str) -> tuple[int, list[str]]:
    """The largest size at which a title takes two lines at most, and its lines."""
    for size in (92, 80, 68):
        lines = _lines(title, size, _RIGHT - _LEFT)
        if len(lines) <= 2:
            break
    return size, lines[:3]


def _lines(text: str, size: int, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if _font(size).getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _cut(line: str) -> str:
    """A line that ends in an ellipsis, without words it has no room for."""
    while _font(32).getlength(line) > _RIGHT - _LEFT - 30:
        line = f"{line.rsplit(' ', 2)[0]} …"
    return line
