"""The content security policy of every page: nothing from elsewhere, no inline script or style but those named by hash."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

from macros.finish.site_pages import engine_pages

_CHARSET = '<meta charset="utf-8">'
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.S)
_STYLE = re.compile(r"<style>(.*?)</style>", re.S)


def write_policy(site: Path) -> int:
    """Put the policy right after the charset of every page that the engine built below `site`; return how many.

    Row pages are written with theirs."""
    count = 0
    for file in engine_pages(site):
        text = file.read_text("utf-8")
        if _CHARSET in text and "Content-Security-Policy" not in text:
            file.write_text(text.replace(_CHARSET, f"{_CHARSET}\n{policy_tag(text)}", 1), "utf-8")
            count += 1
    return count


def policy_tag(page: str) -> str:
    """Return the element that holds the policy for the HTML of one page."""
    return f'<meta http-equiv="Content-Security-Policy" content="{policy(page)}">'


def policy(page: str) -> str:
    """Return the policy for the HTML of one page."""
    scripts = "".join(f" {_hash(code)}" for code in _SCRIPT.findall(page))
    styles = "".join(f" {_hash(code)}" for code in _STYLE.findall(page))
    # A recorded mock is played from memory, which is all that blob: allows; the first page's form leads to My plan.
    return (
        f"default-src 'none'; script-src 'self'{scripts}; style-src 'self'{styles}; "
        "img-src 'self'; media-src blob:; connect-src 'self'; base-uri 'none'; form-action 'self'"
    )


def _hash(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"
