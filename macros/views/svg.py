"""Small pieces of fluid SVG: across in per cent of the page, down in lines of text. Knows nothing of the guide."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

_HEADS = {"right": "l-8-4v8z", "left": "l8-4v8z", "down": "l-4-8h8z", "up": "l-4 8h8z"}


def number(value: float) -> str:
    """``12.50`` gives ``12.5``; two digits are finer than a pixel."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def canvas(height: float, alt: str, parts: Iterable[str]) -> str:
    """Return a whole picture as wide as the page, `height` lines high, in one line."""
    return f'<svg role="img" aria-label="{html.escape(alt)}" height="{number(height)}em">{"".join(parts)}</svg>'


def outline(drawn: str, height: int) -> str:
    """Return a whole picture without its words and its name, `height` px high."""
    bare = re.sub(r"<text.*?</text>", "", drawn)
    tall = re.match(r'<svg role="img" aria-label="[^"]*" height="([\d.]+)em">', bare)
    if not tall:
        raise ValueError("not a picture of canvas()")
    begin = f'<svg aria-hidden="true" font-size="{number(height / float(tall[1]))}px" height="{height}">'
    return begin + bare[tall.end() :]


def text(x: float, y: float, words: str, *, anchor: str = "start", kind: str = "", dx: float = 0) -> str:
    """Return a line of text; `dx` moves it by px."""
    where = "" if anchor == "start" else f' text-anchor="{anchor}"'
    moved = f' dx="{number(dx)}"' if dx else ""
    classes = f' class="{kind}"' if kind else ""
    return f'<text x="{number(x)}%" y="{number(y)}em"{moved}{where}{classes}>{html.escape(words, quote=False)}</text>'


def rect(x: float, y: float, width: float, height: float, kind: str = "") -> str:
    """Return a box."""
    classes = f' class="{kind}"' if kind else ""
    return f'<rect x="{number(x)}%" y="{number(y)}em" width="{number(width)}%" height="{number(height)}em" rx="3"{classes}/>'


def line(x1: float, y1: float, x2: float, y2: float, kind: str = "") -> str:
    """Return a straight line."""
    classes = f' class="{kind}"' if kind else ""
    return f'<line x1="{number(x1)}%" y1="{number(y1)}em" x2="{number(x2)}%" y2="{number(y2)}em"{classes}/>'


def head(x: float, y: float, direction: str) -> str:
    """Return the head of an arrow whose point is at x, y."""
    return f'<svg x="{number(x)}%" y="{number(y)}em" class="hp-pic-at"><path d="M0 0{_HEADS[direction]}"/></svg>'


def dot(x: float, y: float) -> str:
    """Return a moment: a filled diamond."""
    return f'<svg x="{number(x)}%" y="{number(y)}em" class="hp-pic-at"><path d="M0-6l6 6-6 6-6-6z"/></svg>'


def cross(x: float, y: float) -> str:
    """Return the mark of what does not arrive."""
    return f'<svg x="{number(x)}%" y="{number(y)}em" class="hp-pic-at"><path class="l" d="M-5-5L5 5M-5 5L5-5"/></svg>'


def polyline(points: Iterable[tuple[float, float]], top: float, height: float, kind: str = "") -> str:
    """Return a line through points in per cent, across and down, within a band `height` lines high that begins at `top`."""
    path = "L".join(f"{number(x * 10)} {number(y * 10)}" for x, y in points)
    classes = f' class="{kind}"' if kind else ""
    return (
        f'<svg y="{number(top)}em" width="100%" height="{number(height)}em" viewBox="0 0 1000 1000" preserveAspectRatio="none">'
        f'<path d="M{path}"{classes}/></svg>'
    )
