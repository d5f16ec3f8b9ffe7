"""The macros by name: pure functions from a View and ids to Markdown."""

from functools import partial

from macros.catalog.macro_signatures import SIGNATURES
from macros.views import page_frame
from macros.views.render_context import RenderContext

_WHOLE = {"page_head": page_frame.page_head, "page_foot": page_frame.page_foot}


def _kept(name: str, view: RenderContext, *args: str) -> str:
    return page_frame.numbered(view, page_frame.render(view, name, *args))


MACROS: dict[str, page_frame.Macro] = {name: _WHOLE.get(name) or partial(_kept, name) for name in SIGNATURES}

__all__ = ["MACROS", "RenderContext"]
