"""What happens to the built site, the same for every engine, in a fixed order."""

from __future__ import annotations

from pathlib import Path

from macros.catalog.catalog import Catalog
from macros.catalog.diagnostics import GuideError, Problem
from macros.exports.write import site_address, write_exports
from macros.finish.accessible import make_accessible
from macros.finish.assets import RELEASE, bundle_scripts, drop_comments, name_release
from macros.finish.booklets import write_booklets
from macros.finish.cards import write_cards
from macros.finish.csp import write_policy
from macros.finish.drawings import write_drawings
from macros.finish.permalinks import write_row_pages
from macros.finish.plans import write_plans
from macros.finish.previews import drawing
from macros.finish.prune import drop_theme_assets
from macros.finish.search import write_search_index
from macros.finish.styles import inline_styles
from macros.finish.terms import link_terms


def finish_site(catalog: Catalog, site: Path, *, draft: bool = False) -> None:
    """Complete the site in folder `site`. Raises GuideError when it is not a built site of this guide.

    A `draft`, for the live server, has its row pages, plans, drawings and search; what makes the site small and safe is left out.
    """
    if not (site / "index.html").is_file():
        what = "is not a built site: it has no index.html; build it first (make site does all of it)"
        raise GuideError([Problem(str(site), 0, what)])
    if any(site.glob(f"{RELEASE}*")):
        raise GuideError([Problem(str(site), 0, "is finished already; build it anew first (make site does all of it)")])
    if draft:
        _complete(catalog, site)
        return
    drop_theme_assets(catalog.root, site)
    with drawing(catalog, site) as drawn:
        _complete(catalog, site)
        count, size = write_cards(catalog, site)
        print(f"{count} flash cards, {size / 1000:.0f} kB.")
        print(f"{write_booklets(catalog, site)} booklets to print.")
        print(f"{write_exports(catalog, site, site_address(site))} files for programs and for the disk.")
        _make_small_and_safe(site)
        print(f"{drawn()} preview images.")


def _complete(catalog: Catalog, site: Path) -> None:
    print(f"{write_row_pages(catalog, site)} short addresses under go/.")
    print(f"{write_plans(catalog, site)} ready-made plans.")
    print(f"{write_drawings(site)} drawings in files of their own.")
    print(f"{link_terms(catalog, site)} links to the glossary.")
    print(f"{make_accessible(catalog, site)} row headers.")
    print(f"{write_search_index(catalog, site)} records to search.")


def _make_small_and_safe(site: Path) -> None:
    bundle_scripts(site)
    drop_comments(site)
    scripts = site / name_release(site)
    inline_styles(site, scripts)
    # Last, since it hashes what the others wrote.
    print(f"{write_policy(site)} pages with a content policy.")
