"""The files of the guide as text: which count, and what is wrong with one before anybody asks what it says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from macros.rows.characters import invisible_lines

_CONFLICT = re.compile(r"^(?:<{7}|>{7}) .{0,30}", re.M)

Fault = Callable[[int, str], None]  # takes the line (0 if none) and what is wrong


def source_files(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield every file below `folder` with its path there, in order, without what editors and systems leave behind.

    A link that leads nowhere is yielded too, for `read_text` to name it.
    """
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder)
        if not file.is_dir() and not any(_is_left_behind(part) for part in path.parts):
            yield file, path.as_posix()


def _is_left_behind(name: str) -> bool:
    """True for a swap, backup or lock file of an editor, and for what a system keeps about a folder."""
    return (
        name.startswith((".", "~$"))
        or name.endswith(("~", ".swp", ".swo", ".bak", ".orig", ".rej", ".tmp"))
        or (name.startswith("#") and name.endswith("#"))
        or name in ("Thumbs.db", "desktop.ini")
    )


def read_text(file: Path, fault: Fault) -> str | None:
    """Return the text of a file with plain line ends, after saying what is wrong with it; None when it has no text.

    Text saved by Windows is read as what it says: its byte order mark and line ends are left out.
    """
    try:
        raw = file.read_bytes()
    except OSError as error:
        fault(0, f"cannot be read ({error.strerror}); put it back, or delete what leads to it")
        return None
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        fault(raw[: error.start].count(b"\n") + 1, "is not UTF-8 text; save it as UTF-8")
        return None
    for line, what in invisible_lines(text):
        fault(line, what)
    for conflict in _CONFLICT.finditer(text):
        fault(
            text.count("\n", 0, conflict.start()) + 1,
            f"'{conflict[0]}' is left of two versions that git could not join; keep one",
        )
    if text.strip() and not text.endswith("\n"):
        fault(
            text.count("\n") + 1, "ends in the middle of a line; is it cut off? Put it back, or end it with a new line"
        )
    return text
