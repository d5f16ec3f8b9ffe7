"""A guide gives the same site, byte for byte, in whatever folder and process it is built: nothing hangs on the order of a set.

And the engine says nothing of a build but what it warns of.
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from macros.catalog import catalog
from tools import sample_guide, site_build

STRICTLY = (sys.executable, "-m", "mkdocs", "build", "--strict")


def site_of(root: Path, seed: str) -> dict[str, bytes]:
    """Build and finish the tiny guide in the new folder `root`; return every file of its site."""
    sample_guide.write(root, engine=True)
    catalog.record_ids(root)
    assert site_build.run(*STRICTLY, cwd=root, PYTHONHASHSEED=seed) == ""
    site_build.run(sys.executable, "-m", "macros", "finish", "site", cwd=root, PYTHONHASHSEED=seed)
    files = (file for file in (root / "site").rglob("*") if file.is_file())
    return {file.relative_to(root / "site").as_posix(): file.read_bytes() for file in files}


def test_two_builds_in_two_folders_are_the_same_bytes(tmp_path: Path) -> None:
    with ThreadPoolExecutor() as both:
        one, other = both.map(site_of, (tmp_path / "one", tmp_path / "another" / "place"), ("1", "2"))
    assert {"index.html", "the-hard-part.zip", "sitemap.xml"} <= one.keys()
    assert any(name.endswith("search/index.json") for name in one)
    assert [name for name in sorted(one.keys() | other.keys()) if one.get(name) != other.get(name)] == []
    page = tmp_path / "one" / "docs" / "screen.md"
    page.write_text(page.read_text("utf-8").replace("## Answers", "[Lost](lost.md)\n\n## Answers"), "utf-8")
    with pytest.raises(site_build.BuildError, match=r"WARNING .*'lost.md'"):
        site_build.run(*STRICTLY, cwd=tmp_path / "one")
