"""Sources of the guide: reviewed in time, all within reach, and written so that both engines read them alike."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
import source_rules

from macros.catalog import catalog
from tools import sample_guide, site_build
from tools.site_build import ROOT

MAIN = "overrides/main.html"
MKDOCS = "mkdocs.yml"
SCREEN = "docs/screen.md"


@pytest.fixture
def today() -> datetime.date:
    """The day of the run: a page that nobody looked at for too long fails, and is meant to."""
    return datetime.datetime.now(datetime.UTC).date()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The tiny guide with everything that the rules read."""
    root = sample_guide.write(tmp_path / "guide", engine=True)
    catalog.record_ids(root)
    for name in ("Makefile", "pyproject.toml", "requirements.txt", "requirements-test.txt"):
        (root / name).write_text((ROOT / name).read_text("utf-8"), "utf-8")
    return root


@pytest.mark.parametrize("name", source_rules.RULES)
def test_the_rule_holds(name: str) -> None:
    faults = source_rules.RULES[name](ROOT)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("name", source_rules.RULES)
def test_the_rule_holds_in_the_tiny_guide(project: Path, name: str) -> None:
    assert source_rules.RULES[name](project) == []


def test_no_review_is_long_overdue(today: datetime.date) -> None:
    faults = source_rules.long_overdue(ROOT, today)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (datetime.date(2026, 11, 23), 0),
        (datetime.date(2027, 5, 24), 0),
        (datetime.date(2027, 11, 23), 0),
        (datetime.date(2027, 11, 24), len(sample_guide.PAGES)),
        (datetime.date(2026, 11, 22), len(sample_guide.PAGES)),
    ],
    ids=["the day of the review", "overdue", "overdue for six months", "a day longer", "reviewed tomorrow"],
)
def test_a_page_long_overdue_is_seen(project: Path, day: datetime.date, count: int) -> None:
    assert len(source_rules.long_overdue(project, day)) == count


