"""Serves a built site on this machine, for what looks at it in a browser."""

from __future__ import annotations

import contextlib
import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path


class Files(http.server.SimpleHTTPRequestHandler):
    """The files of a folder, over connections that are kept."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing: who asks speaks for itself."""


@contextlib.contextmanager
def served(folder: Path, files: type[Files] = Files) -> Iterator[str]:
    """Serve a folder on a free port; yield its address, without a slash at the end."""
    handler = functools.partial(files, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
