"""The catalog: all rows and pages joined, every reference resolved, every row with one home.

`load(root)` is what the rest of the guide calls. It raises `GuideError` with every problem at once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, NamedTuple, get_args, get_origin

from macros.model.base import Part, Ref, Row
from macros.model.calls import SIGNATURES, Signature
from macros.model.files import DATA_FILES
from macros.model.load import Loaded, find_line, label, read_data
from macros.model.page import Call, Page, page_url, read_pages
from macros.model.problem import GuideError, Problem, near_miss
from macros.model.text import marks, plain

_OWNER_KINDS = ("topic", "component")
_PREFIXED_BY = ("topic", "component", "level", "plan")
_NAME_FIELDS = ("title", "name", "term", "problem", "ask", "question", "statement", "what", "line", "change", "signal", "do", "says", "prompt")
_READING_SPEED = 230  # words a minute, an ordinary reading speed for technical prose


class Entry(NamedTuple):
    """A row in its place: kind, model, id of the row it is part of ('' at the top), file and place in the file."""

    kind: str
    row: Row
    owner: str
    path: str
    place: tuple[int | str, ...]


class Place(NamedTuple):
    """Where a row stands: the page's path below docs/, and the anchor on it."""

    page: str
    anchor: str


class Catalog(NamedTuple):
    """Everything the guide knows. Lists are in the order of the files; nothing in it changes."""

    root: Path
    entries: Mapping[str, Entry]
    tops: Mapping[str, tuple[Any, ...]]
    pages: Mapping[str, Page]
    homes: Mapping[str, Place]
    links: Mapping[str, tuple[str, ...]]
    back_links: Mapping[str, tuple[str, ...]]
    moved: Mapping[str, tuple[tuple[str, str], ...]]

    def all(self, kind: str) -> tuple[Any, ...]:
        """All top-level rows of `kind`, in file order."""
        return self.tops.get(kind, ())

    def get(self, id: str) -> Any:
        """The row with this id. Raises KeyError."""
        return self.entries[id].row

    def name(self, id: str) -> str:
        """The words that name a row: its title, term, question or text. Raises KeyError."""
        row = self.entries[id].row
        if hasattr(row, "dimension"):
            return self.name(row.dimension)
        return next((plain(value) for field in _NAME_FIELDS if isinstance(value := getattr(row, field, None), str)), id)

    def page_at(self, url: str) -> Page:
        """The page with this address below the site's root ('' is home). Raises KeyError."""
        wanted = url.strip("/").removesuffix("index.html").strip("/").removeprefix(".").strip("/")
        return next(page for page in self.pages.values() if page.url.strip("/") == wanted)

    def sources_of(self, page: Page) -> tuple[str, ...]:
        """Ids of the sources cited on a page, by its text and by the rows it shows, in order of appearance."""
        seen: dict[str, None] = {}
        for call in page.calls:
            for id in [a for a in call.args if isinstance(a, str)] if call.name in ("cite", "figure") else rows_shown(self, call):
                entry = self.entries.get(id)
                if entry is None:
                    continue
                if entry.kind == "source":
                    seen[id] = None
                for target in self.links.get(id, ()):
                    kind = self.entries[target].kind
                    for cited in (target,) if kind == "source" else self.get(target).sources if kind == "figure" else ():
                        seen[cited] = None
        return tuple(seen)

    def minutes(self, page: Page) -> int:
        """Reading time of a page in whole minutes, its rows included."""
        return max(1, round(self.words(page) / _READING_SPEED))

    def words(self, page: Page) -> int:
        """Words a reader meets on a page: its own and those of the rows it shows."""
        shown = {id for call in page.calls for id in rows_shown(self, call)}
        return page.words + sum(len(text.split()) for id in shown for text in texts(self.get(id)))


def rows_shown(catalog: Catalog, call: Call) -> list[str]:
    """Ids of the rows whose text a call puts on the page, in order."""
    signature = SIGNATURES[call.name]
    ids = list(_homed(catalog.entries, catalog.tops, call, signature))
    if not signature.homes and signature.args and signature.args[0] not in ("any", "source*", "text", "term"):
        ids = [a for a in call.args if isinstance(a, str) and a in catalog.entries]
    if call.name == "plan":
        ids += [task for week in catalog.get(call.args[0]).weeks for day in week.days for task in day.tasks]
    return ids


