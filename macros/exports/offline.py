"""the-hard-part.zip: the guide as pages that open from disk.

Why a zip and not a service worker. A service worker also makes a site work without a network, but it answers from a
copy that the reader did not ask for and cannot see: it may show last month's page without saying so, a fault in it
stays until its own update gets through, and it lives only in the browser and at the address that installed it. A zip
is a file. It says on its front, and at the foot of every page, of which day it is and where the live guide stands; it
cannot get stuck, since nothing updates it; it goes on a USB stick, into a files app on a phone, to a friend, on paper.
The price is that it grows old for those who keep it, which is why it says its date.

What differs from the live guide. A browser loads no module script from disk (a file has no origin to check against),
so this is the edition without them, and pages work without scripts: search is the list of contents, and the colours
follow the system. Some of our small scripts are taken along as one plain script, which browsers do
load from disk: ticks are kept where the browser keeps data for files at all, and a link to a hidden row opens it.
The policy is left out, because browsers disagree on what 'self' is for a file.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import NamedTuple
from urllib.parse import unquote

from macros.catalog.page import Page
from macros.exports.archive import archive
from macros.exports.modules import join_modules
from macros.exports.registry import Finished, export
from macros.exports.urls import LICENCE, SUBTITLE, TITLE

NAME = "the-hard-part.zip"
FOLDER = "the-hard-part"
SCRIPT = "assets/javascripts/offline.js"
STYLES = "assets/stylesheets/offline.css"
# Scripts of the guide that need no network, and so run from the disk too.
PLAIN_SCRIPTS = ("page.js", "checklists.js", "mock.js")

_GUIDE = "guide"
_SCRIPTS = re.compile(r"[ \t]*<script\b.*?</script>\n?", re.S | re.I)
_POLICY = re.compile(r"<meta\b[^>]*Content-Security-Policy[^>]*>\n?", re.I)
_FEED = re.compile(r"[ \t]*<link\b[^>]*application/atom\+xml[^>]*>\n?", re.I)
_TAG = re.compile(r"<[a-z][^\s>]*(?:\s(?:\"[^\"]*\"|'[^']*'|[^'\">])*)?>", re.I)
_ADDRESS = re.compile(r"(?P<before>\s(?:href|src|poster)=)(?P<quote>[\"'])(?P<address>.*?)(?P=quote)", re.I | re.S)
_LINKS = re.compile(r'(?:<link rel="stylesheet" href="(?P<up>[^"]*)assets/stylesheets/[\w-]+\.css">\s*)+')
_SHEETS = re.compile(r"assets/stylesheets/([\w-]+\.css)")
_URL = re.compile(r"url\(\"([^\"]+)\"\)")
_SEARCH = re.compile(r"(<a\b[^>]*\bid=\"hp-search-link\"[^>]*>)[^<]*(</a>)")
_LOOK = re.compile(r"<link\b[^>]*rel=\"(?:stylesheet|icon)\"[^>]*>|<style>.*?</style>", re.S)


class Edition(NamedTuple):
    """What the offline edition says of itself: its date (YYYY-MM-DD), its version or '', and the live guide's address."""

    date: str
    version: str
    live: str

    @property
    def words(self) -> str:
        """``Offline edition of 2026-11-23, version 0.1.0``."""
        return f"Offline edition of {self.date}" + (f", version {self.version}" if self.version else "")

    @property
    def line(self) -> str:
        """The same as HTML, with where the live guide is."""
        live = html.escape(self.live)
        return f'{self.words}. It does not change; <a href="{live}">the live guide</a> may be newer.'


