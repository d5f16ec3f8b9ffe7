"""Numbers as people say them: separators, words from a million on, and times in the unit one thinks in."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

DIGITS = 2  # significant figures of a result that does not ask for more
_SIZES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
_GIVEN_TIMES = {"min": "minutes", "h": "hours"}
# From so many seconds on, a time is said in units of so many seconds.
_TIMES = ((259_200, 86_400, "days"), (7_200, 3_600, "hours"), (120, 60, "minutes"), (0, 1, "seconds"))
_TIME_DIGITS = 3  # of an input, which has no digits of its own


def rounded(value: Fraction, digits: int | None) -> Fraction:
    """Return `value` to so many significant figures, halves away from zero; exact without `digits`."""
    if digits is None or not value:
        return value
    exact = _exact(value)
    return Fraction(exact.quantize(Decimal(1).scaleb(exact.adjusted() - digits + 1), ROUND_HALF_UP))


def number(value: Fraction, digits: int | None = None) -> str:
    """``1398601399`` to two digits gives ``1.4 billion``; ``16187`` to three gives ``16,200``."""
    value = rounded(value, digits)
    for size, word in _SIZES:
        if abs(value) >= size and (value / size * 1000).denominator == 1:
            return f"{_figures(value / size)} {word}"
    return _figures(value)


def with_unit(value: Fraction, unit: str, digits: int | None = None) -> str:
    """Return a number with its unit as given: ``28,000 s``, ``53%``."""
    return f"{number(value, digits)}{'' if unit.startswith('%') else ' '}{unit}"


def is_time(value: Fraction, unit: str) -> bool:
    """True for seconds that are said as minutes, hours or days."""
    return unit == "s" and _time(value)[0] > 1


def humanize(value: Fraction, unit: str, digits: int | None = None) -> str:
    """Return a number with its unit as one says it: 28,000 s are ``7.8 hours``; what is not a time stays as given."""
    if unit == "s":
        size, words = _time(value)
        return _plural(number(value / size, digits or _TIME_DIGITS), words)
    return (
        _plural(number(value, digits), _GIVEN_TIMES[unit]) if unit in _GIVEN_TIMES else with_unit(value, unit, digits)
    )


def humanize_is_exact(value: Fraction, digits: int | None) -> bool:
    """True when saying so many seconds loses nothing."""
    said = value / _time(value)[0]
    return rounded(said, digits or _TIME_DIGITS) == said


def _time(value: Fraction) -> tuple[int, str]:
    return next((size, words) for least, size, words in _TIMES if abs(value) >= least)


def _plural(figures: str, words: str) -> str:
    return f"{figures} {words.removesuffix('s') if figures == '1' else words}"


def _exact(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _figures(value: Fraction) -> str:
    return f"{_exact(value).normalize():,f}".replace("-", "−")
