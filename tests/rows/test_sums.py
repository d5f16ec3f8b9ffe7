"""Sums: worked out exactly, said as people say numbers, and wrong ones refused."""

from __future__ import annotations

import copy
import datetime
from fractions import Fraction
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from macros.catalog import catalog
from macros.catalog.load import read_data
from macros.rows import formula
from macros.rows.number_format import humanize, number, rounded, with_unit
from macros.rows.sums import Sum
from macros.views import RenderContext
from macros.views.sums import worked_sum
from tools import sample_guide
from tools.site_build import ROOT

SUM = sample_guide.rows()["sums/sums.yml"][0]
SUMS = [loaded.row for loaded in read_data(ROOT).rows if loaded.kind == "sum"]


def made(**changes: Any) -> Sum:
    return Sum.model_validate(_tuples({**copy.deepcopy(SUM), **changes}))


def _tuples(value: Any) -> Any:
    """What the loader gives: lists as tuples."""
    if isinstance(value, dict):
        return {key: _tuples(inner) for key, inner in value.items()}
    return tuple(_tuples(inner) for inner in value) if isinstance(value, list | tuple) else value


def with_value(row: dict[str, Any], name: str, value: float) -> dict[str, Any]:
    return {**row, "inputs": [{**one, "value": value} if one["name"] == name else one for one in row["inputs"]]}


# -- a changed input changes the text --------------------------------------------------------------


def test_values_are_put_into_the_conclusion() -> None:
    assert (
        made().conclusion == "The refill takes **7.8 hours** against 10 minutes allowed [@src-post]; 50,000 are spare."
    )


@settings(deadline=None)  # a busy machine is no fault
@given(st.integers(1, 10**9))
def test_another_input_gives_the_conclusion_of_that_input(items: int) -> None:
    row = made(**with_value({**SUM, "holds": []}, "items", items))
    assert f"takes **{humanize(Fraction(items, 50_000), 's', 2)}** against" in row.conclusion


def test_the_guide_has_sums() -> None:
    assert len(SUMS) >= 5


@pytest.fixture(scope="module")
def found() -> catalog.Catalog:
    return catalog.load(ROOT)


@pytest.mark.parametrize("row", SUMS, ids=lambda row: row.id)
def test_every_input_of_the_guide_changes_what_is_shown(found: catalog.Catalog, row: Sum) -> None:
    view = RenderContext(found, next(iter(found.pages.values())), datetime.date(2026, 11, 23))
    raw = next(one for one in _raw() if one["id"] == row.id)
    # Another number may well break what the conclusion rests on; that is what 'holds' is for.
    free = {**raw, "holds": ()}

    def shown(data: dict[str, Any]) -> tuple[str, str]:
        changed = Sum.model_validate(data)
        entries = {**found.entries, row.id: found.entries[row.id]._replace(row=changed)}
        table = worked_sum(RenderContext(found._replace(entries=entries), view.page, view.today), row.id)
        return changed.conclusion, table.split('data-label="Fact or assumption" }')[-1]

    before = shown(free)
    conclusions = set()
    for one in raw["inputs"]:
        changed = {**free, "inputs": tuple({**i, "value": i["value"] * 1.5} if i is one else i for i in raw["inputs"])}
        after = shown(changed)
        assert after != before, f"{one['name']} changes nothing"
        conclusions.add(after[0])
    assert conclusions != {before[0]}


def _raw() -> list[dict[str, Any]]:
    files = sorted((ROOT / "data" / "sums").glob("*.yml"))
    return [_tuples(row) for file in files for row in yaml.safe_load(file.read_text("utf-8"))]