def _homed(entries: Mapping[str, Entry], tops: Mapping[str, tuple[Any, ...]], call: Call, signature: Signature) -> Iterator[str]:
    """Ids of the rows that get their anchor from a call."""
    if signature.homes.startswith("kind:"):
        yield from (row.id for row in tops.get(signature.homes[5:], ()))
    elif signature.homes and call.args and call.args[0] in entries:
        owner = entries[call.args[0]].row
        yield from (row.id for row in getattr(owner, signature.homes, ()))
        if call.name == "plan":
            yield from dict.fromkeys(task for week in owner.weeks for day in week.days for task in day.tasks)


# -- walking models ------------------------------------------------------------------------------


@cache
def _fields(model: type[Part]) -> tuple[tuple[str, str], ...]:
    """(field, what it holds) of a model: the kind a reference points to, 'text', or '' for the rest."""
    out = []
    for name, field in model.model_fields.items():
        found = next((m.kind for m in field.metadata if isinstance(m, Ref)), None) or _ref_in(field.annotation)
        plain_text = any(getattr(m, "func", None) is not None and m.func.__name__ == "_no_markup" for m in _metadata(field))
        out.append((name, found or ("text" if plain_text else "")))
    return tuple(out)


def _metadata(field: Any) -> Iterator[Any]:
    yield from field.metadata

    def walk(annotation: Any) -> Iterator[Any]:
        if get_origin(annotation) is Annotated:
            yield from annotation.__metadata__
        for inner in get_args(annotation):
            yield from walk(inner)

    yield from walk(field.annotation)


def _ref_in(annotation: Any) -> str | None:
    if get_origin(annotation) is Annotated:
        for part in annotation.__metadata__:
            if isinstance(part, Ref):
                return part.kind
    return next((found for inner in get_args(annotation) if (found := _ref_in(inner))), None)


def _walk(part: Part, place: tuple[int | str, ...]) -> Iterator[tuple[Part, str, str, Any, tuple[int | str, ...]]]:
    """Yield (model, field, what it holds, one value, its place) for every value of a row, parts included."""
    for name, holds in _fields(type(part)):
        value = getattr(part, name)
        values = enumerate(value) if isinstance(value, tuple) else ((None, value),)
        for index, one in values:
            at = (*place, name) if index is None else (*place, name, index)
            if isinstance(one, Part):
                yield part, name, "part", one, at
                yield from _walk(one, at)
            elif isinstance(one, str):
                yield part, name, holds, one, at


def texts(part: Part) -> Iterator[str]:
    """Yield every text of a row, its parts included, as plain words."""
    for _, _, holds, value, _ in _walk(part, ()):
        if holds == "text":
            yield plain(value)


def _kind_name(part: Part) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", type(part).__name__).lower()


# -- joining -------------------------------------------------------------------------------------

_cached: tuple[object, Catalog] | None = None


def load(root: Path) -> Catalog:
    """Return the catalog of the guide at `root`, read again only when a file changed. Raises GuideError."""
    global _cached
    stamp = _stamp(root)
    if _cached is None or _cached[0] != stamp:
        _cached = (stamp, build(root))
    return _cached[1]


def _stamp(root: Path) -> object:
    files = [f for folder in ("data", "docs") for f in (root / folder).rglob("*") if f.suffix in (".yml", ".md", ".lock")]
    return root, tuple(sorted((str(f), (s := f.stat()).st_mtime_ns, s.st_size) for f in files))


