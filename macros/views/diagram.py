"""What a diagram shows: the drawing, inlined in one line, and the same in words."""

from __future__ import annotations

import html
import re

from macros.rows.diagrams import Diagram
from macros.rows.markup import plain
from macros.views import markdown
from macros.views.registry import macro
from macros.views.render_context import RenderContext


@macro("diagram", homes="itself")
def diagram(view: RenderContext, id: str) -> str:
    """A drawing with its caption, and its steps in words below it."""
    row = view.catalog.get(id, Diagram)
    title, alt = (html.escape(plain(text)) for text in (row.title, row.alt))
    # What only the checks read, and what a page does not need, stays in the file.
    bare = re.sub(r' (?:xmlns|data-source)="[^"]*"', "", view.catalog.svgs[id], count=2)
    drawn = bare.replace("<svg", f'<svg role="img" aria-label="{alt}"', 1)
    steps = "\n".join(f"{number}. {view.text(step)}" for number, step in enumerate(row.text, 1))
    return markdown.blocks(
        # One line of HTML without a blank one, which both engines pass on untouched. A drawing wider than the page scrolls
        # inside its own box, which therefore takes the keyboard.
        f'<figure class="hp-diagram" id="{id}"><div class="hp-diagram-view" tabindex="0" role="region" aria-label="Diagram: {title}">'
        f"{drawn}</div><figcaption>{title} {markdown.enlarge(id, title)}</figcaption></figure>",
        f'<details class="hp-diagram-words" markdown="1">\n<summary markdown="span">The diagram in words</summary>\n\n{steps}\n\n</details>',
    )
