"""The live guide: the engine's own live server, around the same steps as `make site`.

Each change builds anew in processes of their own, so that changed macros count too, and search works as in the
finished site. Only the content policy is left out: the server puts a script of its own into every page.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

ROOT = Path(__file__).resolve().parent.parent
WATCHED = ("docs", "data", "macros", "overrides", "mkdocs.yml")


class Faults(Exception, SystemExit):  # noqa: N818 - the live server prints an exception that is both, and goes on
    """The guide cannot be built now; what was served stays."""

    code = 1


def build(served: Path) -> None:
    """Build the guide and put it in the place of `served`. Raises Faults with what was said."""
    started = time.monotonic()
    next_one = served.with_name("next")
    shutil.rmtree(next_one, ignore_errors=True)
    steps = (
        ("-m", "mkdocs", "build", "--site-dir", str(next_one)),
        ("-m", "macros", "finish", "--draft", str(next_one)),
    )
    for step in steps:
        done = subprocess.run([sys.executable, *step], cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            said = [line for line in (done.stdout + done.stderr).splitlines() if not line.startswith("INFO")]
            raise Faults("\n".join([*said, "Mend it and save; the page stays as it was until then."]))
    shutil.rmtree(served, ignore_errors=True)
    next_one.rename(served)
    print(f"Built in {time.monotonic() - started:.1f} s", flush=True)


def main() -> int:
    """Serve until stopped; return the exit code."""
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8000
    with tempfile.TemporaryDirectory() as folder:
        served = Path(folder) / "site"
        print("Building the guide …", flush=True)
        try:
            build(served)
        except Faults as faults:
            print(faults, file=sys.stderr)
            return 1
        server = LiveReloadServer(lambda: build(served), "127.0.0.1", port, str(served))
        for path in WATCHED:
            server.watch(str(ROOT / path))
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
