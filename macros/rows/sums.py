"""Sums: the arithmetic that decides a choice, worked out from its inputs, so that a changed input changes the text."""

from __future__ import annotations

import ast
import keyword
import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Annotated, Literal, NamedTuple

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from macros.rows import formula
from macros.rows.base import AnyId, LocatedError, Part, SourceId, Titled
from macros.rows.kinds import kind
from macros.rows.markup import VALUE_NAME, Line, Text, TextWithValues, Year, fill, plain, trim, value_names
from macros.rows.near_miss import near_miss
from macros.rows.number_format import DIGITS, humanize, number, rounded

# A number that nobody computes; a year and the figures within a word (99th, 4K) are not one.
_BY_HAND = re.compile(r"(?<![\w.,])(?!(?:19|20)\d\d\b)\d[\d.,]*(?:%|\b(?!\w))")


def _name(value: str) -> str:
    if not re.fullmatch(VALUE_NAME, value) or keyword.iskeyword(value):
        raise ValueError(f"'{value[:40]}' is not a name; use lower-case words joined by _, such as 'spare_reads'")
    return value


Name = Annotated[str, AfterValidator(_name), Field(max_length=40, pattern=f"^{VALUE_NAME}$")]
Formula = Annotated[str, BeforeValidator(trim), Field(max_length=200, description="Names, numbers, + - * / ( )")]


class SumInput(Part):
    """A number that goes into a sum: a fact with year and sources, or an assumption."""

    name: Name
    value: Annotated[float, Field(allow_inf_nan=False, ge=-1e15, le=1e15)]
    unit: Line = Field(description="As it stands behind the number: TB, reads/s, %; s, min and h are times")
    what: Line
    kind: Literal["fact", "assumption"]
    year: Year | None = None
    sources: tuple[SourceId, ...] = ()
    because: Text | None = Field(None, description="What an assumption rests on")

    @model_validator(mode="after")
    def _fact_or_assumption(self) -> SumInput:
        if self.kind == "fact" and not (self.year and self.sources):
            raise ValueError("a fact needs 'year' and 'sources'; without them it is an assumption")
        if self.kind == "fact" and self.because:
            raise ValueError("'because' is for assumptions; what a fact rests on is its source")
        if self.kind == "assumption" and (self.year or self.sources):
            raise ValueError("an assumption has no 'year' or 'sources'; make it a fact, or cite in 'because'")
        return self


class SumStep(Part):
    """One line of the working, over inputs and earlier steps."""

    name: Name
    says: Line = Field(description="What the line finds, without its numbers")
    formula: Formula
    unit: Line
    digits: Annotated[int, Field(ge=1, le=6)] = Field(DIGITS, description="Significant figures shown")


class SumCheck(Part):
    """A place that repeats a result by hand, and the words that must stand there."""

    at: AnyId
    says: TextWithValues


class SumValue(NamedTuple):
    """What an input or a step comes to: exactly, and how it is shown (`digits` is None for an input, shown as given)."""

    exact: Fraction
    unit: str
    digits: int | None

    @property
    def is_exact(self) -> bool:
        """True when the shown number is the number."""
        return rounded(self.exact, self.digits) == self.exact


