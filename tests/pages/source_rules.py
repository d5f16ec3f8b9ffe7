"""Rules of the sources of the guide, held by reading their text: each takes the project's folder and returns its faults.

They keep the guide buildable by both engines, and its pages within reach and reviewed.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

from macros.catalog.files import kind_in, schema_line
from macros.catalog.page import read_pages
from macros.views.page import review_due

# What both engines run. A plugin that the second engine drops in silence would make the two sites differ.
PLUGINS = {"macros", "redirects", "search"}
EXTENSIONS = {
    "attr_list",
    "def_list",
    "md_in_html",
    "tables",
    "toc",
    "pymdownx.details",
    "pymdownx.superfences",
    "pymdownx.highlight",
}
VALIDATION = {
    "nav": {"omitted_files", "not_found", "absolute_links"},
    "links": {"not_found", "anchors", "absolute_links", "unrecognized_links"},
}
GRACE_MONTHS = 6


class _Loader(yaml.SafeLoader):
    """Reads mkdocs.yml; of a value from the environment it takes the default."""


_Loader.add_constructor("!ENV", lambda loader, node: loader.construct_sequence(node)[-1])


def config(root: Path) -> dict[str, Any]:
    """Return mkdocs.yml as data."""
    return yaml.load((root / "mkdocs.yml").read_text("utf-8"), Loader=_Loader)  # noqa: S506 - a safe loader


def _names(entries: list[Any]) -> dict[str, Any]:
    """A list of names, some with options, as a mapping of name to options."""
    return {k: v for one in entries for k, v in (one.items() if isinstance(one, dict) else [(one, None)])}


def _lines(root: Path, folder: str, *endings: str) -> Iterator[tuple[str, int, str]]:
    """Every line of the text files below a folder, as (file, number, line)."""
    for file in sorted((root / folder).rglob("*")):
        if file.is_file() and file.suffix in endings:
            for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
                yield file.relative_to(root).as_posix(), number, line


# -- mkdocs.yml ------------------------------------------------------------------------------------


def no_hooks_and_known_plugins(root: Path) -> list[str]:
    """What one engine would run and the other would not."""
    given = config(root)
    plugins, extensions = _names(given.get("plugins", ())), _names(given.get("markdown_extensions", ()))
    faults = ["mkdocs.yml: hooks; what must happen before or after the engine is a command of ours"] * (
        "hooks" in given
    )
    faults += [
        f"mkdocs.yml: the plugin '{name}' is not one that both engines run" for name in plugins if name not in PLUGINS
    ]
    faults += [
        f"mkdocs.yml: the extension '{name}' is not one that both engines know"
        for name in extensions
        if name not in EXTENSIONS
    ]
    wanted = {"module_name": "macros", "on_undefined": "strict", "on_error_fail": True}
    if plugins.get("macros") != wanted:
        faults.append(f"mkdocs.yml: the plugin 'macros' must have {wanted}")
    return faults


def strict_everywhere(root: Path) -> list[str]:
    """A warning stops the build, and everything that can be validated warns."""
    given = config(root)
    faults = [] if given.get("strict") is True else ["mkdocs.yml: strict must be true"]
    for part, keys in VALIDATION.items():
        levels = (given.get("validation") or {}).get(part) or {}
        for key in sorted(keys | set(levels)):
            if levels.get(key) != "warn":
                faults.append(f"mkdocs.yml: validation.{part}.{key} must be warn")
    return faults


def settings_of_the_design(root: Path) -> list[str]:
    """Settings without which a policy, a font request or another look would come back."""
    given = config(root)
    theme, extensions = given.get("theme") or {}, _names(given.get("markdown_extensions", ()))
    wanted = {
        "theme.name is material": theme.get("name") == "material",
        "theme.variant is classic": theme.get("variant") == "classic",
        "theme.custom_dir is overrides": theme.get("custom_dir") == "overrides",
        "theme.font is false, or pages would ask another host for fonts": theme.get("font") is False,
        "extra.generator is false": (given.get("extra") or {}).get("generator") is False,
        "tables have use_align_attribute, or alignment would write style=": (extensions.get("tables") or {}).get("use_align_attribute") is True,
        "attr_list, def_list, md_in_html are on": {"attr_list", "def_list", "md_in_html"} <= set(extensions),
        "data and macros are watched": {"data", "macros"} <= set(given.get("watch") or ()),
        "use_directory_urls is not off": given.get("use_directory_urls", True) is True,
        "no script or style sheet comes from another host": not any("//" in str(one) for key in ("extra_css", "extra_javascript") for one in given.get(key) or ()),
    }  # fmt: skip
    return [f"mkdocs.yml: {name}: not so" for name, holds in wanted.items() if not holds]


def nav_covers_every_page(root: Path) -> list[str]:
    """Every page stands in the navigation once, and nothing else does."""

    def paths(node: Any) -> Iterator[str]:
        if isinstance(node, str):
            yield node
        for child in node if isinstance(node, list) else node.values() if isinstance(node, dict) else ():
            yield from paths(child)

    listed = Counter(paths(config(root).get("nav") or []))
    there = {file.relative_to(root / "docs").as_posix() for file in (root / "docs").rglob("*.md")}
    faults = [f"mkdocs.yml: nav does not list docs/{path}" for path in sorted(there - set(listed))]
    faults += [f"mkdocs.yml: nav lists {path}, which does not exist" for path in sorted(set(listed) - there)]
    return faults + [f"mkdocs.yml: nav lists {path} {count} times" for path, count in listed.items() if count > 1]


# -- pages and data --------------------------------------------------------------------------------

_LINK = re.compile(r"\]\((?!\s*<)([^)\s]*)[^)]*\)|<a\s[^>]*href=[\"']([^\"']*)")
_GOOD_LINK = re.compile(
    r"https://\S+|mailto:\S+|#[a-z0-9-]+|(\.\./)*[\w./-]+\.(md|svg|png|ics|csv|json|txt|yml)(#[a-z0-9-]+)?"
)


def _prose(root: Path) -> Iterator[tuple[str, int, str]]:
    """The lines of the pages, without fenced and inline code."""
    fenced: dict[str, str] = {}
    for path, number, line in _lines(root, "docs", ".md"):
        mark = re.match(r"\s*(```+|~~~+)", line)
        if mark:
            fenced[path] = "" if fenced.get(path) else mark[1]
        elif not fenced.get(path):
            yield path, number, re.sub(r"`[^`]*`", "``", line)


def ids_with_a_space(root: Path) -> list[str]:
    """`{#id}` opens a comment of the template language: the id, and what follows, would vanish."""
    found = [*_prose(root), *_lines(root, "data", ".yml")]
    return [f"{path}:{number}: '{{#'; write '{{ #id }}'" for path, number, line in found if re.search(r"\{#", line)]


def relative_links(root: Path) -> list[str]:
    """Links within the guide name a Markdown file relative to the page, so that both engines check them."""
    faults = []
    for path, number, line in _prose(root):
        for found in _LINK.finditer(re.sub(r"\{\{.*?\}\}", "", line)):
            target = found[1] if found[1] is not None else found[2]
            if not _GOOD_LINK.fullmatch(target) or target.startswith("/"):
                faults.append(f"{path}:{number}: the link '{target}' is not https, an anchor, or a relative .md path")
            elif (
                not re.match(r"https:|mailto:|#", target)
                and not (root / path).parent.joinpath(target.partition("#")[0]).is_file()
            ):
                faults.append(f"{path}:{number}: the link '{target}' leads to no file")
    return faults


def schema_lines(root: Path) -> list[str]:
    """Every data file names its schema in its first line, and is where a kind of data is kept."""
    faults = []
    for file in sorted((root / "data").rglob("*.y*ml")):
        path = file.relative_to(root / "data").as_posix()
        if kind_in(path) is None:
            faults.append(f"data/{path}: no kind of data is kept there")
        elif file.read_text("utf-8").partition("\n")[0] != schema_line(path):
            faults.append(f"data/{path}:1: must be '{schema_line(path)}'")
    return faults


def long_overdue(root: Path, today: datetime.date) -> list[str]:
    """Pages whose review fell due more than half a year before `today`."""
    pages, _ = read_pages(root)
    faults = []
    for page in pages.values():
        if not page.reviewed:
            faults.append(f"docs/{page.path}: has no review date")
        elif today > review_due(review_due(page.reviewed, page.review_in).isoformat(), GRACE_MONTHS):
            due = review_due(page.reviewed, page.review_in)
            faults.append(f"docs/{page.path}: its review fell due on {due}, more than {GRACE_MONTHS} months ago")
        elif datetime.date.fromisoformat(page.reviewed) > today:
            faults.append(f"docs/{page.path}: reviewed on {page.reviewed}, which is still to come")
    return faults


# -- templates and builds --------------------------------------------------------------------------

_PYTHON = re.compile(
    r"\.(get|items|keys|values|startswith|endswith|split|replace|format|append|strip|lower|upper|title|join|update)\(|page\.file\b"
)


def no_python_in_templates(root: Path) -> list[str]:
    """The second engine renders the same templates with another template language, which has no methods of Python."""
    return [
        f"{path}:{number}: '{found[0]}' is not known to both engines"
        for path, number, line in _without_comments(root)
        for found in _PYTHON.finditer(line)
    ]


def _without_comments(root: Path) -> Iterator[tuple[str, int, str]]:
    for file in sorted((root / "overrides").rglob("*.html")):
        text = re.sub(r"\{#.*?#\}", lambda found: "\n" * found[0].count("\n"), file.read_text("utf-8"), flags=re.S)
        # What a browser runs may call what it likes.
        text = re.sub(r"<script>.*?</script>", "", text, flags=re.S)
        for number, line in enumerate(text.splitlines(), 1):
            yield file.relative_to(root).as_posix(), number, line


def builds_are_strict(root: Path) -> list[str]:
    """Every build is strict; --quiet would switch that off."""
    files = [root / "Makefile", *sorted((root / ".github").rglob("*.y*ml"))]
    faults = []
    for file in (file for file in files if file.is_file()):
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            if not re.search(r"\b(mkdocs|zensical)\s+(build|serve|gh-deploy)\b", line.partition("## ")[0]):
                continue
            at = f"{file.relative_to(root).as_posix()}:{number}"
            if re.search(r"\s(--quiet|-q)\b", line):
                faults.append(f"{at}: --quiet switches strict off")
            if "build" in line and not re.search(r"\s(--strict|-s)\b", line):
                faults.append(f"{at}: a build without --strict")
    return faults


def pinned_redirects(root: Path) -> list[str]:
    """1.2.3 of the redirects plugin pulls in another engine."""
    files = ("pyproject.toml", "requirements.txt", "requirements-test.txt")
    lines = [(name, line) for name in files for line in (root / name).read_text("utf-8").splitlines()]
    return [
        f"{name}: {line.strip()[:60]}: must be mkdocs-redirects==1.2.2"
        for name, line in lines
        if re.match(r'\s*"?mkdocs-redirects[=~><]', line) and "mkdocs-redirects==1.2.2" not in line
    ]


RULES: dict[str, Callable[[Path], list[str]]] = {
    rule.__name__: rule
    for rule in (
        no_hooks_and_known_plugins, strict_everywhere, settings_of_the_design, nav_covers_every_page, ids_with_a_space,
        relative_links, schema_lines, no_python_in_templates, builds_are_strict, pinned_redirects,
    )
}  # fmt: skip
