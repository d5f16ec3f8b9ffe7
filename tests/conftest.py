"""Shared pieces of the checks."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
for folder in (ROOT, ROOT / "tests", ROOT / "tests" / "site", ROOT / "tests" / "browser"):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))

from made_once import once  # noqa: E402

import macros.views  # noqa: E402, F401 - registers the macros, which reading a guide needs
from macros.catalog import catalog  # noqa: E402
from tools import sample_guide, site_build  # noqa: E402


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    """A tiny guide in a scratch folder, its ids recorded."""
    root = sample_guide.write(tmp_path / "guide")
    catalog.record_ids(root)
    return root


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real guide, built and finished in a scratch folder, once for all workers."""
    return once(tmp_path_factory, "guide-mkdocs", lambda folder: site_build.with_mkdocs(site_build.copy_guide(folder)))
