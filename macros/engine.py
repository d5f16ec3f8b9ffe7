"""The only file that knows the site engine (MkDocs with mkdocs-macros, or Zensical)."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any


def stop(message: str) -> None:
    """End the build with a message and no traceback. Raises SystemExit."""
    print(message, file=sys.stderr, flush=True)
    raise SystemExit(1)


def quiet() -> None:
    """Keep the engine from telling of its macros and folders at every build; what it warns of is still said and counted."""
    for name in ("mkdocs.plugins.mkdocs_macros.util", "mkdocs.commands.build"):
        logging.getLogger(name).setLevel(logging.WARNING)


def page_url(env: Any) -> str:
    """Return the address of the page being rendered, below the site's root; '' is home."""
    url: str = env.page.url
    return url


def project_root() -> Path:
    """Return the folder that holds mkdocs.yml. Not taken from the engine: one of them is started elsewhere."""
    return Path(__file__).resolve().parent.parent


def register(env: Any, name: str, macro: Callable[..., str]) -> None:
    """Make `macro` callable from pages as ``{{ name() }}``."""
    env.macro(macro, name)
