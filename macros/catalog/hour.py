"""One course of the hour: its phases follow one another, and every prompt keeps to them."""

from __future__ import annotations

from itertools import pairwise

from macros.catalog.builder import Draft
from macros.catalog.strict_yaml import find_line
from macros.rows.practice import Phase, Prompt


def check_hour(draft: Draft) -> None:
    """Hold the phases against each other, and the minutes of every prompt against the phases."""
    phases = draft.all(Phase)
    if not phases:
        return

    def fault(id: str, place: tuple[int | str, ...], what: str) -> None:
        entry = draft.entries[id]
        draft.fault(entry.path, find_line(draft.root / entry.path, (*entry.place, *place)), f"{id}: {what}")

    for earlier, later in pairwise(phases):
        if later.begins != earlier.ends:
            fault(later.id, ("begins",), f"begins at {later.begins}, while {earlier.id} ends at {earlier.ends}")
    changing = [phase for phase in phases if phase.changes]
    if len(changing) != 1:
        fault(phases[0].id, (), "exactly one phase changes a requirement; set changes: true on it")
        return
    for prompt in draft.all(Prompt):
        for index, one in enumerate(prompt.follow_ups):
            place = ("follow_ups", index, "minute")
            if one.minute >= phases[-1].ends:
                fault(prompt.id, place, f"minute {one.minute} lies after the round, which ends at {phases[-1].ends}")
            elif one.forces_change and not changing[0].begins <= one.minute < changing[0].ends:
                span = f"{changing[0].begins} to {changing[0].ends}"
                fault(prompt.id, place, f"the requirement changes in minutes {span} ({changing[0].id})")
