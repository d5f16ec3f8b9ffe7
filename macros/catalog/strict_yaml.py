"""YAML read strictly: a text never becomes a number or loses its end in silence, and every fault has its line.

A file is parsed once with the C loader; only a file that has an error is composed again, to turn
the location of the error into a line.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

# libyaml where PyYAML was built with it, the same grammar in Python elsewhere
if TYPE_CHECKING:
    _Base = yaml.SafeLoader
else:
    _Base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN_NUMBER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_PERHAPS_COMMENT = re.compile(r"\S[ \t]+#")
_PERHAPS_ANCHOR = re.compile(r"(?:^|[\s\[{,])&\w")

_TEXT = "tag:yaml.org,2002:str"

Line = tuple[int, str]  # a line (from 1, 0 if none) and what is wrong there


class _Loader(_Base):
    """Safe YAML without dates, so '2016-05' and 2016-05-01 stay text; lists become tuples. Collects what it sees wrong."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.faults: list[Line] = []


_Loader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:merge")
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _mapping(loader: Any, node: yaml.MappingNode) -> dict[Any, Any]:
    out: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise yaml.constructor.ConstructorError(None, None, "a field name must be plain text", key.start_mark)
        if key.value in out:
            loader.faults.append((key.start_mark.line + 1, f"the field '{key.value}' stands twice; keep one"))
            continue
        out[key.value] = loader.construct_object(value, deep=True)
    return out


def _list(loader: Any, node: yaml.SequenceNode) -> tuple[Any, ...]:
    return tuple(loader.construct_sequence(node, deep=True))


def _text(loader: Any, node: yaml.ScalarNode) -> str:
    # YAML joins a line to the text above where its '-' is lost or it is moved in: the list is then one text shorter.
    if not node.style and node.end_mark.line > node.start_mark.line:
        what = f"'{node.value[:30]}' goes on in the next line; begin a long text with '>-', or set the '-' of the next line right"
        loader.faults.append((node.start_mark.line + 1, what))
    return str(node.value)


def _number(of_tag: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """Return a constructor that takes numbers as people write them, and says what else would have become one."""

    def construct(loader: Any, node: yaml.ScalarNode) -> Any:
        number = of_tag(loader, node)
        if not _PLAIN_NUMBER.fullmatch(node.value):
            what = f"'{node.value}' would be read as the number {number}; write that number, or put a text in quotes"
            loader.faults.append((node.start_mark.line + 1, what))
        return number

    return construct


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.add_constructor("tag:yaml.org,2002:seq", _list)
_Loader.add_constructor(_TEXT, _text)
_Loader.add_constructor("tag:yaml.org,2002:int", _number(yaml.SafeLoader.construct_yaml_int))
_Loader.add_constructor("tag:yaml.org,2002:float", _number(yaml.SafeLoader.construct_yaml_float))


class _SettingsLoader(_Loader):
    """The same for the site's settings, where a value may come from the environment: its default is read."""


def _from_environment(loader: Any, node: yaml.Node) -> Any:
    return loader.construct_sequence(node)[-1] if isinstance(node, yaml.SequenceNode) else node.value


_SettingsLoader.add_constructor(_TEXT, lambda loader, node: str(node.value))
_SettingsLoader.add_constructor("!ENV", _from_environment)


def parse(text: str, *, settings: bool = False) -> tuple[Any, list[Line]]:
    """Return the content of a YAML text and every fault seen in it; the content is None where it cannot be parsed.

    In `settings`, values may come from the environment (``!ENV``), and a comment may follow a value.
    """
    try:
        if aliases := _aliases(text):
            return None, aliases
        loader = (_SettingsLoader if settings else _Loader)(text)
    except (yaml.YAMLError, RecursionError) as error:  # the Python reader looks at the characters at once
        return None, [_fault_of(error)]
    try:
        content = loader.get_single_data()
    except yaml.YAMLError as error:
        return None, [*loader.faults, _fault_of(error)]
    except RecursionError as error:
        return None, [_fault_of(error)]
    except (ValueError, OverflowError) as error:
        return None, [(0, f"holds a value that cannot be read ({error}); put it in quotes")]
    finally:
        loader.dispose()
    return content, loader.faults + ([] if settings else _cut_texts(text))


def _cut_texts(text: str) -> list[Line]:
    """Say where a comment cuts a plain text: ``the region # next zone`` is read as 'the region'."""
    if not _PERHAPS_COMMENT.search(text):
        return []
    lines, found = text.split("\n"), []
    for event in yaml.parse(text, _Base):
        if not isinstance(event, yaml.ScalarEvent) or event.style not in (None, "") or not event.end_mark:
            continue
        rest = lines[event.end_mark.line][event.end_mark.column :]
        gap = len(rest) - len(rest.lstrip())
        # Two spaces and a single word or number before it: a comment as it is usually set, and as `new` prints it.
        if rest.lstrip().startswith("#") and (gap == 1 or " " in event.value):
            what = f"'{rest.strip()[:30]}' is read as a comment and left out; put a text with ' #' in quotes"
            found.append((event.end_mark.line + 1, f"{what}, a comment on a line of its own"))
    return found


def _aliases(text: str) -> list[Line]:
    """Say where a value repeats another by alias: a few lines of them can unfold into more than a machine holds."""
    if not _PERHAPS_ANCHOR.search(text):
        return []
    what = "'*{}' repeats what stands elsewhere; write it out, or put a text that begins with * in quotes"
    return [
        (event.start_mark.line + 1, what.format(event.anchor))
        for event in yaml.parse(text, _Base)
        if isinstance(event, yaml.AliasEvent) and event.start_mark
    ]


def _fault_of(error: Exception) -> Line:
    if isinstance(error, RecursionError):
        return 0, "is nested too deeply to read; data is a list of rows with fields"
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    what = (getattr(error, "problem", None) or str(error)).replace("\n", " ")
    hints = {
        "mapping values are not allowed": "; put the text in quotes or fold it with '>-' (a colon and a space end a plain text)",
        "could not find expected ':'": "; a field needs a colon and a space, and a long text needs '>-'",
        "did not find expected": "; check the indentation and the quotes of the lines above",
        "found character": "; put the text in quotes",
        "undefined alias": "; a text that begins with * needs quotes",
        "could not determine a constructor": "; a text that begins with ! needs quotes",
    }
    hint = next((words for start, words in hints.items() if start in what), "")
    return (mark.line + 1 if mark else 0), f"cannot be read as YAML: {what}{hint}"


def compose(text: str) -> yaml.Node | None:
    """Return the nodes of a YAML text that parses, for `line_of`."""
    return yaml.compose(text, _Base)


def line_of(node: yaml.Node | None, loc: tuple[int | str, ...]) -> int:
    """Return the line (from 1) of the value at `loc`, or of the closest thing around it that exists."""
    line = node.start_mark.line if node else 0
    for part in loc:
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line
        elif isinstance(node, yaml.MappingNode):
            pair = next(((key, value) for key, value in node.value if key.value == part), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line, pair[1]
        else:
            break
    return line + 1


def find_line(file: Path, loc: tuple[int | str, ...]) -> int:
    """Return the line of `loc` in a YAML file that parses."""
    return line_of(compose(file.read_text("utf-8-sig")), loc)
