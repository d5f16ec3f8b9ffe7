"""One course of the hour: its phases follow one another, and every prompt keeps to them."""

from __future__ import annotations

from itertools import pairwise

from macros.catalog.builder import CatalogBuilder
from macros.catalog.strict_yaml import find_line
from macros.rows.practice import Phase, Prompt


def check_hour(builder: CatalogBuilder) -> None:
    """Hold the phases against each other, and the minutes of every prompt against the phases."""
    phases = builder.all(Phase)
    if not phases:
        return

    def fault(id: str, loc: tuple[int | str, ...], what: str) -> None:
        entry = builder.entries[id]
        builder.fault(entry.path, find_line(builder.root / entry.path, (*entry.loc, *loc)), f"{id}: {what}")

    for earlier, later in pairwise(phases):
        if later.begins != earlier.ends:
            fault(later.id, ("begins",), f"begins at {later.begins}, while {earlier.id} ends at {earlier.ends}")
    changing = [phase for phase in phases if phase.changes]
    if len(changing) != 1:
        fault(phases[0].id, (), "exactly one phase changes a requirement; set changes: true on it")
        return
    for prompt in builder.all(Prompt):
        for index, one in enumerate(prompt.follow_ups):
            loc = ("follow_ups", index, "minute")
            if one.minute >= phases[-1].ends:
                fault(prompt.id, loc, f"minute {one.minute} lies after the round, which ends at {phases[-1].ends}")
            elif one.forces_change and not changing[0].begins <= one.minute < changing[0].ends:
                span = f"{changing[0].begins} to {changing[0].ends}"
                fault(prompt.id, loc, f"the requirement changes in minutes {span} ({changing[0].id})")
