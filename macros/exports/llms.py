"""llms.txt, llms-full.txt and a text for each chapter: the guide for assistants, in the form of llmstxt.org."""

from __future__ import annotations

import posixpath
import re
import textwrap
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from macros.catalog.cards import CARD_KINDS, DECK, card_rows
from macros.catalog.catalog import Catalog
from macros.catalog.changelog import releases
from macros.catalog.macro_signatures import SIGNATURES
from macros.catalog.page import Page
from macros.catalog.prose import Call
from macros.exports.plaintext import PlainRenderer
from macros.exports.plans import MINE, short
from macros.exports.registry import Finished, export, exports
from macros.exports.sums import worked_sum
from macros.exports.urls import LICENCE, SUBTITLE, TITLE, address_of, chapter, edition
from macros.rows.base import LEVELS, HasArea, Row
from macros.rows.booklet import FOLDER, PLAN_WEEKS, Booklet, booklet_file, plan_file
from macros.rows.claims import Claim
from macros.rows.glossary import Term
from macros.rows.levels import Level
from macros.rows.plan import Plan, Task
from macros.rows.rounds import Round
from macros.rows.sources import GRADE_WORDS, Source
from macros.rows.teams import Track
from macros.rows.topic import Component, Topic

_FRONT = re.compile(r"\A---\n.*?\n---\n", re.S)
_CALL = re.compile(r"\{\{.*?\}\}", re.S)
_ATTRIBUTES = re.compile(r"[ \t]*\{:? ?[#.][^{}\n]*\}")
# Before a citation, where it follows a word as a raised number does: ``least(Publisher, 2024 [3])``.
_JOINED = re.compile(r"(?<=[^\s(\[])(?=\([^()\n]* \[\d+\](?:; [^()\n]* \[\d+\])*\))")
_LINK = re.compile(r"\]\((?P<target>[^()\s]*)\)")
_HEADING = re.compile(r"^(#{1,6}) ", re.M)
_FOLD = re.compile(r'^\?\?\? \S+ "(?P<title>[^"\n]+)"\n(?P<body>(?:(?: {4}.*)?\n)+)', re.M)
CHAPTERS = "llms/"

_ABOUT = (
    "Unofficial: not affiliated with or endorsed by Netflix. Every statement about Netflix carries a dated source, or is "
    'marked as our judgement; "reported" means that only secondary sources say it. Netflix publishes no rubric for its '
    "levels: the bars at L4, L5 and L6 are our reading. Figures hold for the year beside them. Quote with the date."
)


def llms_txt(catalog: Catalog, address: str) -> str:
    """Return the index: what the guide is, and a line for every page, by chapter."""
    parts = [f"# {TITLE}", f"> {SUBTITLE}, at L4, L5 and L6.", _ABOUT, _edition(catalog)]
    parts += [
        f"## {name}\n\n- [The whole chapter]({address}{CHAPTERS}{_file_of(pages[0])}): the text of its pages as one file\n"
        + "\n".join(f"- [{page.title}]({address}{page.url}): {page.description}" for page in pages)
        for name, pages in _chapters(catalog).items()
    ]
    ours_first = sorted(exports(), key=lambda one: one.path != "llms-full.txt")
    files = "\n".join(f"- [{title}]({address}{path}): {note}" for path, title, note, _ in ours_first if title)
    return "\n\n".join([*parts, f"## For machines\n\n{files}"]) + "\n"


def _edition(catalog: Catalog) -> str:
    return f"Text and data are {LICENCE}. The newest page was reviewed on {edition(catalog)}."


def _chapters(catalog: Catalog) -> dict[str, list[Page]]:
    """The pages of each chapter, by its title."""
    chapters: dict[str, list[Page]] = {}
    for page in catalog.pages.values():
        chapters.setdefault(chapter(catalog, page), []).append(page)
    return chapters


def _file_of(page: Page) -> str:
    """The name of the file that holds the text of the chapter of a page."""
    folder, inside, _ = page.path.partition("/")
    return f"{folder if inside else 'start'}.txt"


def page_texts(catalog: Catalog, prose: Mapping[str, str], address: str) -> dict[str, str]:
    """Return each page as Markdown, by path below docs/. `prose` holds the text of its file, by the same path."""
    renderer = PlainRenderer(catalog, address)
    return {path: _page(renderer, page, prose[path]) for path, page in catalog.pages.items()}


def llms_full(catalog: Catalog, texts: Mapping[str, str]) -> str:
    """Return the whole guide as Markdown, from the texts of its pages."""
    return _text(catalog, texts.values(), [f"“{page.title}”" for page in _source_pages(catalog)])


def llms_chapters(catalog: Catalog, texts: Mapping[str, str], address: str) -> dict[str, str]:
    """Return the same in a piece for each chapter, by the name of its file."""
    sources = [f"[{page.title}]({address}{page.url})" for page in _source_pages(catalog)]
    return {
        _file_of(pages[0]): _text(catalog, (texts[page.path] for page in pages), sources)
        for pages in _chapters(catalog).values()
    }


