"""Scripts of the finished site: one file for what every page loads, and one folder for all of a release.

Scripts, and the data that they fetch, lie in one folder and find each other from where they are. The folder is named for
all that is in it, so a browser keeps it as long as it likes, and no page of one release ever gets a part of another.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

SCRIPTS = "assets/javascripts"
FETCHED = f"{SCRIPTS}/data"  # what scripts fetch
RELEASE = "assets/release-"  # and the first digits of a hash

_MODULE = re.compile(
    r'[ \t]*<script type="module" src="(?P<folder>[^"]*assets/javascripts/)(?P<name>[\w-]+\.js)"></script>\n?'
)
_BUNDLE = "guide.js"
_BUNDLED = re.compile(rf'(<script type="module" src="[^"]*){SCRIPTS}/')
# A comment of its own lines: code may follow none of these beginnings.
_COMMENT = re.compile(r"^[ \t]*(?:/\*(?:(?!\*/).)*\*/[ \t]*|//[^\n]*)\n", re.S | re.M)


def bundle_scripts(site: Path) -> int:
    """Join the modules that `site`'s pages load into one file and load that instead; return its bytes.

    The modules import and export nothing, so each becomes a block of the file, with its names to itself.
    """
    folder = site / SCRIPTS
    names = [found["name"] for found in _MODULE.finditer((site / "index.html").read_text("utf-8"))]
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
    """Drop the comments that stand on lines of their own from every script; return the bytes left.

    They are three quarters of the search engine, which the repository keeps as it was published.
    """
    left = 0
    for file in sorted((site / SCRIPTS).rglob("*.js")):
        code = _COMMENT.sub("", file.read_text("utf-8"))
        file.write_text(code, "utf-8")
        left += len(code.encode())
    return left


def name_release(site: Path) -> str:
    """Name the folder of `site`'s scripts for what is in it, and load them from there; return its path below `site`."""
    folder = site / SCRIPTS
    whole = hashlib.sha256()
    for file in sorted(file for file in folder.rglob("*") if file.is_file()):
        whole.update(
            f"{file.relative_to(folder).as_posix()} {hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode()
        )
    name = f"{RELEASE}{whole.hexdigest()[:8]}"
    folder.rename(site / name)
    for page in site.rglob("*.html"):
        text = page.read_text("utf-8")
        if _BUNDLED.search(text):
            page.write_text(_BUNDLED.sub(rf"\g<1>{name}/", text), "utf-8")
    return name