def offline_zip(pages: Mapping[str, Page], files: Mapping[str, bytes], edition: Edition) -> bytes:
    """Return the zip. `files` holds the HTML of the pages and the assets they load, by path below the site's root.

    The bytes depend on nothing but what is given: names in order, and the edition's date on every file.
    """
    wanted = {_file(page.url) for page in pages.values()}
    loaded = {file for path in wanted for file in _loaded(files[path].decode("utf-8"), path)}
    kept = wanted | {path for path in loaded if path in files and not path.endswith(".js")} | ({SCRIPT} & files.keys())
    kept |= {
        file for path in kept if path.endswith(".css") for file in _named(files[path].decode("utf-8"), path)
    } & files.keys()
    out = {
        f"{_GUIDE}/{path}": _page(files[path].decode("utf-8"), path, kept, edition).encode()
        if path.endswith(".html")
        else files[path]
        for path in kept
    }
    out["START.html"] = start(pages, files["index.html"].decode("utf-8"), edition).encode()
    return archive({f"{FOLDER}/{path}": content for path, content in out.items()}, edition.date)


def _file(url: str) -> str:
    return f"{url}index.html"


def _loaded(text: str, path: str) -> set[str]:
    """Files of the site that a page names, such as its stylesheet; what the engine copied for no page stays behind."""
    found = {address for tag in _TAG.findall(text) for _, _, address in _ADDRESS.findall(tag)}
    return {posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(address))) for address in found}


def _named(css: str, path: str) -> set[str]:
    """Files of the site that a stylesheet names."""
    return {posixpath.normpath(posixpath.join(posixpath.dirname(path), address)) for address in _URL.findall(css)}


def plain_script(read: Callable[[str], str]) -> str:
    """Join PLAIN_SCRIPTS and what they import, by what `read` says of a path, into one plain script.

    Raises ValueError when they need to be modules after all.
    """
    text = join_modules(PLAIN_SCRIPTS, read).text
    if found := re.search(r"\bimport\s*[.(][^\n]*", text):
        raise ValueError(f"cannot run as a plain script: {found[0]}")
    return f'(() => {{\n"use strict";\n{text}}})();\n'


def _page(text: str, path: str, kept: set[str], edition: Edition) -> str:
    """A page for the disk: explicit files in its links, the plain script, and the edition at its foot."""
    text = rewrite(_FEED.sub("", _POLICY.sub("", _SCRIPTS.sub("", text))), path, kept, edition.live)
    text = _SEARCH.sub(r"\1Contents\2", text)
    if path == "index.html":
        text = text.replace("</h1>", f'</h1>\n<p class="hp-offline"><strong>{edition.line}</strong></p>', 1)
    foot = f'<p class="hp-offline">{edition.line}</p>\n'
    last = text.rfind("</footer>")
    last = last if last >= 0 else text.rfind("</body>")
    text = text[:last] + foot + text[last:]
    if SCRIPT in kept:
        source = posixpath.relpath(SCRIPT, posixpath.dirname(path) or ".")
        text = text.replace("</head>", f'<script defer src="{source}"></script>\n</head>', 1)
    return text


def rewrite(text: str, path: str, kept: set[str], live: str) -> str:
    """Rewrite the links of the page at `path` (below the site's root): to the file where it is `kept`, to the live
    guide where it is not. Links to elsewhere, and within the page, stay."""

    @cache  # a page names most addresses more than once
    def resolved(address: str) -> str:
        return html.escape(_resolve(html.unescape(address), path, kept, live))

    def address(found: re.Match[str]) -> str:
        return f"{found['before']}{found['quote']}{resolved(found['address'])}{found['quote']}"

    return _TAG.sub(lambda tag: _ADDRESS.sub(address, tag[0]) if "=" in tag[0] else tag[0], text)


def _resolve(address: str, path: str, kept: set[str], live: str) -> str:
    if not address or address.startswith(("#", "//")) or re.match(r"[a-z][a-z0-9+.-]*:", address, re.I):
        return address
    rest, hash, anchor = address.partition("#")
    rest, _, query = rest.partition("?")
    here = posixpath.dirname(path)
    target = posixpath.normpath(
        rest.lstrip("/") or "." if rest.startswith("/") else posixpath.join(here, unquote(rest))
    )
    folder = not rest or rest.endswith("/") or posixpath.basename(rest) in (".", "..")
    file = path if not rest else posixpath.normpath(posixpath.join(target, "index.html")) if folder else target
    if file in kept:
        return posixpath.relpath(file, here or ".") + hash + anchor
    below = "" if target == "." else target + ("/" if folder else "")
    return live + below + (f"?{query}" if query else "") + hash + anchor


