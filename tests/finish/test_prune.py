"""What the theme brings along goes; what stands in docs/assets stays, whatever it is called."""

from __future__ import annotations

from pathlib import Path

from macros.finish.prune import drop_theme_assets


def test_what_is_not_of_the_guide_is_dropped(tmp_path: Path) -> None:
    root, site = tmp_path / "guide", tmp_path / "site"
    for name in ("javascripts/new.js", "javascripts/late/new.js", "stylesheets/guide.css"):
        for file in (root / "docs" / "assets" / name, site / "assets" / name):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("ours", "utf-8")
    for name in ("javascripts/bundle.1a2b.min.js", "javascripts/lunr/tinyseg.js", "stylesheets/main.min.css"):
        (site / "assets" / name).parent.mkdir(exist_ok=True)
        (site / "assets" / name).write_text("theirs", "utf-8")
    assert drop_theme_assets(root, site) == 3 * len("theirs")
    left = {file.relative_to(site / "assets").as_posix() for file in site.rglob("*") if file.is_file()}
    assert left == {"javascripts/new.js", "javascripts/late/new.js", "stylesheets/guide.css"}
