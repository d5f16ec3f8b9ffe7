"""Scripts of the finished site: one file for what every page loads, and one folder for all of a release.

Scripts, and the data that they fetch, lie in one folder and find each other from where they are. The folder is named for
all that is in it, so a browser keeps it as long as it likes, and no page of one release ever gets a part of another.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from macros.exports.modules import imported_from, join_modules
from macros.finish.site_pages import engine_pages

SCRIPTS = "assets/javascripts"
FETCHED = f"{SCRIPTS}/data"  # what scripts fetch
RELEASE = "assets/release-"  # and the first digits of a hash

_BUNDLE = "guide.js"
_BUNDLED = re.compile(rf'(<script type="module" src="[^"]*){SCRIPTS}/')
# A comment of its own lines: code may follow none of these beginnings.
# And one after code: without quotes, it cannot be within a string.
_LAST = re.compile(r"(?<=[;{},(]) +// [^\n\"'`]*$", re.M)
_TYPE = re.compile(r"/\*\* @type (?:(?!\*/).)*\*/ ?")
_COMMENT = re.compile(r"^[ \t]*(?:/\*(?:(?!\*/).)*\*/[ \t]*|//[^\n]*)\n", re.S | re.M)


def bundle_scripts(site: Path) -> int:
    """Join what guide.js imports into guide.js; return its bytes. Raises ValueError when it cannot be joined.

    What the joined modules share with those that come later is exported from there. One file is smaller than its modules
    are, asks for nothing twice, and needs no line per module in every page.
    """
    folder = site / SCRIPTS
    sources = {file.relative_to(folder).as_posix(): file.read_text("utf-8") for file in folder.rglob("*.js")}
    joined = join_modules([_BUNDLE], sources.__getitem__)
    given = {path: names for path, names in joined.exports.items() if names}
    for path, code in sources.items():
        if path in joined.exports:
            (folder / path).unlink()
        elif (pointed := imported_from(code, path, joined, _BUNDLE)) != code:
            (folder / path).write_text(pointed, "utf-8")
    shared = "".join(f'export const {{ {", ".join(names)} }} = modules["{path}"];\n' for path, names in given.items())
    (folder / _BUNDLE).write_text(joined.text + shared, "utf-8")
    return len((joined.text + shared).encode())


def drop_comments(site: Path) -> int:
    """Drop types, and the comments on lines of their own or at the end of a line, from every script; return the bytes left.

    They are three quarters of the search engine, which the repository keeps as it was published.
    """
    left = 0
    for file in sorted((site / SCRIPTS).rglob("*.js")):
        code = _LAST.sub("", _TYPE.sub("", _COMMENT.sub("", file.read_text("utf-8"))))
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
    for page in engine_pages(site):
        text = page.read_text("utf-8")
        if _BUNDLED.search(text):
            page.write_text(_BUNDLED.sub(rf"\g<1>{name}/", text), "utf-8")
    return name
