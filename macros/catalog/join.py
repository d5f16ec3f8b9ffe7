"""Join rows and pages: unique ids, resolved references, one home for every row. Faults go to the builder."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import partial

from macros.catalog.builder import Anchor, CatalogBuilder, Entry
from macros.catalog.field_errors import label
from macros.catalog.load import Loaded
from macros.catalog.macro_signatures import SIGNATURES, Signature
from macros.catalog.page import Page
from macros.catalog.prose import Call
from macros.catalog.references import enclosing_row_id, field_values, references
from macros.catalog.settings import FILE, hold_against_pages
from macros.catalog.strict_yaml import find_line
from macros.rows.base import Row, with_area
from macros.rows.booklet import NEEDS, Booklet
from macros.rows.glossary import Term
from macros.rows.kinds import KINDS, kind_name
from macros.rows.markup import broken_mark, mark_in_name
from macros.rows.near_miss import near_miss

_OWNER_KINDS = ("topic", "component")


class PageRow(Row):
    """A page that is not the home of a row of its own: it can be linked to by its id all the same."""

    title: str

    @property
    def label(self) -> str:
        """Its title."""
        return self.title


def index_rows(builder: CatalogBuilder, rows: Iterable[Loaded]) -> None:
    """Enter every row, and the rows inside it, by id."""
    for loaded in rows:
        builder.rows_by_kind.setdefault(loaded.kind, []).append(loaded.row)
        if not isinstance(loaded.row, Row):
            continue
        top = Entry(loaded.kind, loaded.row, "", loaded.path, loaded.loc)
        _enter(builder, top)
        kind = KINDS[loaded.kind]
        if not loaded.row.id.startswith(kind.prefix):
            words = kind.plural.replace("_", " ")
            _fault(builder, top, (*loaded.loc, "id"), f"ids of {words} begin with '{kind.prefix}'")
        listed: set[tuple[int | str, ...]] = set()
        for role, value, loc in field_values(loaded.row, loaded.loc):
            # A track may come back to a topic; any other list names a thing, and says a text, once.
            if role not in ("", "part", "topic") and isinstance(loc[-1], int):
                if (*loc[:-1], value) in listed:
                    _fault(builder, top, loc, f"'{value}' stands twice in this list; delete one")
                listed.add((*loc[:-1], value))
            if role != "part" or not isinstance(value, Row):
                continue
            _enter(builder, Entry(kind_name(type(value)), value, loaded.row.id, loaded.path, loc))
            if kind.owns and not value.id.startswith(loaded.row.id + "-"):
                line = find_line(builder.root / loaded.path, (*loc, "id"))
                what = f"{value.id}: ids below {loaded.row.id} begin with '{loaded.row.id}-'"
                builder.fault(loaded.path, line, what)


def _fault(builder: CatalogBuilder, entry: Entry, loc: tuple[int | str, ...], what: str) -> None:
    name = label(entry.row.id, loc[len(entry.loc) :])
    builder.fault(entry.path, find_line(builder.root / entry.path, loc), f"{name}: {what}")


def _enter(builder: CatalogBuilder, entry: Entry) -> None:
    first = builder.entries.setdefault(entry.row.id, entry)
    if first is not entry:
        builder.invalid_ids.add(entry.row.id)
        at = f"{first.path}:{find_line(builder.root / first.path, (*first.loc, 'id'))}"
        line = find_line(builder.root / entry.path, (*entry.loc, "id"))
        what = f"{entry.row.id}: this id is already used at {at}; ids are unique in the whole guide"
        builder.fault(entry.path, line, what)


def order_pages(builder: CatalogBuilder, pages: dict[str, Page]) -> None:
    """Enter the pages in the order of the navigation, so that 'the first page that shows a row' is well defined."""
    order = {path: index for index, path in enumerate(builder.settings.nav)}
    builder.pages = dict(sorted(pages.items(), key=lambda item: (order.get(item[0], len(order)), item[0])))


def check_settings(builder: CatalogBuilder) -> None:
    """Hold navigation and redirects against the pages and what stands on them. Comes after `assign_canonical_pages`."""
    anchors = {path: {heading.id for heading in page.headings} for path, page in builder.pages.items()}
    for path, page in builder.pages.items():
        anchors[path].update(
            id for call in page.calls if call.name in SIGNATURES for id in builder.rows_rendered_by(call)
        )
    hold_against_pages(builder.settings, anchors, partial(builder.fault, FILE))


def check_headings(builder: CatalogBuilder) -> None:
    """Give every page its id, that of its h1; heading ids are unique on a page and not those of rows."""
    for path, page in builder.pages.items():
        if page.id and page.id in builder.page_ids:
            what = f"the page id '{page.id}' is already that of docs/{builder.page_ids[page.id]}"
            builder.fault(f"docs/{path}", page.headings[0].line, what)
        elif page.id:
            builder.page_ids[page.id] = path
        seen: set[str] = set()
        for heading in page.headings:
            if heading.id and heading.id in seen:
                builder.fault(f"docs/{path}", heading.line, f"the heading id '{heading.id}' stands twice on this page")
            elif heading.id in builder.entries and heading.id != page.id:
                what = f"the heading id '{heading.id}' is that of a row; choose another"
                builder.fault(f"docs/{path}", heading.line, what)
            seen.add(heading.id)


def resolve(builder: CatalogBuilder) -> None:
    """Check every reference of every row, and note what each row links to, in order, without repeats."""
    by_kind = _by_kind(builder)
    by_kind["any"] = {*builder.entries, *builder.page_ids}
    links: dict[str, dict[str, None]] = defaultdict(dict)
    for entry in builder.entries.values():
        if entry.owner:
            continue
        for wanted, target, loc in references(entry.row, entry.loc):
            if target in by_kind[wanted] or target in builder.invalid_ids:
                links[enclosing_row_id(entry.row, loc[len(entry.loc) :])][target] = None
                continue
            if target in builder.entries:
                what = f"'{target}' is a {builder.entries[target].kind}; a {wanted} is needed here"
            else:
                name = "id" if wanted == "any" else wanted
                what = f"unknown {name} '{target}'{near_miss(target, by_kind[wanted])}"
            name = label(entry.row.id, loc[len(entry.loc) :])
            builder.fault(entry.path, find_line(builder.root / entry.path, loc), f"{name}: {what}")
    builder.links = {id: tuple(targets) for id, targets in links.items()}


def _by_kind(builder: CatalogBuilder) -> dict[str, set[str]]:
    kinds: dict[str, set[str]] = defaultdict(set)
    for id, entry in builder.entries.items():
        kinds[entry.kind].add(id)
    for kind, rows in builder.rows_by_kind.items():
        kinds[f"area:{kind}"] = {row.area for row in with_area(rows)}
    return kinds


def assign_canonical_pages(builder: CatalogBuilder) -> None:
    """Give every row its home: the page that has its id, or the first page whose macros show it."""
    by_kind = _by_kind(builder)
    builder.homes = {id: Anchor(path, id) for id, path in builder.page_ids.items()}
    for path, page in builder.pages.items():
        on_page: set[str] = set()
        for call in page.calls:
            signature = SIGNATURES.get(call.name)
            if signature is None:
                what = f"unknown macro '{call.name}'{near_miss(call.name, SIGNATURES)}"
                builder.fault(f"docs/{path}", call.line, what)
                continue
            if fault := _call_fault(builder, by_kind, call, signature):
                builder.fault(f"docs/{path}", call.line, f"{call.name}: {fault}")
                continue
            for id in builder.rows_rendered_by(call):
                if id in on_page and id not in builder.invalid_ids:
                    builder.fault(f"docs/{path}", call.line, f"{call.name} shows '{id}' a second time on this page")
                on_page.add(id)
                builder.homes.setdefault(id, Anchor(path, id))
    for id, path in builder.page_ids.items():
        if id not in builder.entries:
            row = PageRow(id=id, title=builder.pages[path].title)
            builder.entries[id] = Entry("page", row, "", f"docs/{path}", ())


def _call_fault(builder: CatalogBuilder, by_kind: Mapping[str, set[str]], call: Call, signature: Signature) -> str:
    """What is wrong with the arguments of a call, or ''."""
    kinds = signature.args
    repeats = bool(kinds) and kinds[-1].endswith("*")
    least = sum(not kind.endswith("?") for kind in kinds)
    if len(call.args) < least or (len(call.args) > len(kinds) and not repeats):
        return f"takes {', '.join(kinds) or 'nothing'}; {len(call.args)} given"
    for index, arg in enumerate(call.args):
        kind = kinds[min(index, len(kinds) - 1)].rstrip("*?")
        if not isinstance(arg, str):
            return f"argument {index + 1} must be text in quotes"
        if kind == "text" and (what := broken_mark(arg) or mark_in_name(arg)):
            return f"argument {index + 1} {what}"
        if (
            kind == "text"
            or arg in builder.invalid_ids
            or (kind.startswith("area:") and kind[5:] in builder.failed_kinds)
        ):
            continue
        wanted = _OWNER_KINDS if kind == "owner" else (kind,)
        if kind == "any":
            known = arg in builder.entries or arg in builder.page_ids
        else:
            known = any(arg in by_kind[one] for one in wanted)
        if not known:
            fits = (
                {*builder.entries, *builder.page_ids}
                if kind == "any"
                else set().union(*(by_kind[one] for one in wanted))
            )
            name = "id" if kind == "any" else " or ".join(one.partition(":")[0] for one in wanted)
            return f"unknown {name} '{arg}'{near_miss(arg, fits)}"
    return ""


def check_taught(builder: CatalogBuilder) -> None:
    """A term that names a heading names one of the page where it says it is taught."""
    for row in builder.all(Term):
        if row.at is None or row.taught not in builder.homes:
            continue
        headings = [heading.id for heading in builder.pages[builder.homes[row.taught].page].headings]
        if row.at not in headings:
            entry = builder.entries[row.id]
            line = find_line(builder.root / entry.path, (*entry.loc, "at"))
            what = f"{row.id}.at: the page of '{row.taught}' has no heading '{row.at}'{near_miss(row.at, headings)}"
            builder.fault(entry.path, line, what)


def check_term_names(builder: CatalogBuilder) -> None:
    """A name belongs to one term: a second entry would take its links from the first, and readers would not know which holds."""
    owners: dict[str, str] = {}
    for row in builder.all(Term):
        for name, field in ((row.term, "term"), *((name, "also") for name in row.also)):
            owner = owners.setdefault(name.casefold(), row.id)
            if owner != row.id:
                entry = builder.entries[row.id]
                line = find_line(builder.root / entry.path, (*entry.loc, field))
                what = f"{row.id}.{field}: '{name}' is a name of {owner} already; keep one entry, or another name"
                builder.fault(entry.path, line, what)


def check_booklets(builder: CatalogBuilder) -> None:
    """A piece of a booklet names a heading of its page, and a stage or a level where it is made from one."""
    for row in builder.all(Booklet):
        for index, piece in enumerate(row.pieces):
            entry, of = builder.entries[row.id], piece.of or row.at
            if of not in builder.homes:
                continue
            field, what = "", ""
            if piece.shows == "section":
                headings = [
                    heading.id for heading in builder.pages[builder.homes[of].page].headings if heading.depth > 1
                ]
                if piece.heading not in headings:
                    near = near_miss(piece.heading or "", headings)
                    field, what = "heading", f"the page of '{of}' has no section '{piece.heading}'{near}"
            elif piece.heading:
                field, what = "heading", "only a section has a heading; leave it out"
            elif (kind := NEEDS.get(piece.shows)) and builder.entries[of].kind != kind:
                field, what = "of" if piece.of else "shows", f"'{of}' is no {kind}, which '{piece.shows}' is made from"
            if what:
                line = find_line(builder.root / entry.path, (*entry.loc, "pieces", index, field))
                builder.fault(entry.path, line, f"{row.id}.pieces[{index}].{field}: {what}")


def check_orphans(builder: CatalogBuilder) -> None:
    """Every row stands on a page, and every source is cited. Only worth saying when nothing else is wrong."""
    cited = {arg for page in builder.pages.values() for call in page.calls if call.name == "cite" for arg in call.args}
    cited.update(target for targets in builder.links.values() for target in targets)
    for id, entry in builder.entries.items():
        if id not in builder.homes:
            what = f"{id}: no page shows this {entry.kind}; call its macro in a page, or give a page's h1 this id"
            builder.fault(entry.path, find_line(builder.root / entry.path, (*entry.loc, "id")), what)
        elif entry.kind == "source" and id not in cited:
            line = find_line(builder.root / entry.path, (*entry.loc, "id"))
            builder.fault(entry.path, line, f"{id}: cited nowhere; cite it or delete it")
