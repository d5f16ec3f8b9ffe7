"""Finding a Chromium, and what is said when there is none. Nothing is installed here."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tools import chromium


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty folder as the PATH, and no browser of Playwright's."""
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(chromium, "_of_playwright", lambda: None)
    return tmp_path


def program(folder: Path, name: str) -> str:
    file = folder / name
    file.write_text("#!/bin/sh\n")
    file.chmod(0o755)
    return str(file)


def test_the_one_that_is_named_comes_first(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(nowhere, "chromium")
    monkeypatch.setenv("CHROMIUM", program(nowhere, "mine"))
    assert chromium.find() == str(nowhere / "mine")
    assert chromium.main() == 0


def test_a_wrong_name_is_said_and_nothing_is_installed(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program(nowhere, "chromium")
    monkeypatch.setenv("CHROMIUM", "/no/such/browser")
    monkeypatch.setattr(chromium, "install", lambda: pytest.fail("installed"))
    assert chromium.main() == 1
    assert "CHROMIUM=/no/such/browser cannot be run" in capsys.readouterr().out


@pytest.mark.parametrize("name", chromium.NAMES)
def test_one_on_the_path_is_found(nowhere: Path, name: str) -> None:
    assert chromium.find() is None
    assert program(nowhere, name) == chromium.find()


def test_playwrights_own_is_found_last(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chromium, "_of_playwright", lambda: "/own/chrome")
    assert chromium.find() == "/own/chrome"
    assert program(nowhere, "google-chrome") == chromium.find()


@pytest.mark.parametrize("code", [0, 3], ids=["installs nothing that runs", "fails"])
def test_a_failed_install_says_what_to_do(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], code: int
) -> None:
    monkeypatch.setattr(chromium, "install", lambda: [[sys.executable, "-c", f"raise SystemExit({code})"]])
    assert chromium.main() == 1
    said = capsys.readouterr().out
    assert said.startswith("The browser checks need a Chromium and found none. Installing one, once:")
    assert "CHROMIUM=/path/to/it" in said


def test_an_install_that_works_is_enough(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = f"open({str(nowhere / 'chromium')!r}, 'w').close(); __import__('os').chmod({str(nowhere / 'chromium')!r}, 0o755)"
    monkeypatch.setattr(chromium, "install", lambda: [[sys.executable, "-c", script]])
    assert chromium.main() == 0


def test_root_takes_the_package_and_others_the_browser_of_playwright(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    assert chromium.install()[-1][1:] == ["-m", "playwright", "install", "chromium"]
    program(nowhere, "apt-get")
    assert [command[:2] for command in chromium.install()] == [["apt-get", "update"], ["apt-get", "install"]]
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    assert chromium.install() == [[sys.executable, "-m", "playwright", "install", "chromium"]]
