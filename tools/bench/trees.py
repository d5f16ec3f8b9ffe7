"""The copies of the guide that make bench builds side by side."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from macros import render_cache
from macros.catalog import catalog
from macros.catalog.prose import Call
from macros.views import MACROS, RenderContext
from tools.site_build import copy_guide

_CALL = re.compile(r"\{\{\s*(\w+)\((.*?)\)\s*\}\}", re.S)
_THEME = """theme:
  name: material
  palette:
    - scheme: default
      toggle: { icon: material/weather-night, name: Dark }
    - scheme: slate
      toggle: { icon: material/weather-sunny, name: Light }
  # Its font would come from elsewhere, which is slower still, and not to be had without a network.
  font: false
"""


def expanded(folder: Path) -> Path:
    """Return a copy of the guide whose pages hold what their macros say, built without the macros plugin."""
    root = copy_guide(folder)
    guide = catalog.load(root)
    for page in guide.pages.values():
        view = RenderContext(guide, page, render_cache.today())
        calls = iter(page.calls)

        def said(_: re.Match[str], view: RenderContext = view, calls: Iterator[Call] = calls) -> str:
            call = next(calls)
            return MACROS[call.name](view, *call.args)

        file = root / "docs" / page.path
        file.write_text(_CALL.sub(said, file.read_text("utf-8")), "utf-8")
    _change(root, r"  - macros:\n(?:      .*\n)+", "")
    return root


def plain_material(folder: Path) -> Path:
    """Return a copy of the same pages as the theme shows them by default: search, both palettes, nothing of ours."""
    root = expanded(folder)
    _change(root, r"(?m)^theme:\n(?:(?:  .*)?\n)+", _THEME)
    _change(root, r"(?m)^extra:\n(?:(?:  .*)?\n)+", "")
    _change(root, r"(?m)^extra_css:\n(?:(?:  .*)?\n)+", "")
    _change(root, r"(?m)^plugins:\n(?:(?:  .*)?\n)+", "plugins:\n  - search\n")
    _change(root, r"(?m)^watch:.*\n", "")
    shutil.rmtree(root / "overrides")
    for name in ("javascripts", "stylesheets"):
        shutil.rmtree(root / "docs" / "assets" / name)
    return root


def _change(root: Path, pattern: str, by: str) -> None:
    """Replace what fits the pattern in the configuration. Raises RuntimeError when nothing does."""
    file = root / "mkdocs.yml"
    text, count = re.subn(pattern, lambda _: by, file.read_text("utf-8"), count=1)
    if not count:
        raise RuntimeError(f"mkdocs.yml has nothing like {pattern} any more")
    file.write_text(text, "utf-8")


def multiplied(folder: Path, copies: int) -> Path:
    """Return a copy of the guide with all of its pages `copies` times more, in folders of their own."""
    root = copy_guide(folder)
    pages = sorted((root / "docs").rglob("*.md"))
    nav = []
    for number in range(1, copies + 1):
        nav.append(f"  - Copy {number}:\n")
        for file in pages:
            path = Path(f"copy-{number}") / file.relative_to(root / "docs")
            text = re.sub(r"(?m)^(# .*\{ #[a-z0-9-]+)", rf"\1-copy-{number}", file.read_text("utf-8"), count=1)
            (root / "docs" / path).parent.mkdir(parents=True, exist_ok=True)
            (root / "docs" / path).write_text(text, "utf-8")
            nav.append(f"      - {path.as_posix()}\n")
    for kind in {file.suffix for file in (root / "docs").rglob("*")} - {".md", ""}:
        for file in (root / "docs").rglob(f"*{kind}"):
            below = file.relative_to(root / "docs")
            if below.parts[0] != "assets" and not below.parts[0].startswith("copy-"):
                for number in range(1, copies + 1):
                    shutil.copy2(file, root / "docs" / f"copy-{number}" / below)
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.writelines(nav)
    catalog.record_ids(root)
    return root
