"""A complete guide in miniature: one row of every kind (as many as its floor asks), two pages and a site configuration.

Tests write it into a scratch folder, break one thing, and look at what is said.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import shutil
from pathlib import Path
from typing import Any, get_args, get_origin

import yaml
from pydantic import ValidationError

import macros.views  # noqa: F401 - registers the macros, which reading a guide needs
from macros.catalog import catalog
from macros.catalog.files import FILE_KINDS, kind_in, schema_line
from macros.catalog.macro_signatures import SIGNATURES
from macros.catalog.references import roles
from macros.rows.base import Part
from macros.rows.kinds import Kind

ROOT = Path(__file__).resolve().parent.parent
HOMELESS = "never on a page"
NOT_NEEDED = ("retired",)  # a guide may have no row of it

DOT = 'digraph { client -> cache [label="read"] }\n'
SVG = (
    f'<svg xmlns="http://www.w3.org/2000/svg" data-source="{hashlib.sha256(DOT.encode()).hexdigest()}" viewBox="0 0 60 40" width="3.75em">'
    '<g fill="none" stroke="currentColor"><path d="M30,4 L30,36"/></g><g fill="currentColor" font-size="14" text-anchor="middle">'
    '<text x="45" y="20">read</text></g></svg>\n'
)


def option(name: str) -> dict[str, str]:
    return {"name": name, "what": f"What {name} does."}


def failure(id: str) -> dict[str, str]:
    return {
        "id": id, "title": f"Title of {id}", "trigger": "A trigger.", "member_sees": "A spinner.", "first_signal": "Misses rise.",
        "degrades": "Rows degrade; play goes on.", "recovers": "By itself.", "practise": "Once a month.",
        "say": "When it breaks, rows degrade and play goes on.",
    }  # fmt: skip


def published(id: str, date: str) -> dict[str, Any]:
    return {
        "id": id,
        "date": date,
        "title": "A choice",
        "decision": "They chose it.",
        "reason": "It was cheaper.",
        "sources": ["src-post"],
    }


WALK = {
    "setting": "A Tuesday evening, 100 reads a second (assumed).",
    "paths": [
        {"title": "One read", "steps": [{"name": "Look-up", "does": "The client asks."}, {"name": "Miss", "does": "The origin answers."}]},
        {"title": "One write", "steps": [{"name": "Store", "does": "The store takes it."}, {"name": "Copy", "does": "The copy follows."}]},
    ],
}  # fmt: skip


def probe(id: str) -> dict[str, str]:
    return {
        "id": id,
        "ask": "And then?",
        "level": "l5",
        "good": "Names the number [@src-post].",
        "weak": "Says it depends.",
    }


def rows() -> dict[str, Any]:
    """Return the content of every data file, by path below data/; of a kind that is not named below, an example of its model."""
    by_hand = _rows()
    held = {kind.name for path in by_hand if (kind := kind_in(path))}
    made = (kind for name, kind in FILE_KINDS.items() if name not in held and name not in NOT_NEEDED)
    return by_hand | {kind.file.replace("*", "some"): [example(kind)] if kind.many else example(kind) for kind in made}


def _rows() -> dict[str, Any]:
    step = {"does": "Names it.", "how": "unprompted"}
    value = {
        "asks": "It asks.", "sources": ["src-post"], "in_design_round": "You say it.", "story_prompt": "Tell of it.",
        "follow_ups": ["Why?", "What then?"], "non_answer": "I always agree.", "wrong_because": "It says nothing.", "ask_back": "Who decided?",
    }  # fmt: skip
    rubric = [
        {
            "id": f"{{level}}-row-{n}",
            "dimension": f"dim-{n}",
            "hit": f"Hit {n}.",
            "partial": "Partial.",
            "miss": "Miss.",
            "say": "The hard part is this.",
            "check": f"I do {n}.",
        }
        for n in range(7)
    ]
    level: dict[str, Any] = {
        "title": "Engineer", "question": "Can it stand?", "adds": "Depth.", "hour": "Quick.", "classic_miss": "Stops.", "practise": ["Aloud.", "On paper.", "Alone."],
        "tells": [{"id": f"{{level}}-tell-{n}", "says": "I would ask.", "reads_as": "at", "why": "Because."} for n in range(4)],
    }  # fmt: skip

    def one_level(name: str) -> dict[str, Any]:
        named = [{**row, "id": row["id"].format(level=name)} for row in rubric]
        told = [{**row, "id": row["id"].format(level=name)} for row in level["tells"]]
        return {"id": name, "name": name.upper(), **level, "rubric": named, "tells": told}

    return {
        "sources/some.yml": [
            {"id": "src-post", "title": "A post", "publisher": "Netflix Technology Blog", "date": "2024-05-06", "grade": "netflix", "seen": "read",
             "url": "https://example.org/post", "shows": "What it shows"},
            {"id": "src-old", "title": "An old note", "publisher": "A site", "date": "undated", "read": "2026-11", "grade": "prep", "seen": "excerpt", "shows": "Little"},
        ],
        "figures.yml": [{"id": "fig-operations", "value": "400 million operations a second", "what": "Cache traffic", "year": 2024, "sources": ["src-post"]}],
        "claims.yml": [{"id": "claim-verbal", "area": "round", "statement": "It is spoken", "verdict": "reported", "note": "Few say so.", "sources": ["src-old"]}],
        "disagreements.yml": [
            {"id": "differ-rounds", "question": "How many rounds?", "reading": "One or two.", "ask": "How many are mine?",
             "positions": [{"says": "One.", "sources": ["src-old"]}, {"says": "Two.", "sources": ["src-post"]}]}
        ],
        "teams.yml": [
            {"id": "team-caching", "name": "Caching", "does": "Runs caches.", "further_prompts": ["A cache", "Another"],
             "topics": ["caching"], "components": ["evcache"], "posts": [{"source": "src-post", "why": "It says why."}] * 3}
        ],
        "reading.yml": [{"id": "read-first", "title": "First", "intro": "Begin here.", "posts": [{"source": "src-post", "why": "Short."}]}],
        "glossary/terms.yml": [{"id": "term-ttl", "term": "Time to live", "also": ["TTL"], "means": "How long an entry may be served.", "taught": "caching", "at": "part-1", "see": ["caching"]}],
        "diagrams.yml": [
            {"id": "diagram-read", "title": "A read & its way", "alt": "A client reads a \"cache\".", "text": ["It asks [@src-post].", "It is answered."], "file": "read.dot"}
        ],
        "pictures/some.yml": [
            {"id": "picture-load", "title": "Load of the origin", "look": "The refill is the longer one.", "alt": "Two bars.", "words": ["It is short.", "It is long."], "sum": "sum-refill",
             "drawing": {"kind": "bars", "rows": [{"label": "To spare", "of": "spare"}, {"label": "Given", "value": 2.5, "shown": "2.5 reads/s", "strong": True}],
                         "limit": {"label": "Bears", "of": "limit"}, "log": True}}
        ],
        "sums/sums.yml": [
            {"id": "sum-refill", "title": "Refill or copy",
             "conclusion": "The refill takes **[:refill]** against [:allowed] allowed [@src-post]; [:spare number] are spare.",
             "inputs": [
                 {"name": "items", "value": 1_400_000_000, "unit": "items", "what": "Items in a copy", "kind": "assumption", "because": "It is a round number."},
                 {"name": "limit", "value": 100_000, "unit": "reads/s", "what": "What the origin bears", "kind": "assumption"},
                 {"name": "allowed", "value": 600, "unit": "s", "what": "Time allowed", "kind": "fact", "year": 2024, "sources": ["src-post"]},
             ],
             "steps": [
                 {"name": "spare", "says": "Reads to spare", "formula": "limit / 2", "unit": "reads/s"},
                 {"name": "refill", "says": "Refill", "formula": "items / spare", "unit": "s"},
             ],
             "holds": ["refill > allowed"],
             "checks": [{"at": "evcache", "says": "[:refill] by our sum"}]}
        ],
        "tracks.yml": [{"id": "track-platform", "title": "Platform", "teams": ["team-caching"], "topics": ["caching", "caching"], "because": "They run it."}],
        "topics/caching.yml": {
            "id": "caching", "title": "Caching", "depth": "first", "what": "Copies near readers.", "walk": WALK, "hard_part": "Freshness is hard. Copies differ.", "picture": "picture-load", "teams": ["team-caching"],
            "separates": ["l5"], "components": ["evcache"],
            "questions": [{"id": f"caching-ask-{n}", "ask": "How stale?", "changes": "The lifetime."} for n in range(5)],
            "decisions": [
                {"id": f"caching-choice-{n}", "title": "Eviction", "step": "Miss", "example": "A row changes at night.", "question": "Which?", "weaker": option("TTL"), "sound": option("LRU"), "strong": option("Both"),
                 "separates": "The miss rate, [=fig-operations].", "weaker_is_right_when": "Data is small.",
                 "say": "I let it expire; the price is a stale row.", "deeper": "Half of the rows are never read."} for n in range(3)
            ],
            "failure_modes": [failure(f"caching-fault-{n}") for n in range(6)],
            "ladder": [{"id": f"caching-step-{n}", "problem": "A hot key", "l4": step, "l5": step, "l6": step} for n in range(6)],
            "bar": {"l4": "Draws it.", "l5": "Breaks it.", "l6": "Runs it."},
            "published": [published(f"caching-post-{n}", f"202{n}-05") for n in range(4)],
            "probes": [probe("caching-probe-0")],
            "checklist": [{"id": f"caching-check-{n}", "line": "I said *how stale*."} for n in range(6)],
        },
        "stack/evcache.yml": {
            "id": "evcache", "title": "EVCache", "need": "Fast reads.", "choice": "Memcached.", "walk": WALK, "instead": [option("Redis")], "topics": ["caching"],
            "status": {"state": "in use", "as_of": "2024", "note": "Grown.", "sources": ["src-post"]},
            "failure_modes": [failure(f"evcache-fault-{n}") for n in range(3)],
            "published": [published(f"evcache-post-{n}", "2024") for n in range(3)],
            "probes": [probe(f"evcache-probe-{n}") for n in range(3)],
        },
        "stages.yml": [
            {"id": "screen", "title": "Screen", "length": "30 min", "form": "A call", "who": "Recruiter", "decides": "Level.", "grade": "candidate",
             "sources": ["src-old"], "prepare": ["Read.", "Write.", "Say it."], "expect": [{"ask": "Why?", "grade": "ours"}] * 3, "ask": ["Which level?", "Which team?"], "loses": ["Silence.", "A recital."],
             "questions": [
                 {"id": "screen-limiter", "ask": "A limiter?", "grade": "prep", "sources": ["src-old"], "looks_for": "A clock.", "works": "Passes it in.", "fails": "Waits.", "see": ["caching-fault-0"]},
                 {"id": "screen-why-us", "ask": "Why us?", "grade": "ours", "looks_for": "A reason.", "works": "Has one.", "fails": "Has none."},
             ]}
        ],
        "dimensions.yml": [{"id": f"dim-{n}", "title": f"Dimension {n}", "observes": "What is said."} for n in range(7)],
        **{f"levels/{name}.yml": one_level(name) for name in ("l4", "l5", "l6")},
        "principles.yml": [{"id": "principle-dream", "title": "Team", "says": "A team.", "sources": ["src-post"], "in_the_loop": "Everywhere."}],
        "values.yml": [{"id": "value-candor", "name": "Candor", **value}],
        "culture-probes.yml": [{"id": "ask-feedback", "ask": "Hard feedback?", "values": ["value-candor"], "grade": "ours", "looks_for": "It was said.", "works": "Said it.", "fails": "Hid it.", "also": ["Harsh words?", "Hard truths?"]}],
        "mistakes.yml": [
            {"id": "mistake-recital", "title": "Recital", "sounds_like": "First, requirements.", "costs": "Time.", "say_instead": "The hard part is this.",
             "levels": ["l5"], "drill": "Start there.", "grade": "ours", "see": ["caching-fault-0"]}
        ],
        "rounds/miss.yml": {
            "id": "round-miss", "title": "A miss", "prompt": "Design a cache", "level": "l5", "verdict": "misses the bar", "topics": ["caching"],
            "turns": [{"who": "candidate", "says": "I add a cache.", "note": "No why."}] * 6, "summary": "No."
        },
        "prompts/some.yml": [
            {"id": "prompt-cap", "title": "A cap", "says": "Cap it.", "area": "ads", "teams": ["team-caching"], "levels": ["l5"], "year": 2026, "grade": "prep", "sources": ["src-old"],
             "questions": [{"ask": "How exact?", "changes": "The store."}] * 3, "walk": WALK, "hard_part": "The race.", "say": "The race is the hard part.", "deeper": ["A sum.", "An edge."],
             "follow_ups": [{"minute": n, "step": "Store", "asks": "And then?", "listens_for": "A number.", "forces_change": n == 30} for n in (10, 20, 30, 40)],
             **{name: {"hit": "Says the number.", "partial": "Says some.", "miss": "Says none."} for name in ("l4", "l5", "l6")},
             "topics": ["caching"], "see": ["caching-fault-0", "caching-choice-0"]}
        ],
        "hour.yml": [
            {"id": "hour-open", "title": "Open", "begins": 0, "ends": 30, "candidate": "You ask.", "interviewer": "Listens."},
            {"id": "hour-change", "title": "Change", "begins": 30, "ends": 50, "candidate": "You change it.", "interviewer": "Changes it.", "changes": True},
        ],
        "tasks.yml": [{"id": "task-read", "do": "Read it.", "minutes": 30, "output": "Notes.", "at": "caching"}],
        "booklets.yml": [
            {"id": "booklet-all", "title": "All", "purpose": "It shows every piece.", "at": "screen",
             "pieces": [
                 {"shows": "opening"}, {"shows": "prepare", "ticks": True}, {"shows": "expect", "room": 1}, {"shows": "ask"}, {"shows": "loses"},
                 {"shows": "section", "of": "caching", "heading": "caching-walk"}, {"shows": "hour"}, {"shows": "levels"}, {"shows": "rubric", "of": "l4"},
                 {"shows": "tells", "of": "l5"}, {"shows": "values"}, {"shows": "grid"}, {"shows": "scorecard", "of": "l6"}, {"shows": "subjects", "copies": 2},
             ]}
        ],
        "plans/six-weeks.yml": {
            "id": "six-weeks", "title": "Six weeks", "intro": "Begin.",
            "weeks": [{"id": "six-weeks-depth", "title": "Depth", "goal": "Two topics.", "days": [{"day": n, "tasks": ["task-read"]} for n in (1, 2, 3)]}],
        },
    }  # fmt: skip


FRONT = (
    "---\ntitle: {title}\ndescription: About it.\nreviewed: 2026-11-23\nsummary:\n  - One.\n  - Two.\n  - Three.\n---\n"
)
TWICE = ("probes", "published", "failure_modes")

PAGES = {
    "index.md": FRONT.format(title="Home")
    + """# Home { #home }

