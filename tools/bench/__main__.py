"""Times, memory and sizes of the guide, measured side by side in one run (make bench).

Each measured value stands beside its budget. A value over budget is said and is no failure: machines differ, and what
is compared is measured here in turns. The exit code is 1 only when the largest paint is hardly faster than that of the
plain theme, and 2 when a step breaks. The budgets of bytes and requests are tests too.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

import macros.views  # noqa: F401 - registers the macros, which reading a guide needs
from macros.catalog import catalog
from macros.rows.glossary import Term
from tools import sample_guide
from tools.bench import browser as in_browser
from tools.bench import weight
from tools.bench.report import FAILED, Row, say, table
from tools.bench.trees import expanded, multiplied, plain_material
from tools.site_build import ROOT, copy_guide, run, with_mkdocs

RUNS = 5
COPIES = 9
TWICE = 86  # times a topic and a component more in the tiny guide: 180 pages
FAULT = "a fault"
SERVE_LIMIT = 120.0  # seconds; a server that says nothing for so long is broken
BUILD = (".venv/bin/mkdocs", "build", "--strict", "--site-dir", ".site")


class Use(NamedTuple):
    """What a command took: seconds on the clock, and its peak memory in MB."""

    seconds: float
    megabytes: float


# A process starts with the memory of the one that starts it on its account, so a small one starts what is measured.
_STARTER = """import json, resource, subprocess, sys, time
started = time.perf_counter()
done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
seconds = time.perf_counter() - started
print(json.dumps([done.returncode, seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, done.stdout]))"""


def measure(root: Path, *command: str) -> Use:
    """Run a command in `root`. Raises RuntimeError when it fails."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    starter = [sys.executable, "-I", "-S", "-c", _STARTER, *command]
    answer = subprocess.run(starter, cwd=root, env=environment, capture_output=True, text=True, check=True).stdout
    code, seconds, memory, said = json.loads(answer)
    if code:
        raise RuntimeError(f"{' '.join(command)} failed:\n{said}")
    # Kilobytes on Linux, bytes on macOS.
    return Use(seconds, memory / (1024 * 1024 if sys.platform == "darwin" else 1024))


def in_turns(runs: int, *commands: Callable[[], Use]) -> list[list[Use]]:
    """Run each command once, then each again, so that a slow minute of the machine falls on all of them."""
    found: list[list[Use]] = [[] for _ in commands]
    for turn in range(runs):
        for index, command in enumerate(commands):
            found[index].append(command())
        say(f"turn {turn + 1} of {runs}: " + ", ".join(f"{one[-1].seconds:.2f} s" for one in found))
    return found


def build_afresh(root: Path) -> Use:
    """Build with nothing kept of an earlier check or build."""
    shutil.rmtree(root / ".cache", ignore_errors=True)
    return measure(root, *BUILD)


def median(uses: list[Use]) -> float:
    return statistics.median(use.seconds for use in uses)


def articles(site: Path) -> dict[str, str]:
    """The article of every page, its text only."""
    found = {}
    for file in sorted(site.rglob("*.html")):
        article = LexborHTMLParser(file.read_text("utf-8")).css_first("article")
        found[file.relative_to(site).as_posix()] = " ".join(article.text().split()) if article else ""
    return found


# -- what is measured -------------------------------------------------------------------------------


def cost_of_macros(scratch: Path) -> list[Row]:
    """A strict build of the guide, after a check and with nothing kept, beside one with the macros already expanded."""
    say("the guide, and the same pages with macros expanded")
    with_macros, without = copy_guide(scratch / "macros"), expanded(scratch / "expanded")
    for root in (with_macros, without):
        measure(root, *BUILD)
    here, there = articles(with_macros / ".site"), articles(without / ".site")
    other = [path for path in here if here[path] != there.get(path)]
    if other:
        raise RuntimeError(f"the expanded pages are not the same pages: {', '.join(other[:5])}")
    found = in_turns(
        RUNS,
        lambda: build_afresh(with_macros),
        lambda: measure(with_macros, *BUILD),  # after a check or a build, as make site does it
        lambda: measure(without, *BUILD),
    )
    afresh, kept, plain = (median(uses) for uses in found)
    return [
        Row("strict build, nothing kept", afresh, "s", 15.0, f"median of {RUNS}"),
        Row("strict build after a check", kept, "s", 15.0, f"median of {RUNS}"),
        Row("strict build, macros already expanded", plain, "s", None, f"median of {RUNS}"),
        Row("cost of the macros after a check", kept / plain, "times", 1.25),
        Row("the same, nothing kept", afresh / plain, "times", None),
        Row("peak memory of the build", max(use.megabytes for use in found[0]), "MB", 400.0),
    ]


