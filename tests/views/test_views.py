"""Macros on the tiny guide: exact text where the text matters, properties where the number does."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.catalog import catalog
from macros.catalog.macro_signatures import SIGNATURES
from macros.views import MACROS, RenderContext, markdown
from macros.views.icons import icon
from macros.views.page import review_due
from macros.views.registry import REGISTERED, macro
from tools import sample_guide

TODAY = datetime.date(2026, 11, 23)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> catalog.Catalog:
    root = sample_guide.write(tmp_path_factory.mktemp("views"))
    catalog.record_ids(root)
    return catalog.load(root)


def on(found: catalog.Catalog, path: str, today: datetime.date = TODAY) -> RenderContext:
    return RenderContext(found, found.pages[path], today)


def test_every_macro_says_what_it_shows() -> None:
    assert set(MACROS) == set(SIGNATURES)
    assert [name for name, one in REGISTERED.items() if not one.view.__doc__] == []


def one_id(view: RenderContext, id: str) -> str:
    return id


def many_ids(view: RenderContext, *ids: str) -> str:
    return str(ids)


def id_and_words(view: RenderContext, id: str, words: str = "") -> str:
    return id + words


def by_keyword(view: RenderContext, *, id: str) -> str:
    return id


@pytest.mark.parametrize(
    ("args", "view"),
    [
        ((), one_id), (("topic", "text"), one_id), (("topic*",), one_id), (("topic?",), one_id), (("topic",), many_ids),
        (("topic",), id_and_words), (("topic", "text"), id_and_words), (("topic",), by_keyword),
    ],
)  # fmt: skip
def test_a_macro_that_does_not_take_what_it_declares_is_refused(
    args: tuple[str, ...], view: Callable[..., str]
) -> None:
    with pytest.raises(TypeError, match=f"macro {view.__name__}: declared with"):
        macro(*args)(view)
    assert view.__name__ not in SIGNATURES


def test_a_name_is_given_once() -> None:
    def figure(view: RenderContext, id: str) -> str:
        return id

    with pytest.raises(ValueError, match="macro figure: there is another of this name"):
        macro("figure")(figure)


def test_citation_and_figure(found: catalog.Catalog) -> None:
    view = on(found, "index.md")
    assert (
        MACROS["cite"](view, "src-post", "src-old")
        == r'[\[1\]](#cited-src-post){ .hp-cite aria-label="Netflix blog, 2024" }[\[2\]](#cited-src-old){ .hp-cite aria-label="A site, undated" }'
    )
    assert (
        MACROS["figure"](view, "fig-operations")
        == r'400 million operations a second (2024)[\[1\]](#cited-src-post){ .hp-cite aria-label="Netflix blog, 2024" }'
    )


def test_links_are_relative_to_the_page(found: catalog.Catalog) -> None:
    assert (
        MACROS["ref"](on(found, "index.md"), "caching-fault-0")
        == "[Title of caching-fault-0](caching.md#caching-fault-0)"
    )
    assert MACROS["ref"](on(found, "caching.md"), "caching-fault-0", "it") == "[it](#caching-fault-0)"
    assert MACROS["ref"](on(found, "caching.md"), "home", "home") == "[home](index.md)"
    assert MACROS["term"](on(found, "caching.md"), "term-ttl") == "[Time to live](index.md#term-ttl)"


def test_a_decision_says_when_the_weaker_option_is_right(found: catalog.Catalog) -> None:
    text = MACROS["decisions"](on(found, "caching.md"), "caching")
    assert text.startswith(
        "### Eviction { #caching-choice-0 .hp-row }\n\n[Step 2, Miss](#caching-walk)\n{ .hp-at }\n\nA row changes at night.\n\n**Which?**\n\n"
        '<div class="hp-fields" markdown="1">\n\nWeaker\n:   **TTL.** What TTL does.\n\nSound\n:   **LRU.** What LRU does.\n\n'
    )
    assert "“I let it expire; the price is a stale row.”\n{ .hp-say }" in text
    assert "Half of the rows are never read.\n\n</details>" in text
    assert text.count("When the weaker one is right\n:   Data is small.") == 3


def test_a_diagram_is_one_line_of_html_and_its_steps_in_words(found: catalog.Catalog) -> None:
    text = MACROS["diagram"](on(found, "caching.md"), "diagram-read")
    figure, words = text.split("\n\n", 1)
    assert figure == (
        '<figure class="hp-diagram" id="diagram-read"><div class="hp-diagram-view" tabindex="0" role="region" aria-label="Diagram: A read &amp; its way">'
        '<svg role="img" aria-label="A client reads a &quot;cache&quot;." viewBox="0 0 60 40" width="3.75em">'
        '<g fill="none" stroke="currentColor"><path d="M30,4 L30,36"/></g><g fill="currentColor" font-size="14" text-anchor="middle">'
        '<text x="45" y="20">read</text></g></svg></div><figcaption>A read &amp; its way '
        '<a class="hp-enlarge" data-hp-drawing="diagram-read" aria-label="Enlarge: A read &amp; its way">'
        f"{icon('maximize-2')} Enlarge</a></figcaption></figure>"
    )
    assert words == (
        '<details class="hp-diagram-words" markdown="1">\n<summary markdown="span">The diagram in words</summary>\n\n'
        '1. It asks[\\[2\\]](#cited-src-post){ .hp-cite aria-label="Netflix blog, 2024" }.\n2. It is answered.\n\n</details>'
    )


def test_a_picture_is_one_line_and_shows_the_values_of_its_sum(found: catalog.Catalog) -> None:
    figure, caption, words = MACROS["picture"](on(found, "caching.md"), "picture-load").split("\n\n", 2)
    assert figure.startswith('<figure class="hp-picture hp-picture-bars" id="picture-load">')
    assert figure.endswith(
        '</svg><a class="hp-enlarge" data-hp-drawing="picture-load" aria-label="Enlarge: '
        f'{found.name("picture-load")}">{icon("maximize-2")} Enlarge</a></figure>'
    )
    assert "style=" not in figure
    assert ">50,000 reads/s</text>" in figure
    assert ">Bears</text>" in figure
    assert ">100,000 reads/s</text>" in figure, "the limit is a row of its own"
    assert caption == "The refill is the longer one. Numbers: [Refill or copy](#sum-refill).\n{ .hp-look }"
    assert "1. It is short.\n2. It is long." in words


def test_a_sum_shows_inputs_working_and_conclusion(found: catalog.Catalog) -> None:
    assert MACROS["worked_sum"](on(found, "caching.md"), "sum-refill") == (
        "**Refill or copy**{ #sum-refill }\n\n"
        'The refill takes **7.8 hours** against 10 minutes allowed[\\[2\\]](#cited-src-post){ .hp-cite aria-label="Netflix blog, 2024" }; 50,000 are spare.\n\n'
        '<details class="hp-more" markdown="1">\n\n<summary markdown="span">The working: 3 inputs, 2 steps</summary>\n\n'
        "| Input { .hp-w45 } | Value { .hp-w20 } | Fact or assumption { .hp-w35 } |\n| --- | --- | --- |\n"
        '| **items**: Items in a copy { data-label="Input" } | 1.4 billion items { data-label="Value" } | Assumption: It is a round number. { data-label="Fact or assumption" } |\n'
        '| **limit**: What the origin bears { data-label="Input" } | 100,000 reads/s { data-label="Value" } | Assumption { data-label="Fact or assumption" } |\n'
        '| **allowed**: Time allowed { data-label="Input" } | 600 s { data-label="Value" } | Fact, 2024[\\[2\\]](#cited-src-post){ .hp-cite aria-label="Netflix blog, 2024" } { data-label="Fact or assumption" } |\n\n'
        "| Step { .hp-w35 } | In words { .hp-w30 } | In numbers { .hp-w35 } |\n| --- | --- | --- |\n"
        '| **spare**: Reads to spare { data-label="Step" } | limit ÷ 2 { data-label="In words" } | 100,000 ÷ 2 = **50,000 reads/s** { data-label="In numbers" } |\n'
        '| **refill**: Refill { data-label="Step" } | items ÷ spare { data-label="In words" } | 1.4 billion ÷ 50,000 = 28,000 s ≈ **7.8 hours** { data-label="In numbers" } |\n\n</details>'
    )


def test_a_prompt_is_said_first_and_the_rest_is_folded_away(found: catalog.Catalog) -> None:
    said, folded = MACROS["prompts"](on(found, "index.md"), "ads").split("<details", 1)
    course, said = said.split("</div>\n\n")
    assert course.count("data-hp-until=") == 2
    assert said.startswith("## A cap { #prompt-cap .hp-row }\n\n> Cap it.\n\n*Prep site*{ .hp-grade .hp-grade-prep }")
    assert said.endswith(
        " · Reported: **L5**{ .hp-level .hp-level-l5 }, 2026 · Teams: [Caching](#team-caching) · [Caching](caching.md)\n\n"
    )
    assert (
        'Minute 30 · Store · *the requirement changes*{ .hp-note-inline }\n\n**And then?**\n{ data-hp-part="asks" }\n\nA number.\n{ data-hp-part="listens" }'
        in folded
    )
    assert folded.count("- **Hit:** Says the number.") == 3
    assert (
        folded.index("Look-up") < folded.index("The hard part") < folded.index("Ask first") < folded.index("Minute 10")
    )
    assert folded.rstrip().endswith("</details>")


def test_a_walk_counts_its_steps_through_all_its_paths(found: catalog.Catalog) -> None:
    text = MACROS["walk"](on(found, "caching.md"), "caching")
    assert re.findall(r"\*\*(\d [\w-]+)\.\*\*\{ \.hp-step \}", text) == ["1 Look-up", "2 Miss", "3 Store", "4 Copy"]
    assert "**One write.**" in text


def test_a_prompt_names_its_other_wordings_and_is_found_by_them(found: catalog.Catalog) -> None:
    row = found.get("prompt-cap").model_copy(update={"also": ("Limit an ad", "Count *views*")})
    view = on(found._replace(rows_by_kind={**found.rows_by_kind, "prompt": (row,)}), "index.md")
    said = MACROS["prompts"](view, "ads").split("<details", 1)[0]
    assert "> Cap it.\n\nOther wordings: Limit an ad · Count *views*\n\n*Prep site*" in said
    assert row.other_names == ("Limit an ad", "Count *views*")


def test_a_prompt_shows_its_options_between_the_hard_part_and_what_to_ask(found: catalog.Catalog) -> None:
    row = found.get("prompt-cap")
    options = [{"name": "A counter", "right": "The day ends at midnight.", "price": "Six views in an hour."}]
    bad = type(row).model_validate({**row.model_dump(), "options": options}, strict=False)
    view = on(found._replace(rows_by_kind={**found.rows_by_kind, "prompt": (bad,)}), "index.md")
    folded = MACROS["prompts"](view, "ads").split("<details", 1)[1]
    assert '| **A counter** { data-label="Option" } | The day ends at midnight. { data-label="Right when" } |' in folded
    assert folded.index("The hard part") < folded.index("A counter") < folded.index("Ask first")


def test_each_letter_of_the_glossary_is_a_heading_for_the_contents(found: catalog.Catalog) -> None:
    row = found.get("term-ttl")
    terms = tuple(
        row.model_copy(update={"id": f"term-{number}", "term": term})
        for number, term in enumerate(["token", "2PC", "SLO", "sketch"])
    )
    view = on(found._replace(rows_by_kind={**found.rows_by_kind, "term": terms}), "index.md")
    headings = re.findall(r"^## (.+) \{ #(\S+)", MACROS["glossary"](view, "s-z"), re.M)
    assert headings == [("S", "letter-s"), ("T", "letter-t")]
    assert "## 0–9 { #letter-0" in MACROS["glossary"](view, "a-d")


def test_prompts_of_ours_say_so(found: catalog.Catalog) -> None:
    ours = found.get("prompt-cap").model_copy(update={"grade": "ours", "sources": (), "levels": (), "year": None})
    view = on(found._replace(rows_by_kind={**found.rows_by_kind, "prompt": (ours,)}), "index.md")
    assert "| Written by us {" in MACROS["prompt_table"](view)


def test_a_stage_question_has_its_evidence_or_says_that_it_is_ours(found: catalog.Catalog) -> None:
    text = MACROS["stage_questions"](on(found, "screen.md"), "screen")
    reported, ours = text.split("### ")[1:]
    assert re.search(r"\*Prep site\*\{ \.hp-grade \.hp-grade-prep \}\[\\\[1\\\]\]\(#cited-src-old\)", reported)
    assert "What works" in reported
    assert re.search(
        r'See also: <svg class="hp-icon" [^>]*aria-hidden="true">.*?</svg> \[Title of caching-fault-0\]', reported
    )
    assert "*Our judgement*{ .hp-grade .hp-grade-ours }\n" in ours
    assert "year" not in ours


def test_other_wordings_of_a_culture_question_stand_below_it(found: catalog.Catalog) -> None:
    text = MACROS["culture_probes"](on(found, "index.md"), "first")
    assert text.index("What fails") < text.index("Also asked as") < text.index("Harsh words? · Hard truths?")


def test_head_shows_summary_time_and_dates(found: catalog.Catalog) -> None:
    assert MACROS["page_head"](on(found, "screen.md")) == (
        '<div class="hp-summary" markdown="1">\n\n- One.\n- Two.\n- Three.\n\n</div>\n\n1 min read · reviewed 23 November 2026 · next review by May 2027\n{ .hp-meta }'
    )
    late = MACROS["page_head"](on(found, "screen.md", datetime.date(2027, 6, 1)))
    assert "*review overdue since 23 May 2027*{ .hp-overdue }" in late


def test_foot_lists_what_the_page_cites_once(found: catalog.Catalog) -> None:
    foot = MACROS["page_foot"](on(found, "caching.md"))
    assert foot.startswith('<div class="hp-end"></div>\n\n<details class="hp-more hp-sources"')
    assert "\n2. [A post]" in foot
    assert foot.count("#cited-src-post") == 1
    assert (
        "[A post](https://example.org/post). Netflix Technology Blog, 6 May 2024. *Published by Netflix*{ .hp-grade .hp-grade-netflix }. What it shows"
        in foot
    )
    assert (
        "*An old note*. A site, undated, read November 2026. *Prep site*{ .hp-grade .hp-grade-prep }; seen in summary only. Little"
        in MACROS["page_foot"](on(found, "index.md"))
    )


@pytest.mark.parametrize(
    ("name", "path", "arguments", "rows"),
    [
        ("stage_table", "index.md", (), 1),
        ("ladder", "caching.md", ("caching",), 6),
        ("hour", "index.md", (), 2),
        ("tells", "l5.md", ("l5",), 4),
        ("side_by_side", "index.md", (), 7),
        ("level_table", "index.md", (), 3),
        ("failure_drill", "caching.md", ("caching",), 6),
        ("claim_list", "index.md", (), 1),
        ("figures", "index.md", (), 1),
        ("grades", "index.md", (), 6),
        ("story_grid", "index.md", (), 1),
        ("tracks", "index.md", (), 1),
    ],
)
def test_tables_have_their_rows_and_every_row_its_cells(
    found: catalog.Catalog, name: str, path: str, arguments: tuple[str, ...], rows: int
) -> None:
    lines = [line for line in MACROS[name](on(found, path), *arguments).splitlines() if line.startswith("|")]
    assert len(lines) == rows + 2
    cells = [len(re.findall(r"(?<!\\)\|", line)) for line in lines]
    assert len(set(cells)) == 1


@pytest.mark.parametrize(
    ("name", "path", "argument", "count"),
    [
        ("checklist", "caching.md", "caching", 6),
        ("self_check", "l5.md", "l5", 7),
        ("plan", "six-weeks.md", "six-weeks", 3),
    ],
)
def test_checklists_have_a_labelled_box_per_line(
    found: catalog.Catalog, name: str, path: str, argument: str, count: int
) -> None:
    text = MACROS[name](on(found, path), argument)
    assert text.count('<input type="checkbox"') == text.count("<label for=") == count
    links = re.findall(r"</label> \[(.*?)\]", text)
    assert len(links) == len(set(links))  # a list of links can be heard without the lines around them


def test_claims_of_an_unknown_area_are_refused(found: catalog.Catalog) -> None:
    with pytest.raises(ValueError, match="no claim has the area 'x'; areas are round"):
        MACROS["claims"](on(found, "index.md"), "x")


@given(
    st.lists(
        st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\n\\"), min_size=1),
        min_size=2,
        max_size=4,
    )
)
def test_no_cell_can_break_its_table(cells: list[str]) -> None:
    table = markdown.table([f"c{n}" for n in range(len(cells))], [cells])
    assert len(re.findall(r"(?<!\\)\|", table.splitlines()[2])) == len(cells) + 1


def test_a_row_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="a row of 1 cells in a table of 2 columns"):
        markdown.table(("a", "b"), [("only",)])


def test_reviews_fall_due_by_months() -> None:
    assert review_due("2026-08-31", 6) == datetime.date(2027, 2, 28)
    assert review_due("2026-11-23", 6) == datetime.date(2027, 5, 23)


def test_the_page_of_flash_cards_counts_them_and_leaves_the_address_to_finish(found: catalog.Catalog) -> None:
    text = MACROS["flash_cards"](on(found, "caching.md"))
    assert text.startswith(
        '<a data-hp-ready="../cards/the-hard-part.apkg" download>Download the deck</a>: 22 cards for Anki<span data-hp-size></span>.'
    )
    numbers = re.findall(r"^\| \*\*([^*]+)\*\*.*?\| (\d+) ", text, re.M)
    assert dict(numbers) == {
        "Terms": "1", "Figures": "1", "Failure modes": "9", "Decisions": "3", "Probes": "4", "Sentences to say": "4",
    }  # fmt: skip
