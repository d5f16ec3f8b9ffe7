"""The walk of a topic, a component or a prompt, and the pieces that lead back to it: its steps, what one says, folds."""

from __future__ import annotations

from macros.rows.topic import Component, Decision, FailureMode, Topic
from macros.rows.walkthrough import Walk
from macros.views import markdown
from macros.views.registry import fields_of, macro
from macros.views.render_context import RenderContext


@macro("owner", plain=fields_of("walk"))
def walk(view: RenderContext, id: str) -> str:
    """One request and one write or event from end to end, step by step."""
    return told(view, view.catalog.get(id, Topic, Component).walk)


def told(view: RenderContext, row: Walk) -> str:
    """Return a walk as Markdown, its steps counted through all its paths."""
    parts = [view.text(row.setting)]
    for path in row.paths:
        steps = (
            f"{markdown.mark(f'{row.number(step.name)} {step.name}.', 'hp-step', strong=True)} {view.text(step.does)}"
            for step in path.steps
        )
        parts += [f"**{view.text(path.title).rstrip('.')}.**", markdown.bullets(steps)]
    return markdown.box("walk", *parts)


def step_name(row: Walk, name: str | None) -> str:
    """Return ``Step 4, the limit`` for a step of a walk; '' for none."""
    return f"Step {row.number(name)}, {name}" if name else ""


def step_line(view: RenderContext, owner: str, row: Decision | FailureMode) -> str:
    """Return the line that says which step of its owner's walk a row belongs to, with a link; '' for none."""
    name = step_name(view.catalog.get(owner, Topic, Component).walk, row.step)
    if not name:
        return ""
    page, _, _ = view.target(owner).partition("#")
    return f"[{name}]({page}#{owner}-walk)\n{markdown.attributes(classes=['hp-at'])}"


def said(sentence: str) -> str:
    """Return a sentence to say aloud, shown as such."""
    return f"{markdown.mark('Say', 'hp-note-inline')} “{sentence}”\n{markdown.attributes(classes=['hp-say'])}"


def deeper(view: RenderContext, *texts: str | None, what: str = "Deeper: sums and exceptions") -> str:
    """Return texts in a fold, open on paper; '' for none."""
    found = [view.text(text) for text in texts if text]
    if not found:
        return ""
    body = found[0] if len(found) == 1 else markdown.bullets(found)
    return markdown.box("more", f'<summary markdown="span">{what}</summary>', body, tag="details")
