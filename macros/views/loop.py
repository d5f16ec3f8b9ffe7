"""What the loop, the round, the culture and the mistakes show."""

from __future__ import annotations

from collections.abc import Iterable

from macros.model.loop import CultureProbe, Expected, Mistake, Principle, Round, Stage, StageQuestion, Turn, Value
from macros.model.reference import VERDICT_WORDS, Claim, Disagreement
from macros.views import markdown
from macros.views.view import View, evidence, grade, level, levels, related


def stage_list(view: View) -> str:
    """The stages in a line each."""
    rows = view.catalog.all(Stage)
    return markdown.box(
        "stages", markdown.bullets((f"**{view.link(row.id)}** {row.length}" for row in rows), counted=True)
    )


def stage_table(view: View) -> str:
    """The usual stages: length, form, who."""
    rows = view.catalog.all(Stage)
    return markdown.table(
        ("Stage", "Length", "Form", "With whom", "Evidence"),
        [
            (f"**{view.link(row.id)}**", row.length, view.text(row.form), view.text(row.who), grade(row.grade))
            for row in rows
        ],
        widths=(20, 15, 25, 20, 20),
    )


def stage(view: View, id: str) -> str:
    """One stage: facts, what it decides, preparation, questions both ways, what loses it."""
    row = view.catalog.get(id, Stage)
    reported: list[tuple[StageQuestion | Expected, str]] = [
        *((one, view.link(one.id)) for one in row.questions),
        *((one, view.text(one.ask)) for one in row.expect),
    ]
    expected = [(words, str(one.year or "no year given"), evidence(view, one)) for one, words in reported]
    return markdown.blocks(
        markdown.definitions(
            [("Length", row.length), ("Form", view.text(row.form)), ("With whom", view.text(row.who))]
        ),
        f"{grade(row.grade)}{view.cite(*row.sources)}",
        markdown.heading(2, "What it decides", "what-it-decides"),
        view.text(row.decides),
        markdown.heading(2, "Prepare in one evening", "prepare"),
        markdown.bullets(view.text(line) for line in row.prepare),
        markdown.heading(2, "Questions to expect", "expect"),
        markdown.table(("Question", "Year", "Evidence"), expected, widths=(55, 15, 30)),
        markdown.heading(2, "Questions to ask", "ask"),
        markdown.bullets(view.text(line) for line in row.ask),
        markdown.heading(2, "What loses it", "what-loses-it"),
        markdown.bullets(view.text(line) for line in row.loses),
    )


def disagreements(view: View) -> str:
    """Every point on which sources differ."""
    return markdown.blocks(
        *(
            markdown.blocks(markdown.heading(2, row.question, row.id, row=True), _differ(view, row))
            for row in view.catalog.all(Disagreement)
        )
    )


def disagreement(view: View, id: str) -> str:
    """One point on which sources differ, as a box with a link to its home."""
    row = view.catalog.get(id, Disagreement)
    return markdown.box("differ", f"**Sources disagree: {view.link(id)}**", _differ(view, row))


def _differ(view: View, row: Disagreement) -> str:
    return markdown.blocks(
        markdown.bullets(f"{view.sourced(one.says, one.sources)}" for one in row.positions),
        markdown.definitions(
            [
                ("Assume until told otherwise", f"{view.text(row.reading)} {grade('ours')}"),
                ("Ask the recruiter", f"*{view.text(row.ask)}*"),
            ]
        ),
    )


def claims(view: View, area: str) -> str:
    """Claims of one area with their verdict. Raises ValueError for an area without claims."""
    rows = [row for row in view.catalog.all(Claim) if row.area == area]
    if not rows:
        known = sorted({row.area for row in view.catalog.all(Claim)})
        raise ValueError(f"docs/{view.page.path}: claims: no claim has the area '{area}'; areas are {', '.join(known)}")
    return markdown.table(
        ("What is said", "How it stands"),
        [(view.link(row.id), f"{verdict(row.verdict)} {view.sourced(row.note, row.sources)}") for row in rows],
        widths=(40, 60),
    )


def claim_list(view: View) -> str:
    """Every claim, by area, with its verdict and sources."""
    parts = []
    names = {
        "loop": "The loop",
        "round": "The round",
        "level": "The levels",
        "culture": "Culture",
        "preparation": "Preparation",
        "estate": "The estate",
    }
    for area, name in names.items():
        rows = [row for row in view.catalog.all(Claim) if row.area == area]
        if rows:
            cells = [
                (
                    f"**{view.text(row.statement)}**",
                    verdict(row.verdict),
                    f"{view.sourced(row.note, row.sources)}",
                )
                for row in rows
            ]
            parts += [
                markdown.heading(2, name, f"claims-{area}"),
                markdown.table(
                    ("What is said", "How it stands", "What is behind it"),
                    cells,
                    [row.id for row in rows],
                    widths=(35, 15, 50),
                ),
            ]
    return markdown.blocks(*parts)


def verdict(name: str) -> str:
    """How a claim stands, in words."""
    return markdown.mark(VERDICT_WORDS[name] + ".", "hp-grade")