# rule: name of the case -> file, what stands there, what stands there instead, a part of the fault
CASES: dict[str, dict[str, tuple[str, str, str, str]]] = {
    "no_hooks_and_known_plugins": {
        "hooks": (MKDOCS, "strict: true", "strict: true\nhooks: [x.py]", "mkdocs.yml: hooks"),
        "plugin": (MKDOCS, "plugins:\n", "plugins:\n  - gen-files\n", "the plugin 'gen-files'"),
        "plugin with options": (MKDOCS, "plugins:\n", "plugins:\n  - git-dates: {x: 1}\n", "the plugin 'git-dates'"),
        "tasklist": (MKDOCS, "  - attr_list\n", "  - attr_list\n  - pymdownx.tasklist\n", "the extension 'pymdownx.tasklist'"),
        "lenient macros": (MKDOCS, "on_undefined: strict", "on_undefined: keep", "the plugin 'macros' must have"),
        "macros that go on": (MKDOCS, "      on_error_fail: true\n", "", "the plugin 'macros' must have"),
    },
    "strict_everywhere": {
        "not strict": (MKDOCS, "strict: true\n", "strict: false\n", "strict must be true"),
        "no strict": (MKDOCS, "strict: true\n", "", "strict must be true"),
        "a key less": (MKDOCS, "    anchors: warn\n", "", "validation.links.anchors must be warn"),
        "a key at info": (MKDOCS, "omitted_files: warn", "omitted_files: info", "validation.nav.omitted_files must be warn"),
        "ignored": (MKDOCS, "    unrecognized_links: warn", "    unrecognized_links: ignore", "validation.links.unrecognized_links"),
    },
    "settings_of_the_design": {
        "variant": (MKDOCS, "  variant: classic\n", "", "theme.variant"),
        "font": (MKDOCS, "  font: false\n", "", "theme.font"),
        "alignment": (MKDOCS, "use_align_attribute: true", "use_align_attribute: false", "use_align_attribute"),
        "generator": (MKDOCS, "  generator: false", "  generator: true", "extra.generator"),
        "watch": (MKDOCS, "watch: [data, macros, overrides]", "watch: [overrides]", "are watched"),
        "style sheet": (MKDOCS, "extra_css:\n", "extra_css:\n  - https://example.org/a.css\n", "another host"),
        "addresses": (MKDOCS, "use_directory_urls: true", "use_directory_urls: false", "use_directory_urls"),
    },
    "nav_covers_every_page": {
        "a page less": (MKDOCS, "  - screen.md\n", "", "nav does not list docs/screen.md"),
        "a page more": (MKDOCS, "  - screen.md\n", "  - screen.md\n  - Part:\n      - Lost: lost.md\n", "nav lists lost.md, which does not exist"),
        "a page twice": (MKDOCS, "  - screen.md\n", "  - screen.md\n  - Again: screen.md\n", "nav lists screen.md 2 times"),
    },
    "ids_with_a_space": {
        "page": (SCREEN, "# Screen { #screen }", "# Screen {#screen}", "docs/screen.md:10: '{#'"),
        "data": ("data/figures.yml", "Cache traffic", "Cache traffic {#here}", "data/figures.yml"),
    },
    "relative_links": {
        "absolute": (SCREEN, "{{ page_foot() }}", "[x](/caching/)", "the link '/caching/'"),
        "address of a page": (SCREEN, "{{ page_foot() }}", "[x](../caching/)", "the link '../caching/'"),
        "absolute Markdown": (SCREEN, "{{ page_foot() }}", "[x](/caching.md)", "the link '/caching.md'"),
        "insecure": (SCREEN, "{{ page_foot() }}", "[x](http://example.org/)", "the link 'http://example.org/'"),
        "HTML": (SCREEN, "{{ page_foot() }}", '<a href="/caching/">x</a>', "the link '/caching/'"),
        "lost": (SCREEN, "{{ page_foot() }}", "[x](lost.md#row)", "leads to no file"),
    },
    "schema_lines": {
        "another schema": ("data/figures.yml", "schema/figure.json", "schema/claim.json", "data/figures.yml:1: must be"),
        "a blank first": ("data/figures.yml", "# yaml", "\n# yaml", "data/figures.yml:1: must be"),
        "at the top of a folder": ("data/topics/caching.yml", "../schema", "schema", "data/topics/caching.yml:1"),
    },
    "no_python_in_templates": {
        "get": (MAIN, "{% block fonts %}", '{{ page.meta.get("x") }}{% block fonts %}', "'.get('"),
        "items": (MAIN, "{% block fonts %}", "{% for a in config.extra.items() %}{% endfor %}{% block fonts %}", "'.items('"),
        "startswith": (MAIN, "{% block fonts %}", '{{ page.url.startswith("a") }}{% block fonts %}', "'.startswith('"),
        "file": (MAIN, "{% block fonts %}", "{{ page.file.src_path }}{% block fonts %}", "'page.file'"),
        "in a part": ("overrides/partials/guide-nav.html", "{% macro entry(node) %}", '{% macro entry(node) %}{{ "a".upper() }}', "'.upper('"),
    },
    "builds_are_strict": {
        "quiet": ("Makefile", "mkdocs build --strict", "mkdocs build --strict --quiet", "--quiet switches strict off"),
        "quiet in short": ("Makefile", "mkdocs build --strict", "mkdocs build -q --strict", "--quiet switches strict off"),
        "not strict": ("Makefile", "mkdocs build --strict", "mkdocs build", "a build without --strict"),
    },
    "pinned_redirects": {
        "range": ("pyproject.toml", "mkdocs-redirects==1.2.2", "mkdocs-redirects>=1.2.2", "must be mkdocs-redirects==1.2.2"),
        "lock": ("requirements.txt", "mkdocs-redirects==1.2.2", "mkdocs-redirects==1.2.3", "requirements.txt: mkdocs-redirects==1.2.3"),
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "case"), [pytest.param(r, c, id=f"{r}: {n}") for r, cases in CASES.items() for n, c in cases.items()]
)
def test_a_break_is_seen(project: Path, rule: str, case: tuple[str, str, str, str]) -> None:
    path, old, new, fault = case
    file = project / path
    text = file.read_text("utf-8")
    assert old in text, f"{old!r} is not in {path}"
    file.write_text(text.replace(old, new, 1), "utf-8")
    assert [line for line in source_rules.RULES[rule](project) if fault in line], source_rules.RULES[rule](project)


def test_every_rule_has_a_case() -> None:
    assert set(CASES) == set(source_rules.RULES)


def test_quiet_in_a_workflow_is_seen(project: Path) -> None:
    file = project / ".github" / "workflows" / "x.yml"
    file.parent.mkdir(parents=True)
    file.write_text("jobs:\n  x:\n    steps:\n      - run: mkdocs build --strict --quiet\n", "utf-8")
    assert source_rules.builds_are_strict(project) == [".github/workflows/x.yml:4: --quiet switches strict off"]


def test_code_in_a_page_is_not_read_as_prose(project: Path) -> None:
    with (project / SCREEN).open("a", encoding="utf-8") as file:
        file.write("\nWrite `{#id}` never.\n\n```markdown\n[x](/there) {#id}\n```\n")
    assert [fault for rule in source_rules.RULES.values() for fault in rule(project)] == []


def test_a_copy_of_the_guide_has_what_a_build_reads(tmp_path: Path) -> None:
    copy = site_build.copy_guide(tmp_path / "copy")
    assert {path.name for path in copy.iterdir()} == {*site_build.PARTS, ".venv"}
