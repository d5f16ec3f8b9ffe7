"""The search index: one file of names and words for the browser, and a small file of text per record for excerpts.

Nothing of it is loaded before a reader searches. It is the same bytes for the same guide: everything is in the order of
the navigation or of the alphabet, and nothing in it tells the time.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, get_args

from macros.catalog.catalog import Catalog
from macros.finish.assets import FETCHED
from macros.finish.row_words import kind_of
from macros.finish.search_records import Record, records
from macros.finish.search_words import OPENINGS, RULES, STOPS, WEAK, form, forms, spelled, synonyms
from macros.rows.kinds import KINDS, Group

GROUPS = get_args(Group)  # the six kinds to filter by, in the order of the menu


class Kind(NamedTuple):
    """Which of GROUPS a kind of record belongs to, and how much its name counts."""

    group: int
    weight: float


FOLDER = f"{FETCHED}/search"
# What is found beside rows; those say in macros/rows/ how they count.
_BESIDE = {"Page": Kind(0, 2.6), "Section": Kind(0, 1), "About this guide": Kind(0, 0.5)}
_BY_NAME = {"Source"}  # found by their names alone
COMMON = 45  # a word in more records than this tells none of them apart
_EXCERPT = 2000  # characters of a record's text that an excerpt is cut from
_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def write_search_index(catalog: Catalog, site: Path) -> int:
    """Write the index below `site`, where scripts fetch it; return how many records it holds."""
    found = records(catalog, site)
    shutil.rmtree(site / FOLDER, ignore_errors=True)
    for name, text in search_files(catalog, found):
        file = site / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return len(found)


def search_files(catalog: Catalog, found: list[Record]) -> Iterator[tuple[str, str]]:
    """Yield the files of the index of records with their paths below the site, what the others are found by last."""
    texts = [record.text[:_EXCERPT] for record in found]
    columns = columns_of(catalog, found)
    # Texts are asked for by number: under a name of their own per index, an old index never gets a new text.
    version = hashlib.sha256(_json([columns, texts]).encode()).hexdigest()[:8]
    yield from ((f"{FOLDER}/{version}/{number}.txt", text) for number, text in enumerate(texts) if text)
    yield f"{FOLDER}/index.json", _json({"version": version, **columns})


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def counted(kind: str) -> Kind:
    """Return how a kind of record counts."""
    if kind in _BESIDE:
        return _BESIDE[kind]
    group, weight = next(one.search for name, one in KINDS.items() if kind_of(name) == kind)
    return Kind(GROUPS.index(group), weight)


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
        "anchors": front_coded(record.anchor for record in found),
        "names": "\n".join("\t".join(names_of(record)) for record in found),
        "empty": gaps(number for number, record in enumerate(found) if not record.text),
        "words": front_coded(words),
        "postings": " ".join(gaps(numbers) for numbers in words.values()),
        "common": " ".join(common),
    }


def names_of(record: Record) -> list[str]:
    """Return the title of a record and its other names, without those that the search reads as one before them."""
    names: dict[tuple[str, ...], str] = {}
    for name in (record.title, *record.also):
        names.setdefault(tuple(map(form, spelled(name))), " ".join(name.split()))
    return list(names.values())


def postings(found: list[Record]) -> tuple[dict[str, list[int]], list[str]]:
    """Return, by word and in the order of the alphabet, the numbers of the records whose text has it; and the words of
    names that are in too many texts to be looked up there.

    What the browser knows from the names is left out, and so are bare numbers but years, and what is said of a source:
    whoever looks for one knows its name, and all else that its text has is said better by a row that cites it.
    """
    words: dict[str, list[int]] = defaultdict(list)
    names: set[str] = set()
    for number, record in enumerate(found):
        named = set(forms(" ".join((record.title, *record.also))))
        names |= named
        for word in set(forms(record.text if record.kind not in _BY_NAME else "")) - named:
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
    """Return words, a line each: how many letters, as one digit of 64, are those of the line before it, and the rest."""
    out, before = [], ""
    for word in words:
        same = 0
        while same < min(len(before), len(word), len(_DIGITS) - 1) and before[same] == word[same]:
            same += 1
        out.append(_DIGITS[same] + word[same:])
        before = word
    return "\n".join(out)
