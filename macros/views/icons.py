"""Small marks for kinds of rows, beside the words that say the same. Icons of Lucide 1.62, of which only those used are here.

Their licence (ISC) lies in docs/assets/images/icons-LICENSE.txt. They are written into the page, so that nothing is loaded.
"""

from __future__ import annotations

_SHAPES = {
    "split": '<path d="M16 3h5v5"/><path d="M8 3H3v5"/><path d="M12 22v-8.3a4 4 0 0 0-1.172-2.872L3 3"/><path d="m15 9 6-6"/>',
    "triangle-alert": '<path d="m21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3"/><path d="M12 9v4"/><path d="M12 17h.01"/>',
    "message-circle-question-mark": '<path d="M2.992 16.342a2 2 0 0 1 .094 1.167l-1.065 3.29a1 1 0 0 0 1.236 1.168l3.413-.998a2 2 0 0 1 1.099.092 10 10 0 1 0-4.777-4.719"/><path d="M9.09 9a3 3 0 0 1 5.83 1c0 2-3 3-3 3"/><path d="M12 17h.01"/>',
    "circle-x": '<circle cx="12" cy="12" r="10"/><path d="m15 9-6 6"/><path d="m9 9 6 6"/>',
    "timer": '<line x1="10" x2="14" y1="2" y2="2"/><line x1="12" x2="15" y1="14" y2="11"/><circle cx="12" cy="14" r="8"/>',
    "box": '<path d="M21 8a2 2 0 0 0-1-1.73l-7-4a2 2 0 0 0-2 0l-7 4A2 2 0 0 0 3 8v8a2 2 0 0 0 1 1.73l7 4a2 2 0 0 0 2 0l7-4A2 2 0 0 0 21 16Z"/><path d="m3.3 7 8.7 5 8.7-5"/><path d="M12 22V12"/>',
    "check": '<path d="M20 6 9 17l-5-5"/>',
    "x": '<path d="M18 6 6 18"/><path d="m6 6 12 12"/>',
    "maximize-2": '<path d="M15 3h6v6"/><path d="m21 3-7 7"/><path d="m3 21 7-7"/><path d="M9 21H3v-6"/>',
}

# Where rows of several kinds stand in one list.
OF_KIND = {
    "decision": "split",
    "failure-mode": "triangle-alert",
    "probe": "message-circle-question-mark",
    "clarifying-question": "message-circle-question-mark",
    "stage-question": "message-circle-question-mark",
    "mistake": "circle-x",
    "prompt": "timer",
    "component": "box",
}


def icon(name: str) -> str:
    """Return an icon in one line, hidden from screen readers. Raises KeyError."""
    return f'<svg class="hp-icon" viewBox="0 0 24 24" aria-hidden="true">{_SHAPES[name]}</svg>'


def of_kind(kind: str) -> str:
    """Return the mark of a kind of row with a space behind it, '' for a kind without one."""
    return f"{icon(OF_KIND[kind])} " if kind in OF_KIND else ""
