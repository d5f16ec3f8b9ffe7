"""Preview images: what a chat or a feed shows beside a link to a page. Drawn at build, from the page's own words.

The type is the one that Pillow carries, laid out by Pillow alone: no font of the machine, so every build draws the same.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

from PIL import Image, ImageDraw, ImageFont
from selectolax.lexbor import LexborHTMLParser

from macros.catalog.page import Page
from macros.rows.markup import plain

NAME = "preview.png"
SIZE = (1200, 630)
SITE_NAME = "The Hard Part"
FOOT = "Unofficial guide to the Netflix system design interview"

# The light palette of tokens.css; a test holds them together.
PAPER, INK, MUTED, LINE, ACCENT = "#fcfbf8", "#1c1e21", "#565b62", "#d9d5cb", "#0a5674"
_LEFT, _RIGHT = 80, SIZE[0] - 80
_HEAD, _TOP, _BOTTOM = 122, 170, 532  # the hairlines, and where the title begins
_SHADES = (
    (INK, 5),
    (MUTED, 5),
    (ACCENT, 4),
)  # steps from paper to type; with paper and line 16, half a byte a pixel
# What the type has no letter for, and another way to write it.
_OTHERWISE = str.maketrans(
    {"–": "-", "—": "-", "×": "x", "→": "to", "≥": "at least ", "≤": "at most ", "€": "EUR ", "÷": "/"}
)


def chapters(html: str) -> tuple[str, ...]:
    """Return the names of the chapters that a built page stands in, outermost first, as its navigation shows them."""
    found = LexborHTMLParser(html).css(".hp-nav li:has(> ul) > a")
    return tuple(" ".join(node.text().split()) for node in found)


def draw(page: Page, chapter: tuple[str, ...]) -> Image.Image:
    """Return the preview image of a page in the chapters named."""
    image = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(image)
    pen.text((_LEFT, 90), SITE_NAME, INK, font(36), anchor="ls", stroke_width=0.6)
    above = written(" · ".join(name for name in chapter if name != page.title))
    pen.text((_RIGHT, 90), shown(above, 28, 720, 1)[0], MUTED, font(28), anchor="rs")
    pen.line((_LEFT, _HEAD, _RIGHT, _HEAD), LINE, 2)

    size, lines = _fitted(written(page.title))
    bottom = _TOP
    for line in lines:
        bottom += round(size * 1.14)
        # The stroke stands in for a bold cut, which the type does not have.
        pen.text((_LEFT - 2, bottom), line, INK, font(size), anchor="ls", stroke_width=size / 60)

    bottom += 44
    said = shown(written(plain(page.summary[0])), 32, _RIGHT - _LEFT - 30, (_BOTTOM - 30 - bottom) // 44)
    pen.rectangle((_LEFT, bottom + 4, _LEFT + 4, bottom + 44 * len(said) + 2), ACCENT)
    for line in said:
        bottom += 44
        pen.text((_LEFT + 30, bottom - 10), line, MUTED, font(32), anchor="ls")

    pen.line((_LEFT, _BOTTOM, _RIGHT, _BOTTOM), LINE, 2)
    pen.text((_LEFT, 580), FOOT, ACCENT, font(28), anchor="ls")
    return image.quantize(palette=_palette(), dither=Image.Dither.NONE)


def written(text: str) -> str:
    """Return a text in letters that the type has: ``café`` gives ``cafe``."""
    parts = unicodedata.normalize("NFD", text.translate(_OTHERWISE))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def rgb(colour: str) -> tuple[int, ...]:
    """``#0a5674`` gives ``(10, 86, 116)``."""
    return tuple(bytes.fromhex(colour[1:]))


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """Return the type in a size."""
    found = ImageFont.load_default(size)
    assert isinstance(found, ImageFont.FreeTypeFont)  # Pillow's wheels have FreeType
    # The other layout depends on a library that a machine may lack.
    return found.font_variant(layout_engine=ImageFont.Layout.BASIC)


@cache
def _palette() -> Image.Image:
    def shades() -> Iterator[int]:
        yield from (*rgb(PAPER), *rgb(LINE))
        for colour, steps in _SHADES:
            for step in range(1, steps + 1):
                for full, paper in zip(rgb(colour), rgb(PAPER), strict=True):
                    yield round(paper + (full - paper) * step / steps)

    image = Image.new("P", (1, 1))
    image.putpalette(list(shades()))
    return image


def _fitted(title: str) -> tuple[int, list[str]]:
    """The largest size at which a title takes two lines at most, or else the smallest, and its lines."""
    sizes = (92, 80, 68)
    size = next((size for size in sizes if len(_lines(title, size, _RIGHT - _LEFT)) <= 2), sizes[-1])
    return size, shown(title, size, _RIGHT - _LEFT, 3)


def shown(text: str, size: int, width: int, most: int) -> list[str]:
    """Return the lines of a text; what does not fit into the `most` lines there is room for becomes an ellipsis."""
    lines = _lines(text, size, width)
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while font(size).getlength(f"{last} …") > width:
        last = last.rpartition(" ")[0] or last[:-1]
    return [*lines[: most - 1], f"{last} …"]


def _lines(text: str, size: int, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font(size).getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
            while font(size).getlength(lines[-1]) > width:  # a word wider than the image goes on in the next line
                fits = next(n for n in range(len(lines[-1]), 0, -1) if font(size).getlength(lines[-1][:n]) <= width)
                lines[-1:] = [lines[-1][:fits], lines[-1][fits:]]
    return [line for line in lines if line] or [""]
