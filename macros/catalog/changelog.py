"""Reads CHANGELOG.md, in the form of Keep a Changelog."""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple

from macros.catalog.diagnostics import GuideError, Problem

_RELEASE = re.compile(r"## \[?(?P<version>[^\]\s]+)\]?(?: - (?P<date>\S+))?(?P<yanked> \[YANKED\])?\s*")
_LINK = re.compile(r"\[(?P<version>[^\]]+)\]: (?P<url>https?://\S+)\s*")


class Release(NamedTuple):
    """A released version: its date (YYYY-MM-DD), what changed as Markdown, and the address of its changes or ''."""

    version: str
    date: str
    body: str
    url: str


def releases(text: str) -> tuple[Release, ...]:
    """Return the released versions in the order of the file; "Unreleased" is none. Raises GuideError with the lines."""
    found: list[tuple[str, str, list[str]]] = []
    links: dict[str, str] = {}
    problems: list[Problem] = []
    body: list[str] = []  # before the first version: lines that belong to none
    for number, line in enumerate(text.splitlines(), 1):
        if link := _LINK.fullmatch(line):
            links[link["version"]] = link["url"]
        elif not line.startswith("## "):
            body.append(line)
        else:
            body = []
            heading = _RELEASE.fullmatch(line)
            fault = _fault(heading, [version for version, _, _ in found])
            if fault:
                problems.append(Problem("CHANGELOG.md", number, fault))
            elif heading and heading["version"].lower() != "unreleased":
                found.append((heading["version"], heading["date"], body))
    if problems:
        raise GuideError(problems)
    return tuple(Release(name, date, "\n".join(body).strip(), links.get(name, "")) for name, date, body in found)


def unreleased(text: str) -> str:
    """Return what changed since the last version, as Markdown; '' for nothing."""
    found = re.search(r"^## \[?unreleased\]?\s*$(.*?)(?=^## |^\[[^\]]+\]: http|\Z)", text, re.M | re.S | re.I)
    return found[1].strip() if found else ""


def _fault(heading: re.Match[str] | None, before: list[str]) -> str:
    if heading is None:
        return "is not the heading of a version; write it as '## [1.2.0] - 2026-11-23'"
    if heading["version"].lower() == "unreleased":
        return ""
    if heading["version"] in before:
        return f"version {heading['version']} stands twice"
    try:
        datetime.date.fromisoformat(heading["date"] or "")
    except ValueError:
        return f"version {heading['version']} has no date; write it as '## [{heading['version']}] - 2026-11-23'"
    return ""
