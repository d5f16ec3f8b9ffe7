"""The release that scripts and their data are of."""

from __future__ import annotations

from pathlib import Path

from macros.finish.assets import FETCHED, SCRIPTS, name_release
from tools import site_build


def released(root: Path, **changed: str) -> tuple[str, str]:
    """Name the release of a small site, some of its files changed; return the name and what its page loads."""
    for path, text in {
        f"{SCRIPTS}/guide.js": "1",
        f"{SCRIPTS}/late/a.js": "2",
        f"{FETCHED}/search/index.json": "3",
        "a/index.html": f'<p>{SCRIPTS}/</p><script type="module" src="../{SCRIPTS}/guide.js"></script>',
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(changed.get(Path(path).stem, text), "utf-8")
    return name_release(root), (root / "a" / "index.html").read_text("utf-8")


def test_a_release_is_named_for_all_of_its_scripts_and_data(tmp_path: Path) -> None:
    name, page = released(tmp_path / "one")
    assert page == f'<p>{SCRIPTS}/</p><script type="module" src="../{name}/guide.js"></script>'
    assert (tmp_path / "one" / name / "data" / "search" / "index.json").read_text("utf-8") == "3"
    assert not (tmp_path / "one" / SCRIPTS).exists()
    assert released(tmp_path / "same")[0] == name
    others = {released(tmp_path / stem, **{stem: "x"})[0] for stem in ("guide", "a")}
    assert len(others | {name}) == 3


def test_nothing_that_a_script_loads_lies_outside_its_release(site: Path) -> None:
    folder = site_build.scripts(site)
    others = [file for kind in ("*.js", "*.json") for file in site.rglob(kind) if folder not in file.parents]
    assert {file.relative_to(site).as_posix() for file in others} == {"data/v1/guide.json", "data/v1/schema.json"}
    assert len(list(folder.rglob("*.json"))) > 5
