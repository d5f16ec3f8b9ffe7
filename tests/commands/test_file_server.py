"""What the server of built sites says of a connection that ends in a fault: nothing when the browser hung up."""

from __future__ import annotations

import socket
import struct
import threading
from pathlib import Path

import pytest

from tools.file_server import Files, Server, served

AT_ONCE = struct.pack("ii", 1, 0)  # a socket that is closed without a word to the other side


@pytest.mark.parametrize(("fault", "said"), [(ConnectionResetError, False), (ValueError, True)])
def test_only_what_no_browser_did_is_said(
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    fault: type[Exception],
    said: bool,
) -> None:
    seen = threading.Event()
    handle = Server.handle_error

    def handled(*given: object) -> None:
        handle(*given)  # type: ignore[arg-type]
        seen.set()

    class Breaks(Files):
        def do_GET(self) -> None:  # noqa: N802 - the name that the server calls
            raise fault

    monkeypatch.setattr(Server, "handle_error", handled)
    with (
        served(tmp_path, Breaks) as base,
        socket.create_connection(("127.0.0.1", int(base.rpartition(":")[2]))) as asks,
    ):
        asks.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
        asks.sendall(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n")
        assert seen.wait(30)
    assert (fault.__name__ in capfd.readouterr().err) == said
