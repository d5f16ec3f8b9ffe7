"""The macros by name: pure functions from a View and ids to Markdown."""

from functools import partial

from macros.model.calls import SIGNATURES
from macros.views import whole
from macros.views.view import View

_WHOLE = {"page_head": whole.page_head, "page_foot": whole.page_foot}


def _kept(name, view, *args):
    return whole.numbered(view, whole.render(view, name, *args))


MACROS = {name: _WHOLE.get(name) or partial(_kept, name) for name in SIGNATURES}

__all__ = ["MACROS", "View"]
