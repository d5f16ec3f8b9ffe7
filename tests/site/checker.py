"""Checks on a built site: each takes the site and returns its faults, one line each, as "page: what".

Neither engine looks at the HTML that macros emit, so everything is read from what a reader would get.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

# Read by hosts at any depth, so its links begin at the root; it has no place in the guide.
NOT_FOUND = "404.html"


class Document(NamedTuple):
    """An HTML file of the site: its path below the site, its tree, and the ids a link may name."""

    path: str
    tree: LexborHTMLParser
    ids: tuple[str, ...]

    @property
    def article(self) -> LexborNode | None:
        """The part of a page that its Markdown became."""
        return self.tree.css_first("article")


class Site(NamedTuple):
    """A built site: `pages` of the guide, `rows` below go/, `moved`, the redirects of pages that went elsewhere, and
    `sheets`, the ready-made plans."""

    folder: Path
    pages: tuple[Document, ...]
    rows: tuple[Document, ...]
    moved: tuple[Document, ...]
    sheets: tuple[Document, ...] = ()

    @property
    def everything(self) -> tuple[Document, ...]:
        """Every HTML file."""
        return self.pages + self.rows + self.moved + self.sheets


Check = Callable[[Site], list[str]]


def read(folder: Path) -> Site:
    """Read every HTML file below `folder`."""
    pages, rows, moved, sheets = [], [], [], []
    for file in sorted(folder.rglob("*.html")):
        path = file.relative_to(folder).as_posix()
        tree = LexborHTMLParser(file.read_text("utf-8"))
        ids = tuple(node.attributes["id"] or "" for node in tree.css("[id]"))
        kept = rows if path.startswith("go/") else moved if tree.css_first("meta[http-equiv=refresh]") else pages
        kept = sheets if path.startswith("plan/mine/") and not path.endswith("/index.html") else kept
        kept.append(Document(path, tree, ids))
    return Site(folder, tuple(pages), tuple(rows), tuple(moved), tuple(sheets))


# -- links -----------------------------------------------------------------------------------------


def broken_links(site: Site) -> list[str]:
    """Links inside the site whose page or anchor is missing."""
    ids = {document.path: set(document.ids) for document in site.everything}
    return [
        f"{document.path}: {address}: {fault}"
        for document in site.everything
        for address in sorted(_internal_addresses(document))
        if (fault := link_fault(site.folder, ids, document.path, address))
    ]


def _internal_addresses(document: Document) -> set[str]:
    found = {
        node.attributes[name] or ""
        for name in ("href", "src", "poster")
        for node in document.tree.css(f"[{name}]")
        if not (node.tag == "link" and node.attributes.get("rel") in ("canonical", "preconnect"))
    }
    found |= {_refresh_target(node) for node in document.tree.css("meta[http-equiv=refresh]")}
    return {address for address in found if not urlsplit(address).scheme}


def _refresh_target(node: LexborNode) -> str:
    return (node.attributes.get("content") or "").partition("url=")[2].strip("'\" ")


def link_fault(folder: Path, ids: dict[str, set[str]], page: str, address: str) -> str:
    """Return what is wrong with the internal link `address` on `page`, or ''."""
    parts = urlsplit(address)
    if parts.netloc or address.startswith("//"):
        return "names another host"
    if not address:
        return "is empty"
    if parts.path.startswith("/"):
        if page != NOT_FOUND:
            return "begins at the root; links are relative, so that the site works below any path"
        path = parts.path.lstrip("/")
    else:
        path = join(dirname(page), parts.path)
    target = normpath(unquote(path) or ".")
    if target == ".." or target.startswith("../"):
        return "leaves the site"
    if not parts.path or re.search(r"(^|/)\.{0,2}$", parts.path):
        target = normpath(join(target, "index.html")) if parts.path else page
    elif (folder / target).is_dir():
        return "names a folder without its slash"
    if not (folder / target).is_file():
        return f"there is no {target}"
    if address.endswith("#"):
        return "has an empty anchor"
    if parts.fragment and target in ids and unquote(parts.fragment) not in ids[target]:
        return f"there is no anchor '{parts.fragment}' on {target}"
    return ""


def broken_references(site: Site) -> list[str]:
    """Attributes that name an id of their own page which is not there: labels, popovers, descriptions."""
    names = ("for", "popovertarget", "aria-labelledby", "aria-describedby", "aria-controls", "headers", "list")
    return [
        f'{document.path}: {name}="{id}" names no id of the page'
        for document in site.everything
        for name in names
        for node in document.tree.css(f"[{name}]")
        for id in (node.attributes[name] or "").split()
        if id not in document.ids
    ]


def row_pages_without_target(site: Site) -> list[str]:
    """Row pages that do not lead, by refresh, by canonical address and by a link, to one and the same place."""
    ids = {document.path: set(document.ids) for document in site.everything}
    root = next((_canonical(document) for document in site.pages if document.path == "index.html"), "")
    faults = []
    for document in site.rows:
        tree = document.tree
        links = [node.attributes.get("href") or "" for node in tree.css("a[href]")]
        refresh = tree.css_first("meta[http-equiv=refresh]")
        canonical = _canonical(document)
        if len(links) != 1:
            faults.append(f"{document.path}: has {len(links)} links, not one")
        elif refresh is None or _refresh_target(refresh) != links[0]:
            faults.append(f"{document.path}: does not lead on by itself to {links[0]}")
        elif canonical != (root + links[0].removeprefix("../../") if root else links[0]):
            faults.append(f"{document.path}: its canonical address is not {links[0]}")
        elif fault := link_fault(site.folder, ids, document.path, links[0]):
            faults.append(f"{document.path}: {links[0]}: {fault}")
        elif normpath(join(dirname(document.path), urlsplit(links[0]).path)).startswith("go/"):
            faults.append(f"{document.path}: leads to another short address")
    return faults


def _canonical(document: Document) -> str:
    """The address that a document gives as its own; '' for none."""
    node = document.tree.css_first("link[rel=canonical]")
    return (node.attributes.get("href") or "") if node else ""


# -- structure -------------------------------------------------------------------------------------


def duplicate_ids(site: Site) -> list[str]:
    """Ids that stand twice on a page."""
    return [
        f"{document.path}: the id '{id}' stands {count} times"
        for document in site.everything
        for id, count in Counter(document.ids).items()
        if count > 1
    ]


def not_one_h1(site: Site) -> list[str]:
    """Pages with no first-level heading, or several."""
    counts = ((document.path, len(document.tree.css("h1"))) for document in site.pages + site.rows)
    return [f"{path}: has {count} first-level headings, not one" for path, count in counts if count != 1]


def _headings(document: Document) -> list[LexborNode]:
    return document.article.css("h1,h2,h3,h4,h5,h6") if document.article else []


def skipped_heading_levels(site: Site) -> list[str]:
    """Headings more than one level below the heading before them."""
    faults = []
    for document in site.pages:
        before = 0
        for node in _headings(document):
            depth = int((node.tag or "h0")[1])
            if depth > before + 1:
                faults.append(f"{document.path}: '{_words(node)[:50]}' is h{depth} after h{before}")
            before = depth
    return faults


def headings_without_id(site: Site) -> list[str]:
    """Headings of a page that cannot be linked to."""
    return [
        f"{document.path}: the heading '{_words(node)[:50]}' has no id"
        for document in site.pages
        if document.path != NOT_FOUND
        for node in _headings(document)
        if not node.attributes.get("id")
    ]


def empty_sections(site: Site) -> list[str]:
    """Headings with nothing below them: what is left of a macro that had nothing to show."""
    faults = []
    for document in site.pages:
        for node in _headings(document):
            after, depth = _next_element(node), int((node.tag or "h0")[1])
            if after is None or (re.fullmatch("h[1-6]", after.tag or "") and int((after.tag or "")[1]) <= depth):
                faults.append(f"{document.path}: there is nothing below the heading '{_words(node)[:50]}'")
    return faults


def _next_element(node: LexborNode) -> LexborNode | None:
    after = node.next
    while after is not None and not after.is_element_node:
        after = after.next
    return after


# What must not stand empty, and what counts as content besides words.
_HOLDS = "img,svg,input,hr,pre"
_FULL = "p,li,dt,dd,th,summary,caption,figcaption,blockquote,h1,h2,h3,h4,h5,h6,details"


def empty_elements(site: Site) -> list[str]:
    """Tables without rows, lists without items, and elements without a word: a macro that came out empty."""
    faults = []
    for document in site.pages:
        article = document.article
        if article is None:
            faults.append(f"{document.path}: has no article")
            continue
        for table in article.css("table"):
            bodies = table.css("tbody")
            if not bodies or not all(body.css("tr td") for body in bodies):
                faults.append(f"{document.path}: a table without rows: {_words(table)[:60]!r}")
        for row in article.css("tbody tr"):
            if not _words(row) and not row.css(_HOLDS):
                faults.append(f"{document.path}: a table row without a word")
        for group in article.css("ul,ol,menu"):
            if not any(child.tag == "li" for child in group.iter()):
                faults.append(f"{document.path}: a list without items")
        for group in article.css("dl"):
            tags = [child.tag for child in group.iter()]
            if not tags or tags[0] != "dt" or tags[-1] != "dd" or re.search("dt dt", " ".join(map(str, tags))):
                faults.append(f"{document.path}: a definition list with a gap: {_words(group)[:60]!r}")
        for node in article.css(_FULL):
            if not _words(node) and not node.css(_HOLDS):
                faults.append(f"{document.path}: an empty <{node.tag}>")
        for node in article.css("details"):
            first = next((child for child in node.iter()), None)
            if first is None or first.tag != "summary" or _next_element(first) is None:
                faults.append(f"{document.path}: a <details> without a summary or without content")
    return faults


def rows_without_header(site: Site) -> list[str]:
    """Table rows that no cell names, and cells that do not say their column, which a phone shows as a card.

    A table with an empty cell in its first column has no names there: its columns are lists beside each other.
    """
    faults = []
    for document in site.pages:
        for table in document.article.css("table") if document.article else ():
            firsts = [row.css_first("td,th") for row in table.css("tbody tr")]
            unnamed = [cell for cell in firsts if cell is not None and cell.attributes.get("scope") != "row"]
            if unnamed and all(_words(cell) for cell in firsts if cell is not None):
                faults.append(f"{document.path}: a table row without a header: {_words(unnamed[0])[:60]!r}")
            if bare := table.css("td:not([data-label])"):
                faults.append(f"{document.path}: a cell that does not say its column: {_words(bare[0])[:60]!r}")
    return faults


def headings_that_say_more(site: Site) -> list[str]:
    """Headings whose name a screen reader ends with '# link': their permalink is for pointers."""
    return [
        f"{document.path}: a screen reader hears the # of {link.attributes.get('href')}"
        for document in site.pages
        for link in document.tree.css("a.headerlink")
        if (link.attributes.get("aria-hidden"), link.attributes.get("tabindex")) != ("true", "-1")
    ]


def _words(node: LexborNode) -> str:
    return " ".join(node.text(deep=True).split()).removesuffix("#").strip()


# -- text ------------------------------------------------------------------------------------------

_LEFT_OVER = {
    "a macro call": re.compile(r"\{\{|\}\}"),
    "a template tag": re.compile(r"\{%|%\}"),
    "a citation mark": re.compile(r"\[@"),
    "a figure mark": re.compile(r"\[="),
    "a Markdown link": re.compile(r"\]\("),
    "an attribute list": re.compile(r"\{:? ?[#.][\w-]|\{:? ?[\w-]+=\""),
    "emphasis": re.compile(r"\*\*"),
    "a table row": re.compile(r"^\s*\|.*\|\s*$|\|\s*:?-{3,}", re.M),
    "a definition": re.compile(r"^:\s{2,}\S", re.M),
    "a heading": re.compile(r"^#{1,6} \S", re.M),
    "a fence": re.compile(r"```|~~~"),
}


def leftover_markup(site: Site) -> list[str]:
    """Macros, marks and Markdown that reached the reader as text, in the article or in what a link preview shows."""
    return [
        f"{document.path}: {name} was left as text: {text[max(0, found.start() - 25) : found.end() + 25]!r}"
        for document in site.everything
        for text in _texts(document)
        for name, pattern in _LEFT_OVER.items()
        if (found := pattern.search(text))
    ]


def _texts(document: Document) -> Iterator[str]:
    """The title, the description and the blocks of text of a page, without code."""
    title = document.tree.css_first("title")
    yield title.text() if title else ""
    yield from (node.attributes.get("content") or "" for node in document.tree.css("meta[content]"))
    body = document.article or document.tree.css_first("main") or document.tree.body
    if body is None:
        return
    copy = LexborHTMLParser(body.html or "")
    yield from (node.attributes.get(name) or "" for name in ("title", "alt") for node in copy.css(f"[{name}]"))
    for code in copy.css("pre,code,kbd,samp,script,style,svg"):
        code.decompose()
    for inline in copy.css("a.headerlink"):
        inline.decompose()
    yield from (
        node.text(deep=True).strip() for node in copy.css("p,li,dt,dd,td,th,summary,blockquote,h1,h2,h3,h4,h5,h6")
    )
    yield from (node.text(deep=False).strip() for node in copy.css("article,main,div,details,body"))


# -- what a page may not do --------------------------------------------------------------------------

_LOADED_BY = {"script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src", "audio": "src"} | {
    "track": "src", "embed": "src", "input": "src", "object": "data", "form": "action", "use": "href", "image": "href",
}  # fmt: skip
_LOADING_LINKS = {
    "stylesheet",
    "icon",
    "preload",
    "modulepreload",
    "prefetch",
    "preconnect",
    "dns-prefetch",
    "manifest",
}
_OUTSIDE = re.compile(r"(?:https?:|wss?:)?//", re.I)
_CSS_OUTSIDE = re.compile(r"@import[^;]*|url\(\s*['\"]?(?:https?:)?//[^)]*\)", re.I)
_JS_OUTSIDE = re.compile(r"['\"`](?:https?:|wss?:)?//(?!www\.w3\.org/)[^'\"`]*['\"`]")


def outside_requests(site: Site) -> list[str]:
    """Anything a page would fetch from another host. Ordinary links out are fine."""
    faults = []
    for document in site.everything:
        tree = document.tree
        asked = [
            node.attributes.get(name) or "" for tag, name in _LOADED_BY.items() for node in tree.css(f"{tag}[{name}]")
        ]
        asked += [node.attributes.get("poster") or "" for node in tree.css("[poster]")]
        asked += [
            part.strip() for node in tree.css("[srcset]") for part in (node.attributes.get("srcset") or "").split(",")
        ]
        asked += [
            node.attributes.get("href") or ""
            for node in tree.css("link[href]")
            if _LOADING_LINKS & set((node.attributes.get("rel") or "").lower().split())
        ]
        asked += [_refresh_target(node) for node in tree.css("meta[http-equiv=refresh]")]
        faults += [f"{document.path}: asks for {address}" for address in asked if _OUTSIDE.match(address)]
        for node in tree.css("style"):
            faults += [f"{document.path}: <style> has {found[0][:80]}" for found in _CSS_OUTSIDE.finditer(node.text())]
        for node in tree.css("script:not([src])"):
            faults += [f"{document.path}: a script names {found[0]}" for found in _JS_OUTSIDE.finditer(node.text())]
    for file, pattern in (
        (f, p) for kind, p in (("css", _CSS_OUTSIDE), ("js", _JS_OUTSIDE)) for f in _used(site, kind)
    ):
        faults += [
            f"{file}: has {found[0][:80]}" for found in pattern.finditer((site.folder / file).read_text("utf-8"))
        ]
    return faults


def _used(site: Site, kind: str) -> list[str]:
    """Style sheets or scripts of the site that a page refers to."""
    query, name = ("link[rel=stylesheet]", "href") if kind == "css" else ("script[src]", "src")
    addresses = {
        normpath(join(dirname(document.path), urlsplit(node.attributes.get(name) or "").path))
        for document in site.pages
        if document.path != NOT_FOUND
        for node in document.tree.css(query)
    }
    return sorted(address for address in addresses if (site.folder / address).is_file())


def inline_styles(site: Site) -> list[str]:
    """`style=` attributes, which the content policy forbids."""
    return [
        f'{document.path}: <{node.tag} style="{node.attributes["style"]}">'
        for document in site.everything
        for node in document.tree.css("[style]")
    ]


def inline_handlers(site: Site) -> list[str]:
    """Event handlers written as attributes, and addresses that are scripts."""
    faults = []
    for document in site.everything:
        for node in document.tree.css("*"):
            for name, value in node.attributes.items():
                if name.startswith("on") or (value or "").strip().lower().startswith("javascript:"):
                    faults.append(f"{document.path}: <{node.tag} {name}=…>")
    return faults


def theme_script(site: Site) -> list[str]:
    """References to the theme's own script bundle, which is not shipped."""
    faults = []
    for document in site.everything:
        for node in document.tree.css("script"):
            source, text = node.attributes.get("src") or "", node.text()
            if re.search(r"bundle\.[0-9a-f]*\.?(min\.)?js|workers/search|lunr", source):
                faults.append(f"{document.path}: loads {source}")
            elif re.search(r"__md_|__config", text) or node.attributes.get("id") == "__config":
                faults.append(f"{document.path}: has an inline script of the theme")
    return faults


