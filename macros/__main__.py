"""Commands of the guide: python -m macros check | new KIND | schema | lock | styles | finish SITE."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

import macros.views  # noqa: E402, F401 - registers the macros, which reading a guide needs
from macros import render_cache  # noqa: E402
from macros.catalog import catalog, schema  # noqa: E402
from macros.catalog.diagnostics import GuideError  # noqa: E402
from macros.catalog.files import FILE_KINDS  # noqa: E402


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return the exit code: 0 done, 1 the guide has faults, 2 wrong use."""
    parser = argparse.ArgumentParser(prog="python -m macros", description=__doc__)
    parser.add_argument("--root", type=Path, default=ROOT, help="the project's folder (default: this one)")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check", help="read all data and pages; print every fault")
    new = commands.add_parser("new", help="print a stub for one row, every field named")
    new.add_argument("kind", choices=sorted(FILE_KINDS))
    write = commands.add_parser(
        "schema", help="write the JSON Schemas of the data files, and the table of kinds in CONTRIBUTING.md"
    )
    write.add_argument("--check", action="store_true", help="write nothing; fail if one is out of date")
    commands.add_parser("lock", help="record new addresses in data/ids.lock, new boxes in data/ticks.lock")
    commands.add_parser("styles", help="list new stylesheets in mkdocs.yml")
    finish = commands.add_parser(
        "finish", help="complete a built site: row pages, search, one script, inlined styles, policy"
    )
    finish.add_argument("--draft", action="store_true", help="row pages and search only, for the live server")
    finish.add_argument("site", type=Path)
    given = parser.parse_args(arguments)
    try:
        return _run(given)
    except GuideError as error:
        for problem in error.problems:
            print(problem)
        count = len(error.problems)
        print(f"{count} problem{'s' * (count != 1)}; nothing was written.", file=sys.stderr)
        return 1


def _run(given: argparse.Namespace) -> int:
    root: Path = given.root.resolve()
    if given.command == "check":
        found = catalog.load(root)
        render_cache.render_all(found, render_cache.today())
        print(f"{len(found.entries)} rows, {len(found.pages)} pages, {len(found.all('source'))} sources: no faults.")
    elif given.command == "new":
        print(schema.stub(given.kind), end="")
    elif given.command == "schema":
        stale = [f"data/schema/{name}" for name in schema.write(root / "data" / "schema", check=given.check)]
        stale += ["CONTRIBUTING.md"] * schema.write_table(root / "CONTRIBUTING.md", check=given.check)
        for name in stale:
            print(f"{name}: {'out of date; run make fix' if given.check else 'written'}")
        return 1 if given.check and stale else 0
    elif given.command == "lock":
        print(f"data/ids.lock, data/ticks.lock: {catalog.record_ids(root)} new addresses.")
    elif given.command == "styles":
        from macros.finish.styles import list_sheets

        for change in list_sheets(root):
            print(f"mkdocs.yml: {change}.")
    elif given.command == "finish":
        from macros.finish import finish_site

        finish_site(catalog.load(root), given.site, draft=given.draft)
    return 0


if __name__ == "__main__":
    sys.exit(main())
