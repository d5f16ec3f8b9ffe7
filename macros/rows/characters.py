"""Characters that nobody sees on a screen, and that are therefore never meant."""

from __future__ import annotations

import re

# Controls but tab and newline, format characters (joiners, marks of direction, soft hyphen, byte order mark), line and
# paragraph separators, blanks that are letters by name, variation selectors, private use, the replacement character
# that is left of a text decoded wrongly, and what is no character at all.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u0600-\u0605\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ud800-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff0-\uffff\U000e0000-\U0010ffff]"
)
_LINES = 20


def invisible(text: str) -> str:
    """Return the code point of the first character of `text` that cannot be seen, as ``U+200B``, or ''."""
    found = _INVISIBLE.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


def invisible_lines(text: str) -> list[tuple[int, str]]:
    """Return (line, what to say) for the lines of `text` with characters that cannot be seen; at most 20 of them."""
    if not _INVISIBLE.search(text):
        return []
    found = [(number, line.split("\n")[0]) for number, line in enumerate(text.split("\n"), 1) if invisible(line)]
    return [
        (number, f"holds the character {invisible(line)} after '{_before(line)}', which cannot be seen; delete it")
        for number, line in found[:_LINES]
    ]


def _before(line: str) -> str:
    return _INVISIBLE.split(line, maxsplit=1)[0][-20:]
