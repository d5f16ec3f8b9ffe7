"""The stylesheet in the page."""

from __future__ import annotations

from pathlib import Path

from macros.finish.assets import inline_styles


def test_what_a_stylesheet_names_is_named_from_each_page(tmp_path: Path) -> None:
    (tmp_path / "assets" / "stylesheets").mkdir(parents=True)
    (tmp_path / "assets" / "stylesheets" / "guide.css").write_text('p { background: url("../images/x.svg"); }', "utf-8")
    for folder, up in ((tmp_path, ""), (tmp_path / "a" / "b", "../../")):
        folder.mkdir(parents=True, exist_ok=True)
        page = folder / "index.html"
        page.write_text(f'<link rel="stylesheet" href="{up}assets/stylesheets/guide.css">', "utf-8")
    inline_styles(tmp_path)
    for folder, up in ((tmp_path, ""), (tmp_path / "a" / "b", "../../")):
        found = (folder / "index.html").read_text("utf-8")
        assert found == f'<style>p{{background:url("{up}assets/images/x.svg")}}</style>'