def _source_pages(catalog: Catalog) -> list[Page]:
    """The pages that the sources stand on, in the order of the navigation."""
    paths = {catalog.homes[row.id].page for row in catalog.all(Source)}
    return [page for page in catalog.pages.values() if page.path in paths]


def _text(catalog: Catalog, texts: Iterable[str], sources: list[str]) -> str:
    parts = [f"# {TITLE}", f"> {SUBTITLE}, at L4, L5 and L6.", _ABOUT, _edition(catalog)]
    where = " and on ".join(sources)
    parts += [f"Numbers in brackets, such as [1], are those of the sources, which stand on {where}."]
    text = _JOINED.sub(" ", "\n\n".join([*parts, *texts]))
    return re.sub(r"\n{3,}", "\n\n", text) + "\n"


def _page(renderer: PlainRenderer, page: Page, source: str) -> str:
    """A page: its title, what it is about, and its text with every macro replaced by the rows it shows."""
    calls = iter(page.calls)  # in the order of the file, which is how they are found again here
    body = _outside_fences(
        _unfolded(_FRONT.sub("", source)),
        lambda text: _HEADING.sub(r"#\1 ", _links(renderer, page, _ATTRIBUTES.sub("", text))),
    )
    depth = 2

    def shown(found: re.Match[str]) -> str:
        nonlocal depth
        before = _HEADING.findall(body, 0, found.start())
        depth = len(before[-1]) + 1 if before else 3
        return render_call(renderer, next(calls), depth)

    text = _CALL.sub(shown, body).strip()
    title, _, rest = text.partition("\n")
    about = "\n".join(
        [
            f"<{renderer.address}{page.url}> Reviewed {page.reviewed}. {page.description}",
            "",
            *(f"- {line}" for line in page.summary),
        ]
    )
    return f"{title}\n\n{about}\n\n{rest.strip()}"


def _unfolded(text: str) -> str:
    """Return the text with what a page folds away standing open, under the fold's title."""
    return _FOLD.sub(lambda found: f"**{found['title']}**\n\n{textwrap.dedent(found['body']).strip()}\n\n", text + "\n")


def _outside_fences(text: str, change: Callable[[str], str]) -> str:
    """Apply `change` to what is not fenced code."""
    pieces = re.split(r"(^```.*?^```[ \t]*$)", text, flags=re.S | re.M)
    return "".join(piece if index % 2 else change(piece) for index, piece in enumerate(pieces))


def _links(renderer: PlainRenderer, page: Page, text: str) -> str:
    """Give every link between pages its whole address."""

    def one(found: re.Match[str]) -> str:
        path, hash, anchor = found["target"].partition("#")
        if ":" in path:
            return found[0]
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path)) if path else page.path
        there = renderer.catalog.pages.get(target)
        return f"]({renderer.address}{there.url}{hash}{anchor})" if there else found[0]

    return _LINK.sub(one, text)


# What is shown in the line; everything else is a block.
_INLINE: dict[str, Callable[..., str]] = {
    "cite": PlainRenderer.cite,
    "figure": PlainRenderer.figure,
    "ref": PlainRenderer.link,
    "term": lambda renderer, id, words="": renderer.link(id, words or renderer.catalog.get(id, Term).term),
    "judgement": lambda renderer: GRADE_WORDS["ours"].lower(),
}
# What is neither rows in full, nor fields of one, nor names: see `Plain` in macros.catalog.macro_signatures.
_SPECIAL: dict[str, Callable[[PlainRenderer, Call], str]] = {
    "claims": lambda renderer, call: "\n".join(
        f"- {renderer.link(row.id)}: {row.stands}" for row in renderer.catalog.all(Claim) if row.area == call.args[0]
    ),
    "two_answers": lambda renderer, call: f"A weak and a strong answer: {renderer.link(call.args[0])}",
    "disagreement": lambda renderer, call: f"Sources disagree: {renderer.link(call.args[0])}",
    "self_check": lambda renderer, call: "\n".join(
        f"- {renderer.text(row.check)}" for row in renderer.catalog.get(call.args[0], Level).rubric
    ),
    "annotated_round": lambda renderer, call: _round(renderer, call.args[0]),
    "plan": lambda renderer, call: _plan(renderer, call.args[0]),
    "my_plan": lambda renderer, call: "\n".join(
        f"- [{track.title}, {level.upper()}]({renderer.address}{MINE}/{short(track.id)}-{level}.html)"
        for track in renderer.catalog.all(Track)
        for level in LEVELS
    ),
    "my_progress": lambda renderer, call: "\n".join(
        f"- {renderer.link(row.id)}: {len(rows)} boxes to tick"
        for row, rows in (
            *((level, level.rubric) for level in renderer.catalog.all(Level)),
            *((topic, topic.checklist) for topic in renderer.catalog.all(Topic)),
        )
    ),
    "flash_cards": lambda renderer, call: "\n".join(
        [
            f"- [The deck for Anki]({renderer.address}{DECK})",
            *(
                f"- {kind.names}: {len(card_rows(renderer.catalog)[kind.tag])}. Front: {kind.front}. Back: {kind.back}."
                for kind in CARD_KINDS
            ),
        ]
    ),
    "booklets": lambda renderer, call: "\n".join(
        [
            *(
                f"- {renderer.link(row.id)}: {renderer.text(row.purpose)} <{renderer.address}{FOLDER}/{booklet_file(row.id)}>"
                for row in renderer.catalog.all(Booklet)
            ),
            *(
                f"- [{track.title}, {level.upper()}, {weeks} weeks]({renderer.address}{FOLDER}/{plan_file(track.id, level, weeks)})"
                for track in renderer.catalog.all(Track)
                for level in LEVELS
                for weeks in PLAN_WEEKS
            ),
        ]
    ),
    "failure_drill": lambda renderer, call: "\n".join(
        f"- {renderer.text(row.trigger)} {renderer.link(row.id)}"
        for row in renderer.catalog.get(call.args[0], Topic, Component).failure_modes
    ),
    "worked_sum": lambda renderer, call: worked_sum(renderer, call.args[0]),
    "changes": lambda renderer, call: (
        "\n\n".join(f"**{one.version}, {one.date}**\n\n{one.body}" for one in releases(renderer.catalog.changelog))
        or "No version yet."
    ),
    "grades": lambda renderer, call: "\n".join(f"- {words}" for words in GRADE_WORDS.values()),
}


