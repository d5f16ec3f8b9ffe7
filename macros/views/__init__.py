"""The macros by name: pure functions from a View and ids to Markdown."""

from functools import partial

from macros.model.calls import SIGNATURES
from macros.views import whole
from macros.views.view import View

_WHOLE = {"page_head": whole.page_head, "page_foot": whole.page_foot}


def _kept(name: str, view: View, *args: str) -> str:
    return whole.numbered(view, whole.render(view, name, *args))


MACROS: dict[str, whole.Macro] = {name: _WHOLE.get(name) or partial(_kept, name) for name in SIGNATURES}

__all__ = ["MACROS", "View"]