# -- for everybody ---------------------------------------------------------------------------------


def _within_a_picture(node: LexborNode) -> bool:
    """True for an <svg> that is a piece of another one, whose name covers it: the head of an arrow."""
    parent = node.parent
    while parent is not None and parent.tag != "svg":
        parent = parent.parent
    return parent is not None


def images_without_alt(site: Site) -> list[str]:
    """Images without words for those who do not see them; an empty alt says that there is nothing to say."""
    faults = []
    for document in site.everything:
        faults += [
            f"{document.path}: <img src={node.attributes.get('src')}> has no alt"
            for node in document.tree.css("img,input[type=image],area")
            if node.attributes.get("alt") is None
        ]
        faults += [
            f"{document.path}: an <svg> is neither named nor hidden"
            for node in document.tree.css("article svg")
            if not _within_a_picture(node)
            and not _named(document, node)
            and node.attributes.get("aria-hidden") != "true"
            and not any(child.tag == "title" and _words(child) for child in node.iter())
        ]
    return faults


def unlabelled_inputs(site: Site) -> list[str]:
    """Fields and buttons that do not say what they are for."""
    faults = []
    for document in site.everything:
        labels = {node.attributes.get("for") for node in document.tree.css("label[for]") if _words(node)}
        for node in document.tree.css("input,select,textarea,button"):
            if node.attributes.get("type") == "hidden" or _named(document, node):
                continue
            # Two switches of the theme's skeleton: without its script they do nothing, and CSS takes them away.
            if "md-toggle" in (node.attributes.get("class") or ""):
                continue
            if node.tag == "button" and _words(node):
                continue
            if node.attributes.get("id") not in labels and not _inside_label(node):
                faults.append(f"{document.path}: <{node.tag} id={node.attributes.get('id')}> has no label")
    return faults