def render_call(renderer: PlainRenderer, call: Call, depth: int) -> str:
    """Return what a macro call shows, as plain Markdown; its rows get headings of `depth`. Raises KeyError for a
    macro that this module does not know, so that no row is left out in silence."""
    if call.name in _INLINE:
        return _INLINE[call.name](renderer, *call.args)
    if call.name in _SPECIAL:
        return _SPECIAL[call.name](renderer, call)
    signature = SIGNATURES[call.name]
    if signature.plain:
        fields, model = signature.plain
        if model:
            return "\n".join(f"- {renderer.link(row.id)}" for row in renderer.catalog.all(model))
        return renderer.own_fields(call.args[0], *fields) if fields else ""
    homes = signature.homes
    if not homes:
        raise KeyError(call.name)
    if homes == "itself":
        ids = [call.args[0]]
    elif homes.startswith("kind:"):
        ids = [row.id for row in renderer.catalog.all(homes.removeprefix("kind:")) if isinstance(row, Row)]
    elif homes.startswith("area:"):
        rows = [row for row in renderer.catalog.all(homes.removeprefix("area:")) if isinstance(row, Row)]
        ids = [row.id for area in call.args for row in rows if isinstance(row, HasArea) and row.area == area]
    else:
        ids = [row.id for row in getattr(renderer.catalog.get(call.args[0]), homes)]
    return renderer.rows(ids, depth) if ids else ""


def _round(renderer: PlainRenderer, id: str) -> str:
    row = renderer.catalog.get(id, Round)
    turns = [
        f"**{turn.who.capitalize()}:** {renderer.text(turn.says)}"
        + (f"\n\n> Note: {renderer.text(turn.note)}" if turn.note else "")
        for turn in row.turns
    ]
    head = f"### {renderer.link(id)}\n\n{row.level.upper()}, {row.verdict}. Prompt: {renderer.text(row.prompt)}"
    return "\n\n".join([head, *turns, f"**The interviewer's private summary:** {renderer.text(row.summary)}"])


def _plan(renderer: PlainRenderer, id: str) -> str:
    row = renderer.catalog.get(id, Plan)
    parts = [renderer.text(row.intro)]
    for week in row.weeks:
        parts.append(f"### {renderer.link(week.id)}\n\n{renderer.text(week.goal)}")
        for day in week.days:
            parts.append(f"Day {day.day}:\n\n" + "\n".join(_task(renderer, task) for task in day.tasks))
    return "\n\n".join(parts)


def _task(renderer: PlainRenderer, id: str) -> str:
    task = renderer.catalog.get(id, Task)
    extra = [f"{task.minutes} minutes", f"output: {renderer.text(task.output)}", f"with {renderer.link(task.at)}"]
    if task.levels != LEVELS:
        extra.append(", ".join(level.upper() for level in task.levels))
    if task.tracks:
        extra.append("tracks: " + ", ".join(renderer.catalog.name(track) for track in task.tracks))
    return f"- {renderer.text(task.do)} ({'; '.join(extra)}) <{address_of(renderer.catalog, renderer.address, id)}>"


@export("llms.txt")
def _index(of: Finished) -> str:
    return llms_txt(of.catalog, of.address)


@lru_cache(maxsize=1)
def _texts(of: Finished) -> dict[str, str]:
    return page_texts(of.catalog, of.prose, of.address)


@export("llms-full.txt", "The whole text", "every page and row as one Markdown file, with all sources")
def _whole(of: Finished) -> str:
    return llms_full(of.catalog, _texts(of))


@export(CHAPTERS)
def _by_chapter(of: Finished) -> Mapping[str, str]:
    return llms_chapters(of.catalog, _texts(of), of.address)
