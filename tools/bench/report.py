"""The report of make bench: a line per measured value, beside its budget."""

from __future__ import annotations

import sys
from typing import NamedTuple

OVER, FAILED = "over", "FAILED"


class Row(NamedTuple):
    """One measured value. Over its `budget` it is said so; over its `limit`, where it has one, the bench fails."""

    what: str
    measured: float
    unit: str
    budget: float | None
    note: str = ""
    limit: float | None = None

    @property
    def verdict(self) -> str:
        """'' without a budget, else whether it is kept."""
        if self.budget is None:
            return ""
        if self.limit is not None and self.measured > self.limit:
            return FAILED
        return OVER if self.measured > self.budget else "ok"


def say(words: str) -> None:
    """Print a line of progress."""
    print(f"  … {words}", file=sys.stderr, flush=True)


def table(rows: list[Row]) -> str:
    """Return the report: a line per value, with its budget, whether it is kept, and what is to know about it."""
    lines = [f"{'measured':<52}{'value':>9} {'':<6}{'budget':>8}"]
    for row in rows:
        budget = "" if row.budget is None else f"≤ {row.budget:g}"
        shown = f"{row.measured:.4f}" if 0 < row.measured < 0.01 else f"{row.measured:.2f}"
        start = f"{row.what:<52}{shown:>9} {row.unit:<6}{budget:>8}"
        lines.append(f"{start}  {row.verdict:<8}{row.note}".rstrip())
    return "\n".join(lines)
