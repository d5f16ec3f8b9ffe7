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
    files, ready = plans(catalog, site)
    for name, content in files.items():
        file = site / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    page = site / MINE / "index.html"
    if page.is_file():
        fill_links(page)
    return ready


def plans(catalog: Catalog, site: Path) -> tuple[dict[str, bytes], int]:
    """Return the files of all plans by path below `site`, and how many are ready-made. Raises GuideError."""
    ready = sheets(catalog, site_address(site))
    files = {f"{FETCHED}/plan/{name}": content for name, content in plan_files(catalog).items()}
    return files | {f"{MINE}/{name}": text.encode() for name, text in ready.items()}, len(ready)


def fill_links(page: Path) -> None:
    """Make links of those to files that only `finish` writes, which no engine knows."""
    page.write_text(with_filled_links(page.read_text("utf-8")), "utf-8")


def with_filled_links(text: str) -> str:
    """Return the HTML of a page with those links."""
    return text.replace(" data-hp-ready=", " href=")
