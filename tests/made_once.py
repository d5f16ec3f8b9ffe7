"""What is slow to make, such as a built site: made once for all workers of a run."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tools.site_build import BuildError


def once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], Path]) -> Path:
    """Return what `make` returns for a new folder, made once for all workers of a run. Fails the test when it cannot."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, done, failed = shared / name, shared / f"{name}.done", shared / f"{name}.failed"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists() and not failed.exists():
            try:
                done.write_text(str(make(folder)), "utf-8")
            except BuildError as error:
                failed.write_text(str(error), "utf-8")
    if failed.exists():
        pytest.fail(failed.read_text("utf-8"), pytrace=False)
    return Path(done.read_text("utf-8"))
