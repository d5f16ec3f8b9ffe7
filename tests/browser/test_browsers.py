"""Finding Firefox and WebKit, and what is said and done when one is missing. Nothing is installed here."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import test_other_browsers

from tools import browsers, chromium

FIREFOX = browsers.ENGINES["firefox"]


def program(folder: Path, name: str, does: str = "") -> str:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{does}\n")
    file.chmod(0o755)
    return str(file)


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine of a user who is not root, with a Chromium, Firefox's driver in its package, and no other browser."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CI", "")
    for name in ("FIREFOX", "GECKODRIVER", "MINI_BROWSER", "WEBKIT_DRIVER", "XVFB"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(browsers, "MINI_BROWSERS", ())
    monkeypatch.setattr(chromium, "main", lambda: 0)
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    return tmp_path


def test_parts_are_found_by_name_and_on_the_path(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Firefox" in FIREFOX.missing()
    program(nowhere, "firefox")
    driver = program(nowhere, "geckodriver")
    assert FIREFOX.missing() == []
    assert browsers.geckodriver() == driver
    assert browsers.ENGINES["webkit"].missing() == ["MiniBrowser", "WebKitWebDriver", "Xvfb"]
    monkeypatch.setenv("MINI_BROWSER", program(nowhere, "mine"))
    assert browsers.mini_browser() == str(nowhere / "mine")
    monkeypatch.setenv("FIREFOX", "/no/such/browser")
    assert FIREFOX.missing() == ["Firefox"]


def test_the_driver_in_the_package_can_be_run(nowhere: Path) -> None:
    found = browsers.geckodriver()
    if found is None:
        pytest.skip("the package has no driver for this machine")
    assert os.access(found, os.X_OK)


@pytest.mark.parametrize(("ci", "code"), [("", 0), ("true", 1)])
def test_a_missing_browser_is_said_and_stops_a_build_server(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], ci: str, code: int
) -> None:
    monkeypatch.setenv("CI", ci)
    assert browsers.main() == code
    said = capsys.readouterr().out
    assert "Firefox not found" in said
    assert "apt-get install webkit2gtk-driver xvfb python3-gi gir1.2-webkit2-4.1" in said
    assert ("SKIPPED" in said) == (code == 0)
    raised = pytest.fail.Exception if code else pytest.skip.Exception
    with pytest.raises(raised, match="WebKit: MiniBrowser and WebKitWebDriver and Xvfb not found"):
        test_other_browsers.there("webkit")


def test_root_has_the_packages_installed(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    asked: list[list[str]] = []
    font = program(nowhere, "fc-match")

    def runs(command: list[str], **_: object) -> object:
        if command[0] == font:
            there = any(browsers.FONT.packages[0] in one for one in asked)
            return type("Done", (), {"stdout": browsers.PLAIN_FONT if there else "DejaVu Sans"})
        asked.append(command)
        for name in ("firefox-esr", "geckodriver", "WebKitWebDriver", "Xvfb", "MiniBrowser"):
            program(nowhere, name)
        monkeypatch.setenv("MINI_BROWSER", str(nowhere / "MiniBrowser"))
        return type("Done", (), {"returncode": 0})

    monkeypatch.setattr(browsers.subprocess, "run", runs)
    program(nowhere, "apt-get")
    assert browsers.main() == 0
    assert asked[0] == ["apt-get", "update"]
    assert asked[1][:2] == ["apt-get", "install"]
    assert asked[1][-1] == "firefox-esr"
    assert asked[-1][-1] == "fonts-liberation"


@pytest.mark.parametrize(("answer", "found"), [("Liberation Sans", True), ("DejaVu Sans", False), (None, True)])
def test_a_font_is_there_unless_fontconfig_names_another(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch, answer: str | None, found: bool
) -> None:
    if answer is not None:
        program(nowhere, "fc-match", f"echo 'a.ttf: {answer}'")
    assert (browsers.FONT.missing() == []) == found
