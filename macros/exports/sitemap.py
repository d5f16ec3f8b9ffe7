"""sitemap.xml: every page of the guide, written from the catalog, so that it is the same for every engine."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from macros.catalog.catalog import Catalog
from macros.exports.registry import Finished, export


def sitemap(catalog: Catalog, address: str) -> bytes:
    """Return the sitemap: each page once, in the order of the navigation, with the day it was last reviewed.

    Short addresses (go/) only lead on, and pages that moved are found by their new address: neither is listed.
    """
    root = ET.Element("urlset", {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"})
    for page in catalog.pages.values():
        url = ET.SubElement(root, "url")
        ET.SubElement(url, "loc").text = address + page.url
        ET.SubElement(url, "lastmod").text = page.reviewed
    ET.indent(root, " ")
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


@export("sitemap.xml", "Sitemap", "every page with the day it was last reviewed")
def _sitemap(of: Finished) -> bytes:
    return sitemap(of.catalog, of.address)
