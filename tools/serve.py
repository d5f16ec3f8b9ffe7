"""The live guide: the engine's own live server, in front of a builder that stays loaded (tools/builder.py).

A change builds the pages that it changes and reloads the browser; short addresses, plans and search follow. A change of
code or settings starts the builder anew, and all is built. Only the content policy is left out: the server puts a script
of its own into every page. While the guide has a fault, the last good pages are served, each with the fault at its top.
"""

from __future__ import annotations

import contextlib
import html
import json
import os
import queue
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from mkdocs.livereload import LiveReloadServer

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("docs", "data", "macros", "overrides")
FILES = ("mkdocs.yml", "CHANGELOG.md")
CODE = ("macros/", "mkdocs.yml")  # read once by a builder
LOOK_SECONDS = 0.15  # between two looks at all files, each some milliseconds
SETTLE_SECONDS = 0.05  # without a further change before a build begins: an editor may write several files
STEP_SECONDS = 180  # a build that takes longer has hung; requests wait for a build and would wait for ever
# What editors and Python leave behind changes nothing.
_LEFT_BEHIND = re.compile(r"\.|~\$|#.*#$|__pycache__$|.*(~|\.sw[op]|\.bak|\.orig|\.rej|\.tmp|\.pyc)$")
_BODY = re.compile(rb"<body\b[^>]*>")
_BANNER = (
    '<pre role="alert" id="hp-faults" style="background:#fff4ce;border-bottom:3px solid #8a4b00;color:#1f1300;'
    "font:14px/1.5 monospace;margin:0;max-height:60vh;overflow:auto;padding:12px 16px;position:sticky;top:0;"
    'white-space:pre-wrap;z-index:99">{}</pre>'
)

App = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Builder:
    """A running builder of the guide, and its answers."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "builder.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, str(ROOT / "tools" / "builder.py"), str(folder)],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for the server
            )
        self.answers: queue.Queue[dict[str, Any] | None] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            answer = json.loads(line)
            if "later" in answer:
                print(answer["later"], file=sys.stderr, flush=True)
            else:
                self.answers.put(answer)
        self.answers.put(None)

    def build(self) -> tuple[str, int]:
        """Build; return what is wrong, '' for nothing, and how many pages were built."""
        assert self.process.stdin
        try:
            self.process.stdin.write(b"build\n")
            self.process.stdin.flush()
            answer = self.answers.get(timeout=STEP_SECONDS)
        except BrokenPipeError:
            answer = None
        except queue.Empty:
            self.stop()
            return f"the build did not end within {STEP_SECONDS} seconds", 0
        if answer is None:
            self.stop()
            return self.log.read_text("utf-8", "replace").strip() or "the builder ended", 0
        return answer["faults"], answer["pages"]

    def stop(self) -> None:
        """End it, and what it has started; files are put in their places whole, so nothing is left half."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Live:
    """The guide as it is served: its folder, its builder, and in `faults` what is wrong now."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.served = folder, folder / "site"
        self.builder: Builder | None = None
        self.faults = ""
        self.stamps = stamps()
        self.code_changed = threading.Event()

    def rebuild(self) -> None:
        """Build what has changed and say how it went. Never raises: the server would let every request wait for a good build."""
        started = time.monotonic()
        if self.builder and (self.code_changed.is_set() or self.builder.process.poll() is not None):
            self.code_changed.clear()
            self.stop()
        self.builder = self.builder or Builder(self.folder)
        self.faults, pages = self.builder.build()
        if self.faults:
            self.faults += "\nMend it and save; until then the last good pages are shown."
            print(self.faults, file=sys.stderr, flush=True)
        else:
            print(f"{pages} page{'s' * (pages != 1)} built in {time.monotonic() - started:.1f} s", flush=True)

    def stop(self) -> None:
        """End the builder."""
        if self.builder:
            self.builder.stop()
            self.builder = None

    def watch(self, server: LiveReloadServer) -> None:
        """Ask `server` for a build whenever a file has changed. Never returns.

        The server's own eyes are on folders, and lose a file that an editor takes away for a moment to save it.
        """
        while True:
            time.sleep(LOOK_SECONDS)
            now = stamps()
            changed = {path for path, _ in self.stamps.items() ^ now.items()}
            if not changed:
                continue
            self.stamps = now
            if any(path.startswith(CODE) for path in changed):
                self.code_changed.set()
            with server._rebuild_cond:
                server._want_rebuild = True
                server._rebuild_cond.notify_all()

    def showing_faults(self, app: App) -> App:
        """Return `app` with the faults, while there are any, at the top of every page it answers with."""

        def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            faults = self.faults
            begun: list[Any] = []
            if not faults:
                return app(environ, start_response)
            parts = app(environ, lambda status, headers: begun.extend((status, headers)))
            body = b"".join(parts)
            if hasattr(parts, "close"):
                parts.close()
            status, headers = begun
            if any(name == "Content-Type" and value.startswith("text/html") for name, value in headers):
                body = with_banner(body, faults)
                headers = [(name, value) for name, value in headers if name != "Content-Length"]
                headers.append(("Content-Length", str(len(body))))
            start_response(status, headers)
            return [body]

        return answer


def stamps() -> dict[str, tuple[int, int]]:
    """Return time and size of every file that the guide is made from, by its path below ROOT."""
    found: dict[str, tuple[int, int]] = {}
    for name in FOLDERS:
        found.update(_stamps_below(name))
    for name in FILES:
        try:
            at = (ROOT / name).stat()
        except OSError:
            continue
        found[name] = at.st_mtime_ns, at.st_size
    return found


def _stamps_below(folder: str) -> Iterator[tuple[str, tuple[int, int]]]:
    try:
        entries = list(os.scandir(ROOT / folder))
    except OSError:
        return
    for entry in entries:
        if _LEFT_BEHIND.match(entry.name):
            continue
        path = f"{folder}/{entry.name}"
        try:
            if entry.is_dir():
                yield from _stamps_below(path)
            else:
                at = entry.stat()
                yield path, (at.st_mtime_ns, at.st_size)
        except OSError:  # it is gone by now
            continue


def with_banner(page: bytes, faults: str) -> bytes:
    """Return the HTML of a page with `faults` at its top."""
    banner = _BANNER.format(html.escape(faults)).encode()
    return _BODY.sub(lambda found: found[0] + banner, page, count=1) if _BODY.search(page) else banner + page


def main() -> int:
    """Serve until stopped; return the exit code."""
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8000
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="guide-") as folder:
        live = Live(Path(folder))
        try:
            return serve(live, port)
        except KeyboardInterrupt:
            return 0
        finally:
            live.stop()


def serve(live: Live, port: int) -> int:
    """Build the guide and serve it until stopped; return the exit code. Raises KeyboardInterrupt."""
    print("Building the guide …", flush=True)
    live.rebuild()
    if live.faults:
        return 1
    server = LiveReloadServer(live.rebuild, "127.0.0.1", port, str(live.served))
    server.build_delay = SETTLE_SECONDS
    server.set_app(live.showing_faults(server.serve_request))
    server._watched_paths[str(ROOT)] = 1  # else it puts no script into the pages; what watches is ours
    threading.Thread(target=live.watch, args=(server,), daemon=True).start()
    print(f"The guide is on http://127.0.0.1:{port}/ until you press Ctrl-C.", flush=True)
    try:
        server.serve(open_in_browser=False)
    except OSError as error:
        print(
            f"Port {port} cannot be used ({error.strerror}); stop what uses it, or make serve PORT=8001.",
            file=sys.stderr,
        )
        return 1
    finally:
        server.shutdown()
    return 0


if __name__ == "__main__":
    sys.exit(main())
