"""The macros by name. One is declared where it stands: its name is that of the function below the declaration."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import NamedTuple, TypeVar

from macros.catalog.macro_signatures import SIGNATURES, Plain, Signature
from macros.rows.base import Row

View = TypeVar("View", bound=Callable[..., str])


class Registered(NamedTuple):
    """A function from a RenderContext and what the page gives it to Markdown; `last` for one that needs all the others."""

    view: Callable[..., str]
    last: bool


REGISTERED: dict[str, Registered] = {}
NOTHING = Plain()  # what stands elsewhere, or serves only those who look at the page


def fields_of(*fields: str) -> Plain:
    """In plain text, these fields of the row whose id the macro is given."""
    return Plain(fields=fields)


def names_of(model: type[Row]) -> Plain:
    """In plain text, the names of all rows of a model, with where they stand in full."""
    return Plain(names=model)


def macro(
    *args: str, homes: str = "", inline: bool = False, plain: Plain | None = None, last: bool = False
) -> Callable[[View], View]:
    """Make the function below a macro; `macros.catalog.macro_signatures.Signature` says what is declared.

    Raises TypeError when the function does not take what is declared, and ValueError for a name that is taken.
    """

    def register(view: View) -> View:
        name = view.__name__
        if (taken := _taken(view)) != args_taken(args):
            raise TypeError(
                f"macro {name}: declared with {args or 'nothing'}, but its function takes {taken or 'nothing'}"
            )
        if name in SIGNATURES:
            raise ValueError(f"macro {name}: there is another of this name")
        SIGNATURES[name] = Signature(args, homes, inline, plain)
        REGISTERED[name] = Registered(view, last)
        return view

    return register


def args_taken(args: tuple[str, ...]) -> str:
    """How a function takes the arguments declared: '1' one that it needs, '?' one it does without, '*' any number."""
    return "".join(arg[-1] if arg[-1] in "*?" else "1" for arg in args)


def _taken(view: Callable[..., str]) -> str:
    after_context = list(inspect.signature(view).parameters.values())[1:]
    return "".join(_how(one) for one in after_context)


def _how(parameter: inspect.Parameter) -> str:
    if parameter.kind is parameter.VAR_POSITIONAL:
        return "*"
    if parameter.kind is not parameter.POSITIONAL_OR_KEYWORD:
        return parameter.name  # a page gives arguments by position alone
    return "1" if parameter.default is parameter.empty else "?"