{{ page_head() }}

A fact {{ cite("src-post", "src-old") }}, a figure: {{ figure("fig-operations") }}. See {{ ref("caching-fault-0") }}, {{ term("term-ttl") }}. {{ judgement() }}

{{ stage_list() }}

{{ plan_chooser() }}

{{ topic_cards() }}

{{ component_row() }}

{{ two_answers("mistake-recital") }}

{{ guide_numbers() }}

{{ stage_table() }}

{{ disagreements() }}

{{ claims("round") }}

{{ claim_list() }}

{{ annotated_round("round-miss") }}

{{ level_table() }}

{{ side_by_side() }}

{{ principles() }}

{{ culture_values() }}

{{ culture_probes("first") }}

{{ story_grid() }}

{{ hour() }}

{{ prompt_table() }}

{{ prompts("ads") }}

{{ mistakes() }}

{{ mistake_table() }}

{{ tracks() }}

{{ my_plan() }}

{{ my_progress() }}

{{ every_task() }}

{{ flash_cards() }}

{{ booklets() }}

{{ teams() }}

{{ reading_list() }}

{{ figures() }}

{{ source_list("netflix", "prep") }}

{{ glossary("s-z") }}

{{ grades() }}

{{ topic_table() }}

{{ stack_table() }}

{{ page_foot() }}
""",
    "caching.md": FRONT.format(title="Caching")
    + """# Caching { #caching }