# -- how numbers are said --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "digits", "words"),
    [
        (0, 2, "0"), (81, 2, "81"), ("1.4641", 2, "1.5"), ("7.15", None, "7.15"), (18_000, None, "18,000"), (333_333, 3, "333,000"),
        (1_398_601_398, 2, "1.4 billion"), (1_500_000, None, "1.5 million"), (1_234_567, None, "1,234,567"), (2 * 10**12, None, "2 trillion"),
        ("0.0123", 2, "0.012"), (-5, 2, "−5"), ("2.5", 1, "3"), (999_999, 2, "1 million"), (12_345_678, 4, "12.35 million"),
    ],
)  # fmt: skip
def test_numbers_as_people_say_them(value: Any, digits: int | None, words: str) -> None:
    assert number(Fraction(value), digits) == words


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (28_000, "s", "7.8 hours"), (5_200, "s", "87 minutes"), (90, "s", "90 seconds"), (1, "s", "1 second"), (600, "s", "10 minutes"),
        (864_000, "s", "10 days"), (16, "h", "16 hours"), (1, "h", "1 hour"), (45, "min", "45 minutes"), (53, "%", "53%"), (26, "TB", "26 TB"),
    ],
)  # fmt: skip
def test_times_are_said_in_the_unit_one_thinks_in(value: int, unit: str, words: str) -> None:
    assert humanize(Fraction(value), unit, 2) == words


@settings(deadline=None)  # a busy machine is no fault
@given(st.fractions(min_value=-(10**12), max_value=10**12), st.integers(1, 6))
def test_rounding_keeps_the_figures_asked_for(value: Fraction, digits: int) -> None:
    near = rounded(value, digits)
    assert abs(near - value) <= abs(value) * Fraction(1, 10 ** (digits - 1)) / 2
    assert rounded(near, digits) == near
    assert with_unit(near, "TB") == with_unit(value, "TB", digits)


# -- formulas --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "result", "words"),
    [
        ("a / b", 4, "12 ÷ 3"), ("a - (b - 1)", 10, "12 − (3 − 1)"), ("(a - b) - 1", 8, "12 − 3 − 1"), ("a / (b * 2)", 2, "12 ÷ (3 × 2)"),
        ("(a + b) * 2", 30, "(12 + 3) × 2"), ("-a + 1_000_000", 999_988, "(−12) + 1 million"), ("a * 0.1", Fraction(6, 5), "12 × 0.1"),
        ("((a)) + b * 2", 18, "12 + 3 × 2"), ("- (a + b)", -15, "(−(12 + 3))"),
    ],
)  # fmt: skip
def test_formulas_are_worked_and_written(text: str, result: Any, words: str) -> None:
    values = {"a": Fraction(12), "b": Fraction(3)}
    node = formula.parse(text)
    assert formula.evaluate(node, values) == result
    assert formula.to_text(node, {name: number(value) for name, value in values.items()}) == words


NUMBERS = st.one_of(st.integers(0, 1000).map(str), st.sampled_from(["a", "b"]))
FORMULAS = st.recursive(
    NUMBERS, lambda inner: st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda of: f"({of[0]} {of[1]} {of[2]})")
)


@settings(deadline=None)  # a busy machine is no fault
@given(FORMULAS)
def test_what_is_written_comes_to_the_same(text: str) -> None:
    values = {"a": Fraction(7), "b": Fraction(1, 4)}
    try:
        result = formula.evaluate(formula.parse(text), values)
    except ValueError:  # it divides by zero
        return
    again = formula.to_text(formula.parse(text), {"a": "7", "b": "0.25"}).replace(",", "")
    for sign, ascii_sign in (("×", "*"), ("÷", "/"), ("−", "-")):
        again = again.replace(sign, ascii_sign)
    assert formula.evaluate(formula.parse(again), {}) == result


@pytest.mark.parametrize(
    "text",
    [
        "", "a b", "a ** b", "a // b", "a % b", "f(a)", "__import__('os').system('x')", "a.b", "a[0]", "[a]", "lambda: a", "a if b else 1", "'a'", "True", "1j",
        "a < b", "a and b", "not a", "~a", "+a", "(a := 1)", "1e999", "a\x00", "(" * 90 + "a" + ")" * 90, "a\nb", "*a", "a; b", "f'{a}'",
    ],
)  # fmt: skip
def test_nothing_but_arithmetic_is_read(text: str) -> None:
    if text.startswith("(("):  # only brackets: allowed however deep, or refused, and never a crash
        formula.parse(text)
        return
    with pytest.raises(ValueError, match="is not a formula"):
        formula.parse(text)


# -- what is refused -------------------------------------------------------------------------------

