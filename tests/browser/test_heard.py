"""What a screen reader says of six views, word for word, held as text in tests/browser/heard/.

The virtual screen reader in tests/vendor runs in the page and reads it from top to bottom, as one does in browse mode. It
knows roles, names and states, and reads what is folded as if it were open; how a real one pauses and shortens it cannot
show. The views are of the tiny guide, so that what is held changes with the code and not with the content. To write them again after
a change that is meant, and look at what differs:

    HEARD=write .venv/bin/python -m pytest tests/browser/test_heard.py; git diff tests/browser/heard
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from difflib import unified_diff
from pathlib import Path

import driver
import pytest
from driver import Guide, opened
from playwright.sync_api import Page, expect

from macros.catalog import catalog
from tools import sample_guide, site_build

pytestmark = pytest.mark.browser
HELD = Path(__file__).parent / "heard"
READER = site_build.ROOT / "tests" / "vendor" / "virtual-screen-reader" / "index.browser.js"
LONGEST = 400  # phrases; a view that does not end is seen
READ = """async ({ reader, within, end, longest }) => {
  const { virtual } = await import(reader);
  await virtual.start({ container: document.querySelector(within) });
  for (let count = 0; count < longest && (await virtual.lastSpokenPhrase()) !== end; count++) await virtual.next();
  const heard = await virtual.spokenPhraseLog();
  await virtual.stop();
  return heard;
}"""
# What a page holds beside its head and foot.
VIEWS = {
    "index": ("Home", "home", "Words, and {{ ref('caching') }}."),
    "ladder": ("Ladder", "ladder", '{{ ladder("caching") }}'),
    "decisions": ("Decisions", "decisions", '{{ decisions("caching") }}'),
    "prompts": ("Prompts", "prompts", '{{ prompts("ads") }}'),
    "plan/mine": ("My plan", "my-plan", "{{ my_plan() }}"),
}


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guide]:
    """The tiny guide with a page of its own for each view, built and finished."""
    root = sample_guide.write(tmp_path_factory.mktemp("heard") / "tiny", engine=True)
    docs, config = root / "docs", root / "mkdocs.yml"
    rest = (docs / "index.md").read_text("utf-8").replace("# Home { #home }", "# Rest { #rest }")
    (docs / "rest.md").write_text(rest.replace("title: Home", "title: Rest"), "utf-8")
    for page in docs.glob("*.md"):
        for _, _, call in VIEWS.values():
            page.write_text(page.read_text("utf-8").replace(call, "Elsewhere."), "utf-8")
    (docs / "plan").mkdir()
    for name, (title, id, call) in VIEWS.items():
        text = f"# {title} {{ #{id} }}\n\n{{{{ page_head() }}}}\n\n{call}\n\n{{{{ page_foot() }}}}\n"
        (docs / f"{name}.md").write_text(sample_guide.FRONT.format(title=title) + text, "utf-8")
    more = "".join(f"  - {name}.md\n" for name in ("rest", *VIEWS) if name != "index")
    config.write_text(config.read_text("utf-8") + more, "utf-8")
    catalog.record_ids(root)
    copy = site_build.copy_guide(tmp_path_factory.mktemp("heard") / "guide", root)
    site_build.run(".venv/bin/mkdocs", "build", "--strict", cwd=copy)
    site_build.run(".venv/bin/python", "-m", "macros", "finish", "site", cwd=copy)
    with driver.browsing(copy / "site") as found:
        yield found


def search(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("eviction")
    expect(page.locator(".hp-results p").first).not_to_be_empty()


def mock(page: Page) -> None:
    page.get_by_role("button", name="Start a mock interview").click()
    page.get_by_role("button", name="Begin").click()
    for _ in range(2):
        page.get_by_role("button", name="Next question now").click()


def plan(page: Page) -> None:
    expect(page.locator(".hp-plan-day").first).to_be_attached()


@pytest.mark.parametrize(
    ("view", "path", "within", "end", "before"),
    [
        ("home", "", "body", "end of document", None),
        ("ladder", "ladder/", "article", "end of article", None),
        ("decision", "decisions/", "article", "end of article", None),
        ("search", "", ".hp-search", "end of dialog, Search", search),
        ("prompt", "prompts/", "article", "end of article", mock),
        ("my-plan", "plan/mine/", "article", "end of article", plan),
    ],
)
def test_a_view_is_heard_as_it_was(
    guide: Guide, view: str, path: str, within: str, end: str, before: Callable[[Page], None] | None
) -> None:
    with opened(guide, bypass_csp=True) as (page, wrong):
        if before is mock:
            page.clock.install(time="2026-11-23T10:00:00")
            page.clock.pause_at("2026-11-23T11:00:00")
        page.route("**/virtual.js", lambda route: route.fulfill(path=READER, content_type="text/javascript"))
        page.goto(guide.url(path))
        if before:
            before(page)
        reader = {"reader": guide.url("virtual.js"), "within": within, "end": end, "longest": LONGEST}
        heard = page.evaluate(READ, reader)
        assert heard[-1] == end, heard[-1]
        assert wrong == []
    # When the page is due for review depends on the day of the build.
    said = ["1 min read, and when it is reviewed" if phrase.startswith("1 min read") else phrase for phrase in heard]
    text, file = "\n".join(said) + "\n", HELD / f"{view}.txt"
    if os.environ.get("HEARD") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
    held = file.read_text("utf-8")
    changed = "\n".join(unified_diff(held.splitlines(), text.splitlines(), "as held", "as heard now", lineterm="", n=1))
    assert not changed, f"{changed}\nIf this is meant: HEARD=write, as the head of this file says."
