"""Finds the Chromium that the browser checks drive; run as a script, it installs one where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# A browser in a container has no user namespaces and no graphics card, and must not call home.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find() -> str | None:
    """Return a Chromium: $CHROMIUM, one on the PATH, or Playwright's own; None when there is none."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    return next((found for name in NAMES if (found := shutil.which(name))), None) or _of_playwright()


def _of_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def install() -> list[list[str]]:
    """Return the commands that install a Chromium here: Debian's package for root, else Playwright's own build."""
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        return [["apt-get", "update"], ["apt-get", "install", "--yes", "--no-install-recommends", "chromium"]]
    return [[sys.executable, "-m", "playwright", "install", "chromium"]]


def main() -> int:
    """Make sure that there is a Chromium; return 0, or 1 with a line on what to do."""
    if find():
        return 0
    if os.environ.get("CHROMIUM"):
        print(f"CHROMIUM={os.environ['CHROMIUM']} cannot be run. Name another, or unset it to have one installed.")
        return 1
    commands = install()
    print("The browser checks need a Chromium and found none. Installing one, once:")
    for command in commands:
        print(f"  {' '.join(command)}", flush=True)
        try:
            code = subprocess.run(command, check=False).returncode
        except OSError as error:
            print(f"  {error}")
            code = 1
        if code:
            break
    if code == 0 and find():
        return 0
    print(
        "No Chromium could be installed (above). Install Chromium or Chrome yourself and run 'make test' again; "
        "CHROMIUM=/path/to/it names one that is not on the PATH. 'make check' needs none."
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
