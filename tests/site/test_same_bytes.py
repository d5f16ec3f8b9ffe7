"""A guide gives the same site, byte for byte, in whatever folder and process it is built: nothing hangs on the order of a set."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import sample_guide
import site_build

from macros.catalog import catalog


def site_of(root: Path, seed: str) -> dict[str, bytes]:
    """Build and finish the tiny guide in the new folder `root`; return every file of its site."""
    sample_guide.write(root, engine=True)
    catalog.record_ids(root)
    for step in (("mkdocs", "build", "--strict"), ("macros", "finish", "site")):
        site_build.run(sys.executable, "-m", *step, cwd=root, PYTHONHASHSEED=seed)
    files = (file for file in (root / "site").rglob("*") if file.is_file())
    return {file.relative_to(root / "site").as_posix(): file.read_bytes() for file in files}


def test_two_builds_in_two_folders_are_the_same_bytes(tmp_path: Path) -> None:
    with ThreadPoolExecutor() as both:
        one, other = both.map(site_of, (tmp_path / "one", tmp_path / "another" / "place"), ("1", "2"))
    assert {"index.html", "search/index.json", "the-hard-part.zip", "sitemap.xml"} <= one.keys()
    assert [name for name in sorted(one.keys() | other.keys()) if one.get(name) != other.get(name)] == []
