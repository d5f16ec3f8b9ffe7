"""Modules joined into one file: run by a browser they do what they did apart, and what cannot be joined is refused."""

from __future__ import annotations

import re

import pytest

from macros.exports.modules import imported_from, join_modules, reached

SOURCES = {
    "a.js": 'import { one, two as second } from "./b.js";\nimport * as c from "./late/c.js";\nimport "./d.js";\nconst x = one;\n',
    "b.js": "const hidden = 1;\nexport const one = hidden;\nexport async function two() {}\n",
    "late/c.js": 'import { one } from "../b.js";\nexport class C {}\n',
    "d.js": "const x = 1;\n",
}


def test_each_module_is_a_block_after_what_it_imports() -> None:
    joined = join_modules(["a.js"], SOURCES.__getitem__)
    assert (
        joined.text
        == """const modules = {};
{
const hidden = 1;
const one = hidden;
async function two() {}
modules["b.js"] = { one, two };
}
{
const { one } = modules["b.js"];
class C {}
modules["late/c.js"] = { C };
}
{
const x = 1;
}
{
const { one, two: second } = modules["b.js"];
const c = modules["late/c.js"];
const x = one;
}
"""
    )
    assert joined.exports == {"a.js": [], "b.js": ["one", "two"], "late/c.js": ["C"], "d.js": []}


@pytest.mark.parametrize(
    "code", ["export default 1;", "export { a };", 'import a from "./b.js";', 'export * from "./b.js";', 'import "b";']
)
def test_what_cannot_be_joined_is_refused_by_name(code: str) -> None:
    with pytest.raises(ValueError, match=re.escape(f"x/y.js: cannot be joined: {code}")):
        join_modules(["x/y.js"], lambda path: SOURCES.get(path, f"const a = 1;\n{code}\n"))


def test_what_comes_later_takes_the_joined_from_their_file() -> None:
    joined = join_modules(["d.js", "b.js"], SOURCES.__getitem__)
    assert imported_from(SOURCES["late/c.js"], "late/c.js", joined, "guide.js").startswith(
        'import { one } from "../guide.js";'
    )
    assert imported_from('import { z } from "./z.js";\n', "y.js", joined, "guide.js") == 'import { z } from "./z.js";\n'
    with pytest.raises(ValueError, match=r"y\.js: takes a joined module as a whole"):
        imported_from('import * as b from "./b.js";\n', "y.js", joined, "guide.js")


def test_what_a_script_may_bring_is_found_by_its_name() -> None:
    sources = {
        "a.js": 'bring("late/b.js"); import(`./c.js${again}`)',
        "late/b.js": 'import "../d.js";',
        "c.js": "",
        "d.js": "",
    }
    assert reached("a.js", sources) == {"a.js", "late/b.js", "c.js", "d.js"}
    assert reached("late/b.js", sources) == {"late/b.js", "d.js"}
