"""Join rows and pages: unique ids, resolved references, one home for every row. Faults go into the draft."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import partial

from macros.model.base import Row, with_area
from macros.model.booklet import NEEDS, Booklet
from macros.model.calls import SIGNATURES, Signature
from macros.model.draft import Draft, Entry, Place
from macros.model.field_errors import label
from macros.model.load import Loaded
from macros.model.page import Page
from macros.model.problem import near_miss
from macros.model.prose import Call
from macros.model.reference import Term
from macros.model.settings import FILE, hold_against_pages
from macros.model.strict_yaml import find_line
from macros.model.text import broken_mark, mark_in_name
from macros.model.walk import innermost, kind_of, references, values

_OWNER_KINDS = ("topic", "component")
# Fields that a view shows as they are typed, in a heading or as a name. Of these the first are in any kind of row.
_NAMES = {"title", "name", "term", "length", "value"}
_NAMES_OF_KIND = {("disagreement", "question"), ("term", "also")}
_PREFIXED_BY = ("topic", "component", "level", "plan")


class PageRow(Row):
    """A page that is not the home of a row of its own: it can be linked to by its id all the same."""

    title: str

    @property
    def label(self) -> str:
        """Its title."""
        return self.title


def register(draft: Draft, rows: Iterable[Loaded]) -> None:
    """Enter every row, and the rows inside it, by id."""
    for loaded in rows:
        draft.tops.setdefault(loaded.kind, []).append(loaded.row)
        if not isinstance(loaded.row, Row):
            continue
        top = Entry(loaded.kind, loaded.row, "", loaded.path, loaded.place)
        _enter(draft, top)
        listed: set[tuple[int | str, ...]] = set()
        for holds, value, place in values(loaded.row, loaded.place):
            if holds == "text":
                _check_name(draft, top, value, place)
            # A track may come back to a topic; any other list names a thing once.
            elif holds not in ("", "part", "topic") and isinstance(place[-1], int):
                if (*place[:-1], value) in listed:
                    _fault(draft, top, place, f"'{value}' stands twice in this list; delete one")
                listed.add((*place[:-1], value))
            if holds != "part" or not isinstance(value, Row):
                continue
            _enter(draft, Entry(kind_of(value), value, loaded.row.id, loaded.path, place))
            if loaded.kind in _PREFIXED_BY and not value.id.startswith(loaded.row.id + "-"):
                line = find_line(draft.root / loaded.path, (*place, "id"))
                what = f"{value.id}: ids below {loaded.row.id} begin with '{loaded.row.id}-'"
                draft.fault(loaded.path, line, what)


def _check_name(draft: Draft, entry: Entry, value: str, place: tuple[int | str, ...]) -> None:
    field = next(part for part in reversed(place) if isinstance(part, str))
    if (field in _NAMES or (entry.kind, field) in _NAMES_OF_KIND) and (what := mark_in_name(value)):
        _fault(draft, entry, place, what)


def _fault(draft: Draft, entry: Entry, place: tuple[int | str, ...], what: str) -> None:
    name = label(entry.row.id, place[len(entry.place) :])
    draft.fault(entry.path, find_line(draft.root / entry.path, place), f"{name}: {what}")


def _enter(draft: Draft, entry: Entry) -> None:
    first = draft.entries.setdefault(entry.row.id, entry)
    if first is not entry:
        draft.doubtful.add(entry.row.id)
        at = f"{first.path}:{find_line(draft.root / first.path, (*first.place, 'id'))}"
        line = find_line(draft.root / entry.path, (*entry.place, "id"))
        what = f"{entry.row.id}: this id is already used at {at}; ids are unique in the whole guide"
        draft.fault(entry.path, line, what)


def order_pages(draft: Draft, pages: dict[str, Page]) -> None:
    """Enter the pages in the order of the navigation, so that 'the first page that shows a row' is well defined."""
    order = {path: index for index, path in enumerate(draft.settings.nav)}
    draft.pages = dict(sorted(pages.items(), key=lambda item: (order.get(item[0], len(order)), item[0])))


def check_settings(draft: Draft) -> None:
    """Hold navigation and redirects against the pages and what stands on them. Comes after `settle`."""
    anchors = {path: {heading.id for heading in page.headings} for path, page in draft.pages.items()}
    for path, page in draft.pages.items():
        anchors[path].update(id for call in page.calls if call.name in SIGNATURES for id in draft.shown_by(call))
    hold_against_pages(draft.settings, anchors, partial(draft.fault, FILE))


def check_headings(draft: Draft) -> None:
    """Give every page its id, that of its h1; heading ids are unique on a page and not those of rows."""
    for path, page in draft.pages.items():
        if page.id and page.id in draft.page_ids:
            what = f"the page id '{page.id}' is already that of docs/{draft.page_ids[page.id]}"
            draft.fault(f"docs/{path}", page.headings[0].line, what)
        elif page.id:
            draft.page_ids[page.id] = path
        seen: set[str] = set()
        for heading in page.headings:
            if heading.id and heading.id in seen:
                draft.fault(f"docs/{path}", heading.line, f"the heading id '{heading.id}' stands twice on this page")
            elif heading.id in draft.entries and heading.id != page.id:
                what = f"the heading id '{heading.id}' is that of a row; choose another"
                draft.fault(f"docs/{path}", heading.line, what)
            seen.add(heading.id)


def resolve(draft: Draft) -> None:
    """Check every reference of every row, and note what each row links to, in order, without repeats."""
    by_kind = _by_kind(draft)
    by_kind["any"] = {*draft.entries, *draft.page_ids}
    links: dict[str, dict[str, None]] = defaultdict(dict)
    for entry in draft.entries.values():
        if entry.owner:
            continue
        for wanted, target, place in references(entry.row, entry.place):
            if target in by_kind[wanted] or target in draft.doubtful:
                links[innermost(entry.row, place[len(entry.place) :])][target] = None
                continue
            if target in draft.entries:
                what = f"'{target}' is a {draft.entries[target].kind}; a {wanted} is needed here"
            else:
                name = "id" if wanted == "any" else wanted
                what = f"unknown {name} '{target}'{near_miss(target, by_kind[wanted])}"
            name = label(entry.row.id, place[len(entry.place) :])
            draft.fault(entry.path, find_line(draft.root / entry.path, place), f"{name}: {what}")
    draft.links = {id: tuple(targets) for id, targets in links.items()}


def _by_kind(draft: Draft) -> dict[str, set[str]]:
    kinds: dict[str, set[str]] = defaultdict(set)
    for id, entry in draft.entries.items():
        kinds[entry.kind].add(id)
    for kind, rows in draft.tops.items():
        kinds[f"area:{kind}"] = {row.area for row in with_area(rows)}
    return kinds


def settle(draft: Draft) -> None:
    """Give every row its home: the page that has its id, or the first page whose macros show it."""
    by_kind = _by_kind(draft)
    draft.homes = {id: Place(path, id) for id, path in draft.page_ids.items()}
    for path, page in draft.pages.items():
        on_page: set[str] = set()
        for call in page.calls:
            signature = SIGNATURES.get(call.name)
            if signature is None:
                what = f"unknown macro '{call.name}'{near_miss(call.name, SIGNATURES)}"
                draft.fault(f"docs/{path}", call.line, what)
                continue
            if fault := _call_fault(draft, by_kind, call, signature):
                draft.fault(f"docs/{path}", call.line, f"{call.name}: {fault}")
                continue
            for id in draft.shown_by(call):
                if id in on_page and id not in draft.doubtful:
                    draft.fault(f"docs/{path}", call.line, f"{call.name} shows '{id}' a second time on this page")
                on_page.add(id)
                draft.homes.setdefault(id, Place(path, id))
    for id, path in draft.page_ids.items():
        if id not in draft.entries:
            row = PageRow(id=id, title=draft.pages[path].title)
            draft.entries[id] = Entry("page", row, "", f"docs/{path}", ())


def _call_fault(draft: Draft, by_kind: Mapping[str, set[str]], call: Call, signature: Signature) -> str:
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
        if kind == "text" or arg in draft.doubtful or (kind.startswith("area:") and kind[5:] in draft.failed_kinds):
            continue
        wanted = _OWNER_KINDS if kind == "owner" else (kind,)
        if kind == "any":
            known = arg in draft.entries or arg in draft.page_ids
        else:
            known = any(arg in by_kind[one] for one in wanted)
        if not known:
            fits = (
                {*draft.entries, *draft.page_ids} if kind == "any" else set().union(*(by_kind[one] for one in wanted))
            )
            name = "id" if kind == "any" else " or ".join(one.partition(":")[0] for one in wanted)
            return f"unknown {name} '{arg}'{near_miss(arg, fits)}"
    return ""


def check_taught(draft: Draft) -> None:
    """A term that names a heading names one of the page where it says it is taught."""
    for row in draft.all(Term):
        if row.at is None or row.taught not in draft.homes:
            continue
        headings = [heading.id for heading in draft.pages[draft.homes[row.taught].page].headings]
        if row.at not in headings:
            entry = draft.entries[row.id]
            line = find_line(draft.root / entry.path, (*entry.place, "at"))
            what = f"{row.id}.at: the page of '{row.taught}' has no heading '{row.at}'{near_miss(row.at, headings)}"
            draft.fault(entry.path, line, what)


def check_booklets(draft: Draft) -> None:
    """A piece of a booklet names a heading of its page, and a stage or a level where it is made from one."""
    for row in draft.all(Booklet):
        for index, piece in enumerate(row.pieces):
            entry, of = draft.entries[row.id], piece.of or row.at
            if of not in draft.homes:
                continue
            field, what = "", ""
            if piece.shows == "section":
                headings = [heading.id for heading in draft.pages[draft.homes[of].page].headings if heading.depth > 1]
                if piece.heading not in headings:
                    near = near_miss(piece.heading or "", headings)
                    field, what = "heading", f"the page of '{of}' has no section '{piece.heading}'{near}"
            elif piece.heading:
                field, what = "heading", "only a section has a heading; leave it out"
            elif (kind := NEEDS.get(piece.shows)) and draft.entries[of].kind != kind:
                field, what = "of" if piece.of else "shows", f"'{of}' is no {kind}, which '{piece.shows}' is made from"
            if what:
                line = find_line(draft.root / entry.path, (*entry.place, "pieces", index, field))
                draft.fault(entry.path, line, f"{row.id}.pieces[{index}].{field}: {what}")


def check_reached(draft: Draft) -> None:
    """Every row stands on a page, and every source is cited. Only worth saying when nothing else is wrong."""
    cited = {arg for page in draft.pages.values() for call in page.calls if call.name == "cite" for arg in call.args}
    cited.update(target for targets in draft.links.values() for target in targets)
    for id, entry in draft.entries.items():
        if id not in draft.homes:
            what = f"{id}: no page shows this {entry.kind}; call its macro in a page, or give a page's h1 this id"
            draft.fault(entry.path, find_line(draft.root / entry.path, (*entry.place, "id")), what)
        elif entry.kind == "source" and id not in cited:
            line = find_line(draft.root / entry.path, (*entry.place, "id"))
            draft.fault(entry.path, line, f"{id}: cited nowhere; cite it or delete it")
