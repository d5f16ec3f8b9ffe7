"""Built sites for the checks and the bench: a guide is copied into a scratch folder and built there by the steps of `make site`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PARTS = (
    "mkdocs.yml",
    "CHANGELOG.md",
    "docs",
    "data",
    "macros",
    "overrides",
    "tools",
    "Makefile",
    "requirements.txt",
    "requirements-test.txt",
)


class BuildError(Exception):
    """A step of a build failed; carries what it printed."""


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """Run a step in folder `cwd`, with `environment` on top; return what it printed. Raises BuildError when it fails."""
    # No SITE_URL of the caller, and no variables of a make around the tests: every build is the same.
    kept = {
        k: v for k, v in os.environ.items() if k not in ("SITE_URL", "REPO_URL", "MAKEFLAGS", "MAKELEVEL", "MFLAGS")
    }
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**kept, "NO_MKDOCS_2_WARNING": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout + done.stderr
    if done.returncode:
        heard = "\n".join(line for line in said.splitlines() if line.strip() and not line.startswith("INFO"))
        raise BuildError(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{heard}")
    return said


def copy_guide(to: Path, source: Path = ROOT) -> Path:
    """Copy what a build reads from `source` into the new folder `to`; what it lacks comes from this project."""
    to.mkdir(parents=True, exist_ok=True)
    for part in PARTS:
        found = source / part if (source / part).exists() else ROOT / part
        if found.is_dir():
            shutil.copytree(found, to / part, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
        else:
            shutil.copy2(found, to / part)
    (to / ".venv").symlink_to(ROOT / ".venv")
    return to


def scripts(site: Path) -> Path:
    """Return the folder of a finished site's scripts and of the data that they fetch; it is named for its release."""
    [folder] = site.glob("assets/release-*")
    return folder


def with_mkdocs(root: Path) -> Path:
    """Build the guide copied to `root` as `make site` does; return its site. Raises BuildError, also on a warning."""
    # The stamps count as made: a check must not install anything into the environment it runs in.
    said = run("make", "--silent", "-o", ".venv/.site", "site", f"PYTHON={sys.executable}", cwd=root)
    if "WARNING" in said:
        raise BuildError(f"make site warned:\n{said}")
    return root / "site"


def with_zensical(root: Path) -> Path:
    """Build the guide copied to `root` with the second engine and finish it; return its site. Raises BuildError."""
    said = run(".venv/bin/zensical", "build", "--clean", "--strict", cwd=root)
    if "No issues found" not in said or "WARNING" in said:
        raise BuildError(f"zensical found issues:\n{said}")
    run(sys.executable, "-m", "macros", "finish", "site", cwd=root)
    return root / "site"
