"""Abbreviations are explained: each stands in the glossary, or is a word every reader of the guide uses daily."""

from __future__ import annotations

import re

import pytest

from macros.catalog import catalog
from macros.catalog.references import texts
from macros.rows.base import Row
from tools.site_build import ROOT

ABBREVIATION = re.compile(r"\b[A-Z][A-Z0-9]{1,6}(?=s?\b)")
CODE = re.compile(r"\{\{.*?\}\}|`[^`]*`|```.*?```", re.S)
EVERYDAY = set(
    # levels, units, and what an engineer says without thinking
    "L3 L4 L5 L6 L7 E3 E5 E7 II KB MB GB TB PB CPU GPU RAM API AWS EC2 S3 US ML HTTP HTTPS TCP UDP TLS DNS SQL REST POST GET URL JSON YAML HTML HD 4K"
    " FAQ README PDF RAID MP4 NGINX SQS IP ID UI OK UTC AI SRE QR A4"
    # names spelled in capitals: a licence, a team, a tool, a product
    " CC BY MIT CORE FIT RAW"
    # names of settings and of lists of changes: compatibility modes, a consistency level, a DRM level, a signature, proposals
    " FULL FORWARD NONE QUORUM L1 HMAC KIP FLINK".split()
)


def unexplained(text: str, known: set[str]) -> set[str]:
    """Return the abbreviations of `text` that are neither in `known` nor everyday words."""
    return set(ABBREVIATION.findall(CODE.sub(" ", text))) - known - EVERYDAY


def read(row: Row) -> list[str]:
    """Return the texts of a row that readers see: without what is only typed into the search."""
    return [text for text in texts(row) if text not in getattr(row, "typed", ())]


def test_every_abbreviation_is_explained() -> None:
    found = catalog.load(ROOT)
    terms = found.all("term")
    known = {word for term in terms for name in (term.term, *term.also) for word in re.findall(r"\w+", name)}
    rows = {id: unexplained(" ".join(read(e.row)), known) for id, e in found.entries.items() if e.kind != "source"}
    files = {path: (ROOT / "docs" / path).read_text("utf-8") for path in found.pages}
    pages = {f"docs/{path}": unexplained(re.sub(r"(?m)^typed: .*$", "", text), known) for path, text in files.items()}
    missing = {place: sorted(words) for place, words in {**rows, **pages}.items() if words}
    assert missing == {}, "add them to data/glossary/, with what they mean"


@pytest.mark.parametrize(
    ("text", "left"), [("the MTTR of an API", {"MTTR"}), ("use `GETX` and SLOs", {"SLO"}), ("plain words", set())]
)
def test_a_bare_abbreviation_is_seen(text: str, left: set[str]) -> None:
    assert unexplained(text, set()) == left
