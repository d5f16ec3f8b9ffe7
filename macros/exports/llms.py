"""llms.txt and llms-full.txt: the guide for assistants, in the form of llmstxt.org."""

from __future__ import annotations

import posixpath
import re
import textwrap
from collections.abc import Callable, Mapping

from macros.catalog.cards import CARD_KINDS, DECK, card_rows
from macros.catalog.catalog import Catalog
from macros.catalog.changelog import releases
from macros.catalog.macro_signatures import SIGNATURES
from macros.catalog.page import Page
from macros.catalog.prose import Call
from macros.exports.plaintext import Plainly
from macros.exports.plans import MINE, short
from macros.exports.sums import worked_sum
from macros.exports.urls import LICENCE, SUBTITLE, TITLE, address_of, chapter, edition
from macros.rows.base import LEVELS, HasArea, Row
from macros.rows.booklet import FOLDER, PLAN_WEEKS, Booklet, booklet_file, plan_file
from macros.rows.claims import VERDICT_WORDS, Claim
from macros.rows.culture import Value
from macros.rows.glossary import Term
from macros.rows.levels import Level
from macros.rows.loop import Stage
from macros.rows.mistakes import Mistake
from macros.rows.plan import Plan, Task
from macros.rows.practice import Prompt
from macros.rows.rounds import Round
from macros.rows.sources import GRADE_WORDS
from macros.rows.teams import Track
from macros.rows.topic import Component, Topic

_FRONT = re.compile(r"\A---\n.*?\n---\n", re.S)
_CALL = re.compile(r"\{\{.*?\}\}", re.S)
_ATTRIBUTES = re.compile(r"[ \t]*\{:? ?[#.][^{}\n]*\}")
_LINK = re.compile(r"\]\((?P<target>[^()\s]*)\)")
_HEADING = re.compile(r"^(#{1,6}) ", re.M)
_FOLD = re.compile(r'^\?\?\? \S+ "(?P<title>[^"\n]+)"\n(?P<body>(?:(?: {4}.*)?\n)+)', re.M)
_DEPTH = 6

_ABOUT = (
    "Unofficial: not affiliated with or endorsed by Netflix. Every statement about Netflix carries a dated source, or is "
    'marked as our judgement; "reported" means that only secondary sources say it. Netflix publishes no rubric for its '
    "levels: the bars at L4, L5 and L6 are our reading. Figures hold for the year beside them. Quote with the date."
)
_FILES = (
    ("llms-full.txt", "The whole text", "every page and row as one Markdown file, with all sources"),
    ("data/v1/guide.json", "The data", "every row, typed, with its permanent address"),
    ("data/v1/schema.json", "Schema of the data", "JSON Schema of guide.json"),
    (DECK, "Flash cards", "an Anki deck of terms, figures, failure modes, decisions, probes and sentences to say"),
    ("feed.xml", "Changes", "an Atom feed with an entry for each version"),
    ("sitemap.xml", "Sitemap", "every page with the day it was last reviewed"),
    ("the-hard-part.zip", "Offline edition", "the guide as pages that open from disk"),
)


def llms_txt(catalog: Catalog, address: str) -> str:
    """Return the index: what the guide is, and a line for every page, by chapter."""
    chapters: dict[str, list[str]] = {}
    for page in catalog.pages.values():
        line = f"- [{page.title}]({address}{page.url}): {page.description}"
        chapters.setdefault(chapter(catalog, page), []).append(line)
    parts = [f"# {TITLE}", f"> {SUBTITLE}, at L4, L5 and L6.", _ABOUT, _edition(catalog)]
    parts += [f"## {name}\n\n" + "\n".join(lines) for name, lines in chapters.items()]
    files = "\n".join(f"- [{title}]({address}{path}): {note}" for path, title, note in _FILES)
    return "\n\n".join([*parts, f"## For machines\n\n{files}"]) + "\n"


def _edition(catalog: Catalog) -> str:
    return f"Text and data are {LICENCE}. The newest page was reviewed on {edition(catalog)}."


def llms_full(catalog: Catalog, prose: Mapping[str, str], address: str) -> str:
    """Return the whole guide as Markdown. `prose` holds the text of each page's file, by path below docs/."""
    to = Plainly(catalog, address)
    parts = [f"# {TITLE}", f"> {SUBTITLE}, at L4, L5 and L6.", _ABOUT, _edition(catalog)]
    parts += ["Numbers in brackets, such as [1], are those of the sources, which stand on the page Sources."]
    parts += [_page(to, page, prose[page.path]) for page in catalog.pages.values()]
    return re.sub(r"\n{3,}", "\n\n", "\n\n".join(parts)) + "\n"


