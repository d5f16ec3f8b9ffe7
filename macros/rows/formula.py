"""Formulas of the sums: names, numbers, + - * / and brackets. Read as a tree and worked out exactly; nothing is run."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from macros.rows.near_miss import near_miss
from macros.rows.number_format import number

# sign on the page, what it does, how tightly it binds
_SIGNS: dict[type[ast.operator], tuple[str, Callable[[Fraction, Fraction], Fraction], int]] = {
    ast.Add: ("+", operator.add, 1),
    ast.Sub: ("−", operator.sub, 1),
    ast.Mult: ("×", operator.mul, 2),
    ast.Div: ("÷", operator.truediv, 2),
}
_ORDERS: dict[type[ast.cmpop], Callable[[Fraction, Fraction], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


def parse(text: str) -> ast.expr:
    """Return the tree of a formula. Raises ValueError for anything but names, numbers, + - * / and brackets."""
    node = _tree(text)
    if node is None or not all(_allowed(inner) for inner in _parts(node)):
        raise ValueError(f"'{text[:60]}' is not a formula; it takes names, numbers, + - * / and brackets")
    return node


def parse_comparison(text: str) -> ast.Compare:
    """Return the tree of two formulas with < <= > or >= between them. Raises ValueError."""
    node = _tree(text)
    if (
        not isinstance(node, ast.Compare)
        or len(node.ops) != 1
        or type(node.ops[0]) not in _ORDERS
        or not all(_allowed(inner) for side in (node.left, *node.comparators) for inner in _parts(side))
    ):
        raise ValueError(f"'{text[:60]}' is not a comparison; write two formulas with < <= > or >= between them")
    return node


def names(node: ast.expr) -> set[str]:
    """Return the names in a formula."""
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}


def evaluate(node: ast.expr, values: Mapping[str, Fraction]) -> Fraction:
    """Return what a formula comes to. Raises ValueError for a name that is not in `values`, and for a division by zero."""
    if isinstance(node, ast.BinOp):
        left, right = evaluate(node.left, values), evaluate(node.right, values)
        if isinstance(node.op, ast.Div) and not right:
            raise ValueError(f"divides by zero: '{ast.unparse(node.right)}' is 0")
        return _SIGNS[type(node.op)][1](left, right)
    if isinstance(node, ast.UnaryOp):
        return -evaluate(node.operand, values)
    if isinstance(node, ast.Name):
        if node.id not in values:
            raise ValueError(
                f"unknown name '{node.id}'{near_miss(node.id, values)}; inputs and earlier steps are known"
            )
        return values[node.id]
    return _constant(node)


def is_true(node: ast.Compare, values: Mapping[str, Fraction]) -> bool:
    """Return whether a comparison is true. Raises ValueError as `evaluate` does."""
    return _ORDERS[type(node.ops[0])](evaluate(node.left, values), evaluate(node.comparators[0], values))


def to_text(node: ast.expr, words: Mapping[str, str], above: int = 0) -> str:
    """Return a formula as it is written out, each name as in `words`: ``1.4 billion ÷ 50,000``."""
    if isinstance(node, ast.BinOp):
        sign, _, binds = _SIGNS[type(node.op)]
        after = binds + isinstance(node.op, ast.Sub | ast.Div)
        text = f"{to_text(node.left, words, binds)} {sign} {to_text(node.right, words, after)}"
        return f"({text})" if binds < above else text
    if isinstance(node, ast.UnaryOp):
        return f"(−{to_text(node.operand, words, 3)})"
    return words[node.id] if isinstance(node, ast.Name) else number(_constant(node))


def _tree(text: str) -> ast.expr | None:
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _parts(node: ast.expr) -> Iterator[ast.AST]:
    return (inner for inner in ast.walk(node) if isinstance(inner, ast.expr))


def _allowed(node: ast.AST) -> bool:
    if isinstance(node, ast.BinOp):
        return type(node.op) in _SIGNS
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, ast.USub)
    if isinstance(node, ast.Constant):
        return isinstance(node.value, int | float) and not isinstance(node.value, bool) and abs(node.value) < 1e30
    return isinstance(node, ast.Name)


def _constant(node: ast.expr) -> Fraction:
    assert isinstance(node, ast.Constant)
    return Fraction(str(node.value))
