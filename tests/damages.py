"""Random damages of a guide, with fixed seeds, and what is said of each: python tests/damages.py [COUNT] [FOLDER OF A GUIDE] [RESULT TO LIST].

A damage is one of the accidents that happen to text files: a file is cut off, a line goes, a character is lost or pasted,
a value becomes one of another kind. Each is made in data, pages or settings; then the guide is read as `check` reads it.
Nothing may end in a traceback or hang, a file that is wrong by itself is named before what follows from that, and what
is accepted may not hold anything that a rule could see.
"""

from __future__ import annotations

import difflib
import random
import re
import shutil
import signal
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from macros import render_cache  # noqa: E402
from macros.catalog import catalog  # noqa: E402
from macros.catalog.diagnostics import GuideError  # noqa: E402
from macros.catalog.references import field_values  # noqa: E402
from tools import sample_guide  # noqa: E402

SECONDS = 20  # more than any reading takes, also on a busy machine
SEED = 20261129
MARKER = "Qqx"
PASTED = (
    *"\u200b\ufeff\ufffd\b\x1b\u202e\x00\u00ad\u2028\ue000\t\r\"'`*_[]{}()<>|:#&!%@\\é☂🙂",
    *("{{", "}}", "{%", "{#", "[@", "[=", "](#", "<b>", "</p>", "<!--", "---", "```", ": ", " # ", "\n\n", "\n#", "\n---\n", "- ", "[x](y)"),
)  # fmt: skip
ODD = (
    ".inf .nan 017 0x1f 1_000 12:30 -3 0 1e9 yes no on null ~ [] {} [1] 2026-02-30 2026-13-45 soon '' \"\" *x &a !x % @ ` | > "
    "<b>x</b> {{x}} [=x] ../../x.md ./index.md true 99999999999999999999"
).split()


class Damage(NamedTuple):
    """One damage: its number, its kind, the file, and the file's bytes after it; `marker` was put into a value."""

    number: int
    kind: str
    path: str
    after: bytes
    marker: bool


class Outcome(NamedTuple):
    """What became of a damage: 'refused', 'consequences' (the file is well-formed), 'accepted', or a failure's name."""

    damage: Damage
    result: str
    said: str

    @property
    def failed(self) -> bool:
        """True for what may not happen."""
        return self.result not in ("refused", "consequences", "accepted", "nothing changed")


# -- damages ---------------------------------------------------------------------------------------


def _line(change: Callable[[random.Random, list[str], int], None]) -> Callable[[random.Random, bytes], bytes]:
    """A damage of one line, which is not the first of the file."""

    def apply(chance: random.Random, raw: bytes) -> bytes:
        lines = raw.decode("utf-8").split("\n")
        change(chance, lines, chance.randrange(1, max(2, len(lines) - 1)) if len(lines) > 1 else 0)
        return "\n".join(lines).encode()

    return apply


def _cut(chance: random.Random, raw: bytes) -> bytes:
    return raw[: chance.randrange(len(raw))]


def _bytes(chance: random.Random, raw: bytes) -> bytes:
    at = chance.randrange(len(raw))
    return raw[:at] + bytes(chance.randrange(256) for _ in range(4)) + raw[at:]


def _lose(chance: random.Random, raw: bytes) -> bytes:
    text = raw.decode("utf-8")
    at = chance.randrange(len(text))
    return (text[:at] + text[at + 1 :]).encode()


def _lose_mark(chance: random.Random, raw: bytes) -> bytes:
    text = raw.decode("utf-8")
    at = chance.choice([found.start() for found in re.finditer(r"[][(){}\"'`*:#-]", text)] or [0])
    return (text[:at] + text[at + 1 :]).encode()


def _paste(chance: random.Random, raw: bytes) -> bytes:
    text = raw.decode("utf-8")
    at = chance.randrange(len(text))
    return (text[:at] + chance.choice(PASTED) + text[at:]).encode()


def _odd(chance: random.Random, lines: list[str], at: int) -> None:
    candidates = [n for n, line in enumerate(lines) if re.match(r"[\s-]*[\w.-]+: +\S", line)] or [at]
    at = chance.choice(candidates)
    name, colon, _ = lines[at].partition(": ")
    lines[at] = name + colon + chance.choice(ODD)


def _comment(chance: random.Random, lines: list[str], at: int) -> None:
    lines[at] += f" # {MARKER}"


def _delete(chance: random.Random, lines: list[str], at: int) -> None:
    del lines[at]


def _double(chance: random.Random, lines: list[str], at: int) -> None:
    lines.insert(at, lines[at])


def _swap(chance: random.Random, lines: list[str], at: int) -> None:
    other = chance.randrange(1, len(lines)) if len(lines) > 1 else 0
    lines[at], lines[other] = lines[other], lines[at]


def _indent(chance: random.Random, lines: list[str], at: int) -> None:
    lines[at] = lines[at][1:] if chance.random() < 0.5 and lines[at].startswith(" ") else " " + lines[at]


def _conflict(chance: random.Random, lines: list[str], at: int) -> None:
    lines[at : at + 1] = ["<<<<<<< ours", lines[at], "=======", lines[at], ">>>>>>> theirs"]


KINDS: dict[str, Callable[[random.Random, bytes], bytes]] = {
    "cut off": _cut,
    "bytes in it": _bytes,
    "a character lost": _lose,
    "a mark lost": _lose_mark,
    "something pasted": _paste,
    "an odd value": _line(_odd),
    "a comment in it": _line(_comment),
    "a line lost": _line(_delete),
    "a line twice": _line(_double),
    "two lines swapped": _line(_swap),
    "a line moved in": _line(_indent),
    "a conflict left": _line(_conflict),
    "emptied": lambda chance, raw: b"",
    "saved by Windows": lambda chance, raw: b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n"),
    "saved as UTF-16": lambda chance, raw: raw.decode("utf-8").encode("utf-16"),
}


