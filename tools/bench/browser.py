"""What make bench measures in a real browser: visits on slow 4G with a slowed processor, the search, the largest paint."""

from __future__ import annotations

import contextlib
import functools
import gzip
import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

from tools import chromium
from tools.bench import weight
from tools.bench.report import Row, say
from tools.file_server import Files, served

SLOWER = 4  # times, the processor of the phone that is stood in for
PAIRS = 9
WORDS = ("failover", "latency", "regional", "idempotent", "hot")
PAUSE = 200  # ms between the keys of somebody who types at ease


class Compressed(Files):
    """Serves files compressed, as hosts of static sites do."""

    def do_GET(self) -> None:  # noqa: N802 - what the standard library calls
        """Answer with a compressed file, or as the server of the standard library does."""
        path = Path(self.translate_path(self.path))
        if path.is_dir() and self.path.partition("?")[0].endswith("/"):
            path /= "index.html"
        if not path.is_file():
            return super().do_GET()
        body = _body(path)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None


@functools.lru_cache(maxsize=500)
def _body(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 9)


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    """Start a Chromium. Raises RuntimeError when there is none."""
    executable = chromium.find()
    if executable is None:
        raise RuntimeError("there is no Chromium: run 'python -m tools.chromium', which installs one")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable, args=list(chromium.FLAGS))
        try:
            yield started
        finally:
            started.close()


# -- bytes and requests ----------------------------------------------------------------------------


def visit_rows(started: Browser, site: Path) -> list[Row]:
    """What first visits load: of every page by its files, of some in the browser, which must say the same."""
    weights = {page: weight.weigh(site, page) for page in weight.chapters(site)}
    read = [one for page, one in weights.items() if page not in weight.LISTS]
    lists = [one for page, one in weights.items() if page in weight.LISTS]
    slowest = max(read, key=lambda one: one.before_paint)
    longest = max(lists, key=lambda one: one.before_paint)
    sample = sample_of(site)
    say(f"first visits of {len(sample)} pages on slow 4G, a light desk and a dark phone")
    seen = []
    with served(site, Compressed) as base:
        for page in sample:
            for reader in (weight.DESK, weight.PHONE):
                visit = weight.first_visit(started, base, page, reader)
                seen.append((page, visit))
                if abs(visit.beside - weights[page].beside) > 0.5:
                    raise RuntimeError(
                        f"{page}: the browser loads {visit.beside:.1f} kB beside the HTML, "
                        f"which names {weights[page].beside:.1f} kB"
                    )
    beside = max(weights.values(), key=lambda one: one.beside)
    jumps, asks = max(seen, key=lambda one: one[1].shift), max(seen, key=lambda one: one[1].requests)
    whole = sum(file.stat().st_size for file in site.rglob("*") if file.is_file()) / 1e6
    outside = sum(len(visit.outside) for _, visit in seen) + sum(len(one.outside) for one in weights.values())
    return [
        Row("first visit, beside the HTML, at most", beside.beside, "kB", weight.BESIDE, name(beside.page)),
        Row("first visit, the median page", _median(one.all for one in weights.values()), "kB", weight.MEDIAN),
        Row("before the first paint, at most", slowest.before_paint, "kB", weight.PAINT, name(slowest.page)),
        Row("the same for a list of everything", longest.before_paint, "kB", None, name(longest.page)),
        Row("own scripts", weight.own_scripts(site), "kB", weight.SCRIPTS),
        Row("requests of a first visit, at most", asks[1].requests, "", weight.REQUESTS, name(asks[0])),
        Row("requests to elsewhere", outside, "", 0),
        Row("layout shift, at most", jumps[1].shift, "", 0, name(jumps[0])),
        Row("the whole site", whole, "MB", None, f"{sum(1 for _ in site.rglob('*'))} files"),
    ]


def name(page: str) -> str:
    return page or "home"


def _median(values: Iterator[float]) -> float:
    return statistics.median(values)


