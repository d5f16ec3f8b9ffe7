"""Serves a built site on this machine, for what looks at it in a browser."""

from __future__ import annotations

import contextlib
import functools
import http.server
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any


class Files(http.server.SimpleHTTPRequestHandler):
    """The files of a folder, over connections that are kept."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing: who asks speaks for itself."""


class Server(http.server.ThreadingHTTPServer):
    """Answers each connection in a thread of its own."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that hung up, as each does when a page is left; of anything else what a server says."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextlib.contextmanager
def served(folder: Path, files: type[Files] = Files) -> Iterator[str]:
    """Serve a folder on a free port; yield its address, without a slash at the end."""
    handler = functools.partial(files, directory=str(folder))
    with Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