def build(root: Path, *, lock: bool = True) -> Catalog:
    """Read and join everything below `root`; with `lock`, also hold it against data/ids.lock. Raises GuideError."""
    reading = read_data(root)
    pages, problems = read_pages(root)
    problems += reading.problems
    for entry in DATA_FILES:
        if entry.kind not in reading.failed_kinds and entry.kind != "retired" and not any(e.kind == entry.kind for e in reading.rows):
            problems.append(Problem(f"data/{entry.pattern}", 0, f"there is no {entry.kind} at all; python -m macros new {entry.kind} writes one"))
    entries, tops = _register(root, reading.rows, problems)
    pages = _in_nav_order(root, pages)
    page_ids = _page_ids(pages, entries, problems)
    known = {*entries, *reading.failed_ids, *page_ids}
    links = _resolve(root, entries, known, reading.failed_ids, page_ids, problems)
    homes = _place(entries, tops, pages, page_ids, reading.failed_ids, problems)
    for id, home in homes.items():
        if id not in entries and id in page_ids:
            page = pages[home.page]
            entries[id] = Entry("page", _PageRow(id=id, title=page.title), "", f"docs/{home.page}", ())
    back: dict[str, list[str]] = defaultdict(list)
    for id, targets in links.items():
        for target in targets:
            back[target].append(id)
    if not problems:
        _unused_sources(root, entries, tops, pages, back, problems)
    moved = _against_lock(root, entries, tops, pages, homes, problems) if lock and not problems else {}
    if problems:
        raise GuideError(problems)
    return Catalog(
        root, MappingProxyType(entries), MappingProxyType({k: tuple(v) for k, v in tops.items()}), MappingProxyType(pages),
        MappingProxyType(homes), MappingProxyType(links), MappingProxyType({k: tuple(v) for k, v in back.items()}), MappingProxyType(moved),
    )  # fmt: skip


class _PageRow(Row):
    title: str


def _register(root: Path, rows: Iterable[Loaded], problems: list[Problem]) -> tuple[dict[str, Entry], dict[str, list[Any]]]:
    entries: dict[str, Entry] = {}
    tops: dict[str, list[Any]] = defaultdict(list)

    def add(entry: Entry) -> None:
        if (first := entries.get(entry.row.id)) is not None:
            at = f"{first.path}:{find_line(root / first.path, (*first.place, 'id'))}"
            where = find_line(root / entry.path, (*entry.place, "id"))
            problems.append(Problem(entry.path, where, f"{entry.row.id}: this id is already used at {at}; ids are unique in the whole guide"))
            return
        entries[entry.row.id] = entry

    for loaded in rows:
        tops[loaded.kind].append(loaded.row)
        if not isinstance(loaded.row, Row):
            continue
        add(Entry(loaded.kind, loaded.row, "", loaded.path, loaded.place))
        for _, _, holds, value, place in _walk(loaded.row, loaded.place):
            if holds == "part" and isinstance(value, Row):
                add(Entry(_kind_name(value), value, loaded.row.id, loaded.path, place))
                if loaded.kind in _PREFIXED_BY and not value.id.startswith(loaded.row.id + "-"):
                    line = find_line(root / loaded.path, (*place, "id"))
                    problems.append(Problem(loaded.path, line, f"{value.id}: ids below {loaded.row.id} begin with '{loaded.row.id}-'"))
    return entries, tops


def _in_nav_order(root: Path, pages: dict[str, Page]) -> dict[str, Page]:
    """Pages in the order of the navigation, so that 'the first page that shows a row' means the same everywhere."""
    config = root / "mkdocs.yml"
    nav = re.findall(r"([\w./-]+\.md)\s*$", config.read_text("utf-8"), re.M) if config.is_file() else []
    order = {path: index for index, path in enumerate(nav)}
    return dict(sorted(pages.items(), key=lambda item: (order.get(item[0], len(order)), item[0])))


def _page_ids(pages: Mapping[str, Page], entries: Mapping[str, Entry], problems: list[Problem]) -> dict[str, str]:
    """Page id to path. A page's id may be that of a row, whose home it then is; it may not be shared by two pages."""
    found: dict[str, str] = {}
    for path, page in pages.items():
        if page.id and page.id in found:
            problems.append(Problem(f"docs/{path}", page.headings[0].line, f"the page id '{page.id}' is already that of docs/{found[page.id]}"))
        elif page.id:
            found[page.id] = path
        seen: set[str] = set()
        for heading in page.headings:
            if heading.id and heading.id in seen:
                problems.append(Problem(f"docs/{path}", heading.line, f"the heading id '{heading.id}' stands twice on this page"))
            elif heading.id in entries and heading.id != page.id:
                problems.append(Problem(f"docs/{path}", heading.line, f"the heading id '{heading.id}' is that of a row; choose another"))
            seen.add(heading.id)
    return found


