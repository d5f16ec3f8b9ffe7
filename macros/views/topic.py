"""What a topic or a component shows."""

from __future__ import annotations

from macros.rows.base import LEVELS
from macros.rows.topic import Component, Decision, FailureMode, Published, Status, Step, Topic
from macros.views import markdown
from macros.views.registry import fields_of, macro, names_of
from macros.views.render_context import RenderContext, date, level, levels, related
from macros.views.walk import deeper, said, step_line

_RESPONSE = {"page": "Wakes somebody", "ticket": "Ticket, next day", "dashboard": "Looked at, never sent"}


@macro(plain=names_of(Topic))
def topic_table(view: RenderContext) -> str:
    """All topics: the hard part and the levels each separates best."""
    rows = view.catalog.all(Topic)
    return markdown.table(
        ("Topic", "What it is", "Shows the level best at"),
        [(f"**{view.link(row.id)}**", view.text(row.what), levels(row.separates)) for row in rows],
        widths=(25, 60, 15),
    )


@macro("topic", plain=fields_of("depth", "what", "hard_part", "teams", "separates", "components"))
def topic_facts(view: RenderContext, id: str) -> str:
    """What the topic is, who asks it, the levels it separates and the components behind it."""
    row = view.catalog.get(id, Topic)
    return markdown.blocks(
        view.text(row.what),
        _facts(
            [
                ("Who asks it", ", ".join(view.link(team) for team in row.teams)),
                ("Shows the level best at", levels(row.separates)),
                ("Parts of the stack", ", ".join(view.link(part) for part in row.components)),
                (
                    "In this chapter",
                    ", ".join(view.link(page, _own_words(view.catalog.name(page))) for page in _pages_beside(view)),
                ),
            ]
        ),
    )


def _facts(pairs: list[tuple[str, str]]) -> str:
    return markdown.box("fields", markdown.definitions(pairs))


def _own_words(title: str) -> str:
    """``Caching: owning it`` gives ``Owning it``: within the chapter its name need not be said."""
    chapter, colon, rest = title.partition(": ")
    return rest[0].upper() + rest[1:] if colon else chapter


def _pages_beside(view: RenderContext) -> list[str]:
    """Ids of the other pages of the chapter: those in the same folder as an index page, in the order of the nav."""
    folder, _, name = view.page.path.rpartition("/")
    beside = [page for page in view.catalog.pages.values() if page.path.rpartition("/")[0] == folder]
    return [page.id for page in beside if page is not view.page] if name == "index.md" and folder else []


@macro("topic", homes="questions")
def clarifying_questions(view: RenderContext, id: str) -> str:
    """Questions worth asking first, each with what the answer changes."""
    rows = view.catalog.get(id, Topic).questions
    return markdown.bullets(
        (f"**{view.text(row.ask)}** {view.text(row.changes)}" for row in rows), (row.id for row in rows)
    )


@macro("topic", homes="decisions")
def decisions(view: RenderContext, id: str) -> str:
    """Each decision: an example, the question, three options, what separates them, and one sentence to say."""
    return markdown.blocks(*(_decision(view, id, row) for row in view.catalog.get(id, Topic).decisions))


def _decision(view: RenderContext, owner: str, row: Decision) -> str:
    options = (("Weaker", row.weaker), ("Sound", row.sound), ("Strong", row.strong))
    return markdown.blocks(
        markdown.heading(3, row.title, row.id, row=True),
        step_line(view, owner, row),
        view.text(row.example) if row.example else "",
        f"**{view.text(row.question)}**" if row.example else view.text(row.question),
        markdown.box(
            "fields",
            markdown.definitions(
                [
                    *((word, f"**{view.text(o.name).rstrip('.')}.** {view.text(o.what)}") for word, o in options),
                    ("What separates them", view.text(row.separates)),
                    ("When the weaker one is right", view.text(row.weaker_is_right_when)),
                ]
            ),
        ),
        said(row.say),
        deeper(view, row.deeper),
        related(view, row, row.see),
    )


@macro("owner", homes="failure_modes")
def failure_modes(view: RenderContext, id: str) -> str:
    """Each failure mode by its six fields, and one sentence to say."""
    return markdown.blocks(
        *(_failure_mode(view, id, row) for row in view.catalog.get(id, Topic, Component).failure_modes)
    )


def _failure_mode(view: RenderContext, owner: str, row: FailureMode) -> str:
    fields = (
        ("Trigger", row.trigger),
        ("What the member sees", row.member_sees),
        ("First signal", row.first_signal),
        ("What degrades, what stops", row.degrades),
        ("How it recovers", row.recovers),
        ("How to practise it", row.practise),
    )
    return markdown.blocks(
        markdown.heading(3, row.title, row.id, row=True),
        step_line(view, owner, row),
        markdown.box("fields", markdown.definitions((name, view.text(value)) for name, value in fields)),
        said(row.say),
        deeper(view, row.deeper),
        related(view, row, row.see),
    )


@macro("owner")
def failure_drill(view: RenderContext, id: str) -> str:
    """What sets off each failure mode, alone: the other fields are to be said aloud before one follows the link."""
    return markdown.table(
        ("What happened", "Then compare"),
        [(view.text(row.trigger), view.link(row.id)) for row in view.catalog.get(id, Topic, Component).failure_modes],
        widths=(65, 35),
    )


@macro("topic", homes="alerts")
def alerts(view: RenderContext, id: str) -> str:
    """Signals to watch, why, and what each one does."""
    rows = view.catalog.get(id, Topic).alerts
    return markdown.table(
        ("Signal", "Why this one", "What it does"),
        [(f"**{view.text(row.signal)}**", view.text(row.because), _RESPONSE[row.response]) for row in rows],
        [row.id for row in rows],
        widths=(35, 50, 15),
    )


