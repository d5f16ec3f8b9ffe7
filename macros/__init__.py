"""Macros of the guide. The site engine calls `define_env`; nothing else happens here.

One engine loads this file by path, once a page, so the project's folder is put on the import path
here and everything below is imported absolutely.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

if str(Path(__file__).resolve().parent.parent) not in sys.path:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from macros import engine

engine.quiet()


def define_env(env: Any) -> None:
    """Register every macro with the engine; stop the build, all faults at once, when the guide cannot be read."""
    from macros import render_cache

    try:
        root, day = engine.project_root(), render_cache.today()
        names, pages = render_cache.macro_names(root, day), render_cache.rendered(root, day)
    except render_cache.GuideError as error:
        engine.stop(f"{error}\nThe guide has faults (above); nothing was written.")

    def bind(name: str) -> Callable[..., str]:
        return lambda *args: pages[render_cache.page_key(engine.page_url(env))][render_cache.call_key(name, args)]

    for name in names:
        engine.register(env, name, bind(name))
