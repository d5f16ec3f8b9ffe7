"""feed.xml: what changed with each version, as an Atom feed."""

from __future__ import annotations

import html
import re
import uuid
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from macros.catalog.changelog import Release
from macros.exports.registry import Finished, export
from macros.exports.urls import LICENCE, TITLE

_ATOM = "http://www.w3.org/2005/Atom"
# Drawn once; never change it. A fork that is a guide of its own draws another.
_FEED_ID = uuid.UUID("95f419e3-7ec9-4091-acb5-563996bdaf10")


def feed(found: Sequence[Release], address: str, edition: str) -> bytes:
    """Return the feed of the released versions; `edition` (YYYY-MM-DD) is its date where there is no version yet.

    The id of an entry is made from its version alone: neither a corrected text nor a new address of the site makes it
    another entry, which readers would be shown again.
    """
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": "en"})
    _add(root, "title", f"{TITLE}: changes")
    _add(root, "subtitle", "What readers get with each version")
    _add(root, "id", _FEED_ID.urn)
    _add(root, "link", rel="self", type="application/atom+xml", href=f"{address}feed.xml")
    _add(root, "link", rel="alternate", type="text/html", href=address)
    _add(root, "updated", _noon(max((release.date for release in found), default=edition)))
    _add(_add(root, "author"), "name", TITLE)
    _add(root, "rights", LICENCE)
    for release in found:
        entry = _add(root, "entry")
        _add(entry, "title", f"Version {release.version}")
        _add(entry, "id", uuid.uuid5(_FEED_ID, release.version).urn)
        _add(entry, "link", rel="alternate", type="text/html", href=release.url or address)
        _add(entry, "updated", _noon(release.date))
        _add(entry, "published", _noon(release.date))
        _add(entry, "content", as_html(release.body) or "<p>No notes.</p>", type="html")
    ET.indent(root, " ")
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    node = ET.SubElement(parent, name, attributes)
    node.text = text or None
    return node


def _noon(date: str) -> str:
    # The changelog knows days. At noon UTC it is the same day for nearly every reader.
    return f"{date}T12:00:00Z"


def as_html(markdown: str) -> str:
    """Return the HTML of a changelog's Markdown: headings, lists of one depth, paragraphs, code, emphasis, links."""
    blocks: list[tuple[str, str]] = []
    for line in markdown.split("\n"):
        text = line.strip()
        if heading := re.fullmatch(r"#{3,6} (.+)", text):
            blocks.append(("h3", heading[1]))
        elif item := re.match(r"[-*+] (.+)", text):
            blocks.append(("li", item[1]))
        elif text and blocks and blocks[-1][0] in ("p", "li"):
            blocks[-1] = (blocks[-1][0], f"{blocks[-1][1]} {text}")
        elif text:
            blocks.append(("p", text))
        else:
            blocks.append(("", ""))
    out = "".join(f"<{tag}>{_inline(text)}</{tag}>" for tag, text in blocks if tag)
    return re.sub(r"(?:<li>.*?</li>)+", lambda found: f"<ul>{found[0]}</ul>", out)


def _inline(text: str) -> str:
    text = html.escape(text, quote=False)
    text = re.sub(r"`([^`]+)`", r"<code>\1</code>", text)
    text = re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", text)
    return re.sub(r"\[([^\]]+)\]\((https?://[^\s)\"]+)\)", r'<a href="\2">\1</a>', text)


@export("feed.xml", "Changes", "an Atom feed with an entry for each version")
def _feed(of: Finished) -> bytes:
    return feed(of.releases, of.address, of.edition)
