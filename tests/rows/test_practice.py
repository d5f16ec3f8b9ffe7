"""A prompt can be run: its follow-ups stand in their order, one of them changes a requirement, a report has its source."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from macros.catalog import catalog
from macros.catalog.diagnostics import GuideError
from tools import sample_guide

FILE = "prompts/some.yml"


def no_order(prompt: dict[str, Any]) -> None:
    prompt["follow_ups"][1]["minute"] = 10


def no_change(prompt: dict[str, Any]) -> None:
    prompt["follow_ups"][2]["forces_change"] = False


def two_changes(prompt: dict[str, Any]) -> None:
    prompt["follow_ups"][0]["forces_change"] = True


def no_source(prompt: dict[str, Any]) -> None:
    del prompt["sources"]


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (no_order, "prompt-cap.follow_ups[1].minute: minute 10 comes after minute 10; follow-ups stand in their order"),
        (no_change, "prompt-cap: exactly one follow-up changes a requirement; set forces_change: true on it"),
        (two_changes, "prompt-cap: exactly one follow-up changes a requirement; set forces_change: true on it"),
        (no_source, "prompt-cap: a reported prompt needs its source; grade it 'ours' if we wrote it"),
    ],
)
def test_a_prompt_that_cannot_be_run_is_refused(
    guide: Path, broken: Callable[[dict[str, Any]], None], said: str
) -> None:
    prompts = sample_guide.rows()[FILE]
    broken(prompts[0])
    sample_guide.dump(guide, FILE, prompts)
    with pytest.raises(GuideError) as raised:
        catalog.load(guide)
    assert [problem.what for problem in raised.value.problems] == [said]


def test_an_area_without_prompts_is_refused(guide: Path) -> None:
    page = guide / "docs" / "index.md"
    page.write_text(page.read_text("utf-8").replace('prompts("ads")', 'prompts("adds")'), "utf-8")
    with pytest.raises(GuideError, match=r"prompts: unknown area 'adds' \(did you mean 'ads'\?\)"):
        catalog.load(guide)
