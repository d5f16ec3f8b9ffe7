"""The order of tasks: phase by phase, and what comes before a task stands before it."""

from __future__ import annotations

import heapq
from collections.abc import Sequence

from macros.rows.plan import PHASES, Task


def in_order(tasks: Sequence[Task]) -> tuple[list[Task], dict[str, str]]:
    """Return the tasks in the order in which they are done, and the phase of each by id.

    A task moves to the phase of what it comes after, if that is later. Tasks that wait for each other in a circle
    are not returned: nobody could begin with one.
    """
    known = {task.id: task for task in tasks}
    rank = {task.id: PHASES.index(task.phase) for task in tasks}
    moved = True
    while moved:  # a rank only grows and has a largest value
        moved = False
        for task in tasks:
            at = max([rank[task.id], *(rank[before] for before in task.after if before in known)])
            moved |= at > rank[task.id]
            rank[task.id] = at
    place = {task.id: index for index, task in enumerate(tasks)}
    waits = {task.id: {before for before in task.after if before in known} for task in tasks}
    ready = [(rank[id], place[id], id) for id, before in waits.items() if not before]
    heapq.heapify(ready)
    found: list[Task] = []
    while ready:
        _, _, id = heapq.heappop(ready)
        found.append(known[id])
        for other, before in waits.items():
            if id in before:
                before.discard(id)
                if not before:
                    heapq.heappush(ready, (rank[other], place[other], other))
    return found, {task.id: PHASES[rank[task.id]] for task in found}