def growth(scratch: Path) -> list[Row]:
    """Time per page, and the first visit of a chapter, of the guide and of ten times as many pages."""
    small, large = copy_guide(scratch / "once"), multiplied(scratch / "often", COPIES)
    counts = [sum(1 for _ in (root / "docs").rglob("*.md")) for root in (small, large)]
    say(f"{counts[0]} pages and {counts[1]} pages")
    found = in_turns(2, lambda: build_afresh(small), lambda: build_afresh(large))
    each = [median(uses) / count * 1000 for uses, count in zip(found, counts, strict=True)]
    say("both finished")
    for root in (small, large):
        measure(root, sys.executable, "-m", "macros", "finish", ".site")
    grown = {
        page: weight.weigh(large / ".site", page).all / weight.weigh(small / ".site", page).all
        for page in weight.chapters(small / ".site")
        if page not in weight.LISTS
    }
    worst = max(grown, key=lambda page: grown[page])
    return [
        Row(f"time per page, {counts[0]} pages", each[0], "ms", None),
        Row(f"time per page, {counts[1]} pages", each[1], "ms", None),
        Row("growth of the time per page", each[1] / each[0], "times", 1.2),
        Row("growth of a first visit, at most", grown[worst], "times", weight.GROWTH, in_browser.name(worst)),
        Row(f"peak memory, {counts[1]} pages", max(use.megabytes for use in found[1]), "MB", None),
    ]


def twice_the_size(scratch: Path) -> list[Row]:
    """The check and the whole site of a guide with twice as many pages and rows, short ones, and its heaviest page."""
    root = copy_guide(scratch / "large", sample_guide.write_large(scratch / "rows", TWICE, engine=True))
    found = catalog.load(root)
    size = f"{len(found.pages)} pages, {len(found.entries)} rows"
    say(size)
    check, site = in_turns(
        3,
        lambda: measure(root, sys.executable, "-m", "macros", "check"),
        lambda: measure(root, "make", "--silent", "-o", ".venv/.site", "site", f"PYTHON={sys.executable}"),
    )
    pages = {file: weight.compressed(file.read_bytes()) for file in (root / "site").rglob("*.html")}
    heaviest = max(pages, key=lambda file: pages[file])
    return [
        Row(f"check, {size}", median(check), "s", 1.5, "median of 3"),
        Row(f"make site, {size}", median(site), "s", 20.0, "median of 3"),
        Row("its heaviest page", pages[heaviest], "kB", 100.0, heaviest.relative_to(root / "site").as_posix()),
    ]


def quick_check(scratch: Path) -> list[Row]:
    """The check of data and pages by itself."""
    say("the check alone")
    root = copy_guide(scratch / "check")
    (uses,) = in_turns(RUNS, lambda: measure(root, sys.executable, "-m", "macros", "check"))
    return [Row("python -m macros check", median(uses), "s", 1.0, f"median of {RUNS}")]


def live_rebuild(scratch: Path) -> list[Row]:
    """From saving a line to seeing it, or what is wrong with it, on the page of the live server; of the guide and of three times as many pages."""
    rows = []
    for root, budget in ((copy_guide(scratch / "serve"), 1.5), (multiplied(scratch / "often", 2), 2.5)):
        pages = sum(1 for _ in (root / "docs").rglob("*.md"))
        say(f"the live server, {pages} pages, one line changed")
        for what, seconds in _seen_after(root, scratch).items():
            most = 1.0 if what == FAULT else budget
            rows.append(
                Row(f"live server, {pages} pages, {what}", statistics.median(seconds), "s", most, "median of 3")
            )
    return rows


