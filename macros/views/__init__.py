"""The macros by name: pure functions from a RenderContext and ids to Markdown. A module in this folder is found by itself."""

import importlib
import pkgutil
from collections.abc import Callable
from functools import partial

for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")

from macros.views import page_frame  # noqa: E402 - what is imported above registers the macros
from macros.views.registry import REGISTERED  # noqa: E402
from macros.views.render_context import RenderContext  # noqa: E402


def _numbered(name: str, view: RenderContext, *args: str) -> str:
    return page_frame.numbered(view, page_frame.render(view, name, *args))


MACROS: dict[str, Callable[..., str]] = {
    name: one.view if one.last else partial(_numbered, name) for name, one in REGISTERED.items()
}

__all__ = ["MACROS", "RenderContext"]
