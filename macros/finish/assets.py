"""Scripts and styles of the finished site: one script file, styles in the page, so that the first paint waits for nothing."""

from __future__ import annotations

import re
from pathlib import Path

_MODULE = re.compile(
    r'[ \t]*<script type="module" src="(?P<folder>[^"]*assets/javascripts/)(?P<name>[\w-]+\.js)"></script>\n?'
)
_STYLESHEET = re.compile(r'<link rel="stylesheet" href="[^"]*assets/stylesheets/guide\.css">')
_BUNDLE = "guide.js"
# A comment of its own lines: code may follow none of these beginnings.
_COMMENT = re.compile(r"^[ \t]*(?:/\*.*?\*/[ \t]*|//[^\n]*)\n", re.S | re.M)


def bundle_scripts(site: Path) -> int:
    """Join the modules that `site`'s pages load into one file and load that instead; return its bytes.

    The modules import and export nothing, so each becomes a block of the file, with its names to itself.
    """
    folder = site / "assets" / "javascripts"
    names = [found["name"] for found in _MODULE.finditer((site / "index.html").read_text("utf-8"))]
    if names == [_BUNDLE]:
        return (folder / _BUNDLE).stat().st_size
    bundle = "".join(f"{{\n{(folder / name).read_text('utf-8')}}}\n" for name in names)
    for name in names:
        (folder / name).unlink()
    (folder / _BUNDLE).write_text(bundle, "utf-8")
    for file in site.rglob("*.html"):
        text = file.read_text("utf-8")
        first = _MODULE.search(text)
        if first:
            tag = f'<script type="module" src="{first["folder"]}{_BUNDLE}"></script>\n'
            file.write_text(
                _MODULE.sub("", text[: first.start()] + tag.replace(_BUNDLE, "\0") + text[first.end() :]).replace(
                    "\0", _BUNDLE
                ),
                "utf-8",
            )
    return len(bundle.encode())


def drop_comments(site: Path) -> int:
    """Drop the comments that stand on lines of their own from the scripts that are loaded late; return the bytes left.

    They are three quarters of the search engine, which the repository keeps as it was published.
    """
    left = 0
    scripts = site / "assets" / "javascripts"
    folders = ("late", "search", "vendor")
    for file in sorted(
        [*scripts.glob("plan*.js"), *(f for folder in folders for f in scripts.glob(f"{folder}/**/*.js"))]
    ):
        code = _COMMENT.sub("", file.read_text("utf-8"))
        file.write_text(code, "utf-8")
        left += len(code.encode())
    return left


def inline_styles(site: Path) -> int:
    """Put the guide's stylesheet, made compact, into every page of `site`; return its bytes."""
    css = compact((site / "assets" / "stylesheets" / "guide.css").read_text("utf-8"))
    for file in site.rglob("*.html"):
        text = file.read_text("utf-8")
        if _STYLESHEET.search(text):
            file.write_text(_STYLESHEET.sub(lambda _: f"<style>{css}</style>", text), "utf-8")
    return len(css.encode())


def compact(css: str) -> str:
    """Return CSS without comments and needless white space. Strings keep theirs."""
    out = []
    for piece in re.split(r'("[^"\n]*")', re.sub(r"/\*.*?\*/", "", css, flags=re.S)):
        if not piece.startswith('"'):
            piece = re.sub(r"\s+", " ", piece)
            piece = re.sub(r"\s*([{};,])\s*", r"\1", piece).replace(";}", "}").replace(": ", ":")
        out.append(piece)
    return "".join(out).strip()