def _resolve(
    root: Path, entries: Mapping[str, Entry], known: set[str], failed: set[str], page_ids: Mapping[str, str], problems: list[Problem]
) -> dict[str, tuple[str, ...]]:
    """Check every reference of every row; return what each row links to, in order, without repeats."""
    by_kind: dict[str, set[str]] = defaultdict(set)
    for id, entry in entries.items():
        by_kind[entry.kind].add(id)
    by_kind["any"] = known
    links: dict[str, dict[str, None]] = defaultdict(dict)
    for entry in list(entries.values()):
        if entry.owner:
            continue
        for _, target_kind, target, place in _references(entry.row, entry.place):
            if target in failed or target in by_kind[target_kind]:
                holder = _holder(entry, place, entries)
                links[holder][target] = None
                if holder != entry.row.id:
                    links[entry.row.id][target] = None
                continue
            line = find_line(root / entry.path, place)
            name = label(entry.row.id, place[len(entry.place) :])
            if target in known and target in entries:
                what = f"'{target}' is a {entries[target].kind}; a {target_kind} is needed here"
            else:
                what = f"unknown {'id' if target_kind == 'any' else target_kind} '{target}'{near_miss(target, by_kind[target_kind])}"
            problems.append(Problem(entry.path, line, f"{name}: {what}"))
    return {id: tuple(targets) for id, targets in links.items()}


def _references(row: Part, place: tuple[int | str, ...]) -> Iterator[tuple[Part, str, str, tuple[int | str, ...]]]:
    for part, _, holds, value, at in _walk(row, place):
        if holds == "text":
            for mark in marks(value):
                yield part, "any" if mark.kind == "row" else mark.kind, mark.id, at
        elif holds not in ("", "part"):
            yield part, holds, value, at


def _holder(entry: Entry, place: tuple[int | str, ...], entries: Mapping[str, Entry]) -> str:
    """Id of the innermost row around `place`."""
    current: Any = entry.row
    holder = entry.row.id
    for part in place[len(entry.place) :]:
        current = current[part] if isinstance(part, int) else getattr(current, part)
        if isinstance(current, Row):
            holder = current.id
    return holder


def _place(
    entries: Mapping[str, Entry], tops: Mapping[str, Any], pages: Mapping[str, Page], page_ids: Mapping[str, str], failed: set[str], problems: list[Problem]
) -> dict[str, Place]:
    """Give every row its home: the page named by its id, or the first page whose macros show it."""
    homes = {id: Place(path, id) for id, path in page_ids.items()}
    for path, page in pages.items():
        on_page: set[str] = set()
        for call in page.calls:
            signature = SIGNATURES.get(call.name)
            if signature is None:
                problems.append(Problem(f"docs/{path}", call.line, f"unknown macro '{call.name}'{near_miss(call.name, SIGNATURES)}"))
                continue
            fault = _call_fault(call, signature, entries, page_ids, failed)
            if fault:
                problems.append(Problem(f"docs/{path}", call.line, f"{call.name}: {fault}"))
                continue
            for id in _homed(entries, tops, call, signature):
                if id in on_page:
                    problems.append(Problem(f"docs/{path}", call.line, f"{call.name} shows '{id}' a second time on this page"))
                on_page.add(id)
                homes.setdefault(id, Place(path, id))
    for id, entry in entries.items():
        if entry.kind == "round" and id not in homes:
            path = next((p for p, page in pages.items() for call in page.calls if call.name == "annotated_round" and call.args == (id,)), None)
            if path:
                homes[id] = Place(path, id)
        if id not in homes and not problems:
            problems.append(Problem(entry.path, 0, f"{id}: no page shows this {entry.kind}; call its macro in a page, or give a page's h1 this id"))
    return homes


def _call_fault(call: Call, signature: Signature, entries: Mapping[str, Entry], page_ids: Mapping[str, str], failed: set[str]) -> str:
    """What is wrong with the arguments of a call, or ''."""
    kinds = signature.args
    repeats = bool(kinds) and kinds[-1].endswith("*")
    least = sum(not k.endswith("?") for k in kinds)
    if not (least <= len(call.args) and (repeats or len(call.args) <= len(kinds))):
        return f"takes {', '.join(kinds) or 'nothing'}; {len(call.args)} given"
    for index, arg in enumerate(call.args):
        kind = kinds[min(index, len(kinds) - 1)].rstrip("*?")
        if not isinstance(arg, str):
            return f"argument {index + 1} must be text in quotes"
        if kind == "text" or arg in failed:
            continue
        wanted = _OWNER_KINDS if kind == "owner" else (kind,)
        fits = {id for id, entry in entries.items() if kind == "any" or entry.kind in wanted} | (set(page_ids) if kind == "any" else set())
        if arg not in fits:
            return f"unknown {'id' if kind == 'any' else ' or '.join(wanted)} '{arg}'{near_miss(arg, fits)}"
    return ""