def annotated_round(view: View, id: str) -> str:
    """A round as it was said, the interviewer's notes beside it, and the private summary."""
    row = view.catalog.get(id, Round)
    return markdown.blocks(
        markdown.heading(2, row.title, row.id, row=True),
        f"{level(row.level)} {markdown.mark(row.verdict.capitalize(), 'hp-verdict', strong=True)} *Prompt:* {view.text(row.prompt)}",
        markdown.box("round", *(_turn(view, turn) for turn in row.turns)),
        markdown.box("verdict-box", "**The interviewer's private summary**", view.text(row.summary)),
    )


def _turn(view: View, turn: Turn) -> str:
    note = markdown.box("note", f"*{'Note'}* {view.text(turn.note)}") if turn.note else ""
    return markdown.box(
        f"turn hp-turn-{turn.who}", markdown.box("said", f"**{turn.who.capitalize()}**", view.text(turn.says)), note
    )


def principles(view: View) -> str:
    """The memo's principles and where each meets a candidate."""
    rows = view.catalog.all(Principle)
    return markdown.table(
        ("Principle", "What the memo says", "Where you meet it"),
        [
            (
                f"**{view.text(row.title)}**",
                f"{view.sourced(row.says, row.sources)}",
                view.text(row.in_the_loop),
            )
            for row in rows
        ],
        [row.id for row in rows],
        widths=(20, 40, 40),
    )


def culture_values(view: View) -> str:
    """Each value: what it asks, how it looks in a design round, the story, a non-answer, a question back."""
    return markdown.blocks(*(_value(view, row) for row in view.catalog.all(Value)))


def _value(view: View, row: Value) -> str:
    return markdown.blocks(
        markdown.heading(2, row.name, row.id, row=True),
        f"{view.sourced(row.asks, row.sources)}",
        markdown.definitions(
            [
                ("In a design round", view.text(row.in_design_round)),
                ("The story to have ready", view.text(row.story_prompt)),
                ("Follow-ups to expect", " ".join(view.text(line) for line in row.follow_ups)),
                ("A non-answer", f"*{view.text(row.non_answer)}*"),
                ("What is wrong with it", view.text(row.wrong_because)),
                ("A question to ask back", f"*{view.text(row.ask_back)}*"),
            ]
        ),
    )


def stage_questions(view: View, id: str) -> str:
    """The questions of a stage that have an answer of their own."""
    return markdown.blocks(
        *(
            _answered(view, row, f"Asked in {row.year}." if row.year else "", ())
            for row in view.catalog.get(id, Stage).questions
        )
    )


def culture_probes(view: View, area: str) -> str:
    """Questions of the culture round of one area: what each looks for, what works, what fails, how else it is asked."""
    return markdown.blocks(
        *(
            _answered(
                view,
                row,
                f"Probes {', '.join(view.link(value) for value in row.values)}.",
                [("Also asked as", " · ".join(view.text(line) for line in row.also))] if row.also else (),
            )
            for row in view.catalog.all(CultureProbe)
            if row.area == area
        )
    )


def _answered(view: View, row: StageQuestion | CultureProbe, about: str, more: Iterable[tuple[str, str]]) -> str:
    return markdown.blocks(
        markdown.heading(3, row.ask, row.id, row=True),
        f"{evidence(view, row)} {about}".strip(),
        markdown.definitions(
            [
                ("What it looks for", view.text(row.looks_for)),
                ("What works", view.text(row.works)),
                ("What fails", view.text(row.fails)),
                *more,
            ]
        ),
        related(view, row, row.see) if isinstance(row, StageQuestion) and row.see else "",
    )


def story_grid(view: View) -> str:
    """A grid to fill in on paper: values down, stories across."""
    stories = [f"Story {n}" for n in range(1, 7)]
    return markdown.table(
        ("Value", *stories), [(view.link(row.id), *("☐" for _ in stories)) for row in view.catalog.all(Value)]
    )


def mistake_table(view: View) -> str:
    """All mistakes in a table: which level each hurts."""
    return markdown.table(
        ("Mistake", "Hurts", "Evidence"),
        [(view.link(row.id), levels(row.levels), grade(row.grade)) for row in view.catalog.all(Mistake)],
        widths=(55, 20, 25),
    )


def mistakes(view: View) -> str:
    """Each mistake: how it sounds, why it costs, what to say instead, the drill."""
    return markdown.blocks(*(_mistake(view, row) for row in view.catalog.all(Mistake)))


def _mistake(view: View, row: Mistake) -> str:
    return markdown.blocks(
        markdown.heading(2, row.title, row.id, row=True),
        f"Hurts {levels(row.levels)}. {grade(row.grade)}{view.cite(*row.sources) if row.sources else ''}".strip(),
        markdown.definitions(
            [
                ("How it sounds", f"*{view.text(row.sounds_like)}*"),
                ("Why it costs", view.text(row.costs)),
                ("What to say instead", f"*{view.text(row.say_instead)}*"),
                ("The drill that cures it", view.text(row.drill)),
            ]
        ),
        related(view, row, row.see),
    )