STEP = SUM["steps"][1]
FACT, GUESS = SUM["inputs"][2], SUM["inputs"][0]
CASES: dict[str, tuple[dict[str, Any], str]] = {
    "a name twice": ({"steps": [{**SUM["steps"][0], "name": "items"}, STEP]}, "the name 'items' stands twice"),
    "a name with capitals": ({"inputs": [{**GUESS, "name": "Items"}, *SUM["inputs"][1:]]}, "'Items' is not a name; use lower-case words joined by _"),
    "a name that is a word of the language": ({"inputs": [{**GUESS, "name": "in"}, *SUM["inputs"][1:]]}, "'in' is not a name"),
    "an unknown name": ({"steps": [{**STEP, "formula": "itms / spare"}]}, "unknown name 'itms' (did you mean 'items'?)"),
    "a later name": ({"steps": [STEP, SUM["steps"][0]]}, "unknown name 'spare'"),
    "a division by zero": ({"steps": [SUM["steps"][0], {**STEP, "formula": "items / (spare - 50000)"}]}, "divides by zero: 'spare - 50000' is 0"),
    "a formula with a call": ({"steps": [SUM["steps"][0], {**STEP, "formula": "max(items, spare)"}]}, "'max(items, spare)' is not a formula"),
    "an unused input": ({"inputs": [*SUM["inputs"], {**GUESS, "name": "left_over"}]}, "nothing uses 'left_over'"),
    "a conclusion of an unknown step": ({"conclusion": "It takes [:refil]."}, "unknown value 'refil' (did you mean 'refill'?)"),
    "a conclusion without a step": ({"conclusion": "It has [:allowed]."}, "names no step"),
    "a mark that cannot be read": ({"conclusion": "It takes [:refill] of [:allowed hours]."}, "holds a value that cannot be read"),
    "a number by hand": ({"conclusion": "It takes [:refill] of 10 minutes [:allowed]."}, "holds the number '10', which would stay when an input changes"),
    "a number by hand in a step": ({"steps": [{**SUM["steps"][0], "says": "Of 100,000"}, STEP]}, "holds the number '100,000'"),
    "a percentage by hand": ({"title": "At 95%"}, "holds the number '95%'"),
    "an argument that no longer holds": ({"holds": ["refill < allowed"]}, "'refill < allowed' is not true (allowed is 10 minutes, refill is 7.8 hours)"),
    "a comparison of nothing": ({"holds": ["refill"]}, "'refill' is not a comparison"),
    "a comparison of an unknown": ({"holds": ["refil > allowed"]}, "unknown name 'refil'"),
    "a check of an unknown value": ({"checks": [{"at": "home", "says": "[:refil]"}]}, "unknown value 'refil'"),
    "a fact without a year": ({"inputs": [*SUM["inputs"][:2], {**FACT, "year": None}]}, "a fact needs 'year' and 'sources'"),
    "a fact without a source": ({"inputs": [*SUM["inputs"][:2], {**FACT, "sources": []}]}, "a fact needs 'year' and 'sources'"),
    "a fact with a reason": ({"inputs": [*SUM["inputs"][:2], {**FACT, "because": "So."}]}, "'because' is for assumptions"),
    "an assumption with a year": ({"inputs": [{**GUESS, "year": 2024}, *SUM["inputs"][1:]]}, "an assumption has no 'year'"),
    "a value that is true": ({"inputs": [{**GUESS, "value": True}, *SUM["inputs"][1:]]}, "valid number"),
    "a value without end": ({"inputs": [{**GUESS, "value": float("inf")}, *SUM["inputs"][1:]]}, "finite"),
    "a value that is none": ({"inputs": [{**GUESS, "value": float("nan")}, *SUM["inputs"][1:]]}, "finite"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_wrong_sum_is_refused(name: str) -> None:
    changes, expected = CASES[name]
    with pytest.raises(ValidationError) as caught:
        made(**changes)
    assert expected in str(caught.value)


@pytest.mark.parametrize(
    "text", ["Since 2024 it takes [:refill].", "The 99th takes [:refill] in 4K.", "So [@src-2016] it takes [:refill]."]
)
def test_what_is_no_number_by_hand(text: str) -> None:
    made(conclusion=f"{text[:-1]} against [:allowed].")