def _named(document: Document, node: LexborNode) -> bool:
    return bool((node.attributes.get("aria-label") or "").strip() or node.attributes.get("aria-labelledby"))


def _inside_label(node: LexborNode) -> bool:
    parent = node.parent
    while parent is not None and parent.tag != "label":
        parent = parent.parent
    return parent is not None and bool(_words(parent))


def empty_links(site: Site) -> list[str]:
    """Links without words, such as an empty <a> that carries an id: a stop for the keyboard and nothing to hear."""
    return [
        f"{document.path}: an empty <a{''.join(f' {k}={v}' for k, v in node.attributes.items())}>"
        for document in site.everything
        for node in document.tree.css("a")
        if not node.text(deep=True).strip() and not node.css("img[alt],svg") and not _named(document, node)
    ]


def incomplete_heads(site: Site) -> list[str]:
    """Pages without language, title, description or preview, and pages with the title of another."""
    faults, titles = [], {}
    wanted = {
        "a description": "meta[name=description]",
        "og:title": 'meta[property="og:title"]',
        "og:description": 'meta[property="og:description"]',
    }
    for document in site.pages + site.rows + site.sheets:
        tree = document.tree
        title = tree.css_first("head title")
        if title is None or not title.text().strip():
            faults.append(f"{document.path}: has no title")
        elif document in site.pages and document.path != NOT_FOUND:
            first = titles.setdefault(title.text(), document.path)
            if first != document.path:
                faults.append(f"{document.path}: has the title of {first}, {title.text()!r}")
        for name, query in wanted.items():
            node = tree.css_first(query)
            if node is None or not (node.attributes.get("content") or "").strip():
                faults.append(f"{document.path}: lacks {name}")
        html = tree.css_first("html")
        if html is None or not html.attributes.get("lang"):
            faults.append(f"{document.path}: does not say its language")
    return faults


CHECKS: dict[str, Check] = {
    check.__name__: check
    for check in (
        broken_links, broken_references, row_pages_without_target, duplicate_ids, not_one_h1, skipped_heading_levels,
        headings_without_id, empty_sections, empty_elements, rows_without_header, headings_that_say_more, leftover_markup, outside_requests, inline_styles,
        inline_handlers, theme_script, images_without_alt, unlabelled_inputs, empty_links, incomplete_heads,
    )
}  # fmt: skip