def _seen_after(root: Path, scratch: Path) -> dict[str, list[float]]:
    """Return the seconds from saving to seeing, by what was changed."""
    guide = catalog.load(root)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    row = root / "data" / "glossary" / "caching.yml"
    first = next(term for term in guide.all(Term) if root / guide.entries[term.id].path == row)
    terms = guide.pages[guide.homes[first.id].page]
    command = (sys.executable, "tools/serve.py", str(port))
    log = (scratch / "serve.log").open("w+")
    # What it keeps for itself is in the scratch folder too. SITE_URL of the caller is not for this server.
    environment = {k: v for k, v in os.environ.items() if k != "SITE_URL"}
    environment |= {"NO_MKDOCS_2_WARNING": "1", "TMPDIR": str(scratch)}
    server = subprocess.Popen(command, cwd=root, env=environment, stdout=log, stderr=log)
    page = root / "docs" / terms.path
    kept = {file: file.read_text("utf-8") for file in (row, page)}
    found: dict[str, list[float]] = {}

    def change(what: str, file: Path, pattern: str, by: str, word: str) -> None:
        text, count = re.subn(pattern, by, kept[file], count=1, flags=re.M)
        assert count, f"{file} has no line to change"
        started = time.perf_counter()
        file.write_text(text, "utf-8")
        _poll(server, f"http://127.0.0.1:{port}/{terms.url}", word)
        found.setdefault(what, []).append(time.perf_counter() - started)
        say(f"{what}: {found[what][-1]:.2f} s")

    try:
        _poll(server, f"http://127.0.0.1:{port}/{terms.url}", "<article")
        for turn in range(3):
            word = f"Changedword{turn}"
            change("a row", row, r"^(\s+means: (?:>-\n\s+)?[\"']?)(\w)", rf"\1{word} \2", word)
            change("prose", page, r"^(\{\{ page_foot)", rf"{word}prose.\n\n\1", f"{word}prose")
            change(FAULT, row, r"^(\s+means: )", r"\1a: ", "hp-faults")
            for file, text in kept.items():
                file.write_text(text, "utf-8")
            _poll(server, f"http://127.0.0.1:{port}/{terms.url}", word, shown=False)
    except Exception:
        log.seek(0)
        print(log.read()[-3000:], file=sys.stderr)
        raise
    finally:
        _stop(server)
        log.close()
    return found


def _stop(server: subprocess.Popen[bytes]) -> None:
    """End the live server as Ctrl-C does; one that does not hear it is ended all the same."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        server.send_signal(number)
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            continue
        return


def _poll(server: subprocess.Popen[bytes], url: str, words: str, shown: bool = True) -> None:
    """Ask for a page until words are on it, or no longer. Raises RuntimeError when the server ends or it takes too long."""
    limit = time.perf_counter() + SERVE_LIMIT
    while time.perf_counter() < limit:
        if server.poll() is not None:
            raise RuntimeError(f"the live server ended with {server.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=SERVE_LIMIT) as got:  # noqa: S310 - our own server
                if (words in got.read().decode("utf-8")) == shown:
                    return
        except (urllib.error.URLError, ConnectionError):
            pass
        time.sleep(0.05)
    raise RuntimeError(f"{url} did not {'show' if shown else 'lose'} {words!r} in {SERVE_LIMIT:.0f} s")


def visits(scratch: Path) -> list[Row]:
    """What a reader waits for: bytes, requests, paint, tasks and search of the finished site in a browser."""
    say("the finished site, and the same pages in the plain theme")
    site = with_mkdocs(copy_guide(scratch / "site"))
    plain = plain_material(scratch / "plain")
    measure(plain, ".venv/bin/mkdocs", "build", "--site-dir", ".site")
    with in_browser.browser() as started:
        return [
            *in_browser.visit_rows(started, site),
            *in_browser.task_rows(started, site),
            *in_browser.paint_rows(started, site, plain / ".site"),
            *in_browser.search_rows(started, site),
            *in_browser.choice_rows(started, site),
            *in_browser.next_rows(started, site),
        ]


def main() -> int:
    """Measure everything and print the table; return 1 when a value is over its limit, 2 when a step breaks."""
    print("Measuring; this takes about ten minutes.", file=sys.stderr, flush=True)
    started = time.perf_counter()
    rows: list[Row] = []
    broken = False
    for part in (quick_check, cost_of_macros, live_rebuild, visits, growth, twice_the_size):
        with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
            try:
                rows += part(Path(scratch))
            except Exception as error:
                broken = True
                print(f"{part.__name__} broke: {error}", file=sys.stderr, flush=True)
    print(table(rows))
    version = run(sys.executable, "-m", "mkdocs", "--version", cwd=ROOT).strip().split(" from ")[0]
    minutes = (time.perf_counter() - started) / 60
    print(f"python {sys.version.split()[0]}, {version}, {os.cpu_count()} cores, measured in {minutes:.1f} minutes")
    return 2 if broken else int(any(row.verdict == FAILED for row in rows))


if __name__ == "__main__":
    sys.exit(main())
