"""What most browser checks begin with: the built site on a server of its own, and a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import driver
import pytest
from driver import Guide

from macros.catalog import catalog


@pytest.fixture(scope="module")
def below_a_path() -> bool:
    """Whether the site stands below a path of its server, as on most hosts; a file that needs the root says so."""
    return True


@pytest.fixture(scope="module")
def guide(site: Path, *, below_a_path: bool) -> Iterator[Guide]:
    """The built site and a browser, for the tests of one file."""
    with driver.browsing(site, below_a_path=below_a_path) as found:
        yield found


@pytest.fixture(scope="module")
def rows(site: Path) -> catalog.Catalog:
    """The rows that the built site shows."""
    return catalog.load(site.parent)
