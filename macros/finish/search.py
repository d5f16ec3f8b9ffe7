"""The search index: one file of names and words for the browser, and a small file of text per record for excerpts.

Nothing of it is loaded before a reader searches. It is the same bytes for the same guide: everything is in the order of
the navigation or of the alphabet, and nothing in it tells the time.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from macros.finish.search_records import Record, records
from macros.finish.search_words import OPENINGS, RULES, STOPS, WEAK, form, forms, synonyms
from macros.model.catalog import Catalog

# The six kinds to filter by, in the order of the menu.
GROUPS = ("Pages", "Terms", "Decisions", "Failure modes", "Practice", "Evidence")


class Kind(NamedTuple):
    """Which of GROUPS a kind of record belongs to, and how much its name counts."""

    group: int
    weight: float


# A kind that is not named here is evidence.
_KINDS: Mapping[str, tuple[int, float]] = {
    "Topic": (0, 6),
    "Component": (0, 4),
    "Page": (0, 2.6),
    "Level": (0, 2.6),
    "Stage": (0, 2.6),
    "Plan": (0, 2.6),
    "Section": (0, 1),
    "About this guide": (0, 0.5),
    "Round": (0, 1),
    "Term": (1, 2.4),
    "Value": (1, 1.6),
    "Principle": (1, 1.6),
    "Dimension": (1, 1),
    "Decision": (2, 1.4),
    "Published": (2, 1),
    "Ladder row": (2, 1),
    "Shift": (2, 0.8),
    "Failure mode": (3, 1.3),
    "Alert": (3, 0.8),
    "Mistake": (3, 1.2),
    "Prompt": (4, 1.2),
    "Probe": (4, 1),
    "Clarifying question": (4, 0.9),
    "Culture probe": (4, 1.1),
    "Stage question": (4, 1),
    "Spoken": (4, 0.8),
    "Rubric row": (4, 0.8),
    "Tell": (4, 0.7),
    "Drill": (4, 0.9),
    "Task": (4, 0.5),
    "Week": (4, 0.5),
    "Check": (4, 0.5),
    "Claim": (5, 0.8),
    "Team": (5, 0.8),
    "Source": (5, 0.25),
    "Picture": (5, 0.6),
}
COMMON = 60  # a word in more records than this tells none of them apart
_EXCERPT = 2000  # characters of a record's text that an excerpt is cut from
_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def write_search_index(catalog: Catalog, site: Path) -> int:
    """Write `site`/search; return how many records it holds."""
    found = records(catalog, site)
    folder = site / "search"
    shutil.rmtree(folder, ignore_errors=True)
    texts = [record.text[:_EXCERPT] for record in found]
    columns = columns_of(catalog, found)
    # Texts are asked for by number: under a name of their own per index, an old index never gets a new text.
    version = hashlib.sha256(_json([columns, texts]).encode()).hexdigest()[:8]
    (folder / version).mkdir(parents=True)
    (folder / "index.json").write_text(_json({"version": version, **columns}), "utf-8")
    for number, text in enumerate(texts):
        if text:
            (folder / version / f"{number}.txt").write_text(text, "utf-8")
    return len(found)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def counted(kind: str) -> Kind:
    """Return how a kind of record counts; one that is not named above is evidence."""
    return Kind(*_KINDS.get(kind, (5, 1)))


def columns_of(catalog: Catalog, found: list[Record]) -> dict[str, object]:
    """Return the index of records in columns, which compress better than rows; search/records.js reads it."""
    kinds = sorted({record.kind for record in found})
    pages = {page.url: page.title for page in catalog.pages.values()}
    numbers = {url: number for number, url in enumerate(pages)}
    words, common = postings(found)
    return {
        "rules": RULES,
        "stops": " ".join(sorted(STOPS)),
        "weak": " ".join(sorted({form(word) for word in WEAK})),
        "openings": OPENINGS,
        "synonyms": synonyms(),
        "groups": GROUPS,
        "kinds": [(kind, *counted(kind)) for kind in kinds],
        "pages": list(pages.items()),
        "page": gaps(numbers[record.page] for record in found),
        "kind": "".join(_DIGITS[kinds.index(record.kind)] for record in found),
        "level": "".join(record.level[1:] or "0" for record in found),
        "anchors": "\n".join(record.anchor for record in found),
        "titles": "\n".join(" ".join(record.title.split()) for record in found),
        "also": {str(number): record.also for number, record in enumerate(found) if record.also},
        "empty": gaps(number for number, record in enumerate(found) if not record.text),
        "words": front_coded(words),
        "postings": " ".join(gaps(numbers) for numbers in words.values()),
        "common": " ".join(common),
    }


def postings(found: list[Record]) -> tuple[dict[str, list[int]], list[str]]:
    """Return, by word and in the order of the alphabet, the numbers of the records whose text has it; and the words of
    names that are in too many texts to be looked up there.

    What the browser knows from the names is left out, and so are bare numbers but years.
    """
    words: dict[str, list[int]] = defaultdict(list)
    names: set[str] = set()
    for number, record in enumerate(found):
        named = set(forms(" ".join((record.title, *record.also))))
        names |= named
        for word in set(forms(record.text)) - named:
            if len(word) > 1 and not (word.isdigit() and word[:2] not in ("19", "20")):
                words[word].append(number)
    common = sorted(word for word, numbers in words.items() if len(numbers) > COMMON and word in names)
    return {word: numbers for word, numbers in sorted(words.items()) if word not in common}, common


def gaps(numbers: Iterable[int]) -> str:
    """Return rising numbers as text: each as the gap to the one before it, five bits a character, the least first."""
    out, before = [], 0
    for number in numbers:
        gap, before = number - before, number
        while gap > 31:
            out.append(_DIGITS[32 + gap % 32])
            gap //= 32
        out.append(_DIGITS[gap])
    return "".join(out)


def front_coded(words: Iterable[str]) -> str:
    """Return words of the alphabet, a line each: how many letters are those of the word before it, and the rest."""
    out, before = [], ""
    for word in words:
        same = 0
        while same < min(len(before), len(word), 9) and before[same] == word[same]:
            same += 1
        out.append(f"{same}{word[same:]}")
        before = word
    return "\n".join(out)
