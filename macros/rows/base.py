"""What every row of the guide shares: frozen, typed, no unknown fields, references by kind."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Annotated, Literal, NamedTuple, Protocol, cast, runtime_checkable

from pydantic import BaseModel, ConfigDict

from macros.rows.markup import Id, Title


class Ref(NamedTuple):
    """Marks a field that holds the id of a row of `kind` ('any' for every kind)."""

    kind: str


class PlainLabel(NamedTuple):
    """What a field is called in plain text, where its name in words does not say it; '' leaves the field out."""

    label: str


class LocatedError(ValueError):
    """A fault that only the whole row can see; `loc` says where below the row it is."""

    def __init__(self, loc: tuple[int | str, ...], what: str) -> None:
        super().__init__(what)
        self.loc = loc


class Part(BaseModel):
    """A piece of a row that has no address of its own."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


class Row(Part):
    """A thing a reader may link to: its id is the anchor, the key of saved progress and the short address."""

    id: Id

    @property
    @abstractmethod
    def label(self) -> str:
        """The text that names the row wherever it is linked, listed or found."""

    @property
    def other_names(self) -> tuple[str, ...]:
        """What else it is called, for those who search."""
        return ()

    @property
    def for_levels(self) -> tuple[LevelName, ...]:
        """The levels it is for; none where it does not say."""
        return ()


class Titled(Row):
    """A row named by its title."""

    title: Title

    @property
    def label(self) -> str:
        """Its title."""
        return self.title


@runtime_checkable
class HasArea(Protocol):
    """A row of a kind that stands on several pages: the area says on which."""

    @property
    def id(self) -> str:
        """The row's id."""

    @property
    def area(self) -> str:
        """The area's name."""


def with_area(rows: Sequence[Part]) -> Sequence[HasArea]:
    """Return rows of one kind if that kind has an area, else none. The first is asked: to ask them all takes a tenth of a check."""
    return cast("Sequence[HasArea]", rows) if rows and isinstance(rows[0], HasArea) else ()


SourceId = Annotated[Id, Ref("source")]
FigureId = Annotated[Id, Ref("figure")]
TeamId = Annotated[Id, Ref("team")]
TopicId = Annotated[Id, Ref("topic")]
ComponentId = Annotated[Id, Ref("component")]
DimensionId = Annotated[Id, Ref("dimension")]
ValueId = Annotated[Id, Ref("value")]
TaskId = Annotated[Id, Ref("task")]
SumId = Annotated[Id, Ref("sum")]
PictureId = Annotated[Id, Ref("picture")]
TrackId = Annotated[Id, Ref("track")]
AnyId = Annotated[Id, Ref("any")]

LevelName = Literal["l4", "l5", "l6"]
LEVELS: tuple[LevelName, ...] = ("l4", "l5", "l6")
