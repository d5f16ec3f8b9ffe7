"""What a visit weighs, by the files of a built site and by what a real browser asks for; the tests and make bench share it.

Compressed is gzip at its best level, 1 kB is 1000 bytes. A chapter is a page of the guide, not a short address.
"""

from __future__ import annotations

import gzip
import re
import statistics
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Browser, CDPSession, Page, Response
from selectolax.lexbor import LexborHTMLParser, LexborNode

# Budgets, in kB compressed unless said otherwise.
BESIDE = 12.0  # everything a first visit loads beside the page's own HTML
MEDIAN = 32.0  # all of a first visit, the median of all chapters
PAINT = 34.0  # what the first paint waits for
SCRIPTS = 12.0  # the guide's own scripts that every page loads
LATE = 12.0  # all that late.js brings after the page, for some pages and some visits, without those of My plan
ENLARGE = 3.0  # what enlarging a picture brings
PLAN = 30.0  # what My plan brings: its scripts, the tasks and plans of one track, and the list of what can be ticked
OF_PROGRESS = {"plan-next.js", "plan-overview.js"}  # of My progress and of the line at the end of a page
PLANS = 150.0  # the plans and the tasks of all tracks
REQUESTS = 6
GROWTH = 1.05  # times, from some 60 to some 600 pages
SEARCH = 150.0  # what the first word searched for loads
TASK = 50.0  # ms
TYPING = 150.0  # ms, from the last key to the results
# Lists of everything, which grow with it and are looked things up in: only what stands beside their HTML has a budget.
LISTS = ("contents/", "reference/sources/", "reference/sources-others/", "plan/all-tasks/")

