"""Shared pieces of the checks."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
for folder in (ROOT, ROOT / "tests", ROOT / "tests" / "site", ROOT / "tests" / "browser"):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))

import built  # noqa: E402
import tiny  # noqa: E402

from macros.catalog import catalog  # noqa: E402


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    """A tiny guide in a scratch folder, its ids recorded."""
    root = tiny.write(tmp_path / "guide")
    catalog.record_ids(root)
    return root


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real guide, built and finished in a scratch folder, once for all workers."""
    return built.once(tmp_path_factory, "guide-mkdocs", lambda folder: built.with_mkdocs(built.copy_guide(folder)))