def _page(to: Plainly, page: Page, source: str) -> str:
    """A page: its title, what it is about, and its text with every macro replaced by the rows it shows."""
    calls = iter(page.calls)  # in the order of the file, which is how they are found again here
    body = _outside_fences(
        _unfolded(_FRONT.sub("", source)),
        lambda text: _HEADING.sub(r"#\1 ", _links(to, page, _ATTRIBUTES.sub("", text))),
    )
    depth = 2

    def shown(found: re.Match[str]) -> str:
        nonlocal depth
        before = _HEADING.findall(body, 0, found.start())
        depth = len(before[-1]) + 1 if before else 3
        return say(to, next(calls), depth)

    text = _CALL.sub(shown, body).strip()
    title, _, rest = text.partition("\n")
    about = "\n".join(
        [
            f"<{to.address}{page.url}> Reviewed {page.reviewed}. {page.description}",
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


def _links(to: Plainly, page: Page, text: str) -> str:
    """Give every link between pages its whole address."""

    def one(found: re.Match[str]) -> str:
        path, hash, anchor = found["target"].partition("#")
        if ":" in path:
            return found[0]
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path)) if path else page.path
        there = to.catalog.pages.get(target)
        return f"]({to.address}{there.url}{hash}{anchor})" if there else found[0]

    return _LINK.sub(one, text)


# What is shown in the line; everything else is a block.
_INLINE: dict[str, Callable[..., str]] = {
    "cite": Plainly.cite,
    "figure": Plainly.figure,
    "ref": Plainly.link,
    "term": lambda to, id, words="": to.link(id, words or to.catalog.get(id, Term).term),
    "judgement": lambda to: f"({GRADE_WORDS['ours']})",
}
# Fields of the row a macro is given; the "facts" show what no other macro of the page does.
_FIELDS: dict[str, tuple[str, ...]] = {
    "stage": ("length", "form", "who", "grade", "sources", "decides", "prepare", "expect", "ask", "loses"),
    "topic_facts": ("depth", "what", "hard_part", "teams", "separates", "components"),
    "walk": ("walk",),
    "bar": ("bar",),
    "level_facts": ("question", "adds", "hour"),
    "level_practice": ("classic_miss", "practise"),
    "component_facts": ("need", "choice", "status", "instead", "topics"),
    "alternatives": ("instead",),
}
# Tables that repeat rows which stand in full elsewhere: their names, with where.
_OVERVIEWS: dict[str, type[Row]] = {
    "stage_table": Stage,
    "stage_list": Stage,
    "level_table": Level,
    "topic_table": Topic,
    "topic_cards": Topic,
    "component_row": Component,
    "stack_table": Component,
    "mistake_table": Mistake,
    "prompt_table": Prompt,
    "story_grid": Value,
    "ladders": Topic,
}
# What stands elsewhere, or serves only those who look at the page.
_SAID_ALREADY = ("page_head", "page_foot", "contents", "plan_chooser", "guide_numbers")
_SPECIAL: dict[str, Callable[[Plainly, Call], str]] = {
    "claims": lambda to, call: "\n".join(
        f"- {to.link(row.id)}: {VERDICT_WORDS[row.verdict]}"
        for row in to.catalog.all(Claim)
        if row.area == call.args[0]
    ),
    "two_answers": lambda to, call: f"A weak and a strong answer: {to.link(call.args[0])}",
    "disagreement": lambda to, call: f"Sources disagree: {to.link(call.args[0])}",
    "self_check": lambda to, call: "\n".join(
        f"- {to.text(row.check)}" for row in to.catalog.get(call.args[0], Level).rubric
    ),
    "annotated_round": lambda to, call: _round(to, call.args[0]),
    "plan": lambda to, call: _plan(to, call.args[0]),
    "my_plan": lambda to, call: "\n".join(
        f"- [{track.title}, {level.upper()}]({to.address}{MINE}/{short(track.id)}-{level}.html)"
        for track in to.catalog.all(Track)
        for level in LEVELS
    ),
    "my_progress": lambda to, call: "\n".join(
        f"- {to.link(row.id)}: {len(rows)} boxes to tick"
        for row, rows in (
            *((level, level.rubric) for level in to.catalog.all(Level)),
            *((topic, topic.checklist) for topic in to.catalog.all(Topic)),
        )
    ),
    "flash_cards": lambda to, call: "\n".join(
        [
            f"- [The deck for Anki]({to.address}{DECK})",
            *(
                f"- {kind.names}: {len(card_rows(to.catalog)[kind.tag])}. Front: {kind.front}. Back: {kind.back}."
                for kind in CARD_KINDS
            ),
        ]
    ),
    "booklets": lambda to, call: "\n".join(
        [
            *(
                f"- {to.link(row.id)}: {to.text(row.purpose)} <{to.address}{FOLDER}/{booklet_file(row.id)}>"
                for row in to.catalog.all(Booklet)
            ),
            *(
                f"- [{track.title}, {level.upper()}, {weeks} weeks]({to.address}{FOLDER}/{plan_file(track.id, level, weeks)})"
                for track in to.catalog.all(Track)
                for level in LEVELS
                for weeks in PLAN_WEEKS
            ),
        ]
    ),
    "failure_drill": lambda to, call: "\n".join(
        f"- {to.text(row.trigger)} {to.link(row.id)}"
        for row in to.catalog.get(call.args[0], Topic, Component).failure_modes
    ),
    "worked_sum": lambda to, call: worked_sum(to, call.args[0]),
    "changes": lambda to, call: (
        "\n\n".join(f"**{one.version}, {one.date}**\n\n{one.body}" for one in releases(to.catalog.changelog))
        or "No version yet."
    ),
    "grades": lambda to, call: "\n".join(f"- {words}" for words in GRADE_WORDS.values()),
}


