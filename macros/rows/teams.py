"""Teams that hire, the posts worth reading, and the tracks of the plan."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from macros.rows.base import ComponentId, Part, Row, SourceId, TeamId, Titled, TopicId
from macros.rows.kinds import kind
from macros.rows.markup import Line, Text, Title


class Post(Part):
    """One thing to read and why."""

    source: SourceId
    why: Text


@kind(file="teams.yml", prefix="team-", where="teams", search=("Evidence", 0.8))
class Team(Row):
    """A group that hires, what it works on, and what may be asked beyond the bank."""

    name: Title
    does: Text
    further_prompts: tuple[Line, ...] = Field((), description="Prompts of ours that are not in the question bank")
    topics: Annotated[tuple[TopicId, ...], Field(min_length=1)]
    components: tuple[ComponentId, ...] = ()
    posts: Annotated[tuple[Post, ...], Field(min_length=3, max_length=5)]

    @property
    def label(self) -> str:
        """Its name."""
        return self.name


@kind(file="reading.yml", prefix="read-", where="the reading list")
class ReadingGroup(Titled):
    """A titled group of the reading list."""

    intro: Text
    posts: Annotated[tuple[Post, ...], Field(min_length=1)]


@kind(file="tracks.yml", prefix="track-", where="the plan")
class Track(Titled):
    """The plan's colour for a kind of team: which topics go deep."""

    teams: tuple[TeamId, ...]
    topics: Annotated[tuple[TopicId, ...], Field(min_length=2)]
    components: tuple[ComponentId, ...] = ()
    because: Text