@kind(
    file="sums/*.yml",
    prefix="sum-",
    where='`worked_sum("…")`; worked out from its inputs, and held against the places in `checks:` that repeat it',
    says=(("", "conclusion"),),
    related=True,
)
class Sum(Titled):
    """A sum that decides a choice. `[:name]` in a text is a value with its unit, `[:name number]` the number alone."""

    conclusion: TextWithValues = Field(description="What follows; every number in it is a [:name]")
    inputs: Annotated[tuple[SumInput, ...], Field(min_length=1)]
    steps: Annotated[tuple[SumStep, ...], Field(min_length=1)]
    holds: tuple[Formula, ...] = Field((), description="What the conclusion rests on, such as 'refill > allowed'")
    checks: tuple[SumCheck, ...] = Field((), description="Places that repeat a result by hand")

    @model_validator(mode="after")
    def _worked(self) -> Sum:
        """Work the sum out, and put its values into the texts that name them."""
        found = self.values()
        self._check_numbers_by_hand()
        filled = _fill(self.conclusion, found, ("conclusion",))
        self._check_use()
        self._check_holds(found)
        if not value_names(self.conclusion) & {step.name for step in self.steps}:
            raise LocatedError(("conclusion",), "names no step; put [:name] of a step where its result is said")
        checks = tuple(
            check.model_copy(update={"says": _fill(check.says, found, ("checks", index, "says"))})
            for index, check in enumerate(self.checks)
        )
        return self.model_copy(update={"conclusion": filled, "checks": checks})

    def values(self) -> dict[str, SumValue]:
        """Return every input and step by name, worked out. Raises LocatedError."""
        found: dict[str, SumValue] = {}
        for index, given in enumerate(self.inputs):
            _check_new(given.name, found, ("inputs", index, "name"))
            found[given.name] = SumValue(Fraction(str(given.value)), given.unit, None)
        for index, step in enumerate(self.steps):
            _check_new(step.name, found, ("steps", index, "name"))
            try:
                exact = formula.evaluate(formula.parse(step.formula), _exact(found))
            except ValueError as error:
                raise LocatedError(("steps", index, "formula"), str(error)) from None
            found[step.name] = SumValue(exact, step.unit, step.digits)
        return found

    def _check_numbers_by_hand(self) -> None:
        said: dict[tuple[int | str, ...], str] = {("title",): self.title, ("conclusion",): self.conclusion}
        said.update({("steps", index, "says"): step.says for index, step in enumerate(self.steps)})
        for loc, text in said.items():
            if by_hand := _BY_HAND.search(plain(fill(text, lambda name, bare: ""))):
                what = f"holds the number '{by_hand[0]}'"
                mend = "name the value with [:name]" if loc == ("conclusion",) else "say it without numbers"
                raise LocatedError(loc, f"{what}, which would stay when an input changes; {mend}")

    def _check_use(self) -> None:
        trees = [formula.parse(step.formula) for step in self.steps]
        used = value_names(self.conclusion).union(*(formula.names(tree) for tree in trees))
        for index, given in enumerate(self.inputs):
            if given.name not in used:
                raise LocatedError(
                    ("inputs", index, "name"), f"nothing uses '{given.name}'; use it in a step, or delete it"
                )

    def _check_holds(self, found: Mapping[str, SumValue]) -> None:
        for index, text in enumerate(self.holds):
            try:
                node = formula.parse_comparison(text)
                true = formula.is_true(node, _exact(found))
            except ValueError as error:
                raise LocatedError(("holds", index), str(error)) from None
            if not true:
                values = ", ".join(f"{name} is {format_value(found[name])}" for name in sorted(formula.names(node)))
                what = f"'{text}' is not true ({values}); the conclusion rests on it, so look at the argument again"
                raise LocatedError(("holds", index), what)


def parse_step(step: SumStep) -> ast.expr:
    """Return the formula of a step that was validated."""
    return formula.parse(step.formula)


def format_value(value: SumValue) -> str:
    """Return a value with its unit, as one says it."""
    return humanize(value.exact, value.unit, value.digits)


def _exact(found: Mapping[str, SumValue]) -> dict[str, Fraction]:
    return {name: value.exact for name, value in found.items()}


def _check_new(name: str, found: Iterable[str], loc: tuple[int | str, ...]) -> None:
    if name in found:
        raise LocatedError(loc, f"the name '{name}' stands twice; choose another")


def _fill(text: str, found: Mapping[str, SumValue], loc: tuple[int | str, ...]) -> str:
    def one(name: str, bare: bool) -> str:
        if name not in found:
            raise LocatedError(loc, f"unknown value '{name}'{near_miss(name, found)}; name an input or a step")
        value = found[name]
        return number(value.exact, value.digits) if bare else format_value(value)

    filled = fill(text, one)
    if "[:" in filled:
        raise LocatedError(
            loc, "holds a value that cannot be read; write [:name], or [:name number] for it without unit"
        )
    return filled
