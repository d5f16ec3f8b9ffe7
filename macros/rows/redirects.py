"""Redirects: ids that were published once, and where their readers are sent now."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from macros.rows.base import AnyId, Part
from macros.rows.kinds import kind
from macros.rows.markup import Line, When


@kind(file="retired.yml", plural="retired", where="see [below](#ids-are-permanent)")
class Retired(Part):
    """An id that was published once, or the address of a heading, and where its readers are sent now."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$|^[a-z0-9/-]+/#[a-z0-9-]+$")] = Field(
        description="The id; for a heading its address, such as topics/caching/#drills"
    )
    successor: AnyId
    why: Line
    since: When