{{ page_head() }}

{{ disagreement("differ-rounds") }}

{{ diagram("diagram-read") }}

{{ worked_sum("sum-refill") }}

{{ picture("picture-load") }}

## One read { #caching-walk }

{{ walk("caching") }}

"""
    + "\n\n".join(
        f'## Part {n} {{ #part-{n} }}\n\n{{{{ {name}("caching") }}}}'
        for n, name in enumerate(
            ["topic_facts", "clarifying_questions", "decisions", "failure_modes", "failure_drill", "alerts", "shifts", "ladder", "bar", "published", "probes", "spoken", "drills", "checklist"]
        )
    )
    + "\n\n{{ page_foot() }}\n",
    "evcache.md": FRONT.format(title="EVCache")
    + '# EVCache { #evcache }\n\n{{ page_head() }}\n\nA refill takes 7.8 hours by our sum.\n\n## Walk { #evcache-walk }\n\n{{ walk("evcache") }}\n\n{{ component_facts("evcache") }}\n\n{{ alternatives("evcache") }}\n\n'
    + '## Failure { #failure }\n\n{{ failure_modes("evcache") }}\n\n## Posts { #posts }\n\n{{ published("evcache") }}\n\n{{ probes("evcache") }}\n\n{{ page_foot() }}\n',
    "screen.md": FRONT.format(title="Screen") + '# Screen { #screen }\n\n{{ page_head() }}\n\n{{ stage("screen") }}\n\n## Answers { #answers }\n\n{{ stage_questions("screen") }}\n\n{{ page_foot() }}\n',
    "six-weeks.md": FRONT.format(title="Six weeks") + '# Six weeks { #six-weeks }\n\n{{ page_head() }}\n\n{{ plan("six-weeks") }}\n\n{{ page_foot() }}\n',
    **{
        f"{name}.md": FRONT.format(title=name)
        + f"# {name} {{ #{name} }}\n\n{{{{ page_head() }}}}\n\n"
        + "\n\n".join(f'## Part {n} {{ #part-{n} }}\n\n{{{{ {macro}("{name}") }}}}' for n, macro in enumerate(["level_facts", "rubric", "tells", "level_practice", "ladders", "self_check"]))
        + "\n\n{{ page_foot() }}\n"
        for name in ("l4", "l5", "l6")
    },
}  # fmt: skip


def pages() -> dict[str, str]:
    """Return the text of every page, by path below docs/; rows of a kind that none of them shows stand on the first."""
    text = "".join(PAGES.values())
    shown = (name for name, one in SIGNATURES.items() if one.homes.startswith("kind:") and not one.args)
    more = "".join(f"{{{{ {name}() }}}}\n\n" for name in shown if f"{{{{ {name}(" not in text)
    by_hand = {kind.name for path in _rows() if (kind := kind_in(path))}
    more += "".join(
        f'{{{{ {name}("{example(FILE_KINDS[one.args[0]])["id"]}") }}}}\n\n'
        for name, one in SIGNATURES.items()
        if one.homes == "itself" and one.args[0] in FILE_KINDS and one.args[0] not in by_hand
    )
    return {**PAGES, "index.md": PAGES["index.md"].replace("{{ page_foot() }}", more + "{{ page_foot() }}")}


def example(kind: Kind) -> dict[str, Any]:
    """Return a row of `kind` with the fields that it needs. Fails when a field takes nothing that is tried here."""
    row = {**_example(kind.model), "id": f"{kind.prefix}{kind.name}"}
    try:
        kind.model.model_validate(_tuples(row))
    except ValidationError as error:
        raise AssertionError(f"give _rows() in {__file__} an example of {kind.model.__name__}: {error}") from None
    return row


def _tuples(value: Any) -> Any:
    """Lists as the tuples that a row read from YAML has."""
    if isinstance(value, dict):
        return {key: _tuples(one) for key, one in value.items()}
    return tuple(map(_tuples, value)) if isinstance(value, list | tuple) else value


def _example(model: type[Part]) -> dict[str, Any]:
    return {name: _value(model, name) for name, field in model.model_fields.items() if field.is_required()}


def _value(model: type[Part], name: str) -> Any:
    """The first of some values that a field of `model` takes: an id that is there for a reference, its first word for a
    choice, and so on."""
    annotation = model.model_fields[name].annotation
    ids = {kind.name: row["id"] for path, (row, *_) in _listed().items() if (kind := kind_in(path))}
    wanted = next((role for field, role in roles(model) if field == name and role not in ("", "text")), "")
    inner = get_args(annotation)[0] if get_origin(annotation) is tuple else annotation
    words = (
        [ids.get(wanted, "caching")]
        if wanted
        else ["Some words.", "2024", "2024-05-06", "some-id", 5, 0.5, True, *get_args(inner)]
    )
    one = [_example(inner)] if isinstance(inner, type) and issubclass(inner, Part) else words
    for value in (value for first in one for value in (first, *([first] * count for count in range(1, 8)))):
        with contextlib.suppress(ValidationError):
            _only(model, name).model_validate({name: tuple(value) if isinstance(value, list) else value})
            return value
    raise AssertionError(f"give rows() an example of {model.__name__}: nothing fits its field '{name}'")


def _only(model: type[Part], name: str) -> type[Part]:
    field = model.model_fields[name]
    return type("Only", (Part,), {"__annotations__": {name: field.annotation}, name: field})


def _listed() -> dict[str, list[Any]]:
    return {path: content if isinstance(content, list) else [content] for path, content in _rows().items()}


def write(root: Path, *, engine: bool = False) -> Path:
    """Write the tiny guide below `root`; with `engine`, also what a build needs. Returns `root`."""
    for path, content in rows().items():
        dump(root, path, content)
    (root / "data" / "diagrams").mkdir(parents=True, exist_ok=True)
    for name, text in (("read.dot", DOT), ("read.svg", SVG)):
        (root / "data" / "diagrams" / name).write_text(text, "utf-8")
    for path, text in pages().items():
        file = root / "docs" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    (root / "mkdocs.yml").write_text("site_name: Tiny\nnav:\n" + "".join(f"  - {path}\n" for path in PAGES), "utf-8")
    if engine:
        shutil.copytree(ROOT / "macros", root / "macros", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(ROOT / "overrides", root / "overrides")
        shutil.copytree(ROOT / "docs" / "assets", root / "docs" / "assets")
        config = (ROOT / "mkdocs.yml").read_text("utf-8").split("\nnav:")[0]
        (root / "mkdocs.yml").write_text(config + "\nnav:\n" + "".join(f"  - {path}\n" for path in PAGES), "utf-8")
    return root


def write_large(root: Path, copies: int, *, engine: bool = False) -> Path:
    """Write the tiny guide with its topic and its component `copies` times more, each on a page of its own with posts
    of its own, which is some 46 rows a copy, and ids recorded. Returns `root`."""
    write(root, engine=engine)
    data, text = rows(), pages()
    posts, nav = data["sources/some.yml"], []
    first = posts[0]
    for number in range(1, copies + 1):
        for id, folder in (("caching", "topics"), ("evcache", "stack")):
            copy = f"{id}-{number}"
            row = _renamed(data[f"{folder}/{id}.yml"], id, copy) | {
                "title": f"{data[f'{folder}/{id}.yml']['title']} {number}"
            }
            for post in row["published"]:
                source = {**first, "id": f"src-{post['id']}", "url": f"{first['url']}/{post['id']}"}
                posts.append(source)
                post["sources"] = [source["id"]]
            dump(root, f"{folder}/{copy}.yml", row)
            body = re.sub(r"\{\{ (disagreement|diagram|worked_sum|picture)\(.*\n", "", text[f"{id}.md"])
            body = re.sub(rf"\b{id}\b", copy, body).replace("# Caching", f"# Caching {number}")
            (root / "docs" / f"{copy}.md").write_text(body.replace("# EVCache", f"# EVCache {number}"), "utf-8")
            nav.append(f"  - {copy}.md\n")
    dump(root, "sources/some.yml", posts)
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.writelines(nav)
    catalog.record_ids(root)
    return root


def _renamed(value: Any, id: str, copy: str) -> Any:
    """Return a row with the ids that begin with `id` beginning with `copy`."""
    if isinstance(value, dict):
        return {name: _renamed(inner, id, copy) for name, inner in value.items()}
    if isinstance(value, list):
        return [_renamed(inner, id, copy) for inner in value]
    return copy + value.removeprefix(id) if isinstance(value, str) and re.fullmatch(rf"{id}(-.*)?", value) else value


class _WrittenOut(yaml.SafeDumper):
    """Writes a value that stands in two places twice: the guide's own reader takes no aliases."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def dump(root: Path, path: str, content: Any) -> None:
    """Write one data file with the first line it must have."""
    file = root / "data" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.dump(content, Dumper=_WrittenOut, sort_keys=False, allow_unicode=True, width=10_000)
    file.write_text(f"{schema_line(path)}\n{text}", "utf-8")
