"""What happens to the built site, the same for every engine, in a fixed order."""

from __future__ import annotations

from pathlib import Path

from macros.finish.prune import drop_theme_assets
from macros.finish.rows import write_row_pages
from macros.finish.search import write_search_index
from macros.model.catalog import Catalog
from macros.model.problem import GuideError, Problem


def finish_site(catalog: Catalog, site: Path) -> None:
    """Complete the site in folder `site`. Raises GuideError when it is not a built site of this guide."""
    if not (site / "index.html").is_file():
        what = "is not a built site: it has no index.html; build it first (make site does all of it)"
        raise GuideError([Problem(str(site), 0, what)])
    print(f"{write_row_pages(catalog, site)} short addresses under go/.")
    drop_theme_assets(site)
    print(f"{write_search_index(catalog, site)} records to search.")
