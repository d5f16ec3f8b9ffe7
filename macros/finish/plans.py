"""Plans: what the page "My plan" chooses from, and ready-made plans to print."""

from __future__ import annotations

from pathlib import Path

from macros.catalog.catalog import Catalog
from macros.exports.plans import MINE, plan_files
from macros.exports.sheets import sheets
from macros.exports.write import site_address
from macros.finish.assets import FETCHED


def write_plans(catalog: Catalog, site: Path) -> int:
    """Write the plans of every track and level below `site`; return how many ready-made ones. Raises GuideError."""
    data, folder = site / FETCHED / "plan", site / MINE
    data.mkdir(parents=True, exist_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in plan_files(catalog).items():
        (data / name).write_bytes(content)
    ready = sheets(catalog, site_address(site))
    for name, text in ready.items():
        (folder / name).write_text(text, "utf-8")
    page = folder / "index.html"
    if page.is_file():
        fill_links(page)
    return len(ready)


def fill_links(page: Path) -> None:
    """Make links of those to files that only `finish` writes, which no engine knows."""
    page.write_text(page.read_text("utf-8").replace(" data-hp-ready=", " href="), "utf-8")
