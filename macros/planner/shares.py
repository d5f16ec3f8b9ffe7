"""How the time of a plan is shared between its phases: six weeks are two of depth and one for each that follows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from macros.rows.plan import PHASES

# In weeks of six. What comes first of all takes its time from the weeks of depth.
_SHARES = {"depth": 2.0, "aloud": 1.0, "posts": 1.0, "stories": 1.0, "rehearsal": 1.0}
_EVENING = ("depth", "stories", "rehearsal")
_GIVEN_UP = ("posts", "aloud")  # in this order, when a phase would get less than a task needs
_LEAST = 45  # minutes


class Slot(NamedTuple):
    """The minutes that a phase has in a week."""

    week: int
    phase: str
    minutes: float


def slots(demand: Mapping[str, int], weeks: int, most: int, *, evening: bool = False) -> list[Slot]:
    """Return the slots of a plan in order: `weeks` of `most` minutes, shared by phases with `demand` minutes of tasks."""
    found, begins = [], 0.0
    for phase, minutes in _minutes(demand, weeks * most, evening=evening).items():
        for week in range(weeks):
            within = min(begins + minutes, (week + 1) * most) - max(begins, week * most)
            if within > 0:
                found.append(Slot(week, phase, within))
        begins += minutes
    return sorted(found, key=lambda slot: (slot.week, PHASES.index(slot.phase)))


def _minutes(demand: Mapping[str, int], total: float, *, evening: bool) -> dict[str, float]:
    """Return the minutes of each phase, in order; phases without tasks, and those given up, have none."""
    first = 0 if evening else demand.get("start", 0)
    wanted = {phase: demand.get(phase, 0) + (first if phase == "depth" else 0) for phase in _SHARES}
    active = [phase for phase in _SHARES if wanted[phase] and (not evening or phase in _EVENING)]
    for phase in _GIVEN_UP:
        if active and min(_shared(active, total).values()) < _LEAST and phase in active:
            active.remove(phase)
    shares = _shared(active, total)
    _pass_on(shares, wanted)
    if "depth" not in shares:
        return ({"start": min(first, total)} if first else {}) | shares
    before = min(first, shares["depth"] / 2) if demand.get("depth") else shares["depth"]
    after = shares["depth"] - before
    return {"start": before, **shares, "depth": after} if before else shares


def _shared(active: list[str], total: float) -> dict[str, float]:
    whole = sum(_SHARES[phase] for phase in active)
    return {phase: total * _SHARES[phase] / whole for phase in active}


def _pass_on(shares: dict[str, float], wanted: Mapping[str, int]) -> None:
    """Move what a phase has no tasks for to the phases that have too many; where nothing is short, all stays."""
    while True:
        short = [phase for phase in shares if wanted[phase] > shares[phase] + 0.5]
        spare = {phase: left for phase in shares if (left := shares[phase] - wanted[phase]) > 0.5}
        if not short or not spare:
            return
        for phase, left in spare.items():
            shares[phase] -= left
        whole = sum(_SHARES[phase] for phase in short)
        for phase in short:
            shares[phase] += sum(spare.values()) * _SHARES[phase] / whole
