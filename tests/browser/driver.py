"""What the browser checks stand on: the built site in a browser, a page that listens for faults, small questions to it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import checker
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tools import chromium, site_build
from tools.file_server import served

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}


class Guide(NamedTuple):
    """The built site, its address, the addresses of its pages, and the browser."""

    site: checker.Site
    base: str
    urls: tuple[str, ...]
    browser: Browser

    def first(self, query: str) -> str:
        """Return the address of the first page with something that fits the CSS query. Fails when there is none."""
        for document in self.site.pages:
            if document.path != checker.NOT_FOUND and document.tree.css_first(query) is not None:
                return self.url(document.path.removesuffix("index.html"))
        raise AssertionError(f"no page has {query}")

    def url(self, path: str) -> str:
        """Return the full address of a page by its path below the site."""
        return f"{self.base}/{path}"

    def script(self, path: str) -> str:
        """Return the full address of a script, or of data that scripts fetch, by its path among them."""
        return self.url(f"{site_build.scripts(self.site.folder).relative_to(self.site.folder).as_posix()}/{path}")


@contextlib.contextmanager
def browsing(site: Path, *, below_a_path: bool = False) -> Iterator[Guide]:
    """Serve a built site, below a path of its server if wanted, and start a browser. Fails the test when there is none."""
    executable = chromium.find()
    if executable is None:
        pytest.fail("no Chromium: run 'python -m tools.chromium', which installs one", pytrace=False)
    found = checker.read(site)
    pages = [d.path.removesuffix("index.html") for d in found.pages if d.path != checker.NOT_FOUND]
    with served(site.parent if below_a_path else site) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(chromium.FLAGS))
        base = f"{server}/{site.name}" if below_a_path else server
        yield Guide(found, base, tuple(f"{base}/{path}" for path in pages), browser)
        browser.close()


@contextlib.contextmanager
def opened(guide: Guide, **options: object) -> Iterator[tuple[Page, list[str]]]:
    """Open a new browser profile; yield its page and the list of what goes wrong on it."""
    context: BrowserContext = guide.browser.new_context(**{"viewport": DESKTOP, **options})  # type: ignore[arg-type]
    page, wrong = context.new_page(), []
    page.on(
        "console", lambda said: wrong.append(f"console: {said.text}") if said.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: wrong.append(f"script: {error}"))
    # Leaving a page cancels what it was still loading: no fault of the page.
    page.on(
        "requestfailed",
        lambda asked: None if "ERR_ABORTED" in (asked.failure or "") else wrong.append(f"failed: {asked.url}"),
    )
    page.on("response", lambda got: wrong.append(f"{got.status}: {got.url}") if got.status >= 400 else None)
    page.on("request", lambda asked: wrong.append(f"outside: {asked.url}") if _outside(asked.url, guide.base) else None)
    try:
        yield page, wrong
    finally:
        context.close()


def _outside(url: str, base: str) -> bool:
    return urlsplit(url).scheme not in ("data", "blob") and urlsplit(url).netloc != urlsplit(base).netloc


def sideways(page: Page) -> int:
    """Return by how many pixels the page can be scrolled sideways."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def focused(page: Page) -> str:
    """Return what has the focus: its tag, and its id or first words."""
    return page.evaluate(
        "(e => e.tagName.toLowerCase() + '#' + e.id + ' ' + (e.textContent || '').trim().slice(0, 30))(document.activeElement)"
    )


def press_until(page: Page, query: str, limit: int = 400) -> int:
    """Press Tab until something that fits the query has the focus; return how often. Fails when it never comes."""
    for count in range(1, limit):
        page.keyboard.press("Tab")
        if page.evaluate("query => document.activeElement.matches(query)", query):
            return count
    raise AssertionError(f"Tab does not reach {query}; it is at {focused(page)}")


def violations(page: Page, where: str, rules: dict[str, object] | None = None) -> list[str]:
    """Return what axe finds on a page, a line per element: by all of its rules, or by those named."""
    found = Axe().run(page, options={"resultTypes": ["violations"], **(rules or {})}).response["violations"]
    return [
        f"{where}: {rule['id']}: {' '.join(map(str, node['target']))}: {node['html'][:140]}"
        for rule in found
        for node in rule["nodes"]
    ]


# Contrast of the text of an element with the background behind it, by the formula of WCAG 2.
CONTRAST = """query => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgb = colour => { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
  const light = colour => {
    const [r, g, b] = rgb(colour).slice(0, 3).map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const element = document.querySelector(query);
  let behind = element;
  while (behind && /^rgba.*, 0.$/.test(getComputedStyle(behind).backgroundColor)) behind = behind.parentElement;
  const background = behind ? getComputedStyle(behind).backgroundColor : 'white';
  const [a, b] = [light(getComputedStyle(element).color), light(background)].sort((x, y) => y - x);
  return { ratio: (a + 0.05) / (b + 0.05), background };
}"""
