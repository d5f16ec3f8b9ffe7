"""Ask every outside address of the built site whether it still answers, and write what is dead as Markdown.

    python -m tools.links SITE REPORT [--skip PREFIX]

Standard library only. REPORT is empty when nothing is dead. The exit code says only whether it could ask at all:
a dead link somewhere else is no reason to stop a change here.
"""

from __future__ import annotations

import argparse
import http.client
import socket
import sys
import time
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
AGENT = "Mozilla/5.0 (compatible; weekly link check of an open study guide)"
PATIENCE = 20  # seconds for one answer
PAUSE = 1  # seconds between two requests to the same host
HOSTS = 16  # hosts asked at the same time
LIMIT = 60_000  # bytes of the report; an issue holds 65,536 characters


class Answer(NamedTuple):
    """What an address answered: 'alive', 'dead' or 'unclear', and the reason in words."""

    state: str
    why: str


class _Links(HTMLParser):
    """Collects the outside addresses a page links to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        target = dict(attrs).get("href") or ""
        if tag == "a" and target.startswith(("https://", "http://")):
            self.found.add(target.partition("#")[0])


def outside_links(site: Path, skip: list[str]) -> dict[str, list[str]]:
    """Return the pages of `site` by the outside address they link to; addresses that begin with one of `skip` are left out."""
    pages: dict[str, list[str]] = defaultdict(list)
    for file in sorted(site.rglob("*.html")):
        links = _Links()
        links.feed(file.read_text("utf-8"))
        for address in links.found:
            if not address.startswith(tuple(skip)):
                pages[address].append(file.relative_to(site).as_posix().removesuffix("index.html") or "home")
    return dict(pages)


def ask(address: str) -> Answer:
    """Request `address`, a second time when the first gave no clear answer."""
    answer = _ask_once(address)
    if answer.state == "unclear":
        time.sleep(5 * PAUSE)
        answer = _ask_once(address)
    return answer


def _ask_once(address: str) -> Answer:
    try:
        request = urllib.request.Request(quote(address, safe="%/:=&?~#+!$,;'@()*[]"), headers={"User-Agent": AGENT})  # noqa: S310
        with urllib.request.urlopen(request, timeout=PATIENCE) as response:  # noqa: S310 - only http(s) is collected
            if urlsplit(address).path.strip("/") and not urlsplit(response.url).path.strip("/"):
                return Answer("dead", "sends the reader to a front page")
            return Answer("alive", "")
    except urllib.error.HTTPError as error:
        return Answer("dead" if error.code in (404, 410) else "unclear", f"answers {error.code}")
    except urllib.error.URLError as error:
        if isinstance(error.reason, socket.gaierror) and error.reason.errno == socket.EAI_NONAME:
            return Answer("dead", "its host has no address any more")
        return Answer("unclear", f"no answer ({type(error.reason).__name__})")
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Answer("unclear", f"no answer ({type(error).__name__})")


def ask_all(addresses: list[str]) -> dict[str, Answer]:
    """Ask every address: many hosts at once, one host slowly."""
    by_host: dict[str, list[str]] = defaultdict(list)
    for address in sorted(addresses):
        by_host[address.split("/")[2]].append(address)

    def one_host(mine: list[str]) -> Iterator[tuple[str, Answer]]:
        for address in mine:
            yield address, ask(address)
            time.sleep(PAUSE)

    with ThreadPoolExecutor(HOSTS) as pool:
        return dict(pair for pairs in pool.map(lambda mine: list(one_host(mine)), by_host.values()) for pair in pairs)


def written_at(root: Path) -> dict[str, str]:
    """Return the place below `root` where each address of the data files is written, as ``data/sources/x.yml:8``."""
    places: dict[str, str] = {}
    for file in sorted((root / "data").rglob("*.yml")):
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            field, _, value = line.strip().partition(": ")
            if field.removeprefix("- ") == "url":
                address = value.strip().strip("'\"").partition("#")[0]
                places.setdefault(address, f"{file.relative_to(root).as_posix()}:{number}")
    return places


def report(answers: dict[str, Answer], pages: dict[str, list[str]], places: dict[str, str]) -> str:
    """Return the list in Markdown, or '' when nothing is dead."""
    states: dict[str, list[str]] = defaultdict(list)
    for address, answer in sorted(answers.items()):
        where = places.get(address) or "page " + pages[address][0]
        states[answer.state].append(f"- [ ] <{address}> {answer.why} (`{where}`)")
    if not states["dead"]:
        return ""
    text = "\n".join(
        [
            f"{len(answers)} outside addresses were asked; {len(states['dead'])} are dead. Put the new address into the file",
            "named behind each, or leave `url` out where the page is gone for good; title, date and what it shows stay.",
            "This list is written again every week, and the issue closes when the list is empty.",
            "",
            *states["dead"],
            *(["", "Gave no clear answer, often because they refuse programs:", ""] if states["unclear"] else []),
            *(line.replace("- [ ]", "-") for line in states["unclear"]),
        ]
    )
    if len(text.encode()) > LIMIT:
        text = (
            text.encode()[:LIMIT].decode(errors="ignore").rsplit("\n", 1)[0] + "\n\nThe list goes on; mend these first."
        )
    return text + "\n"


def main() -> int:
    """Run the check; return 0 when the report is written, 2 when there was nothing to ask or no network."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path)
    parser.add_argument("report", type=Path)
    parser.add_argument(
        "--skip", action="append", default=[], help="leave out addresses that begin so; may be repeated"
    )
    given = parser.parse_args()
    pages = outside_links(given.site, given.skip)
    if not pages:
        print(f"{given.site}: links to nothing outside; build it first (make site).", file=sys.stderr)
        return 2
    answers = ask_all(list(pages))
    # Any status code is an answer; without a single one the fault is on this side, and a report would be wrong.
    if not any(answer.state == "alive" or "answers" in answer.why for answer in answers.values()):
        print(f"None of {len(pages)} addresses answered: is there a network?", file=sys.stderr)
        return 2
    given.report.write_text(report(answers, pages, written_at(ROOT)), "utf-8")
    dead = sum(answer.state == "dead" for answer in answers.values())
    print(f"{len(answers)} outside addresses asked, {dead} dead: {given.report}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
