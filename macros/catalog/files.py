"""Which file under data/ holds which kind of row: the one registry of the data folder."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import NamedTuple

from macros.rows import (
    booklet,
    claims,
    culture,
    diagrams,
    glossary,
    levels,
    loop,
    mistakes,
    pictures,
    plan,
    practice,
    redirects,
    rounds,
    sources,
    sums,
    teams,
    topic,
)
from macros.rows.base import Part


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
    DataFile("source", "sources/*.yml", sources.Source, True, "sources"),
    DataFile("figure", "figures.yml", sources.Figure, True, "figures"),
    DataFile("claim", "claims.yml", claims.Claim, True, "claims"),
    DataFile("disagreement", "disagreements.yml", claims.Disagreement, True, "disagreements"),
    DataFile("team", "teams.yml", teams.Team, True, "teams"),
    DataFile("reading-group", "reading.yml", teams.ReadingGroup, True, "reading_groups"),
    DataFile("term", "glossary/*.yml", glossary.Term, True, "terms"),
    DataFile("diagram", "diagrams.yml", diagrams.Diagram, True, "diagrams"),
    DataFile("picture", "pictures/*.yml", pictures.Picture, True, "pictures"),
    DataFile("sum", "sums/*.yml", sums.Sum, True, "sums"),
    DataFile("track", "tracks.yml", teams.Track, True, "tracks"),
    DataFile("retired", "retired.yml", redirects.Retired, True, "retired"),
    DataFile("topic", "topics/*.yml", topic.Topic, False, "topics"),
    DataFile("component", "stack/*.yml", topic.Component, False, "components"),
    DataFile("stage", "stages.yml", loop.Stage, True, "stages"),
    DataFile("dimension", "dimensions.yml", levels.Dimension, True, "dimensions"),
    DataFile("level", "levels/*.yml", levels.Level, False, "levels"),
    DataFile("principle", "principles.yml", culture.Principle, True, "principles"),
    DataFile("value", "values.yml", culture.Value, True, "values"),
    DataFile("culture-probe", "culture-probes.yml", culture.CultureProbe, True, "culture_probes"),
    DataFile("mistake", "mistakes.yml", mistakes.Mistake, True, "mistakes"),
    DataFile("round", "rounds/*.yml", rounds.Round, False, "rounds"),
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
