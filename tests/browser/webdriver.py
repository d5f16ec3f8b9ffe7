"""Firefox and WebKit for the checks: each started with a profile of its own, driven by WebDriver, on a server that listens.

Neither tells a driver of everything that goes wrong on a page, so the server puts a script of this file before all
others: it writes down errors, what is said on the console, what could not be loaded, and what the policy refused.
"""

from __future__ import annotations

import base64
import contextlib
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.print_page_options import PrintOptions
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from tools import browsers
from tools.file_server import Files

Found = TypeVar("Found")
DESK = (1280, 900)
PATIENCE = 20  # seconds; the other core may be busy with another worker of this run
EMPTY = "/_empty"
BROKEN = "/_broken"
LISTENER = "/_listener.js"
LISTENS = """{
  const heard = (window.heard = []);
  addEventListener("error", (event) => heard.push(event.target === window ? `script: ${event.message}` : `failed: ${event.target.src || event.target.href}`), true);
  addEventListener("unhandledrejection", (event) => heard.push(`script: ${event.reason}`));
  addEventListener("securitypolicyviolation", (event) => heard.push(`policy: ${event.violatedDirective} ${event.blockedURI}`));
  for (const kind of ["error", "warn"]) {
    const say = console[kind];
    console[kind] = (...words) => (heard.push(`console: ${words.join(" ")}`), say.apply(console, words));
  }
}"""


# A page on which each kind of thing goes wrong, for the check that it is heard.
BREAKS = "console.warn('careful'); nowhere();"
BROKEN_PAGE = f"""<!doctype html><meta http-equiv="Content-Security-Policy" content="default-src 'self'"><title>Broken</title>
<script src="{LISTENER}"></script><script>1</script><img src="/no-such-picture.png"><script src="{BROKEN}.js"></script>"""


class Listening(Files):
    """Serves a folder with the listener in its pages."""

    def do_GET(self) -> None:  # noqa: N802 - what the standard library calls
        """Serve a page with the listener in it, a text of this file, or a file as it is."""
        path = self.path.partition("?")[0]
        own = {
            LISTENER: (LISTENS, "text/javascript"),
            EMPTY: ("<!doctype html><title>Empty</title>", "text/html"),
            BROKEN: (BROKEN_PAGE, "text/html"),
            f"{BROKEN}.js": (BREAKS, "text/javascript"),
        }
        file = Path(self.translate_path(path))
        file = file / "index.html" if path.endswith("/") else file
        if path in own:
            self._answer(*own[path])
        elif file.suffix == ".html" and file.is_file():
            page = file.read_text("utf-8")
            self._answer(page.replace("<title>", f'<script src="{LISTENER}"></script><title>', 1), "text/html")
        else:
            super().do_GET()

    def _answer(self, text: str, kind: str) -> None:
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Visitor:
    """One window of a browser on a served site."""

    def __init__(self, driver: WebDriver, base: str) -> None:
        self.driver, self.base = driver, base
        driver.set_script_timeout(120)

    def go(self, path: str, *, size: tuple[int, int] = DESK) -> None:
        """Open a page by its path below the site, in a window of a size, and wait until its scripts have run."""
        self.driver.set_window_size(*size)
        self.driver.get(f"{self.base}/{path}")

    def run(self, code: str, *given: Any) -> Any:
        """Run a script in the page and return what it returns."""
        return self.driver.execute_script(code, *given)

    def one(self, query: str) -> WebElement:
        """Return the first element that fits a CSS query and is shown, and wait for it."""
        return self.until(
            lambda: next((e for e in self.driver.find_elements(By.CSS_SELECTOR, query) if e.is_displayed()), None),
            f"{query} is not shown",
        )

    def button(self, words: str) -> WebElement:
        """Return the button with these words that is shown, and wait for it."""
        found = lambda: self.driver.find_elements(By.XPATH, f"//button[starts-with(normalize-space(), '{words}')]")  # noqa: E731
        return self.until(lambda: next((e for e in found() if e.is_displayed()), None), f"no button {words!r} is shown")

    def click(self, target: str | WebElement) -> None:
        """Bring what fits a CSS query, or an element, to the middle of the window and click on it."""
        element = self.one(target) if isinstance(target, str) else target
        self.run("arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })", element)
        element.click()

    def gone(self, query: str) -> None:
        """Wait until nothing that fits a CSS query is shown."""
        shown = lambda: [e for e in self.driver.find_elements(By.CSS_SELECTOR, query) if e.is_displayed()]  # noqa: E731
        self.until(lambda: not shown(), f"{query} is still shown")

    def press(self, *keys: str) -> None:
        """Press keys, where the focus is."""
        self.driver.switch_to.active_element.send_keys(*keys)

    def until(self, true: Callable[[], Found | None], otherwise: str) -> Found:
        """Wait until something holds and return it. Fails with a message when it never does."""
        return WebDriverWait(self.driver, PATIENCE, 0.05).until(lambda _: true(), otherwise)

    def heard(self) -> list[str]:
        """Return what went wrong on the page since it was opened, once it is there."""
        heard = "return document.readyState === 'complete' && window.heard ? [window.heard] : []"
        return self.until(lambda: self.run(heard), "the page, or the listener, did not come")[0]

    def pdf(self, width: float = 21.0, height: float = 29.7) -> bytes:
        """Print the page on sheets of a size in centimetres and return the PDF."""
        paper = PrintOptions()
        paper.page_width, paper.page_height = width, height
        return base64.b64decode(self.driver.print_page(paper))


@contextlib.contextmanager
def firefox(base: str) -> Iterator[Visitor]:
    """Start a Firefox without a window."""
    parts = browsers.ENGINES["firefox"].parts
    options = webdriver.FirefoxOptions()
    options.binary_location = parts["Firefox"]() or ""
    options.add_argument("-headless")
    driver = webdriver.Firefox(options, webdriver.FirefoxService(parts["geckodriver"]()))
    try:
        yield Visitor(driver, base)
    finally:
        driver.quit()


@contextlib.contextmanager
def webkit(base: str) -> Iterator[Visitor]:
    """Start WebKitGTK's small browser on a screen that nobody sees."""
    parts = browsers.ENGINES["webkit"].parts
    with screen(parts["Xvfb"]() or "") as display:
        options = webdriver.WebKitGTKOptions()
        options.binary_location = parts["MiniBrowser"]() or ""
        options.add_argument("--automation")
        service = webdriver.WebKitGTKService(
            parts["WebKitWebDriver"]() or "", env={**os.environ, "DISPLAY": display, "GDK_BACKEND": "x11"}
        )
        driver = webdriver.WebKitGTK(options, service)
        try:
            yield Visitor(driver, base)
        finally:
            driver.quit()


@contextlib.contextmanager
def screen(program: str) -> Iterator[str]:
    """Start an X server without a screen on a free display and yield the display's name."""
    read, write = os.pipe()
    with subprocess.Popen(
        [program, "-displayfd", str(write), "-screen", "0", "1400x1000x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    ) as server:
        os.close(write)
        try:
            with os.fdopen(read) as said:
                yield f":{said.readline().strip()}"
        finally:
            server.terminate()


STARTS = {"firefox": firefox, "webkit": webkit}
