"""Which file under data/ holds which kind of row: the one registry of the data folder."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import NamedTuple

from macros.model import booklet, loop, pictures, plan, practice, reference, sums, topic
from macros.model.base import Part


class DataFile(NamedTuple):
    """A kind of data file: glob below data/, the model of its rows, and whether it holds a list of them."""

    kind: str
    pattern: str
    model: type[Part]
    many: bool
    plural: str

    @property
    def schema(self) -> str:
        """Name of its JSON Schema below data/schema/."""
        return f"{self.kind}.json"


DATA_FILES: tuple[DataFile, ...] = (
    DataFile("source", "sources/*.yml", reference.Source, True, "sources"),
    DataFile("figure", "figures.yml", reference.Figure, True, "figures"),
    DataFile("claim", "claims.yml", reference.Claim, True, "claims"),
    DataFile("disagreement", "disagreements.yml", reference.Disagreement, True, "disagreements"),
    DataFile("team", "teams.yml", reference.Team, True, "teams"),
    DataFile("reading-group", "reading.yml", reference.ReadingGroup, True, "reading_groups"),
    DataFile("term", "glossary/*.yml", reference.Term, True, "terms"),
    DataFile("diagram", "diagrams.yml", reference.Diagram, True, "diagrams"),
    DataFile("picture", "pictures/*.yml", pictures.Picture, True, "pictures"),
    DataFile("sum", "sums/*.yml", sums.Sum, True, "sums"),
    DataFile("track", "tracks.yml", reference.Track, True, "tracks"),
    DataFile("retired", "retired.yml", reference.Retired, True, "retired"),
    DataFile("topic", "topics/*.yml", topic.Topic, False, "topics"),
    DataFile("component", "stack/*.yml", topic.Component, False, "components"),
    DataFile("stage", "stages.yml", loop.Stage, True, "stages"),
    DataFile("dimension", "dimensions.yml", loop.Dimension, True, "dimensions"),
    DataFile("level", "levels/*.yml", loop.Level, False, "levels"),
    DataFile("principle", "principles.yml", loop.Principle, True, "principles"),
    DataFile("value", "values.yml", loop.Value, True, "values"),
    DataFile("culture-probe", "culture-probes.yml", loop.CultureProbe, True, "culture_probes"),
    DataFile("mistake", "mistakes.yml", loop.Mistake, True, "mistakes"),
    DataFile("round", "rounds/*.yml", loop.Round, False, "rounds"),
    DataFile("prompt", "prompts/*.yml", practice.Prompt, True, "prompts"),
    DataFile("phase", "hour.yml", practice.Phase, True, "phases"),
    DataFile("task", "tasks.yml", plan.Task, True, "tasks"),
    DataFile("plan", "plans/*.yml", plan.Plan, False, "plans"),
    DataFile("booklet", "booklets.yml", booklet.Booklet, True, "booklets"),
)
KINDS = {entry.kind: entry for entry in DATA_FILES}
_KIND_OF = {entry.model: entry.kind for entry in DATA_FILES}


def kind_of_model(model: type[Part]) -> str:
    """Return the kind of the rows of `model`. Raises TypeError for one that no data file holds by itself."""
    kind = _KIND_OF.get(model)
    if kind is None:
        raise TypeError(f"no data file holds rows of {model.__name__}; they stand inside other rows")
    return kind


def data_file(path: str) -> DataFile | None:
    """Return the registry entry for `path` (relative to data/, with slashes), or None."""
    return next(
        (e for e in DATA_FILES if PurePosixPath(path).match(e.pattern) and path.count("/") == e.pattern.count("/")),
        None,
    )


def schema_line(path: str) -> str:
    """Return the first line that the data file at `path` (relative to data/) must have."""
    entry = data_file(path)
    assert entry is not None, path
    return f"# yaml-language-server: $schema={'../' * path.count('/')}schema/{entry.schema}"
