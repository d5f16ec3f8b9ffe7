"""The walk: one request and one write or event, told from end to end, before anything is taken apart."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import Field, model_validator

from macros.rows.base import LocatedError, Part
from macros.rows.markup import Text, Title
from macros.rows.near_miss import near_miss


class WalkStep(Part):
    """One step; its short name is what decisions, failure modes and follow-ups refer to."""

    name: Title
    does: Text


class WalkPath(Part):
    """One path through the system, such as a read, a write or an event."""

    title: Title
    steps: Annotated[tuple[WalkStep, ...], Field(min_length=2)]


class Walk(Part):
    """A whole design in 200 to 350 words: where it is set, and its paths step by step."""

    setting: Text = Field(description="Who, when, and the plain numbers; says which are assumed")
    paths: Annotated[tuple[WalkPath, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _names_are_unique(self) -> Walk:
        seen: set[str] = set()
        for index, path in enumerate(self.paths):
            for number, step in enumerate(path.steps):
                if step.name in seen:
                    loc = ("paths", index, "steps", number, "name")
                    raise LocatedError(loc, f"the step '{step.name}' stands twice; choose another name")
                seen.add(step.name)
        return self

    def number(self, name: str) -> int:
        """Return the number of a step, counted through all paths from one. Raises ValueError."""
        return self.names().index(name) + 1

    def names(self) -> list[str]:
        """Return the names of the steps in order."""
        return [step.name for path in self.paths for step in path.steps]


def check_steps(walk: Walk, rows: Iterable[Any], field: str) -> None:
    """Raise LocatedError when one of `rows`, which stand in `field`, names a step that the walk does not have."""
    names = walk.names()
    for index, row in enumerate(rows):
        if row.step is not None and row.step not in names:
            what = f"no step of the walk is called '{row.step}'{near_miss(row.step, names)}"
            raise LocatedError((field, index, "step"), what)
