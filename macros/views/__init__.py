"""The macros by name: pure functions from a View and ids to Markdown."""

from macros.model.calls import SIGNATURES
from macros.views import level, loop, page, plan, topic
from macros.views.view import View

MACROS = {
    name: next(getattr(module, name) for module in (page, loop, level, topic, plan) if hasattr(module, name))
    for name in SIGNATURES
}

__all__ = ["MACROS", "View"]
