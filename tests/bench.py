"""Times, memory and sizes of the guide, measured side by side in one run (make bench).

Each measured value stands beside its budget. A value over budget is said and is no failure: machines differ, and what
is compared is measured here in turns. The exit code is 1 only when a step breaks.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
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
from posixpath import dirname, join, normpath
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
for folder in (ROOT, ROOT / "tests"):
    sys.path.insert(0, str(folder))

from built import copy_guide, run, with_mkdocs  # noqa: E402
from selectolax.lexbor import LexborHTMLParser  # noqa: E402

from macros import engine  # noqa: E402
from macros.model import catalog  # noqa: E402
from macros.views import MACROS, View  # noqa: E402

RUNS = 5
COPIES = 9
SERVE_LIMIT = 120.0  # seconds; a server that says nothing for so long is broken
BUILD = (".venv/bin/mkdocs", "build", "--strict", "--site-dir", ".site")
_CALL = re.compile(r"\{\{\s*(\w+)\((.*?)\)\s*\}\}", re.S)


class Row(NamedTuple):
    """One line of the report."""

    what: str
    measured: float
    unit: str
    budget: float | None
    note: str = ""


def say(words: str) -> None:
    """Print a line of progress."""
    print(f"  … {words}", file=sys.stderr, flush=True)


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


def median(uses: list[Use]) -> float:
    return statistics.median(use.seconds for use in uses)


# -- the trees that are compared --------------------------------------------------------------------


def expanded(folder: Path) -> Path:
    """Return a copy of the guide whose pages hold what their macros say, built without the macros plugin."""
    root = copy_guide(folder)
    guide = catalog.load(root)
    for page in guide.pages.values():
        view = View(guide, page, engine.today())
        calls = iter(page.calls)

        def said(_: re.Match[str], view: View = view, calls=calls) -> str:
            call = next(calls)
            return MACROS[call.name](view, *call.args)

        file = root / "docs" / page.path
        file.write_text(_CALL.sub(said, file.read_text("utf-8")), "utf-8")
    config = (root / "mkdocs.yml").read_text("utf-8")
    without = re.sub(r"  - macros:\n(?:      .*\n)+", "", config)
    assert without != config, "mkdocs.yml has no macros plugin where it was looked for"
    (root / "mkdocs.yml").write_text(without, "utf-8")
    return root


def multiplied(folder: Path, copies: int) -> Path:
    """Return a copy of the guide with all of its pages `copies` times more, in folders of their own."""
    root = copy_guide(folder)
    pages = sorted((root / "docs").rglob("*.md"))
    nav = []
    for number in range(1, copies + 1):
        nav.append(f"  - Copy {number}:\n")
        for file in pages:
            path = Path(f"copy-{number}") / file.relative_to(root / "docs")
            text = re.sub(r"(?m)^(# .*\{ #[a-z0-9-]+)", rf"\1-copy-{number}", file.read_text("utf-8"), count=1)
            (root / "docs" / path).parent.mkdir(parents=True, exist_ok=True)
            (root / "docs" / path).write_text(text, "utf-8")
            nav.append(f"      - {path.as_posix()}\n")
    for kind in {file.suffix for file in (root / "docs").rglob("*")} - {".md", ""}:
        for file in (root / "docs").rglob(f"*{kind}"):
            below = file.relative_to(root / "docs")
            if below.parts[0] != "assets" and not below.parts[0].startswith("copy-"):
                for number in range(1, copies + 1):
                    shutil.copy2(file, root / "docs" / f"copy-{number}" / below)
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.writelines(nav)
    catalog.record_ids(root)
    return root


def articles(site: Path) -> dict[str, str]:
    """The article of every page, its text only."""
    found = {}
    for file in sorted(site.rglob("*.html")):
        article = LexborHTMLParser(file.read_text("utf-8")).css_first("article")
        found[file.relative_to(site).as_posix()] = " ".join(article.text().split()) if article else ""
    return found


# -- what is measured -------------------------------------------------------------------------------


def cost_of_macros(scratch: Path) -> list[Row]:
    """A strict build of the guide beside one of the same pages with their macros already expanded."""
    say("the guide, and the same pages with macros expanded")
    with_macros, without = copy_guide(scratch / "macros"), expanded(scratch / "expanded")
    for root in (with_macros, without):
        measure(root, *BUILD)
    here, there = articles(with_macros / ".site"), articles(without / ".site")
    other = [path for path in here if here[path] != there.get(path)]
    if other:
        raise RuntimeError(f"the expanded pages are not the same pages: {', '.join(other[:5])}")
    found = in_turns(RUNS, lambda: measure(with_macros, *BUILD), lambda: measure(without, *BUILD))
    one, other_one = median(found[0]), median(found[1])
    return [
        Row("strict build", one, "s", 15.0, f"median of {RUNS}"),
        Row("strict build, macros already expanded", other_one, "s", None, f"median of {RUNS}"),
        Row("cost of the macros", one / other_one, "times", 1.25),
        Row("peak memory of the build", max(use.megabytes for use in found[0]), "MB", 400.0),
    ]


def growth(scratch: Path) -> list[Row]:
    """Time per page of the guide and of ten times as many pages."""
    small, large = copy_guide(scratch / "once"), multiplied(scratch / "often", COPIES)
    counts = [sum(1 for _ in (root / "docs").rglob("*.md")) for root in (small, large)]
    say(f"{counts[0]} pages and {counts[1]} pages")
    found = in_turns(3, lambda: measure(small, *BUILD), lambda: measure(large, *BUILD))
    each = [median(uses) / count * 1000 for uses, count in zip(found, counts, strict=True)]
    return [
        Row(f"time per page, {counts[0]} pages", each[0], "ms", None),
        Row(f"time per page, {counts[1]} pages", each[1], "ms", None),
        Row("growth of the time per page", each[1] / each[0], "times", 1.2),
        Row(f"peak memory, {counts[1]} pages", max(use.megabytes for use in found[1]), "MB", None),
    ]


def quick_check(scratch: Path) -> list[Row]:
    """The check of data and pages by itself."""
    say("the check alone")
    root = copy_guide(scratch / "check")
    (uses,) = in_turns(RUNS, lambda: measure(root, sys.executable, "-m", "macros", "check"))
    return [Row("python -m macros check", median(uses), "s", 1.0, f"median of {RUNS}")]


def live_rebuild(scratch: Path) -> list[Row]:
    """From saving one line of data to seeing it on the page of the live server."""
    say("the live server, one line of data changed")
    root = copy_guide(scratch / "serve")
    guide = catalog.load(root)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    home = guide.pages[guide.homes[guide.all("term")[0].id].page]
    url = f"http://127.0.0.1:{port}/{home.url}"
    command = (".venv/bin/mkdocs", "serve", "--livereload", "--dev-addr", f"127.0.0.1:{port}")
    log = (root / "serve.log").open("w+")
    # SITE_URL decides below which path the server serves; the guide's own default is the root.
    environment = {k: v for k, v in os.environ.items() if k != "SITE_URL"} | {"NO_MKDOCS_2_WARNING": "1"}
    server = subprocess.Popen(command, cwd=root, env=environment, stdout=log, stderr=log)
    try:
        seconds = []
        _poll(server, url, lambda page: "<article" in page)
        for turn in range(3):
            word = f"Changedword{turn}"
            file = root / "data" / "glossary.yml"
            text, count = re.subn(r"(?m)^(\s+means: [\"']?)(\w)", rf"\1{word} \2", file.read_text("utf-8"), count=1)
            assert count, "data/glossary.yml has no line to change"
            started = time.perf_counter()
            file.write_text(text, "utf-8")
            _poll(server, url, lambda page, word=word: word in page)
            seconds.append(time.perf_counter() - started)
            say(f"seen after {seconds[-1]:.2f} s")
    except Exception:
        log.seek(0)
        print(log.read()[-3000:], file=sys.stderr)
        raise
    finally:
        server.terminate()
        server.wait()
        log.close()
    return [Row("live server, one data line changed", statistics.median(seconds), "s", 15.0, "median of 3")]


def _poll(server: subprocess.Popen[bytes], url: str, wanted: Callable[[str], bool]) -> None:
    limit = time.perf_counter() + SERVE_LIMIT
    while time.perf_counter() < limit:
        if server.poll() is not None:
            raise RuntimeError(f"the live server ended with {server.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=SERVE_LIMIT) as got:  # noqa: S310 - our own server
                if wanted(got.read().decode("utf-8")):
                    return
        except (urllib.error.URLError, ConnectionError):
            pass
        time.sleep(0.05)
    raise RuntimeError(f"{url} did not show what was waited for in {SERVE_LIMIT:.0f} s")


def sizes(scratch: Path) -> list[Row]:
    """What a first visit loads, compressed as hosts of static sites do."""
    say("the finished site")
    site = with_mkdocs(copy_guide(scratch / "site"))
    visits, requests = {}, {}
    for file in sorted(site.rglob("index.html")):
        if file.relative_to(site).parts[0] == "go":
            continue
        path = file.relative_to(site).as_posix()
        tree = LexborHTMLParser(file.read_text("utf-8"))
        asked = [node.attributes.get("href") for node in tree.css("link[rel=stylesheet],link[rel=icon]")]
        asked += [node.attributes.get("src") for node in tree.css("script[src],img[src]")]
        files = {site / path} | {site / normpath(join(dirname(path), address or "")) for address in asked}
        visits[path] = sum(len(gzip.compress(one.read_bytes(), 6)) for one in files) / 1000
        requests[path] = len(files)
    largest = max(visits, key=lambda path: visits[path])
    whole = sum(file.stat().st_size for file in site.rglob("*") if file.is_file()) / 1e6
    return [
        Row("first visit, median page, compressed", statistics.median(visits.values()), "kB", 25.0),
        Row("first visit, largest page, compressed", visits[largest], "kB", 60.0, largest.removesuffix("index.html")),
        Row("requests of a first visit, at most", max(requests.values()), "", 8),
        Row("the whole site", whole, "MB", None, f"{sum(1 for _ in site.rglob('*'))} files"),
    ]


def table(rows: list[Row]) -> str:
    """The report: a line per value, with its budget and whether it is kept."""
    lines = [f"{'measured':<44}{'value':>10} {'':<6}{'budget':>9}"]
    for row in rows:
        kept = "" if row.budget is None else "ok" if row.measured <= row.budget else "over"
        budget = "" if row.budget is None else f"≤ {row.budget:g}"
        lines.append(f"{row.what:<44}{row.measured:>10.2f} {row.unit:<6}{budget:>9}  {kept:<5}{row.note}".rstrip())
    return "\n".join(lines)


def main() -> int:
    """Measure everything and print the table; return 1 when a step breaks."""
    print("Measuring; this takes some minutes.", file=sys.stderr, flush=True)
    rows: list[Row] = []
    failed = 0
    for part in (quick_check, cost_of_macros, live_rebuild, sizes, growth):
        with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
            try:
                rows += part(Path(scratch))
            except Exception as error:
                failed = 1
                print(f"{part.__name__} broke: {error}", file=sys.stderr, flush=True)
    print(table(rows))
    print(
        f"python {sys.version.split()[0]}, {run(sys.executable, '-m', 'mkdocs', '--version', cwd=ROOT).strip()}, {os.cpu_count()} cores"
    )
    return failed


if __name__ == "__main__":
    sys.exit(main())
