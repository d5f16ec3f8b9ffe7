"""The hiring loop: its stages, and the questions of each."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from macros.rows.asked import Answered, Asked
from macros.rows.base import AnyId, SourceId, Titled
from macros.rows.kinds import kind
from macros.rows.markup import Line, Text, Title, Year
from macros.rows.sources import Grade


class Expected(Asked):
    """What people report from a stage; `year` is left out where the report has none."""

    year: Year | None = None


@kind(called="Question of a stage", says=(("What works", "works"),), search=("Practice", 1), related=True)
class StageQuestion(Answered):
    """A question of a stage; `year` is left out where the report has none."""

    year: Year | None = None
    see: tuple[AnyId, ...] = ()


@kind(
    file="stages.yml",
    where="`docs/loop/`; its id is that of its page",
    called="Stage of the loop",
    says=(("", "decides"),),
    search=("Pages", 2.6),
)
class Stage(Titled):
    """One step of the hiring loop."""

    length: Title
    form: Line
    who: Line
    decides: Text
    grade: Grade
    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]
    prepare: Annotated[tuple[Text, ...], Field(min_length=3)] = Field(description="Preparation for one evening")
    expect: Annotated[tuple[Expected, ...], Field(min_length=3)]
    ask: Annotated[tuple[Line, ...], Field(min_length=2)]
    loses: Annotated[tuple[Text, ...], Field(min_length=2)]
    questions: tuple[StageQuestion, ...] = Field((), description="Questions worth an answer of their own")