def _unused_sources(
    root: Path, entries: Mapping[str, Entry], tops: Mapping[str, Any], pages: Mapping[str, Page], back: Mapping[str, Any], problems: list[Problem]
) -> None:
    cited = {arg for page in pages.values() for call in page.calls if call.name == "cite" for arg in call.args}
    for source in tops.get("source", ()):
        if source.id not in cited and source.id not in back:
            entry = entries[source.id]
            line = find_line(root / entry.path, (*entry.place, "id"))
            problems.append(Problem(entry.path, line, f"{source.id}: cited nowhere; cite it or delete it"))


# -- the lock ------------------------------------------------------------------------------------

LOCK = "data/ids.lock"
_LOCK_HEAD = "# Every address ever published, below the site's root. Written by 'python -m macros lock'; never edit or delete a line.\n"


def addresses(pages: Mapping[str, Page], entries: Mapping[str, Entry], tops: Mapping[str, Any]) -> set[str]:
    """All addresses the guide publishes: pages, headings, rows on pages, and short addresses."""
    found = {f"go/{id}/" for id in entries}
    for page in pages.values():
        url = page.url or "./"
        found.add(url)
        found.update(f"{url}#{heading.id}" for heading in page.headings)
        for call in page.calls:
            found.update(f"{url}#{id}" for id in _homed(entries, tops, call, SIGNATURES[call.name]))
            if call.name == "annotated_round":
                found.add(f"{url}#{call.args[0]}")
    return found


def read_lock(root: Path) -> list[str]:
    """The addresses of data/ids.lock, without its comment; empty when there is none yet."""
    file = root / LOCK
    return [line for line in file.read_text("utf-8").splitlines() if line and not line.startswith("#")] if file.is_file() else []


def write_lock(root: Path) -> int:
    """Add this build's addresses to data/ids.lock; return how many are new. Raises GuideError."""
    catalog = build(root, lock=False)
    before = set(read_lock(root))
    every = before | addresses(catalog.pages, catalog.entries, catalog.tops)
    (root / LOCK).write_text(_LOCK_HEAD + "".join(f"{line}\n" for line in sorted(every)), "utf-8")
    return len(every) - len(before)


def _against_lock(
    root: Path, entries: Mapping[str, Entry], tops: Mapping[str, Any], pages: Mapping[str, Page], homes: Mapping[str, Place], problems: list[Problem]
) -> dict[str, tuple[tuple[str, str], ...]]:
    """Hold the addresses against the lock; return per page path the (old anchor, id of the row it became)."""
    now, locked = addresses(pages, entries, tops), read_lock(root)
    if new := now - set(locked):
        problems.append(Problem(LOCK, 0, f"lacks {len(new)} new addresses, such as '{min(new)}'; run 'make fix' to record them"))
    successors = {row.id: row.successor for row in tops.get("retired", ())}
    by_url = {page.url or "./": page for page in pages.values()}
    moved: dict[str, list[tuple[str, str]]] = defaultdict(list)
    redirected = _redirected(root)
    for number, address in enumerate(locked, 2):
        if address in now:
            continue
        url, _, anchor = address.partition("#")
        id = anchor or (url.removeprefix("go/").strip("/") if url.startswith("go/") else "")
        target = id if id in entries else successors.get(id)
        page = by_url.get(url)
        if page is not None and anchor and target:
            moved[page.path].append((anchor, target))
        elif not (target and url.startswith("go/")) and url not in redirected:
            what = f"'{address}' was published and is gone; "
            hint = "add it to plugins.redirects in mkdocs.yml" if not id else f"put '{id}' back, or name its successor in data/retired.yml"
            problems.append(Problem(LOCK, number, what + hint))
    return {path: tuple(pairs) for path, pairs in moved.items()}


def _redirected(root: Path) -> set[str]:
    """Addresses of pages that mkdocs.yml redirects."""
    config = root / "mkdocs.yml"
    text = config.read_text("utf-8") if config.is_file() else ""
    block = re.search(r"redirect_maps:\n((?: {8,}.*\n)*)", text)
    return {page_url(old) for old in re.findall(r"^\s+['\"]?([\w./-]+\.md)['\"]?:", block[1], re.M)} if block else set()
