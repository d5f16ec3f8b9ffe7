"""What the page "What changed" shows."""

from __future__ import annotations

import re

from macros.catalog.changelog import releases, unreleased
from macros.views import markdown
from macros.views.registry import macro
from macros.views.render_context import RenderContext, date


@macro()
def changes(view: RenderContext) -> str:
    """Every version with what readers get, newest first, and before them what no version has yet. Raises GuideError."""
    log = view.catalog.changelog
    parts = [_part("Since the last version", "since-the-last-version", unreleased(log))] if unreleased(log) else []
    parts += [
        _part(f"Version {one.version}, {date(one.date)}", f"version-{one.version.replace('.', '-')}", one.body)
        for one in releases(log)
    ]
    return markdown.blocks(*parts) or "There is no version yet."


def _part(title: str, id: str, body: str) -> str:
    return markdown.blocks(markdown.heading(2, title, id), re.sub(r"^#{3,6} (.+)$", r"**\1**", body, flags=re.M))
