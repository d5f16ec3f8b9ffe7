"""The live guide shows what a whole build would, whatever was changed; after a fault it keeps its last good pages, shows the
fault on them, and recovers when it is mended."""

from __future__ import annotations

import contextlib
import difflib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from macros.catalog import catalog
from tools import sample_guide, site_build
from tools.site_build import ROOT

# One worker: one server for the whole file.
pytestmark = pytest.mark.xdist_group("serve")
RELOADS = re.compile(rb"<script>\nvar livereload.*?</script>", re.S)
PATIENCE = 90  # seconds; a build of the tiny guide takes two or three on a free machine


class Live:
    """A running live server: the guide's folder, its address, and what the terminal showed."""

    def __init__(self, root: Path, base: str, log: Path) -> None:
        self.root, self.base, self.log = root, base, log

    def get(self, path: str = "/") -> tuple[int, str]:
        """Return status and text of a page; a request that is not answered fails the test."""
        try:
            with urllib.request.urlopen(self.base + path, timeout=PATIENCE) as answer:  # noqa: S310 - our own server
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace text in a file of the guide, once."""
        file = self.root / path
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), "utf-8")

    def wait_for(self, content: bytes, path: str) -> None:
        """Wait until a file is served as `content`, its script for reloading left out. Fails after a while."""
        until, text = time.monotonic() + PATIENCE, b""
        while time.monotonic() < until:
            with contextlib.suppress(urllib.error.HTTPError), urllib.request.urlopen(self.base + path) as answer:  # noqa: S310
                text = RELOADS.sub(b"", answer.read())
            if text == content:
                return
            time.sleep(0.3)
        lines = difflib.unified_diff(content.decode().split("\n"), text.decode().split("\n"), "built", "served", n=1)
        raise AssertionError(f"{path} is not what a whole build gives:\n{chr(10).join(lines)[:2000]}")

    def wait(self, what: Callable[[str], bool], path: str = "/") -> str:
        """Return the text of a page once it is as wanted. Fails after a while."""
        until = time.monotonic() + PATIENCE
        text = ""
        while time.monotonic() < until:
            text = self.get(path)[1]
            if what(text):
                return text
            time.sleep(0.3)
        raise AssertionError(f"never came; the page begins {text[:400]!r}; the terminal said {self.log.read_text()}")


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    root = sample_guide.write(tmp_path_factory.mktemp("live") / "guide", engine=True)
    shutil.copytree(ROOT / "tools", root / "tools", ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
    catalog.record_ids(root)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = root / "said.log"
    environment = {k: v for k, v in os.environ.items() if k != "SITE_URL"} | {"NO_MKDOCS_2_WARNING": "1"}
    with log.open("w") as said:
        server = subprocess.Popen(
            [sys.executable, "tools/serve.py", str(port)], cwd=root, stdout=said, stderr=said, env=environment
        )
    found = Live(root, f"http://127.0.0.1:{port}", log)
    try:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                found.get()
                break
            except OSError:
                assert server.poll() is None, log.read_text()
                assert time.monotonic() < until, log.read_text()
                time.sleep(0.2)
        yield found
    finally:
        server.terminate()
        server.wait(10)


FAULTS = {
    "data": ("data/figures.yml", "what: Cache traffic", "what: Cache: traffic", "data/figures.yml:4: cannot be read as YAML"),
    "a page": ("docs/caching.md", "{{ page_head() }}", "{{ page_haed() }}", "docs/caching.md:12: unknown macro &#x27;page_haed&#x27;"),
    "front matter": ("docs/index.md", "reviewed: 2026-11-23", "reviewed: 2026-02-30", "docs/index.md:4: front matter: reviewed"),
    "a template": ("overrides/main.html", "{% block container %}", "{% block container %}{% if %}", "overrides/main.html:"),
    "settings": ("mkdocs.yml", "nav:", "nav: [", "mkdocs.yml"),
    "a view": ("macros/views/page.py", "def judgement(", "def judgement(:", "SyntaxError"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_shown_on_the_last_good_page_until_it_is_mended(live: Live, name: str) -> None:
    path, old, new, said = FAULTS[name]
    file = live.root / path
    good = file.read_text("utf-8")
    assert old in good
    file.write_text(good.replace(old, new, 1), "utf-8")
    page = live.wait(lambda text: "hp-faults" in text)
    assert said in page
    assert "Traceback" not in page or name == "a view"  # which is code
    assert "400 million operations a second" in page
    status, other = live.get("/evcache/")
    assert status == 200
    assert said in other
    assert live.get("/assets/stylesheets/tokens.css")[0] == 200
    assert said.replace("&#x27;", "'") in live.log.read_text("utf-8")
    file.write_text(good, "utf-8")
    assert "400 million operations a second" in live.wait(lambda text: "hp-faults" not in text)


def assert_as_a_whole_build(live: Live, site: Path) -> None:
    """Every file of a whole draft, built into the new folder `site`, is served; waits for those that follow the pages."""
    site_build.run(sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", site, cwd=live.root)
    site_build.run(sys.executable, "-m", "macros", "finish", "--draft", site, cwd=live.root)
    files = sorted(file for file in site.rglob("*") if file.is_file())
    assert len(files) > 100
    for file in files:
        path = file.relative_to(site).as_posix()
        live.wait_for(file.read_bytes(), f"/{path}")


def test_after_any_edits_the_pages_are_those_of_a_whole_build(live: Live, tmp_path: Path) -> None:
    kept = {name: live.root / name for name in ("data", "docs", "overrides", "mkdocs.yml")}
    for name, source in kept.items():
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, tmp_path / name)
    # A new page, for which the builder begins anew; from here on it goes from page to page.
    (live.root / "docs" / "new.md").write_text(
        sample_guide.FRONT.format(title="New") + "# New { #new }\n\n{{ page_head() }}\n\n{{ page_foot() }}\n", "utf-8"
    )
    live.edit("mkdocs.yml", "  - screen.md\n", "  - new.md\n  - screen.md\n")
    catalog.record_ids(live.root)
    live.wait(lambda text: 'href="new/"' in text and "hp-faults" not in text)
    # A row that stands on two pages, a fault and its mend with another text, prose, and what terms are linked by.
    live.edit("data/figures.yml", "400 million", "500 million")
    live.wait(lambda text: "500 million" in text, "/caching/")
    live.edit("docs/evcache.md", "{{ page_head() }}", "{{ page_haed() }}")
    live.wait(lambda text: "hp-faults" in text)
    live.edit("docs/evcache.md", "{{ page_haed() }}", "{{ page_head() }}\n\nA mended page.")
    live.wait(lambda text: "A mended page" in text, "/evcache/")
    # A fault that only the engine sees, mended by taking it back.
    live.edit("docs/screen.md", "## Answers", "[Nowhere](evcache.md#nowhere)\n\n## Answers")
    assert "evcache.md#nowhere" in live.wait(lambda text: "hp-faults" in text)
    live.edit("docs/screen.md", "[Nowhere](evcache.md#nowhere)\n\n", "")
    live.wait(lambda text: "hp-faults" not in text)
    live.edit("data/glossary/terms.yml", "- TTL", "- LRU")
    live.wait(lambda text: '#term-ttl">LRU</a>' in text, "/caching/")
    assert_as_a_whole_build(live, tmp_path / "once")
    # What stands around the text of every page: a title, a template, the styles of drawings.
    live.edit("docs/screen.md", "title: Screen", "title: Screening")
    live.wait(lambda text: "Screening" in text, "/l4/")
    live.edit("overrides/main.html", "unofficial guide</span>", "unofficial guide, tried</span>")
    live.edit("overrides/404.html", "There is no page here", "There is no page there")
    with (live.root / "docs" / "assets" / "stylesheets" / "pictures.css").open("a", encoding="utf-8") as css:
        css.write(".hp-picture .tried { fill: none; }\n")
    live.wait(lambda text: "guide, tried" in text, "/l4/")
    assert_as_a_whole_build(live, tmp_path / "again")
    for name, file in kept.items():
        shutil.rmtree(file) if file.is_dir() else file.unlink()
        (shutil.copytree if (tmp_path / name).is_dir() else shutil.copy2)(tmp_path / name, file)
    live.wait(lambda text: "400 million" in text and "guide, tried" not in text and "hp-faults" not in text)
    assert live.get("/new/")[0] == 404


def test_a_file_that_goes_and_comes_back_is_seen(live: Live) -> None:
    file = live.root / "mkdocs.yml"
    good = file.read_text("utf-8")
    file.unlink()
    live.wait(lambda text: "hp-faults" in text)
    file.write_text(good, "utf-8")
    live.wait(lambda text: "hp-faults" not in text)
    file.write_text(good.replace("site_name: The Hard Part", "site_name: Another Part"), "utf-8")
    live.wait(lambda text: "Another Part" in text)
    file.write_text(good, "utf-8")


def test_what_an_editor_leaves_behind_is_no_fault(live: Live) -> None:
    (live.root / "docs" / ".#index.md").symlink_to("somebody@somewhere.4711:1795900000")
    (live.root / "data" / ".teams.yml.swp").write_bytes(b"\x00\xff")
    (live.root / "data" / "teams.yml~").write_bytes(b"old")
    for name in ("index.md~", "#index.md#"):
        (live.root / "docs" / name).write_text("an older state of the page")
    file = live.root / "docs" / "index.md"
    good = file.read_text("utf-8")
    file.write_text(good.replace("A fact ", "A new fact "), "utf-8")
    page = live.wait(lambda text: "A new fact " in text or "hp-faults" in text)
    assert "hp-faults" not in page
    assert [live.get(path)[0] for path in ("/index.md~", "/%23index.md%23")] == [404, 404]
    file.write_text(good, "utf-8")
    live.wait(lambda text: "A new fact " not in text)


def test_a_change_reloads_the_browser(live: Live) -> None:
    begun = re.search(r"livereload\((\d+), \d+\);", live.get()[1])
    assert begun, "no script that reloads"
    live.edit("docs/index.md", "A fact ", "A fresh fact ")
    assert int(live.get(f"/livereload/{begun[1]}/1")[1]) > int(begun[1])  # answered when something is new
    assert "A fresh fact " in live.get()[1]
    live.edit("docs/index.md", "A fresh fact ", "A fact ")
    live.wait(lambda text: "A fresh fact " not in text)


def test_a_page_that_is_not_there_is_answered_too(live: Live) -> None:
    assert live.get("/nowhere/")[0] == 404
