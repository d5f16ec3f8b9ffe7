"""What each macro takes and which rows it gives a home on the page: the contract between pages and views.

`args` names the kind of row each argument is the id of ('owner' is a topic or a component, ``area:KIND`` an
area that rows of a kind belong to, 'text' free text, a trailing '*' repeats, a trailing '?' is optional). `homes` is the field of the first
argument's row whose rows get their anchors here, ``itself`` for that row, ``kind:NAME`` for all rows
of a kind, or ``area:KIND`` for those of its rows whose area the argument names.
"""

from __future__ import annotations

from typing import NamedTuple


class Signature(NamedTuple):
    """The arguments and the rows of one macro."""

    args: tuple[str, ...] = ()
    homes: str = ""


# What stands within a sentence; every other macro prints a block.
INLINE = {"cite", "figure", "ref", "term", "judgement"}

SIGNATURES: dict[str, Signature] = {
    # every page
    "page_head": Signature(),
    "page_foot": Signature(),
    "cite": Signature(("source*",)),
    "figure": Signature(("figure",)),
    "ref": Signature(("any", "text?")),
    "term": Signature(("term", "text?")),
    "judgement": Signature(),
    "diagram": Signature(("diagram",), "itself"),
    "picture": Signature(("picture",), "itself"),
    "worked_sum": Signature(("sum",), "itself"),
    "contents": Signature(),
    # the first page
    "plan_chooser": Signature(),
    "topic_cards": Signature(),
    "component_row": Signature(),
    "two_answers": Signature(("mistake",)),
    "guide_numbers": Signature(),
    "changes": Signature(),
    # the loop and the round
    "stage_table": Signature(),
    "stage_list": Signature(),
    "stage": Signature(("stage",)),
    "disagreements": Signature((), "kind:disagreement"),
    "disagreement": Signature(("disagreement",)),
    "claims": Signature(("area:claim",)),
    "annotated_round": Signature(("round",), "itself"),
    # the bar
    "level_table": Signature(),
    "rubric": Signature(("level",), "rubric"),
    "tells": Signature(("level",), "tells"),
    "level_facts": Signature(("level",)),
    "level_practice": Signature(("level",)),
    "side_by_side": Signature((), "kind:dimension"),
    "self_check": Signature(("level",)),
    "ladders": Signature(("level",)),
    # topics and components
    "topic_table": Signature(),
    "topic_facts": Signature(("topic",)),
    "walk": Signature(("owner",)),
    "clarifying_questions": Signature(("topic",), "questions"),
    "decisions": Signature(("topic",), "decisions"),
    "failure_modes": Signature(("owner",), "failure_modes"),
    "failure_drill": Signature(("owner",)),
    "alerts": Signature(("topic",), "alerts"),
    "shifts": Signature(("topic",), "shifts"),
    "ladder": Signature(("topic",), "ladder"),
    "bar": Signature(("topic",)),
    "published": Signature(("owner",), "published"),
    "probes": Signature(("owner",), "probes"),
    "spoken": Signature(("topic",), "spoken"),
    "drills": Signature(("topic",), "drills"),
    "checklist": Signature(("topic",), "checklist"),
    "stack_table": Signature(),
    "component_facts": Signature(("component",)),
    "alternatives": Signature(("component",)),
    # practice
    "hour": Signature((), "kind:phase"),
    "prompt_table": Signature(),
    "prompts": Signature(("area:prompt",), "area:prompt"),
    # culture, mistakes, plan
    "principles": Signature((), "kind:principle"),
    "culture_values": Signature((), "kind:value"),
    "stage_questions": Signature(("stage",), "questions"),
    "culture_probes": Signature(("area:culture-probe",), "area:culture-probe"),
    "story_grid": Signature(),
    "mistakes": Signature((), "kind:mistake"),
    "mistake_table": Signature(),
    "plan": Signature(("plan",), "weeks"),
    "my_plan": Signature(),
    "my_progress": Signature(),
    "every_task": Signature((), "kind:task"),
    "tracks": Signature((), "kind:track"),
    "flash_cards": Signature(),
    "booklets": Signature((), "kind:booklet"),
    # reference
    "teams": Signature((), "kind:team"),
    "reading_list": Signature((), "kind:reading-group"),
    "figures": Signature((), "kind:figure"),
    "claim_list": Signature((), "kind:claim"),
    "source_list": Signature((), "kind:source"),
    "glossary": Signature(("area:term",), "area:term"),
    "grades": Signature(),
}
