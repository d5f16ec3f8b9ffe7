"""Preview images of rows: kind, level, words and page, a quarter as large as those of pages, for there are a dozen times as many."""

from __future__ import annotations

from functools import cache, lru_cache

from PIL import Image, ImageChops, ImageDraw

from macros.catalog.catalog import Catalog
from macros.finish.row_words import RowWords
from macros.finish.social_cards import ACCENT, INK, MUTED, PAPER, SITE_NAME, font, rgb, shown, written
from macros.rows.kinds import KINDS

SIZE = (600, 315)  # the least that is shown large; what is drawn can be read at just this width
_LEFT, _RIGHT = 36, SIZE[0] - 36
_HEAD, _FOOT = 66, 262  # the hairlines
_NAME_SIZES = (36, 31, 27, 25)
_STEPS = 4  # from paper to a colour
_FAINT = 255 // _STEPS


def has_image(catalog: Catalog, id: str) -> bool:
    """Whether the row has an image of its own. Raises KeyError.

    Those of the kinds that people send one another most have one. Other rows show the image of their page: all of them
    would take half as long as the site itself, terms alone a tenth.
    """
    home, kind = catalog.homes[id], catalog.entries[id].kind
    return kind in KINDS and KINDS[kind].image and catalog.pages[home.page].id != home.anchor


def draw_row(words: RowWords) -> Image.Image:
    """Return the preview image of a row. What several rows share is drawn once: the head by kind and level, the foot by page."""
    image = _head(words.kind, words.level).copy()
    image.paste(_foot(words.page), (0, _FOOT))

    ink, muted = (Image.new("L", (SIZE[0], _FOOT - _HEAD - 2)) for _ in range(2))
    name, pen, bottom = written(words.name), ImageDraw.Draw(ink), 8
    size, lines = next(
        ((size, lines) for size in _NAME_SIZES if len(lines := _lines(name, size)) <= 2 or size == _NAME_SIZES[-1]),
    )
    for line in _fitting(lines, size, 3):
        bottom += round(size * 1.16)
        for left in (_LEFT, _LEFT + 1):  # twice, since the type has no bold cut; a stroke takes three times as long
            pen.text((left, bottom), line, 255, font(size), anchor="ls")
    pen, bottom = ImageDraw.Draw(muted), bottom + 10
    for line in _fitting(_lines(written(words.said), 20), 20, max(1, (muted.height - 4 - bottom) // 27)):
        bottom += 27
        pen.text((_LEFT, bottom - 4), line, 255, font(20), anchor="ls")
    image.paste(_joined(ink, muted), (0, _HEAD + 2))
    return image


@cache
def _head(kind: str, level: str) -> Image.Image:
    muted, accent = (Image.new("L", SIZE) for _ in range(2))
    pen, words = ImageDraw.Draw(accent), written(kind)
    pen.text((_LEFT, 46), words, 255, font(22), anchor="ls", stroke_width=0.4)
    if level:
        _mark(pen, round(_LEFT + font(22).getlength(words)) + 16, level)
    pen = ImageDraw.Draw(muted)
    pen.text((_RIGHT, 46), SITE_NAME, 255, font(17), anchor="rs")
    pen.line((_LEFT, _HEAD, _RIGHT, _HEAD), _FAINT)
    return _joined(Image.new("L", SIZE), muted, accent)


@cache
def _foot(page: str) -> Image.Image:
    muted = Image.new("L", (SIZE[0], SIZE[1] - _FOOT))
    pen = ImageDraw.Draw(muted)
    pen.line((_LEFT, 0, _RIGHT, 0), _FAINT)
    words = shown(written(f"On the page “{page}”"), 17, _RIGHT - _LEFT, 1)[0]
    pen.text((_LEFT, 29), words, 255, font(17), anchor="ls")
    return _joined(Image.new("L", muted.size), muted)


def _mark(pen: ImageDraw.ImageDraw, left: int, level: str) -> None:
    """The mark of a level as pages have it: outlined, double, filled."""
    box = (left, 26, left + 42, 52)
    if level == "L5":
        pen.rounded_rectangle(box, 13, outline=255)
        pen.rounded_rectangle((box[0] + 3, box[1] + 3, box[2] - 3, box[3] - 3), 10, outline=255)
    else:
        pen.rounded_rectangle(box, 3, outline=255, fill=255 if level == "L6" else None)
    pen.text((left + 21, 46), level, 0 if level == "L6" else 255, font(18), anchor="ms", stroke_width=0.3)


@lru_cache(maxsize=20_000)
def _width(word: str, size: int) -> float:
    return font(size).getlength(word)


def _lines(text: str, size: int) -> list[str]:
    """The lines of a text, by the widths of its words: to measure whole lines again and again takes five times as long."""
    lines: list[str] = []
    room = 0.0
    for word in text.split():
        width = _width(word, size)
        if not lines or room < width + _width(" ", size):
            lines.append(word)
            room = _RIGHT - _LEFT - width
        else:
            lines[-1] += f" {word}"
            room -= width + _width(" ", size)
    return lines


def _fitting(lines: list[str], size: int, most: int) -> list[str]:
    """The first lines; what does not fit, below or beside, becomes an ellipsis."""
    kept = [
        line if _width(line, size) <= _RIGHT - _LEFT else shown(line, size, _RIGHT - _LEFT, 1)[0]
        for line in lines[:most]
    ]
    return (
        kept if len(lines) <= most else [*kept[:-1], shown(f"{kept[-1]} {lines[most]} and", size, _RIGHT - _LEFT, 1)[0]]
    )


def _joined(*layers: Image.Image) -> Image.Image:
    """One image with a palette from layers of strokes: in ink, muted, and in the accent. They do not overlap."""
    joined = layers[0].point(_shades(0))
    for number, layer in enumerate(layers[1:], 1):
        joined = ImageChops.add(joined, layer.point(_shades(number)))
    image = Image.frombytes("P", joined.size, joined.tobytes())
    image.putpalette(_palette())
    return image


@cache
def _shades(number: int) -> list[int]:
    return [0] + [1 + number * _STEPS + (value * _STEPS - 1) // 256 for value in range(1, 256)]


@cache
def _palette() -> list[int]:
    paper, out = rgb(PAPER), [*rgb(PAPER)]
    for colour in map(rgb, (INK, MUTED, ACCENT)):
        for step in range(1, _STEPS + 1):
            out += [round(here + (there - here) * step / _STEPS) for here, there in zip(paper, colour, strict=True)]
    return out
