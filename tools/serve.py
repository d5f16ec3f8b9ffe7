"""The live guide: the engine's own live server, around the same steps as `make site`.

Each change builds anew in processes of their own, so that changed macros count too, and search works as in the
finished site. Only the content policy is left out: the server puts a script of its own into every page.
While the guide has a fault, the last good pages are served, each with the fault at its top.
"""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from mkdocs.livereload import LiveReloadServer
from watchdog.events import FileSystemEvent, FileSystemEventHandler

ROOT = Path(__file__).resolve().parent.parent
WATCHED = ("docs", "data", "macros", "overrides")
STEP_SECONDS = 180  # a step that takes longer has hung; requests wait for a build and would wait for ever
_BODY = re.compile(rb"<body\b[^>]*>")
_BANNER = (
    '<pre role="alert" id="hp-faults" style="background:#fff4ce;border-bottom:3px solid #8a4b00;color:#1f1300;'
    "font:14px/1.5 monospace;margin:0;max-height:60vh;overflow:auto;padding:12px 16px;position:sticky;top:0;"
    'white-space:pre-wrap;z-index:99">{}</pre>'
)

App = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def build(served: Path) -> str:
    """Build the guide and put it in the place of `served`; return what is wrong with it, '' when it was built."""
    next_one = served.with_name("next")
    shutil.rmtree(next_one, ignore_errors=True)
    steps = (
        ("-m", "mkdocs", "build", "--site-dir", str(next_one)),
        ("-m", "macros", "finish", "--draft", str(next_one)),
    )
    try:
        for step in steps:
            done = subprocess.run(
                [sys.executable, *step],
                cwd=ROOT,
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                check=False,
                timeout=STEP_SECONDS,
            )
            if done.returncode:
                said = [line for line in (done.stdout + done.stderr).splitlines() if not line.startswith("INFO")]
                return "\n".join(said).strip() or f"{' '.join(step[:3])} ended with {done.returncode}"
        shutil.rmtree(served, ignore_errors=True)
        next_one.rename(served)
    except subprocess.TimeoutExpired as error:
        return f"{' '.join(error.cmd[1:4])} did not end within {STEP_SECONDS} seconds"
    except OSError as error:
        return f"the built pages cannot be put in place: {error}"
    return ""


class Live:
    """The guide as it is served: the last good build in the folder `served`, and in `faults` what is wrong now."""

    def __init__(self, served: Path) -> None:
        self.served = served
        self.faults = ""

    def rebuild(self) -> None:
        """Build anew and say how it went. Never raises: the server would let every request wait for a good build."""
        started = time.monotonic()
        self.faults = build(self.served)
        if self.faults:
            self.faults += "\nMend it and save; until then the last good pages are shown."
            print(self.faults, file=sys.stderr, flush=True)
        else:
            print(f"Built in {time.monotonic() - started:.1f} s", flush=True)

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


class SettingsChanged(FileSystemEventHandler):
    """Asks for a build when mkdocs.yml changes, by an eye on its folder.

    An editor that saves by renaming takes the file away for a moment, and a file that was away is not watched again.
    """

    def __init__(self, server: LiveReloadServer) -> None:
        self.server = server

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Ask the server for a build, as its own watchers do."""
        if str(ROOT / "mkdocs.yml") in (event.src_path, event.dest_path):
            with self.server._rebuild_cond:
                self.server._want_rebuild = True
                self.server._rebuild_cond.notify_all()


def with_banner(page: bytes, faults: str) -> bytes:
    """Return the HTML of a page with `faults` at its top."""
    banner = _BANNER.format(html.escape(faults)).encode()
    return _BODY.sub(lambda found: found[0] + banner, page, count=1) if _BODY.search(page) else banner + page


def main() -> int:
    """Serve until stopped; return the exit code."""
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8000
    with tempfile.TemporaryDirectory() as folder:
        live = Live(Path(folder) / "site")
        print("Building the guide …", flush=True)
        live.rebuild()
        if live.faults:
            return 1
        server = LiveReloadServer(live.rebuild, "127.0.0.1", port, str(live.served))
        server.set_app(live.showing_faults(server.serve_request))
        for path in WATCHED:
            server.watch(str(ROOT / path))
        server.observer.schedule(SettingsChanged(server), str(ROOT), recursive=False)
        try:
            server.serve(open_in_browser=False)
        except KeyboardInterrupt:
            server.shutdown()
        except OSError as error:
            print(
                f"Port {port} cannot be used ({error.strerror}); stop what uses it, or make serve PORT=8001.",
                file=sys.stderr,
            )
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
