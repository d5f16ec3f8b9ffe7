"""The commands `python -m macros …`, the schemas they write, and the lock files."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, ClassVar

import jsonschema
import pytest
import yaml

from macros.catalog import schema
from macros.catalog.files import FILE_KINDS, kind_in, schema_line
from tools.site_build import ROOT

DATA = sorted((ROOT / "data").rglob("*.yml"))
LOCKS = ("requirements.txt", "requirements-test.txt")


class EditorYaml(yaml.SafeLoader):
    """YAML as editors read it: a date is text."""

    yaml_implicit_resolvers: ClassVar = {
        first: [one for one in resolvers if not one[0].endswith(":timestamp")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def macros(*arguments: str | Path, root: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "macros", "--root", str(root), *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


# -- new -------------------------------------------------------------------------------------------


def missing_fields(stub: Any, node: dict[str, Any], definitions: dict[str, Any], at: str = "") -> list[str]:
    """Return the required fields of the schema `node` that `stub` does not name, at any depth."""
    if "$ref" in node:
        node = definitions[node["$ref"].rsplit("/", 1)[1]]
    if node.get("type") == "array":
        if not isinstance(stub, list) or not stub:
            return [f"{at}: no item"]
        return missing_fields(stub[0], node.get("items", {}), definitions, f"{at}[0]")
    if node.get("type") != "object":
        return []
    if not isinstance(stub, dict):
        return [f"{at}: not a mapping"]
    fields = node.get("properties", {})
    lost = [f"{at}.{name}" for name in node.get("required", ()) if name not in stub]
    lost += [f"{at}.{name}: not a field" for name in stub if name not in fields]
    return lost + [
        fault
        for name in stub
        if name in fields
        for fault in missing_fields(stub[name], fields[name], definitions, f"{at}.{name}")
    ]


@pytest.mark.parametrize("kind", sorted(FILE_KINDS))
def test_a_stub_parses_and_names_every_required_field(kind: str) -> None:
    text = schema.stub(kind)
    assert text.startswith("# yaml-language-server: ")
    wanted = schema.json_schema(FILE_KINDS[kind])
    assert missing_fields(yaml.safe_load(text), wanted, wanted["$defs"], kind) == []


def test_the_command_prints_the_stub() -> None:
    done = macros("new", "topic")
    assert (done.returncode, done.stdout, done.stderr) == (0, schema.stub("topic"), "")


def test_a_lost_field_is_seen() -> None:
    wanted = schema.json_schema(FILE_KINDS["topic"])
    text = schema.stub("topic")
    for line, lost in (
        ("depth: first\n", "topic.depth"),
        ("    trigger: text\n", "topic.failure_modes[0].trigger"),
    ):
        assert line in text
        assert lost in missing_fields(yaml.safe_load(text.replace(line, "", 1)), wanted, wanted["$defs"], "topic")


def test_an_unknown_kind_is_refused_with_the_kinds_there_are() -> None:
    done = macros("new", "topik")
    assert done.returncode == 2
    assert "topic" in done.stderr
    assert "Traceback" not in done.stderr


# -- schema ----------------------------------------------------------------------------------------


def test_the_schemas_of_the_project_are_up_to_date() -> None:
    done = macros("schema", "--check")
    assert done.returncode == 0, done.stdout


def test_a_stale_schema_is_seen_and_written_again(tmp_path: Path) -> None:
    assert macros("schema", root=tmp_path).returncode == 0
    assert macros("schema", "--check", root=tmp_path).returncode == 0
    file = tmp_path / "data" / "schema" / "topic.json"
    before = file.read_text("utf-8")
    for change in (lambda: file.write_text(before.replace("hard_part", "soft_part"), "utf-8"), file.unlink):
        change()
        stale = macros("schema", "--check", root=tmp_path)
        assert stale.returncode == 1
        assert stale.stdout == "data/schema/topic.json: out of date; run make fix\n"
        assert macros("schema", root=tmp_path).returncode == 0
        assert macros("schema", "--check", root=tmp_path).returncode == 0
        assert file.read_text("utf-8") == before


def test_the_table_of_kinds_is_written_between_its_marks(tmp_path: Path) -> None:
    file = tmp_path / "CONTRIBUTING.md"
    file.write_text("Above\n<!-- kinds: of the models -->\n| old |\n<!-- end of kinds -->\nBelow\n", "utf-8")
    stale = macros("schema", "--check", root=tmp_path)
    assert "CONTRIBUTING.md: out of date; run make fix" in stale.stdout
    assert "old" in file.read_text("utf-8")
    assert macros("schema", root=tmp_path).returncode == 0
    lines = file.read_text("utf-8").splitlines()
    assert (lines[0], lines[-1]) == ("Above", "Below")
    assert [line.split("`")[1] for line in lines if line.startswith("| `")] == sorted(FILE_KINDS)
    assert "| `team` | `data/teams.yml` | `team-` | teams |" in lines
    assert macros("schema", "--check", root=tmp_path).returncode == 0


def test_no_schema_is_left_of_a_kind_that_is_gone() -> None:
    assert {file.name for file in (ROOT / "data" / "schema").iterdir()} == {
        entry.schema for entry in FILE_KINDS.values()
    }


@pytest.mark.parametrize("file", DATA, ids=lambda file: file.relative_to(ROOT / "data").as_posix())
def test_data_fit_the_schema_that_editors_use(file: Path) -> None:
    path = file.relative_to(ROOT / "data").as_posix()
    entry = kind_in(path)
    assert entry is not None, f"{path}: no kind of data is kept there"
    text = file.read_text("utf-8")
    first = text.splitlines()[0]
    assert first == schema_line(path)
    named = (file.parent / first.partition("$schema=")[2]).resolve()
    faults = validate(yaml.load(text, Loader=EditorYaml), named)  # noqa: S506 - a safe loader
    assert not faults, "\n".join(faults)


def validate(content: Any, schema_file: Path) -> list[str]:
    rules = json.loads(schema_file.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(rules)
    found = jsonschema.Draft202012Validator(rules).iter_errors(content)
    return [f"{'.'.join(map(str, fault.absolute_path))}: {fault.message[:160]}" for fault in found]


def test_a_file_that_does_not_fit_is_seen() -> None:
    figure = {"id": "fig-x", "value": "1", "what": "x", "year": 2024, "sources": ["a"]}
    file = ROOT / "data" / "schema" / "figure.json"
    assert validate([figure], file) == []
    for broken in ({**figure, "year": "2024"}, {**figure, "x": 1}, {k: v for k, v in figure.items() if k != "what"}):
        assert len(validate([broken], file)) == 1


# -- finish ----------------------------------------------------------------------------------------


def test_finish_refuses_a_folder_that_is_no_site(guide: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for folder in (tmp_path / "empty", tmp_path / "lost"):
        done = macros("finish", folder, root=guide)
        assert done.returncode == 1, done.stderr
        assert done.stdout.startswith(f"{folder}: is not a built site: it has no index.html")
        assert len(done.stdout.splitlines()) == 1
        assert "Traceback" not in done.stderr
    assert list((tmp_path / "empty").iterdir()) == []


# -- lock files ------------------------------------------------------------------------------------


def lock_faults(text: str) -> list[str]:
    """Return what a lock file may not hold: a download address, an index, a requirement without version or hash."""
    faults = [f"line {n}: an address" for n, line in enumerate(text.splitlines(), 1) if "http" in line]
    faults += [
        f"line {n}: an option, {line}"
        for n, line in enumerate(text.splitlines(), 1)
        if re.match(r"\s*(-(?!-hash=)\S|--(?!hash=)\S)", line)
    ]
    for requirement in re.split(r"\n(?=\S)", re.sub(r"(?m)^\s*#.*\n?", "", text).strip()):
        name = requirement.split(" ")[0]
        if not re.match(r"[\w.\[\]-]+==[\w.!+]+(\s|$)", requirement):
            faults.append(f"{name}: no exact version")
        if not re.search(r"--hash=sha256:[0-9a-f]{64}\b", requirement):
            faults.append(f"{name}: no hash")
    return faults


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_exact_versions_hashes_and_no_address(name: str) -> None:
    assert lock_faults((ROOT / name).read_text("utf-8")) == []


HASH = "--hash=sha256:" + "0a" * 32


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (f"a==1 \\\n    {HASH}\n--index-url https://example.org\n", "line 3: an address"),
        (f"--find-links wheels\na==1 \\\n    {HASH}\n", "line 1: an option, --find-links wheels"),
        (f"-i mirror\na==1 \\\n    {HASH}\n", "line 1: an option, -i mirror"),
        (f"a @ https://example.org/a.whl \\\n    {HASH}\n", "a: no exact version"),
        (f"a>=1 \\\n    {HASH}\n", "a>=1: no exact version"),
        (f"a==1 \\\n    {HASH}\nb==2\n", "b==2: no hash"),
    ],
    ids=["index", "folder", "short option", "address", "range", "no hash"],
)
def test_a_loose_lock_is_seen(text: str, fault: str) -> None:
    assert fault in lock_faults(text)


def test_a_sound_lock_passes() -> None:
    assert (
        lock_faults(f"# made by a tool\na==1.0 ; sys_platform == 'win32' \\\n    {HASH} \\\n    {HASH}\n    # via b\n")
        == []
    )


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_has_what_the_project_asks_for(name: str) -> None:
    asked = re.findall(r'^    "([\w.-]+)(?:==|~=|>=)([\w.]+)', (ROOT / "pyproject.toml").read_text("utf-8"), re.M)
    assert asked
    text = (ROOT / name).read_text("utf-8").lower()
    base = (ROOT / "pyproject.toml").read_text("utf-8").partition("[project.optional-dependencies]")[0]
    lost = [
        package
        for package, _ in asked
        if (name == LOCKS[1] or f'"{package}' in base)
        and not re.search(rf"^{re.escape(package.lower())}==", text, re.M)
    ]
    assert lost == []
