"""Drop what the theme copies into every site and no page of ours loads: its scripts, styles and their maps."""

from __future__ import annotations

import shutil
from pathlib import Path

from macros.finish.assets import FETCHED


def drop_theme_assets(ours: Path, site: Path) -> int:
    """Delete below `site`/assets the scripts and stylesheets that are not in folder `ours`; return how many bytes went."""
    gone = 0
    for kind in ("javascripts", "stylesheets"):
        for item in (site / "assets" / kind).iterdir() if (site / "assets" / kind).is_dir() else ():
            if (ours / kind / item.name).exists() or item == site / FETCHED:
                continue
            gone += sum(
                file.stat().st_size for file in ([item] if item.is_file() else item.rglob("*")) if file.is_file()
            )
            shutil.rmtree(item) if item.is_dir() else item.unlink()
    for name in ("assets/images/favicon.png", "search.json"):
        (site / name).unlink(missing_ok=True)
    return gone