def sample_of(site: Path) -> list[str]:
    """Return home, the smallest, the median and the two largest chapters, and one with a drawing.

    Left out are lists, and pages of prompts: these bring the mock after the page, which their files do not name.
    """
    pages = (
        p for p in weight.chapters(site) if p and p not in weight.LISTS and b'hp-more hp-prompt"' not in _read(site, p)
    )
    by_size = sorted(pages, key=lambda p: _html(site, p))
    drawn = [page for page in by_size if b"<svg" in _read(site, page)]
    picked = ["", by_size[0], by_size[len(by_size) // 2], *by_size[-2:], *drawn[-1:]]
    return list(dict.fromkeys(picked))


def _read(site: Path, page: str) -> bytes:
    return (site / page / "index.html").read_bytes()


def _html(site: Path, page: str) -> int:
    return (site / page / "index.html").stat().st_size


# -- times -----------------------------------------------------------------------------------------


class Times(NamedTuple):
    """A visit on a slow phone, in ms: the largest paint, the longest task, the time that tasks over 50 ms took too much."""

    paint: float
    task: float
    blocked: float


def slow_visit(started: Browser, base: str, page: str) -> Times:
    """Visit a page with a new profile on slow 4G and a slowed processor."""
    context = started.new_context(**weight.PHONE)  # type: ignore[arg-type]
    try:
        opened = context.new_page()
        weight.slowed(opened, SLOWER)
        opened.add_init_script(weight.WATCH)
        opened.goto(f"{base}/{page}", wait_until="networkidle", timeout=90_000)
        seen = opened.evaluate("hpSeen")
    finally:
        context.close()
    tasks = seen["tasks"]
    return Times(seen["paint"], max(tasks, default=0.0), sum(max(0.0, task - weight.TASK) for task in tasks))


def paint_rows(started: Browser, ours: Path, plain: Path) -> list[Row]:
    """The largest paint of the guide beside that of the plain theme: pairs in turns, over three chapters."""
    pages = sample_of(ours)[2:]
    pages = [pages[0], pages[-1], pages[1]]
    pairs: list[tuple[str, Times, Times]] = []
    with served(ours, Compressed) as here, served(plain, Compressed) as there:
        say("largest paint beside the plain theme: a warm-up")
        for base in (here, there):
            slow_visit(started, base, pages[0])
        for turn in range(PAIRS):
            page = pages[turn % len(pages)]
            bases = (here, there) if turn % 2 else (there, here)
            times = {base: slow_visit(started, base, page) for base in bases}
            pairs.append((page, times[here], times[there]))
            say(
                f"pair {turn + 1} of {PAIRS}, {name(page)}: {times[here].paint:.0f} ms and {times[there].paint:.0f} ms plain"
            )
    ratios = {page: [one.paint / other.paint for at, one, other in pairs if at == page] for page in pages}
    worst = max(pages, key=lambda page: statistics.median(ratios[page]))
    return [
        Row("largest paint, slow 4G, 4× slower processor", _median(one.paint for _, one, _ in pairs), "ms", None),
        Row("the same, plain Material", _median(other.paint for _, _, other in pairs), "ms", None),
        Row(
            f"largest paint beside plain, {PAIRS} pairs",
            statistics.median(ratio for several in ratios.values() for ratio in several),
            "times",
            0.8,
            f"fails above 0.9; worst {name(worst)} {statistics.median(ratios[worst]):.2f}",
            0.9,
        ),
        Row("blocking time", _median(one.blocked for _, one, _ in pairs), "ms", None),
        Row("the same, plain Material", _median(other.blocked for _, _, other in pairs), "ms", None),
    ]


def task_rows(started: Browser, site: Path) -> list[Row]:
    """The longest task of first visits on a slow phone; the better of three visits, since others use this machine too."""
    found = {}
    with served(site, Compressed) as base:
        for page in sample_of(site):
            tasks: list[float] = []
            while len(tasks) < 3 and not (tasks and tasks[-1] == 0):
                tasks.append(slow_visit(started, base, page).task)
            found[page] = min(tasks)
            say(f"longest task of {name(page)}: {found[page]:.0f} ms")
    worst = max(found, key=lambda page: found[page])
    note = f"{name(worst)}; best of 3" if found[worst] else f"none over {weight.TASK:g}, {len(found)} pages"
    return [Row("longest task, 4× slower processor", found[worst], "ms", weight.TASK, note)]


# -- search ----------------------------------------------------------------------------------------


_TIMED = """() => {
  const field = document.querySelector('.hp-search input[type=search]'), list = document.querySelector('.hp-results');
  window.hpTyped = { key: 0, shown: 0 };
  field.addEventListener('input', event => { hpTyped.key = event.timeStamp; hpTyped.shown = 0 });
  new MutationObserver(() => requestAnimationFrame(() => { hpTyped.shown = performance.now() })).observe(list, { childList: true });
}"""


def typing(started: Browser, base: str, words: tuple[str, ...]) -> dict[str, list[float]]:
    """Return, per word, the ms from its last key to its results: the first time it is typed on a page, and after that."""
    context = started.new_context(**weight.PHONE)  # type: ignore[arg-type]
    found: dict[str, list[float]] = {word: [] for word in words}
    try:
        page = context.new_page()
        page.goto(f"{base}/", wait_until="networkidle")
        session = context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.keyboard.press("/")
        page.locator(weight.FIELD).wait_for()
        page.keyboard.type("netflix")
        page.locator(weight.RESULTS).first.wait_for()
        page.evaluate(_TIMED)
        for _ in range(3):
            for word in words:
                page.locator(weight.FIELD).fill("")
                page.locator(weight.RESULTS).first.wait_for(state="detached")
                page.wait_for_timeout(150)
                page.keyboard.type(word, delay=PAUSE)
                page.wait_for_timeout(400)
                seen = page.evaluate("hpTyped")
                if seen["shown"] <= seen["key"]:
                    raise RuntimeError(f"the search shows nothing for {word}")
                found[word].append(seen["shown"] - seen["key"])
    finally:
        context.close()
    return found


def search_rows(started: Browser, site: Path) -> list[Row]:
    """What a first search loads, and how long results take once it is loaded."""
    say("first search of a visit")
    at_once, at_ease = {}, {}
    with served(site, Compressed) as base:
        for word in WORDS:
            at_once[word] = weight.first_search(started, base, "", word).all
            at_ease[word] = weight.first_search(started, base, "", word, pause=PAUSE).all
        say("typing to results")
        times = typing(started, base, WORDS)
    heavy, heavier = (max(sums.items(), key=lambda one: one[1])[0] for sums in (at_once, at_ease))
    again = [time for several in times.values() for time in several[1:]]
    first = [several[0] for several in times.values()]
    return [
        Row("first search, a word typed at once, at most", at_once[heavy], "kB", weight.SEARCH, heavy),
        Row(f"the same, typed with {PAUSE} ms a key", at_ease[heavier], "kB", weight.SEARCH, heavier),
        Row("last key to results, loaded, 4× slower, median", statistics.median(again), "ms", weight.TYPING),
        Row("the same, at most", max(again), "ms", None, f"of {len(again)}"),
        Row("the same, a word's first time, median", statistics.median(first), "ms", None, f"of {len(first)}"),
    ]


# -- my plan ---------------------------------------------------------------------------------------


CHOICE = 100  # ms, within which something that was pressed seems to answer at once
CHOSEN = "plan/mine/?v=1&level=l5&track=platform&weeks=4&hours=6&start=2027-01-04"
CHOICES = (("weeks", "6"), ("hours", "12"), ("level", "l6"), ("weeks", "0"), ("start", "2027-02-01"))
_CHOOSE = """([name, value]) => new Promise(done => {
  const field = document.querySelector(`.hp-plan-form [name=${name}]`);
  new MutationObserver((_, seen) => { seen.disconnect(); requestAnimationFrame(() => done(performance.now() - began)); })
    .observe(document.querySelector('.hp-plan-sum'), { childList: true });
  field.value = value;
  const began = performance.now();
  field.dispatchEvent(new Event('change', { bubbles: true }));
})"""


def choice_rows(started: Browser, site: Path) -> list[Row]:
    """How long My plan takes to show another choice; the better of three for each, since others use this machine too."""
    say("another choice in My plan")
    found: dict[str, float] = {}
    with served(site, Compressed) as base:
        for field, value in CHOICES:
            times = []
            for _ in range(3):
                context = started.new_context(**weight.PHONE)  # type: ignore[arg-type]
                try:
                    page = context.new_page()
                    page.goto(f"{base}/{CHOSEN}", wait_until="networkidle")
                    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
                    times.append(page.evaluate(_CHOOSE, [field, value]))
                finally:
                    context.close()
            found[f"{field}={value}"] = min(times)
    worst = max(found, key=lambda choice: found[choice])
    return [Row("another choice in My plan shown, 4× slower", found[worst], "ms", CHOICE, f"{worst}; best of 3")]


# -- from page to page -----------------------------------------------------------------------------


NEXT = 150  # ms, from the click on a link that was pointed at to the first paint of its page

_PAINTED = """() => new Promise(done => new PerformanceObserver(list =>
  list.getEntriesByName('first-contentful-paint').forEach(entry => done(entry.startTime))).observe({ type: 'paint', buffered: true }))"""


class Cacheable(Compressed):
    """The same, with answers that a browser may keep for a while, as hosts of static sites send them."""

    def end_headers(self) -> None:
        """End the headers of an answer."""
        self.send_header("Cache-Control", "max-age=600")
        super().end_headers()


def next_rows(started: Browser, site: Path) -> list[Row]:
    """When the next page paints on slow 4G, once its link was pointed at for as long as its loading takes, and without that."""
    say("from a page to the next")
    times: dict[bool, list[float]] = {True: [], False: []}
    with served(site, Cacheable) as base:
        for pointed in (*[True] * 5, *[False] * 5):
            context = started.new_context(**weight.PHONE)  # type: ignore[arg-type]
            try:
                page = context.new_page()
                weight.slowed(page)
                page.goto(f"{base}/topics/caching/", wait_until="networkidle")
                link = page.locator(".hp-pagination [rel=next]")
                link.scroll_into_view_if_needed()
                if pointed:
                    with page.expect_event("requestfinished", lambda asked: asked.url.endswith("/caching/decisions/")):
                        link.hover()
                link.evaluate("link => link.click()")
                page.wait_for_url("**/caching/decisions/")
                times[pointed].append(page.evaluate(_PAINTED))
            finally:
                context.close()
    without = f"{statistics.median(times[False]):.0f} ms where it was not pointed at"
    return [Row("next page painted, slow 4G, its link pointed at", statistics.median(times[True]), "ms", NEXT, without)]
