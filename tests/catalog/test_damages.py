"""Random damages of the tiny guide, the same at every run; `python tests/damages.py 1000` makes more of them."""

from __future__ import annotations

from pathlib import Path

import damages


def test_no_damage_ends_in_a_traceback_hangs_or_is_accepted_though_wrong(guide: Path) -> None:
    found = [damages.outcome(guide, damage) for damage in damages.damages(guide, 150)]
    assert [one for one in found if one.failed] == []
    assert {one.damage.kind for one in found} == set(damages.KINDS)
    refused = [one for one in found if one.result == "refused"]
    assert len(refused) > len(found) / 2, "hardly anything was damaged"
    assert all(one.said.startswith(one.damage.path) for one in refused)
