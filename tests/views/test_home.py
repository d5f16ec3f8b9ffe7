"""What the first page shows, on the tiny guide."""

from __future__ import annotations

import datetime
import re

import pytest

from macros.catalog import catalog
from macros.rows.markup import first_sentence
from macros.views import MACROS, RenderContext
from tools import sample_guide

TODAY = datetime.date(2026, 11, 23)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> catalog.Catalog:
    root = sample_guide.write(tmp_path_factory.mktemp("home"))
    catalog.record_ids(root)
    return catalog.load(root)


def on(found: catalog.Catalog, path: str) -> RenderContext:
    return RenderContext(found, found.pages[path], TODAY)


def test_the_chooser_leads_to_my_plan_with_the_fields_of_its_address(found: catalog.Catalog) -> None:
    text = MACROS["plan_chooser"](on(found, "index.md"))
    assert "\n" not in text
    assert text.startswith('<form class="hp-chooser" action="./" method="get" aria-label="Choose your plan">')
    assert re.findall(r'name="(\w+)"', text) == ["v", "level", "level", "level", "track", "weeks", "hours"]
    assert re.findall(r'<input[^>]*name="(\w+)" value="(\w+)"(?: checked)?>', text) == [
        ("v", "1"), ("level", "l4"), ("level", "l5"), ("level", "l6"), ("hours", "6"),
    ]  # fmt: skip
    assert re.findall(r'value="(\w+)" checked', text) == ["l5"]
    assert re.findall(r'value="([\w-]+)" selected', text) == ["platform", "4"]
    assert '<option value="0">One evening</option>' in text
    assert 'action="../"' in MACROS["plan_chooser"](on(found, "caching.md"))


def test_a_card_is_a_topic_with_the_first_sentence_of_its_hard_part_and_an_outline(found: catalog.Catalog) -> None:
    text = MACROS["topic_cards"](on(found, "index.md"))
    card = re.fullmatch(r'<div class="hp-cards" markdown="1">\n\n- (<svg.*</svg>) (.*)\n\n</div>', text)
    assert card
    assert card[2] == "**[Caching](caching.md)** Freshness is hard."
    assert card[1].startswith('<svg aria-hidden="true" font-size="')
    assert 'height="72"' in card[1]
    assert card[1].count("<rect") == 3, "two bars and their limit"
    assert "<text" not in card[1]
    assert "role=" not in card[1]


def test_a_list_of_steps_has_no_outline(found: catalog.Catalog) -> None:
    steps = {"kind": "steps", "steps": [{"name": "One", "adds": "It."}, {"name": "Two", "adds": "More."}]}
    row = found.get("picture-load")
    bad = type(row).model_validate({**row.model_dump(), "sum": None, "drawing": steps}, strict=False)
    changed = found._replace(entries={**found.entries, row.id: found.entries[row.id]._replace(row=bad)})
    with pytest.raises(ValueError, match=r"docs/index\.md: 'picture-load' is a list of steps"):
        MACROS["topic_cards"](on(changed, "index.md"))


def test_components_and_answers_come_from_their_rows(found: catalog.Catalog) -> None:
    view = on(found, "index.md")
    assert MACROS["component_row"](view) == (
        '<div class="hp-parts" markdown="1">\n\n- **[EVCache](evcache.md)** Memcached.\n\n</div>'
    )
    answers = re.sub(
        r'<svg class="hp-icon" [^>]*aria-hidden="true">.*?</svg> ', "", MACROS["two_answers"](view, "mistake-recital")
    )
    assert answers == (
        '<div class="hp-two" markdown="1">\n\n<div class="hp-weak" markdown="1">\n\n**Weak**\n\n“First, requirements.”\n\n</div>\n\n'
        '<div class="hp-strong" markdown="1">\n\n**Strong**\n\n“The hard part is this.”\n\n</div>\n\n</div>\n\n'
        "**Why.** Time. This is [one of](#mistake-recital) 1 mistakes."
    )


def test_numbers_are_counted(found: catalog.Catalog) -> None:
    text = MACROS["guide_numbers"](on(found, "index.md"))
    shown = {words: int(count) for count, words in re.findall(r"- \*\*(\d+)\*\* (.+)", text)}
    assert list(shown) == [
        *("topics", "components", "prompts", "decisions", "failure modes", "probes", "terms", "pictures", "sources"),
    ]
    assert shown["decisions"] == 3
    assert shown["failure modes"] == len([row for row in found.entries.values() if row.kind == "failure-mode"]) == 9
    assert shown["sources"] == 2


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("One. Two.", "One."),
        ("It costs 5 ms (2024).[@src-post] Then more.", "It costs 5 ms (2024)."),
        ("Some, e.g. Kafka, keep it. More.", "Some, e.g. Kafka, keep it."),
        ("Is it? Yes.", "Is it?"),
        ("No end", "No end"),
    ],
)
def test_the_first_sentence_stands_alone(text: str, first: str) -> None:
    assert first_sentence(text) == first
