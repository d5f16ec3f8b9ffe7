"""Macros of the guide. The site engine calls `define_env`; nothing else happens here.

One engine loads this file by path, once a page, so the project's folder is put on the import path
here and everything below is imported absolutely.
"""

import sys
from pathlib import Path

if str(Path(__file__).resolve().parent.parent) not in sys.path:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def define_env(env):
    """Register every macro with the engine; stop the build, all faults at once, when the guide cannot be read."""
    from macros import engine, views
    from macros.model import catalog, problem

    try:
        guide = catalog.load(engine.project_root())
    except problem.GuideError as error:
        engine.stop(f"{error}\nThe guide has faults (above); nothing was written.")

    seen = {}

    def view():
        url = engine.page_url(env)
        if url not in seen:
            seen[url] = views.View(guide, guide.page_at(url), engine.today())
        return seen[url]

    def bind(macro):
        return lambda *args: macro(view(), *args)

    for name, macro in views.MACROS.items():
        engine.register(env, name, bind(macro))