SLOW = {"latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}  # slow 4G, in ms and bytes
# Two readers who between them see both schemes and both layouts.
DESK: dict[str, object] = {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"}
PHONE: dict[str, object] = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}
FIELD, RESULTS = ".hp-search input[type=search]", ".hp-results li"
_HERE = "http://here/"
_LOADS = {"stylesheet", "icon", "apple-touch-icon", "manifest", "preload", "prefetch", "modulepreload", "preconnect"}


def compressed(data: bytes) -> float:
    """Return the kB that bytes take on their way."""
    return len(gzip.compress(data, 9)) / 1000


# -- by the files ----------------------------------------------------------------------------------


class Weight(NamedTuple):
    """What the first visit of a page loads by its HTML: its own, what else its paint waits for, all beside it, in kB."""

    page: str
    html: float
    blocking: float
    beside: float
    requests: int
    outside: tuple[str, ...]

    @property
    def all(self) -> float:
        return self.html + self.beside

    @property
    def before_paint(self) -> float:
        return self.html + self.blocking


def chapters(site: Path) -> list[str]:
    """Return the addresses of all pages below the folder of a site, such as ``topics/caching/``; home is ''."""
    found = []
    for file in sorted(site.rglob("index.html")):
        path = file.relative_to(site).as_posix()
        if not path.startswith("go/") and 'http-equiv="refresh"' not in file.read_text("utf-8")[:4000]:
            found.append(path.removesuffix("index.html"))
    return found


def weigh(site: Path, page: str) -> Weight:
    """Weigh the page with this address."""
    html = (site / page / "index.html").read_bytes()
    asked: dict[str, bool] = {}  # address: the first paint waits for it
    outside = set()
    for node in LexborHTMLParser(html.decode("utf-8")).css("link[href], [src], [srcset], object[data]"):
        for address in _addresses(node):
            target = urljoin(_HERE + page, address).partition("#")[0]
            if target.startswith(_HERE):
                asked[target] = asked.get(target, False) or _blocks(node)
            elif urlsplit(target).scheme not in ("data", "blob"):
                outside.add(target)
    sizes = {address: _size(site / address.removeprefix(_HERE)) for address in asked}
    blocking = sum(sizes[address] for address, blocks in asked.items() if blocks)
    return Weight(page, compressed(html), blocking, sum(sizes.values()), 1 + len(asked), tuple(sorted(outside)))


def _addresses(node: LexborNode) -> list[str]:
    attributes = node.attributes
    if node.tag == "link":
        return [attributes["href"] or ""] if _LOADS & set((attributes.get("rel") or "").split()) else []
    several = [part.split()[0] for part in (attributes.get("srcset") or "").split(",") if part.strip()]
    return [address for address in (attributes.get("src"), attributes.get("data")) if address] + several


def _blocks(node: LexborNode) -> bool:
    attributes = node.attributes
    if node.tag == "script":
        return not ({"defer", "async"} & set(attributes) or attributes.get("type") == "module")
    return node.tag == "link" and "stylesheet" in (attributes.get("rel") or "")


def _size(file: Path) -> float:
    return compressed(file.read_bytes()) if file.is_file() else 0.0


def own_scripts(site: Path) -> float:
    """Return the kB of the scripts that every page loads; those of the search, of My plan, of an enlarged picture and of
    `late_scripts` come on use, and have budgets of their own."""
    urls = {f"/{file.relative_to(site).as_posix()}": file for file in site.rglob("*.js")}
    return sum(
        _size(file) for url, file in urls.items() if not of_search(url) and not of_plans(url) and not is_late(url)
    )


def late_scripts(site: Path) -> float:
    """Return the kB of all scripts that only some visits bring, after the page, but for an enlarged picture."""
    files = [file for file in site.glob("assets/*/**/*.js") if is_late(file.as_posix())]
    return sum(_size(file) for file in files if file.name != "enlarge.js")


def is_late(url: str) -> bool:
    """Whether an address is a script that late.js brings after the page, where there is something for it to do."""
    return _among_scripts(url).startswith(("late/", "mock.js", "enlarge.js"))


def of_search(url: str) -> bool:
    """Whether an address belongs to what the search loads on its first use: its index, its scripts, its engine."""
    return _among_scripts(url).startswith(("search/", "data/search/", "vendor/minisearch/"))


def of_plans(url: str) -> bool:
    """Whether an address belongs to what My plan and My progress load: their scripts, and what draws a QR code."""
    return _among_scripts(url).startswith(("plan", "data/plan/", "vendor/lean-qr/"))


def _among_scripts(url: str) -> str:
    """Return the path of an address below the folder of the scripts, whatever its release; '' for anything else."""
    return found[1] if (found := re.search(r"/assets/(?:javascripts|release-\w+)/(.+)", url)) else ""


def my_plan(site: Path) -> tuple[float, float]:
    """Return the kB of our own that the page My plan brings, also on use, and those of all files it may choose from."""
    scripts = sum(_size(file) for file in site.glob("assets/*/plan*.js") if file.name not in OF_PROGRESS)
    data = {file.name: _size(file) for file in site.glob("assets/*/data/plan/*.json")}
    tracks = [size for name, size in data.items() if name.startswith("plan-")]
    plans = sum(data.values()) - sum(tracks)
    return scripts + plans + max(tracks, default=0), plans + sum(tracks)


def over_budget(site: Path) -> list[str]:
    """Return every budget that the files of a site break, one line each, as "page: what"."""
    weights = [weigh(site, page) for page in chapters(site)]
    faults = []
    for weight in weights:
        page = weight.page or "home"
        if weight.before_paint > PAINT and weight.page not in LISTS:
            faults.append(f"{page}: {weight.before_paint:.1f} kB before the first paint, over {PAINT:g}")
        if weight.page in LISTS and weight.blocking:
            faults.append(f"{page}: its paint waits for more than its HTML")
        if weight.beside > BESIDE:
            faults.append(f"{page}: {weight.beside:.1f} kB beside its HTML, over {BESIDE:g}")
        if weight.requests > REQUESTS:
            faults.append(f"{page}: {weight.requests} requests, over {REQUESTS}")
        faults += [f"{page}: asks elsewhere, {address}" for address in weight.outside]
    if weights and (middle := statistics.median(weight.all for weight in weights)) > MEDIAN:
        faults.append(f"all pages: {middle:.1f} kB for the median page, over {MEDIAN:g}")
    if (scripts := own_scripts(site)) > SCRIPTS:
        faults.append(f"all pages: {scripts:.1f} kB of scripts, over {SCRIPTS:g}")
    if (scripts := late_scripts(site)) > LATE:
        faults.append(f"all pages: {scripts:.1f} kB of late scripts, over {LATE:g}")
    if (enlarging := sum(_size(file) for file in site.glob("assets/*/enlarge.js"))) > ENLARGE:
        faults.append(f"all pages: {enlarging:.1f} kB to enlarge a picture, over {ENLARGE:g}")
    brings, whole = my_plan(site)
    if brings > PLAN:
        faults.append(f"plan/mine/: {brings:.1f} kB of scripts and data, over {PLAN:g}")
    if whole > PLANS:
        faults.append(f"plan/mine/: {whole:.1f} kB of plans in all, over {PLANS:g}")
    return faults


# -- in a browser ----------------------------------------------------------------------------------


Prepare = Callable[[Page], object]


class Visit(NamedTuple):
    """What a browser asked for on a visit: kB by address, the requests to elsewhere; and how far things jumped."""

    html: float
    loaded: dict[str, float]
    requests: int
    outside: tuple[str, ...]
    shift: float

    @property
    def beside(self) -> float:
        """Without what late.js brings after the page, which has a budget of its own."""
        return sum(size for url, size in self.loaded.items() if not is_late(url)) - self.html


class Search(NamedTuple):
    """What the first search of a visit asked for, and what of the search was there before anybody searched."""

    loaded: dict[str, float]
    early: tuple[str, ...]
    outside: tuple[str, ...]

    @property
    def all(self) -> float:
        return sum(self.loaded.values())


class _Heard:
    """Everything a page asks for, from now on."""

    def __init__(self, page: Page, base: str) -> None:
        self.responses: list[Response] = []
        self.asked: list[str] = []
        self.outside: list[str] = []
        page.on("response", lambda got: self.responses.append(got))
        page.on(
            "request", lambda request: (self.asked if _inside(request.url, base) else self.outside).append(request.url)
        )

    def take(self) -> dict[str, float]:
        """Return kB by address of what has come since the last time."""
        came, self.responses[:] = list(self.responses), []
        return {got.url: compressed(got.body()) for got in came if got.ok and got.url.startswith("http")}


def _inside(url: str, base: str) -> bool:
    return urlsplit(url).scheme in ("data", "blob") or url.startswith(base + "/")


def slowed(page: Page, processor: float = 1) -> CDPSession:
    """Put a page on slow 4G, with a processor that many times slower."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", {"offline": False, **SLOW})
    session.send("Emulation.setCPUThrottlingRate", {"rate": processor})
    return session


# Largest paint, layout shift and long tasks of a visit, in `hpSeen`.
WATCH = """window.hpSeen = { paint: 0, shift: 0, tasks: [] };
const watch = (type, keep) => new PerformanceObserver(list => list.getEntries().forEach(keep)).observe({ type, buffered: true });
watch('largest-contentful-paint', entry => { hpSeen.paint = entry.startTime });
watch('layout-shift', entry => { if (!entry.hadRecentInput) hpSeen.shift += entry.value });
watch('longtask', entry => { hpSeen.tasks.push(entry.duration) });"""


def first_visit(
    browser: Browser, base: str, path: str, reader: dict[str, object], prepare: Prepare | None = None
) -> Visit:
    """Visit a page with a new profile on slow 4G, so that it is painted before its script comes, until nothing is loaded."""
    context = browser.new_context(**reader)  # type: ignore[arg-type]
    try:
        page = context.new_page()
        if prepare:
            prepare(page)
        heard = _Heard(page, base)
        slowed(page)
        page.add_init_script(WATCH)
        page.goto(f"{base}/{path}", wait_until="networkidle", timeout=60_000)
        shift = page.evaluate("hpSeen.shift")
        loaded = heard.take()
        # A browser without a window does not ask for the icon that one with a window shows.
        icon = page.evaluate("document.querySelector('link[rel~=icon]')?.href ?? ''")
        if icon and icon not in loaded:
            loaded[icon] = compressed(context.request.get(icon).body()) if _inside(icon, base) else 0.0
            (heard.asked if _inside(icon, base) else heard.outside).append(icon)
        html = loaded.get(f"{base}/{path}", 0.0)
        return Visit(html, loaded, len(heard.asked) + len(heard.outside), tuple(heard.outside), shift)
    finally:
        context.close()


def first_search(
    browser: Browser, base: str, path: str, word: str, prepare: Prepare | None = None, pause: int = 0
) -> Search:
    """Visit a page with a new profile, press "/", type a word with `pause` ms between keys, wait for what it finds."""
    context = browser.new_context(**DESK)  # type: ignore[arg-type]
    try:
        page = context.new_page()
        if prepare:
            prepare(page)
        heard = _Heard(page, base)
        page.goto(f"{base}/{path}", wait_until="networkidle")
        early = tuple(url for url in heard.take() if of_search(url))
        page.keyboard.press("/")
        page.locator(FIELD).wait_for()
        page.keyboard.type(word, delay=pause)
        page.locator(RESULTS).first.wait_for()
        page.wait_for_timeout(700)  # excerpts are asked for when the reader pauses, and count too
        return Search(heard.take(), early, tuple(heard.outside))
    finally:
        context.close()