def damages(root: Path, count: int) -> Iterator[Damage]:
    """Yield `count` damages of the guide at `root`, the same at every run: over data, pages and settings as 7 to 3 to 2."""
    data = sorted(
        [*(root / "data").rglob("*.yml"), root / "data" / "ids.lock", *(root / "data" / "diagrams").glob("*.svg")]
    )
    pages = sorted((root / "docs").rglob("*.md"))
    for number in range(count):
        chance = random.Random(SEED + number)  # noqa: S311 - to be repeated, not to be secret
        file = chance.choice((data, pages, [root / "mkdocs.yml"])[(0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2)[number % 12]])
        kind = list(KINDS)[(number + number // len(KINDS)) % len(KINDS)]
        after = KINDS[kind](chance, file.read_bytes())
        yield Damage(number, kind, file.relative_to(root).as_posix(), after, kind == "a comment in it")


# -- outcomes --------------------------------------------------------------------------------------


def outcome(root: Path, damage: Damage) -> Outcome:
    """Damage the guide at `root`, read it, and put the file back."""
    file = root / damage.path
    before = file.read_bytes()
    if before == damage.after:
        return Outcome(damage, "nothing changed", "")

    def late(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, late)
    signal.alarm(SECONDS)
    file.write_bytes(damage.after)
    try:
        found = catalog.load(root)
        shown = render_cache.render_all(found, render_cache.today())
        wrong = "; ".join(dict.fromkeys(_wrong(damage, found, shown)))
        return Outcome(damage, f"accepted, though {wrong}" if wrong else "accepted", wrong)
    except GuideError as error:
        first = error.problems[0]
        said = "\n".join(map(str, error.problems[:3]))
        if first.path == damage.path:
            return Outcome(damage, "refused", said)
        return Outcome(damage, "consequences" if first.joined else "another file first", said)
    except TimeoutError:
        return Outcome(damage, "hangs", "")
    except Exception:
        return Outcome(damage, "traceback", traceback.format_exc())
    finally:
        signal.alarm(0)
        file.write_bytes(before)


_SEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\ufeff\ufffd\ue000-\uf8ff]|\\{\\{|\\}\\}|\\{%|\\{#|\\[[@=]"
    "|\\]\\(#?\\)|<<<<<<<|>>>>>>>"
)


def _wrong(damage: Damage, found: catalog.Catalog, shown: render_cache.Rendered) -> Iterator[str]:
    """What is wrong with a guide that was accepted, seen by other means than its own rules."""
    typed = damage.after.decode("utf-8-sig").replace("\r\n", "\n")
    rows = [str(one.value) for entry in found.entries.values() for one in field_values(entry.row)]
    for text in (text for page in shown.values() for text in page.values()):
        plain = re.sub(r"<svg.*?</svg>", "", text)
        if seen := _SEEN.search(plain):
            yield f"{seen[0]!r} is shown"
        if plain.count("`") % 2:
            yield "a single ` is shown"
    for page in found.pages.values():
        if not (isinstance(page.title, str) and 1 <= page.review_in <= 24 and len(page.summary) == 3):
            yield f"docs/{page.path} has front matter of another kind"
        if any("<" in text for text in (page.title, page.description, *page.summary)):
            yield f"docs/{page.path} has HTML in its front matter"
    if damage.marker and damage.path.startswith("data/"):
        line = next((line for line in typed.split("\n") if MARKER in line), "")
        if not any(MARKER in text for text in rows) and re.search(rf"\w \w+ # {MARKER}$", line):
            yield f"the text is cut at '# {MARKER}'"
    if damage.path.endswith(".md"):
        prose = re.sub(r"(?ms)^```.*?^```$|`[^`]*`|\{\{.*?\}\}", "", typed)
        if seen := _SEEN.search(prose):
            yield f"{seen[0]!r} stands in the page"
        if not all(heading.id for heading in found.pages[damage.path.removeprefix("docs/")].headings):
            yield "a heading has no id"
        if re.search(r"(?m)^#{1,6}[^#\s]", prose):
            yield "a heading has no space"
    if damage.path == "mkdocs.yml" and sorted(page for page in found.pages) != sorted(
        set(re.findall(r"[\w/-]+\.md", typed.split("\nnav:")[-1]))
    ):
        yield "the navigation is not that of the pages"


def main() -> int:
    """Print figures and failures of COUNT damages; return 1 when there are failures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "guide"
        if len(sys.argv) > 2 and sys.argv[2] != "tiny":
            for part in ("data", "docs"):
                shutil.copytree(Path(sys.argv[2]) / part, root / part)
            shutil.copy(Path(sys.argv[2]) / "mkdocs.yml", root)
        else:
            sample_guide.write(root)
            catalog.record_ids(root)
        found = [outcome(root, damage) for damage in damages(root, count)]
        for one in found:
            if one.failed or one.result in sys.argv:
                print(f"{one.damage.number} {one.damage.path}, {one.damage.kind}: {one.result}\n  {one.said}")
                before = (root / one.damage.path).read_text("utf-8").splitlines()
                after = one.damage.after.decode("utf-8", "replace").splitlines()
                print(*[f"  {line}" for line in difflib.unified_diff(before, after, n=0, lineterm="")][2:12], sep="\n")
    for result, number in Counter(one.result.partition(" though")[0] for one in found).most_common():
        print(f"{number:5} {result}")
    return int(any(one.failed for one in found))


if __name__ == "__main__":
    sys.exit(main())
