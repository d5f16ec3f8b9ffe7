"""Ready-made plans: for each track and level one page of four weeks at six hours, made to be printed, without a script."""

from __future__ import annotations

import html

from macros.catalog.catalog import Catalog
from macros.exports.plans import MINE, short
from macros.exports.urls import TITLE, address_of
from macros.planner import Schedule, plan
from macros.rows.base import LEVELS
from macros.rows.markup import plain
from macros.rows.plan import Task
from macros.rows.teams import Track

WEEKS, HOURS = 4, 6

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{title} - {guide}</title>
<meta name="description" content="{about}">
<meta property="og:title" content="{title}">
<meta property="og:description" content="{about}">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<link rel="canonical" href="{address}">
<link rel="icon" type="image/svg+xml" href="../../assets/images/favicon.svg">
<style>{style}</style>
</head>
<body>
<main>
<p><a href="./">My plan</a> · {guide}, an unofficial guide</p>
<h1>{title}</h1>
<p>{about} Short addresses begin with {root}</p>
{weeks}
{left_out}
</main>
</body>
</html>
"""
_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;margin:0 auto;max-width:48rem;padding:1rem}"
    "h2{border-top:1px solid;font-size:1.2rem;padding-top:.6rem}h3{font-size:1rem;margin:.6rem 0 .2rem}"
    "ul{list-style:none;margin:0;padding:0}li{break-inside:avoid;padding-left:1.6em;position:relative}"
    'li.open::before{content:"☐";left:0;position:absolute}small{display:block;font-size:.85em}'
    "@page{margin:14mm}@media print{body{font-size:9pt;line-height:1.35;max-width:none;padding:0}"
    "h2,h3{break-after:avoid}h2{margin:.8em 0 .2em}a{color:inherit;text-decoration:none}}"
)


def sheets(catalog: Catalog, address: str) -> dict[str, str]:
    """Return the HTML of every ready-made plan by its file's name below plan/mine/; `address` is that of the site."""
    return {
        f"{short(track.id)}-{level}.html": _sheet(catalog, address, track, level)
        for track in catalog.all(Track)
        for level in LEVELS
    }


def _sheet(catalog: Catalog, address: str, track: Track, level: str) -> str:
    name, id = plain(track.title), track.id
    found = plan(catalog.all(Task), id, level, WEEKS, HOURS)
    reader = f"{name}, {level.upper()}"
    minutes = sum(task.minutes for task in found.tasks)
    about = f"{len(found.tasks)} tasks, {_long(minutes)}, in four weeks of up to six hours. Each ends in something another person can see."
    return _PAGE.format(
        guide=TITLE,
        title=html.escape(f"Four weeks: {reader}"),
        about=html.escape(about),
        style=_STYLE,
        root=html.escape(address),
        address=html.escape(f"{address}{MINE}/{short(id)}-{level}.html"),
        weeks="\n".join(_week(catalog, address, number, week, reader) for number, week in enumerate(found.weeks, 1)),
        left_out=_left_out(found),
    )


def _week(catalog: Catalog, address: str, number: int, week: tuple[tuple[Task, ...], ...], reader: str) -> str:
    minutes = sum(task.minutes for day in week for task in day)
    days = [
        f"<h3>Day {day}: {sum(task.minutes for task in tasks)} min</h3>\n<ul>\n"
        + "\n".join(_task(catalog, address, task) for task in tasks)
        + "\n</ul>"
        for day, tasks in enumerate(week, 1)
        if tasks
    ]
    return f"<h2>Week {number} · {html.escape(reader)} · {_long(minutes)}</h2>\n" + "\n".join(days)


def _task(catalog: Catalog, address: str, task: Task) -> str:
    link = f'<a href="{html.escape(address_of(catalog, "../../", task.at))}">{html.escape(catalog.name(task.at))}</a>'
    output = html.escape(plain(task.output))
    why = f"<small>Why: {html.escape(plain(task.why))}</small>" if task.why else ""
    return (
        f'<li class="open">{html.escape(plain(task.do))} <small>{task.minutes} min · output: {output} · {link} '
        f"(go/{task.at})</small>{why}</li>"
    )


def _left_out(found: Schedule) -> str:
    if not found.left_out:
        return ""
    lines = "\n".join(
        f"<li>{html.escape(plain(left.task.output))}, {left.task.minutes} min</li>" for left in found.left_out
    )
    return f"<h2>Left out for want of time</h2>\n<ul>\n{lines}\n</ul>"


def _long(minutes: int) -> str:
    return f"{minutes // 60} h {minutes % 60:02d} min"
