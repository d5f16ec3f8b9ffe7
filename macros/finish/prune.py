"""Drop what the theme copies into every site and no page of ours loads: its scripts, styles and their maps."""

from __future__ import annotations

import shutil
from pathlib import Path

OURS = {
    *("guide.css", "scheme.js", "page.js", "checklists.js", "links.js", "search.js", "late.js", "mock.js"),
    *("data", "prefetch.js"),
    "enlarge.js",
    *("plan.js", "plan-address.js", "plan-calendar.js", "plan-days.js", "plan-progress.js"),
    *("plan-carry.js", "plan-next.js", "plan-overview.js", "plan-ticks.js"),
    *("late", "search", "vendor"),  # folders of what is loaded on its first use
}


def drop_theme_assets(site: Path) -> int:
    """Delete the theme's scripts and stylesheets below `site`/assets; return how many bytes went."""
    gone = 0
    for folder in (site / "assets" / "javascripts", site / "assets" / "stylesheets"):
        for item in folder.iterdir() if folder.is_dir() else ():
            if item.name in OURS:
                continue
            gone += sum(
                file.stat().st_size for file in ([item] if item.is_file() else item.rglob("*")) if file.is_file()
            )
            shutil.rmtree(item) if item.is_dir() else item.unlink()
    for name in ("assets/images/favicon.png", "search.json"):
        (site / name).unlink(missing_ok=True)
    return gone
