"""Small pieces of Markdown, escaped where they must be. Knows nothing of the guide."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from macros.views.icons import icon


def attributes(*, id: str = "", classes: Sequence[str] = (), **others: str) -> str:
    """Return an attribute list such as ``{ #id .class key="value" }``, or '' for none."""
    parts = [f"#{id}"] if id else []
    parts += [f".{name}" for name in classes]
    parts += [f'{key.replace("_", "-")}="{html.escape(value)}"' for key, value in others.items()]
    return f"{{ {' '.join(parts)} }}" if parts else ""


def mark(words: str, *classes: str, strong: bool = False, **others: str) -> str:
    """Return emphasised words with classes: an inline span."""
    star = "**" if strong else "*"
    return f"{star}{words}{star}{attributes(classes=classes, **others)}"


def heading(depth: int, words: str, id: str, *, row: bool = False) -> str:
    """Return a heading with its id; one that names a `row` says so, since a row has a short address."""
    return f"{'#' * depth} {words} {attributes(id=id, classes=['hp-row'] if row else [])}"


def blocks(*parts: str) -> str:
    """Join blocks with a blank line, leaving out empty ones."""
    return "\n\n".join(part for part in parts if part)


def bullets(items: Iterable[str], ids: Iterable[str] = (), *, counted: bool = False) -> str:
    """Return a list; with `ids`, each item carries its anchor; a `counted` one has numbers."""
    ids = list(ids)
    lines = []
    for index, item in enumerate(items):
        lines.append(f"{f'{index + 1}.' if counted else '-'} {item}")
        if ids:
            lines.append(f"    {{ #{ids[index]} }}")
    return "\n".join(lines)


def table(
    head: Sequence[str], rows: Iterable[Sequence[str]], ids: Sequence[str] = (), *, widths: Sequence[int] = ()
) -> str:
    """Return a table. Each cell carries its column's name, so that a phone can show it as a card; `ids` anchor the rows.

    `widths` are those of the columns, in steps of 5 per cent. With them no column moves while the rest of a long table
    is still on its way. Raises ValueError when a row has another number of cells than the head.
    """
    classes = [" " + attributes(classes=[f"hp-w{width}"]) for width in widths] or [""] * len(head)
    lines = [
        _row([name + width for name, width in zip(head, classes, strict=True)]),
        _row(["---"] * len(head)),
    ]
    for index, cells in enumerate(rows):
        if len(cells) != len(head):
            raise ValueError(f"a row of {len(cells)} cells in a table of {len(head)} columns")
        anchor = ids[index] if ids else ""
        lines.append(
            _row(
                [
                    _cell(cell, name, anchor if n == 0 else "")
                    for n, (cell, name) in enumerate(zip(cells, head, strict=True))
                ]
            )
        )
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _cell(text: str, name: str, id: str) -> str:
    return f"{text.replace('|', chr(92) + '|')} {attributes(id=id, data_label=name)}"


def definitions(pairs: Iterable[tuple[str, str]], ids: Sequence[str] = ()) -> str:
    """Return a definition list of (term, meaning); pairs without a meaning are left out."""
    out = []
    for index, (term, meaning) in enumerate(pairs):
        if meaning:
            anchor = f" {attributes(id=ids[index])}" if ids else ""
            out.append(f"{term}{anchor}\n:   {meaning}")
    return "\n\n".join(out)


def box(name: str, *parts: str, id: str = "", tag: str = "div", **others: str) -> str:
    """Return blocks wrapped in an element of class hp-`name`."""
    extra = "".join(
        f' {key.replace("_", "-")}="{html.escape(value)}"' for key, value in {"id": id, **others}.items() if value
    )
    return f'<{tag} class="hp-{name}"{extra} markdown="1">\n\n{blocks(*parts)}\n\n</{tag}>'


def details(name: str, summary: str, *parts: str, id: str) -> str:
    """Return text that is hidden until asked for; open in print."""
    return f'<details class="hp-{name}" id="{id}" markdown="1">\n<summary markdown="span">{summary}</summary>\n\n{blocks(*parts)}\n\n</details>'


def enlarge(id: str, title: str) -> str:
    """Return the link to a drawing in a file of its own. `finish` writes the file and fills in the address, since
    engines treat an address in HTML differently; `title` is escaped."""
    return (
        f'<a class="hp-enlarge" data-hp-drawing="{id}" aria-label="Enlarge: {title}">{icon("maximize-2")} Enlarge</a>'
    )


def checkbox(id: str, words: str) -> str:
    """Return the inside of a checklist item: a box and its label."""
    return f'<input type="checkbox" id="check-{id}" data-hp-check="{id}"> <label for="check-{id}">{words}</label>'
