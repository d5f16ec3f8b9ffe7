"""The workflows: audited offline, every action pinned to a commit, no permission that was not asked for."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tools import browsers
from tools.site_build import ROOT

GITHUB = ROOT / ".github"
_USES = re.compile(r"^\s*-?\s*(?:uses|[\"']uses[\"']):\s*(?P<what>\S+)(?P<comment>.*)$")
_PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}")


def workflow_files(folder: Path) -> list[Path]:
    return sorted(
        file for file in folder.rglob("*") if file.suffix in (".yml", ".yaml") and file.parent.name == "workflows"
    )


def unpinned(folder: Path) -> list[str]:
    """Return every `uses:` that is not a commit with its version beside it; actions of this repository are fine."""
    faults = []
    for file in sorted(file for file in folder.rglob("*") if file.suffix in (".yml", ".yaml")):
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            found = _USES.match(line)
            if not found or found["what"].startswith(("./", "$/")):
                continue
            if not _PINNED.fullmatch(found["what"]):
                faults.append(f"{file.name}:{number}: {found['what']} is not pinned to a commit")
            elif not re.match(r"\s+# v\d", found["comment"]):
                faults.append(f"{file.name}:{number}: {found['what']} does not say its version (# v…)")
    return faults


def permissive(folder: Path) -> list[str]:
    """Return every workflow that grants something to all of its jobs."""
    return [
        f"{file.name}: top-level permissions must be {{}}, and each job asks for its own"
        for file in workflow_files(folder)
        if yaml.safe_load(file.read_text("utf-8")).get("permissions", "missing") != {}
    ]


def audit(folder: Path) -> tuple[int, str]:
    """Return the exit code and the words of zizmor."""
    done = subprocess.run(
        [
            Path(sys.executable).parent / "zizmor",
            "--offline",
            "--no-progress",
            "--strict-collection",
            "--collect=all",
            folder,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_there_are_workflows() -> None:
    assert workflow_files(GITHUB), "there are no workflows in .github/workflows"


def test_the_audit_finds_nothing() -> None:
    code, said = audit(GITHUB)
    assert code == 0, said


def test_every_action_is_pinned() -> None:
    assert workflow_files(GITHUB)
    assert unpinned(GITHUB) == []


def test_no_workflow_grants_to_all_its_jobs() -> None:
    assert workflow_files(GITHUB)
    assert permissive(GITHUB) == []


def test_the_checks_install_what_the_image_lacks() -> None:
    """The runner is no root, so what `tools.browsers` would install has to be there; Firefox is part of the image."""
    installed = re.findall(
        r"apt-get install --yes --no-install-recommends (.*)", (GITHUB / "workflows" / "checks.yml").read_text("utf-8")
    )
    wanted = {*browsers.ENGINES["webkit"].packages, *browsers.FONT.packages}
    assert {name for line in installed for name in line.split()} == wanted


def not_waiting(folder: Path) -> list[str]:
    """Return every job that publishes without waiting, by itself or through the jobs it waits for, for checks.yml."""
    faults = []
    for file in workflow_files(folder):
        jobs = yaml.safe_load(file.read_text("utf-8"))["jobs"]

        def waited_for(name: str, jobs: dict[str, Any] = jobs) -> set[str]:
            needs = jobs[name].get("needs", [])
            names = [needs] if isinstance(needs, str) else needs
            return {name}.union(*(waited_for(one) for one in names))

        for name, job in jobs.items():
            publishes = any("actions/deploy-pages@" in step.get("uses", "") for step in job.get("steps", []))
            if publishes and not any(str(jobs[one].get("uses")).endswith("/checks.yml") for one in waited_for(name)):
                faults.append(f"{file.name}: job '{name}' publishes and does not wait for checks.yml")
    return faults


def test_what_publishes_waits_for_the_checks() -> None:
    assert any("actions/deploy-pages@" in file.read_text("utf-8") for file in workflow_files(GITHUB))
    assert not_waiting(GITHUB) == []


SOUND = """name: x
on: {push: {branches: [main]}}
permissions: {}
concurrency: {group: x, cancel-in-progress: true}
jobs:
  x:
    name: x
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions: {contents: read}
    steps:
      - uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0
        with: {persist-credentials: false}
      - run: make test
"""


def write(folder: Path, text: str) -> Path:
    file = folder / ".github" / "workflows" / "x.yml"
    file.parent.mkdir(parents=True)
    file.write_text(text, "utf-8")
    return folder / ".github"


def test_a_sound_workflow_passes(tmp_path: Path) -> None:
    folder = write(tmp_path, SOUND)
    assert (unpinned(folder), permissive(folder)) == ([], [])
    assert audit(folder)[0] == 0, audit(folder)[1]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("@08c6903cd8c0fde910a37f88322edcfb5dd907a8", "@v5", "actions/checkout@v5 is not pinned"),
        (" # v5.0.0", "", "does not say its version"),
        (" # v5.0.0", " # latest", "does not say its version"),
    ],
    ids=["a tag", "no version", "no number"],
)
def test_an_unpinned_action_is_seen(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert fault in " ".join(unpinned(write(tmp_path, SOUND.replace(old, new))))


@pytest.mark.parametrize(
    "new", ["permissions: {contents: write}\n", "permissions: read-all\n", ""], ids=["write", "read-all", "none"]
)
def test_permissions_for_all_jobs_are_seen(tmp_path: Path, new: str) -> None:
    assert permissive(write(tmp_path, SOUND.replace("permissions: {}\n", new)))


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("run: make test", 'run: echo "${{ github.event.issue.title }}"', "template-injection"),
        ("{push: {branches: [main]}}", "pull_request_target", "dangerous-triggers"),
        ("        with: {persist-credentials: false}\n", "", "artipacked"),
    ],
    ids=["a title in a shell", "rights for a stranger's branch", "credentials left behind"],
)
def test_the_audit_sees(tmp_path: Path, old: str, new: str, rule: str) -> None:
    code, said = audit(write(tmp_path, SOUND.replace(old, new)))
    assert code != 0
    assert rule in said


@pytest.mark.parametrize(
    ("jobs", "waits"),
    [
        ("  publish: {needs: [build], steps: [{uses: actions/deploy-pages@v5}]}\n  build: {needs: checks}\n", True),
        ("  publish: {needs: [build], steps: [{uses: actions/deploy-pages@v5}]}\n  build: {}\n", False),
        ("  publish: {steps: [{uses: actions/deploy-pages@v5}]}\n", False),
    ],
    ids=["through the build", "beside the checks", "at once"],
)
def test_a_job_that_publishes_unchecked_is_seen(tmp_path: Path, jobs: str, waits: bool) -> None:
    folder = write(tmp_path, f"on: push\njobs:\n{jobs}  checks: {{uses: ./.github/workflows/checks.yml}}\n")
    assert not_waiting(folder) == ([] if waits else ["x.yml: job 'publish' publishes and does not wait for checks.yml"])
