"""Drop what the theme copies into every site and no page of ours loads: its scripts, styles and their maps."""

from __future__ import annotations

import shutil
from pathlib import Path


def drop_theme_assets(root: Path, site: Path) -> int:
    """Delete the theme's scripts and stylesheets from the built `site`; return how many bytes went.

    Ours are those of docs/assets below `root`. Comes before anything else is written there.
    """
    gone = 0
    for name in ("javascripts", "stylesheets"):
        folder, ours = site / "assets" / name, root / "docs" / "assets" / name
        for item in folder.iterdir() if folder.is_dir() else ():
            if (ours / item.name).exists():
                continue
            gone += sum(
                file.stat().st_size for file in ([item] if item.is_file() else item.rglob("*")) if file.is_file()
            )
            shutil.rmtree(item) if item.is_dir() else item.unlink()
    for name in ("assets/images/favicon.png", "search.json"):
        (site / name).unlink(missing_ok=True)
    return gone
