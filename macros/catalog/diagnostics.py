"""Problems a person can act on: one line each, all at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Problem(NamedTuple):
    """One fault: the file (relative to the project), the line (0 if none), what is wrong and what to do.

    `joined` is set for what only shows when files are held against each other, and may follow from a damaged file.
    """

    path: str
    line: int
    what: str
    joined: bool = False

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}" if self.line else f"{self.path}: {self.what}"


class GuideError(Exception):
    """Raised when the guide cannot be built; carries every `Problem` found, what may be a consequence last."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems), key=lambda one: (one.joined, *one))
        super().__init__("\n".join(str(problem) for problem in self.problems))
