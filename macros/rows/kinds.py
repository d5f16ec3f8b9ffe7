"""The kinds of rows. One is declared where it stands, above its model; a module in this folder is found by itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal, NamedTuple, TypeVar

from macros.rows.base import Part

Model = TypeVar("Model", bound=Part)
Group = Literal["Pages", "Terms", "Decisions", "Failure modes", "Practice", "Evidence"]


class Kind(NamedTuple):
    """What the rest of the guide needs to know of a kind of row beside its fields.

    `name` is that of its model (``FailureMode`` gives ``failure-mode``). `file` is the glob below data/ of the files that
    hold it, '' for rows that stand inside others; `many` says that a file holds a list of them, `prefix` how their ids
    begin, '' where that is free, `where` (Markdown) where they appear, for those who add one. With `owns`, ids of the rows
    inside begin with the id of the row around them.

    `called` is its name for readers. `says` are the fields that say most, each with what it is ('' for nothing), for a
    row that is met alone; without them, it is the first text that is not its name. `search` is the group that it is
    filtered by and how much its name counts. With `related` other rows link to it, with `image` a row has a preview
    image of its own, with `ticks` it has a box to tick.
    """

    name: str
    model: type[Part]
    file: str
    many: bool
    plural: str
    prefix: str
    where: str
    owns: bool
    called: str
    says: tuple[tuple[str, str], ...]
    search: tuple[Group, float]
    related: bool
    image: bool
    ticks: bool

    @property
    def schema(self) -> str:
        """Name of the JSON Schema of its files below data/schema/."""
        return f"{self.name}.json"


KINDS: dict[str, Kind] = {}


def kind(
    *,
    file: str = "",
    many: bool = True,
    plural: str = "",
    prefix: str = "",
    where: str = "",
    owns: bool = False,
    called: str = "",
    says: tuple[tuple[str, str], ...] = (),
    search: tuple[Group, float] = ("Evidence", 1),
    related: bool = False,
    image: bool = False,
    ticks: bool = False,
) -> Callable[[type[Model]], type[Model]]:
    """Make the model below a kind of row; `Kind` says what is declared.

    Raises ValueError for a name or a file that is taken, and for a field in `says` that the model does not have.
    """

    def register(model: type[Model]) -> type[Model]:
        name = kind_name(model)
        if name in KINDS or (file and file in {one.file for one in KINDS.values()}):
            raise ValueError(f"kind {name}: there is another of this name or in data/{file}")
        for _, path in says:
            if not hasattr(model, first := path.split(".")[0]) and first not in model.model_fields:
                raise ValueError(f"kind {name}: its rows have no '{first}' to say")
        KINDS[name] = Kind(
            name, model, file, many, plural or f"{name.replace('-', '_')}s", prefix, where, owns,
            called or name.replace("-", " ").capitalize(), says, search, related, image, ticks,
        )  # fmt: skip
        return model

    return register


def kind_name(model: type[Part]) -> str:
    """``FailureMode`` gives ``failure-mode``."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", model.__name__).lower()