@macro("topic", homes="shifts")
def shifts(view: RenderContext, id: str) -> str:
    """Requirements that change, and what changes in the design."""
    rows = view.catalog.get(id, Topic).shifts
    return markdown.blocks(
        *(markdown.blocks(markdown.heading(3, row.change, row.id, row=True), view.text(row.design)) for row in rows)
    )


@macro("topic", homes="ladder")
def ladder(view: RenderContext, id: str) -> str:
    """The same sub-problems at three levels."""
    rows = view.catalog.get(id, Topic).ladder
    return markdown.table(
        ("Sub-problem", "L4", "L5", "L6"),
        [(f"**{view.text(row.problem)}**", *(_step(view, step) for step in (row.l4, row.l5, row.l6))) for row in rows],
        [row.id for row in rows],
        widths=(15, 25, 30, 30),
    )


def _step(view: RenderContext, step: Step) -> str:
    return f"{markdown.mark(step.how.capitalize(), 'hp-note-inline')} {view.text(step.does)}"


@macro("topic", plain=fields_of("bar"))
def bar(view: RenderContext, id: str) -> str:
    """The bar for one topic, a paragraph per level."""
    row = view.catalog.get(id, Topic).bar
    return markdown.definitions(
        (level(name), view.text(text)) for name, text in zip(LEVELS, (row.l4, row.l5, row.l6), strict=True)
    )


@macro("owner", homes="published")
def published(view: RenderContext, id: str) -> str:
    """Dated decisions with their reasons, newest first."""
    rows = sorted(
        view.catalog.get(id, Topic, Component).published,
        key=lambda row: row.date if row.date != "undated" else "0",
        reverse=True,
    )
    return markdown.blocks(*(_published(view, row) for row in rows))


def _published(view: RenderContext, row: Published) -> str:
    parts = [row.decision, row.reason]
    if row.gave_up:
        parts.append(f"*Given up:* {row.gave_up}")
    if row.since:
        parts.append(f"*Since then:* {row.since}")
    when = "Undated" if row.date == "undated" else date(row.date)
    return markdown.blocks(
        markdown.heading(3, f"{when}: {row.title}", row.id, row=True), view.sourced(" ".join(parts), row.sources)
    )


@macro("owner", homes="probes")
def probes(view: RenderContext, id: str) -> str:
    """Follow-up questions with a good and a weak answer, hidden until asked for."""
    return markdown.blocks(
        *(
            markdown.details(
                "probe",
                f"{level(row.level)} {view.text(row.ask)}",
                f"**A good answer** {view.text(row.good)}",
                f"**A weak one** {view.text(row.weak)}",
                related(view, row, row.see),
                id=row.id,
            )
            for row in view.catalog.get(id, Topic, Component).probes
        )
    )


@macro("topic", homes="spoken")
def spoken(view: RenderContext, id: str) -> str:
    """Answers of about 90 seconds, written as speech."""
    return markdown.blocks(
        *(
            markdown.blocks(
                markdown.heading(3, f"{row.level.upper()}: {row.prompt}", row.id, row=True),
                "\n".join(f"> {line}".rstrip() for line in view.text(row.answer).splitlines()),
            )
            for row in view.catalog.get(id, Topic).spoken
        )
    )


@macro("topic", homes="drills")
def drills(view: RenderContext, id: str) -> str:
    """Exercises with an output somebody else could see."""
    rows = view.catalog.get(id, Topic).drills
    return markdown.blocks(
        *(
            markdown.blocks(
                markdown.heading(3, f"{row.title} ({row.minutes} min)", row.id, row=True),
                f"{view.text(row.do)} *Output:* {view.text(row.output)}",
            )
            for row in rows
        )
    )


@macro("topic", homes="checklist")
def checklist(view: RenderContext, id: str) -> str:
    """A checklist of observable lines."""
    rows = view.catalog.get(id, Topic).checklist
    return markdown.bullets((markdown.checkbox(row.id, view.text(row.line)) for row in rows), (row.id for row in rows))


@macro(plain=names_of(Component))
def stack_table(view: RenderContext) -> str:
    """All components: the need, and whether Netflix still uses it."""
    return markdown.table(
        ("Component", "The need it meets", "Status"),
        [
            (f"**{view.link(row.id)}**", view.text(row.need), status(view, row.status))
            for row in view.catalog.all(Component)
        ],
        widths=(20, 55, 25),
    )


def status(view: RenderContext, row: Status) -> str:
    """Whether something is in use, as of when, with its source."""
    return f"{row.state.capitalize()}, as of {date(row.as_of)}"


@macro("component", plain=fields_of("need", "choice", "status", "instead", "topics"))
def component_facts(view: RenderContext, id: str) -> str:
    """The need, the choice, the status and what else would do."""
    row = view.catalog.get(id, Component)
    return markdown.blocks(
        _facts(
            [
                ("The need", view.text(row.need)),
                ("The choice", view.text(row.choice)),
                (
                    "Status",
                    f"**{status(view, row.status)}.** {view.sourced(row.status.note, row.status.sources)}",
                ),
                ("Comes up in", ", ".join(view.link(topic) for topic in row.topics)),
            ]
        ),
        alternatives(view, id),
    )


@macro("component", plain=fields_of("instead"))
def alternatives(view: RenderContext, id: str) -> str:
    """What to use if you had to build without the component."""
    rows = view.catalog.get(id, Component).instead
    return markdown.table(
        ("Without it", "When that is right"),
        [(f"**{view.text(row.name)}**", view.text(row.what)) for row in rows],
        widths=(30, 70),
    )