def say(to: Plainly, call: Call, depth: int) -> str:
    """Return what a macro call shows, as plain Markdown; its rows get headings of `depth`. Raises KeyError for a
    macro that this module does not know, so that no row is left out in silence."""
    if call.name in _SAID_ALREADY:
        return ""
    if call.name in _INLINE:
        return _INLINE[call.name](to, *call.args)
    if call.name in _SPECIAL:
        return _SPECIAL[call.name](to, call)
    if call.name in _FIELDS:
        return to.own(call.args[0], *_FIELDS[call.name])
    if call.name in _OVERVIEWS:
        return "\n".join(f"- {to.link(row.id)}" for row in to.catalog.all(_OVERVIEWS[call.name]))
    homes = SIGNATURES[call.name].homes
    if not homes:
        raise KeyError(call.name)
    if homes == "itself":
        ids = [call.args[0]]
    elif homes.startswith("kind:"):
        ids = [row.id for row in to.catalog.all(homes.removeprefix("kind:")) if isinstance(row, Row)]
    elif homes.startswith("area:"):
        rows = [row for row in to.catalog.all(homes.removeprefix("area:")) if isinstance(row, Row)]
        ids = [row.id for row in rows if isinstance(row, HasArea) and row.area == call.args[0]]
    else:
        ids = [row.id for row in getattr(to.catalog.get(call.args[0]), homes)]
    return to.rows(ids, depth) if ids else ""


def _round(to: Plainly, id: str) -> str:
    row = to.catalog.get(id, Round)
    turns = [
        f"**{turn.who.capitalize()}:** {to.text(turn.says)}"
        + (f"\n\n> Note: {to.text(turn.note)}" if turn.note else "")
        for turn in row.turns
    ]
    head = f"### {to.link(id)}\n\n{row.level.upper()}, {row.verdict}. Prompt: {to.text(row.prompt)}"
    return "\n\n".join([head, *turns, f"**The interviewer's private summary:** {to.text(row.summary)}"])


def _plan(to: Plainly, id: str) -> str:
    row = to.catalog.get(id, Plan)
    parts = [to.text(row.intro)]
    for week in row.weeks:
        parts.append(f"### {to.link(week.id)}\n\n{to.text(week.goal)}")
        for day in week.days:
            parts.append(f"Day {day.day}:\n\n" + "\n".join(_task(to, task) for task in day.tasks))
    return "\n\n".join(parts)


def _task(to: Plainly, id: str) -> str:
    task = to.catalog.get(id, Task)
    extra = [f"{task.minutes} minutes", f"output: {to.text(task.output)}", f"with {to.link(task.at)}"]
    if task.levels != LEVELS:
        extra.append(", ".join(level.upper() for level in task.levels))
    if task.tracks:
        extra.append("tracks: " + ", ".join(to.catalog.name(track) for track in task.tracks))
    return f"- {to.text(task.do)} ({'; '.join(extra)}) <{address_of(to.catalog, to.address, id)}>"
