"""What happens to the built site, the same for every engine, in a fixed order."""

from __future__ import annotations

from pathlib import Path

from macros.finish.rows import write_row_pages
from macros.model.catalog import Catalog
from macros.model.problem import GuideError, Problem


def finish_site(catalog: Catalog, site: Path) -> None:
    """Complete the site in folder `site`. Raises GuideError when it is not a built site of this guide."""
    if not (site / "index.html").is_file():
        raise GuideError(
            [
                Problem(
                    str(site), 0, "is not a built site: it has no index.html; build it first (make site does all of it)"
                )
            ]
        )
    count = write_row_pages(catalog, site)
    print(f"{count} short addresses under go/.")