def start(pages: Mapping[str, Page], home: str, edition: Edition) -> str:
    """Return START.html: what this is, of which day, how to use it, and every page. It looks like `home`, the HTML of
    the guide's front page."""
    look = "\n".join(
        re.sub(r'href="(?:\./)?(?!https?:)', f'href="{_GUIDE}/', found) if found.startswith("<link") else found
        for found in _LOOK.findall(home)
    )
    chapters: dict[str, list[str]] = {}
    for page in pages.values():
        folder = page.path.rpartition("/")[0].partition("/")[0]
        line = f'<li><a href="{_GUIDE}/{_file(page.url)}">{html.escape(page.title)}</a>: {html.escape(page.description)}</li>'
        chapters.setdefault(folder, []).append(line)
    lists = "\n".join(
        f"<h2>{html.escape(_chapter(pages, folder))}</h2>\n<ul>\n{chr(10).join(lines)}\n</ul>"
        for folder, lines in chapters.items()
    )
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{TITLE}: start here</title>
<meta name="color-scheme" content="light dark">
{look}
<style>main {{ margin: 0 auto; max-width: 46rem; padding: 2rem 1rem; }}</style>
</head>
<body>
<main>
<h1>{TITLE}</h1>
<p>{SUBTITLE}. Not affiliated with or endorsed by Netflix.</p>
<p class="hp-offline"><strong>{edition.line}</strong></p>
<p>Newest page reviewed on {edition.date}. The live guide: <a href="{html.escape(edition.live)}">{html.escape(edition.live)}</a></p>
<p><a href="{_GUIDE}/index.html">Open the guide</a>, or choose a page below.</p>
<ul>
<li>Unpack the whole folder first. Opened inside the zip, links lead nowhere.</li>
<li>There is no search here. Use the contents, and the browser's own search on a page.</li>
<li>Ticks are kept by your browser where it keeps anything for files on disk; move the folder and they may be gone.
Paper keeps them always: every page prints.</li>
<li>Links to sources need a network. Nothing else does.</li>
</ul>
{lists}
<p>Text {LICENCE}.</p>
</main>
</body>
</html>
"""


def _chapter(pages: Mapping[str, Page], folder: str) -> str:
    index = pages.get(f"{folder}/index.md")
    return index.title if index and folder else folder.capitalize() or "The guide"


@export(NAME, "Offline edition", "the guide as pages that open from disk")
def _offline(of: Finished) -> bytes:
    edition = Edition(of.edition, of.releases[0].version if of.releases else "", of.address)
    return offline_zip(of.catalog.pages, _files(of), edition)


def _files(of: Finished) -> dict[str, bytes]:
    """What it is made from: pages and assets of the site, and our plain scripts from their sources."""
    pages = {_file(page.url): (of.site / _file(page.url)).read_text("utf-8") for page in of.catalog.pages.values()}
    links = _LINKS.search(pages["index.html"])
    sheets = _SHEETS.findall(links[0]) if links else []
    one_link = partial(_LINKS.sub, rf'<link rel="stylesheet" href="\g<up>{STYLES}">\n')
    files = {path: one_link(text).encode() for path, text in pages.items()}
    for file in sorted((of.site / "assets").rglob("*")):
        if file.is_file() and file.suffix not in (".js", ".json"):  # what scripts are and fetch is not for the disk
            files[file.relative_to(of.site).as_posix()] = file.read_bytes()
    files[STYLES] = b"".join(files[f"assets/stylesheets/{name}"] for name in sheets)
    sources = of.catalog.root / "docs" / "assets" / "javascripts"
    if all((sources / name).is_file() for name in PLAIN_SCRIPTS):
        files[SCRIPT] = plain_script(lambda name: (sources / name).read_text("utf-8")).encode()
    return files
