"""The layers of the house: what may import what, held by reading every import."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from tools.site_build import ROOT

STANDARD = set(sys.stdlib_module_names)
CLOCK_AND_IO = {
    "datetime",
    "time",
    "os",
    "io",
    "pathlib",
    "socket",
    "urllib",
    "http",
    "subprocess",
    "shutil",
    "tempfile",
    "random",
}
# layer: (packages of ours, packages of others)
MAY_IMPORT: dict[str, tuple[set[str], set[str]]] = {
    "rows": ({"rows"}, {"pydantic"}),
    "catalog": ({"rows", "catalog"}, {"pydantic", "yaml"}),
    "planner": ({"rows", "planner"}, set()),
    "views": ({"rows", "catalog", "views", "planner"}, set()),
    "exports": ({"rows", "catalog", "exports", "planner"}, {"genanki", "segno", "typst"}),
    "finish": ({"rows", "catalog", "exports", "finish"}, {"selectolax", "tinycss2", "PIL"}),
    "engine": (set(), set()),
    "render_cache": ({"catalog", "views"}, set()),
    "__init__": ({"engine", "render_cache"}, set()),
    "__main__": ({"render_cache", "catalog", "views", "exports", "finish"}, set()),
}
FORBIDDEN = {"mkdocs", "mkdocs_macros", "zensical"}


def faults_in(layer: str, source: str) -> list[str]:
    """Return what the imports of a file in `layer` break."""
    ours, others = MAY_IMPORT[layer]
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.level:
            found.append(f"line {node.lineno}: relative import")
            continue
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = (
                [f"{node.module}.{alias.name}" for alias in node.names]
                if node.module == "macros"
                else [node.module or ""]
            )
        for name in names:
            top, _, rest = name.partition(".")
            if top == "macros":
                room = rest.split(".")[0]
                if room not in ours:
                    found.append(f"line {node.lineno}: {layer} imports macros.{room}")
            elif top in FORBIDDEN or (top not in STANDARD and top not in others):
                found.append(f"line {node.lineno}: {layer} imports {top}")
            elif layer == "views" and top in CLOCK_AND_IO - {"datetime"}:
                found.append(f"line {node.lineno}: a view reads the clock, a file or the network ({top})")
            elif layer == "planner" and top in CLOCK_AND_IO:
                found.append(f"line {node.lineno}: the planner reads the clock, a file or the network ({top})")
    if layer == "views" and any(call in source for call in (".today()", ".now(", "open(", "time.time")):
        found.append("a view reads the clock or a file; it is passed in")
    return found


def layer_of(file: Path) -> str:
    parts = file.relative_to(ROOT / "macros").parts
    return parts[0] if len(parts) > 1 else file.stem


@pytest.mark.parametrize("file", sorted((ROOT / "macros").rglob("*.py")), ids=lambda file: str(file.relative_to(ROOT)))
def test_imports_stay_within_the_layer(file: Path) -> None:
    assert faults_in(layer_of(file), file.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("layer", "source"),
    [
        ("rows", "from macros.catalog import catalog"),
        ("catalog", "from macros.views import topic"),
        ("views", "import yaml"),
        ("views", "from macros import engine"),
        ("views", "import os"),
        ("views", "import datetime\nx = datetime.date.today()"),
        ("planner", "from macros.views import plan"),
        ("planner", "import datetime"),
        ("planner", "from macros.catalog import catalog"),
        ("finish", "from macros.views import view"),
        ("engine", "from macros.catalog import catalog"),
        ("engine", "import mkdocs"),
        ("__init__", "import yaml"),
        ("rows", "from . import markup"),
    ],
)
def test_a_break_is_seen(layer: str, source: str) -> None:
    assert faults_in(layer, source)
