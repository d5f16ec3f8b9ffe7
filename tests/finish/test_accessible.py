"""What finish writes for screen readers: row headers and columns in tables, headings without their #, a free direction."""

from __future__ import annotations

import pytest

from macros.finish.accessible import accessible

HEAD = '<thead>\n<tr>\n<th>Name</th>\n<th>Of <em>it</em> &amp; that<a aria-label="Us, 2024" class="hp-cite" href="#c">[1]</a></th>\n</tr>\n</thead>'


def table(*rows: str) -> str:
    return f"<table>\n{HEAD}\n<tbody>\n" + "\n".join(f"<tr>\n{row}\n</tr>" for row in rows) + "\n</tbody>\n</table>"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            table(
                '<td data-label="Name" id="x"><strong>A</strong></td>\n<td data-label="Own">1</td>',
                "<td>B</td>\n<td>2</td>",
            ),
            table(
                '<th scope="row" data-label="Name" id="x"><strong>A</strong></th>\n<td data-label="Own">1</td>',
                '<th scope="row" data-label="Name">B</th>\n<td data-label="Of it &amp; that">2</td>',
            ),
        ),
        (
            table("<td>A</td>\n<td>1</td>", "<td></td>\n<td>2</td>"),
            table(
                '<td data-label="Name">A</td>\n<td data-label="Of it &amp; that">1</td>',
                '<td data-label="Name"></td>\n<td data-label="Of it &amp; that">2</td>',
            ),
        ),
        (
            '<h2 id="a">A<a class="headerlink" href="#a">#</a></h2>',
            '<h2 id="a">A<a class="headerlink" aria-hidden="true" tabindex="-1" href="#a">#</a></h2>',
        ),
        ('<body dir="ltr" data-x="1"><p dir="ltr">', '<body data-x="1"><p dir="ltr">'),
    ],
    ids=["rows with names", "lists side by side", "heading", "direction"],
)
def test_a_page_is_mended_once(before: str, after: str) -> None:
    assert accessible(before) == after
    assert accessible(after) == after
