"""Copying the link of a heading or a row, in a real Chromium with a real clipboard: by mouse, keyboard and touch."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import driver
import pytest
from driver import PHONE, Guide, opened, violations
from playwright.sync_api import Locator, Page, expect

from macros.catalog import catalog

pytestmark = pytest.mark.browser
ROWS = "th[id], li[id], dt[id], details[id], figure[id], strong[id]"
TOUCH = {"viewport": PHONE, "has_touch": True, "is_mobile": True}


class Target(NamedTuple):
    """Something whose link can be copied: what selects it, its control, and whether it has a short address.

    By keyboard a heading has a button after it; its own control is for pointers.
    """

    query: str
    control: str
    short: bool


# Each kind of thing that has an id. The control of a probe stands after it.
TARGETS = {
    "heading": Target("article h2[id]:not(.hp-row)", ":scope > .headerlink", False),
    "title": Target("article h1[id]", ":scope > .headerlink", True),
    "row heading": Target("article h3.hp-row", ":scope > .headerlink", True),
    "table row": Target("th[id]", ".hp-copy", True),
    "checklist line": Target("li[id]:has(> input)", ".hp-copy", True),
    "line of the self-check": Target("li:not([id]):has(> input)", ".hp-copy", True),
    "source": Target("li[id^='cited-']", ".hp-copy", True),
    "term": Target("dt[id]", ".hp-copy", True),
    "probe": Target("details[id]", "xpath=following-sibling::*[1]/button", True),
    "drawing": Target("figure[id]", ".hp-copy", True),
    "sum": Target("article strong[id]", ".hp-copy", True),
}
KINDS = pytest.mark.parametrize("kind", TARGETS)


def came_to(guide: Guide, page: Page, kind: str, *, at: int = 0) -> tuple[Locator, Locator, str]:
    """Open a page with a target of a kind; return the target, its control, and the address it should give."""
    target = TARGETS[kind]
    url = guide.first(target.query)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(url)
    if kind == "source":  # a reader opens the fold first
        page.locator("details.hp-sources > summary").click()
    page.evaluate("navigator.clipboard.writeText('nothing yet')")
    host = page.locator(target.query).nth(at)
    host.scroll_into_view_if_needed()
    id = host.get_attribute("id") or host.locator("[data-hp-check]").get_attribute("data-hp-check") or ""
    address = guide.url(f"go/{id.removeprefix('cited-')}/") if target.short else f"{url}#{id}"
    return host, host.locator(target.control), address


def clipboard(page: Page) -> str:
    return page.evaluate("navigator.clipboard.readText()")


# -- what can be copied ----------------------------------------------------------------------------


def test_every_short_address_that_can_be_copied_is_there(guide: Guide) -> None:
    lost, total = [], 0
    for document in guide.site.pages:
        article = document.article
        for node in article.css(f"{ROWS}, h1[id], .hp-row") if article else ():
            id = (node.attributes["id"] or "").removeprefix("cited-")
            total += 1
            if not (guide.site.folder / "go" / id / "index.html").is_file():
                lost.append(f"{document.path}: {id}")
    assert total > 1000
    assert not lost, "\n".join(lost)


def test_headings_of_rows_say_so_and_no_others(guide: Guide, site: Path) -> None:
    known = catalog.load(site.parent).entries
    wrong = [
        f"{document.path}: {node.attributes['id']}"
        for document in guide.site.pages
        if document.article
        for node in document.article.css("h2[id], h3[id], h4[id]")
        if ("hp-row" in (node.attributes.get("class") or "").split()) != (node.attributes["id"] in known)
    ]
    assert not wrong, "\n".join(wrong)


def words_of(heading: Locator) -> str:
    """What a heading says, without its #."""
    return heading.evaluate("e => e.textContent.replace(/#$/, '')")


# -- by mouse, keyboard and touch ------------------------------------------------------------------


@KINDS
def test_by_mouse(guide: Guide, kind: str) -> None:
    with opened(guide) as (page, wrong):
        host, control, address = came_to(guide, page, kind)
        before = page.evaluate("[scrollY, location.href, document.documentElement.scrollHeight]")
        host.hover()
        expect(control).to_have_css("opacity", "1")
        control.click()
        expect(page.get_by_role("status")).to_have_text(f"Copied: {address}")
        assert clipboard(page) == address
        assert page.evaluate("[scrollY, location.href, document.documentElement.scrollHeight]") == before
        assert wrong == []


@KINDS
@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_by_keyboard(guide: Guide, kind: str, key: str) -> None:
    with opened(guide) as (page, wrong):
        host, control, address = came_to(guide, page, kind)
        if TARGETS[kind].control.endswith("headerlink"):
            expect(host).to_have_accessible_name(words_of(host))
            control = host.locator("xpath=following-sibling::*[1]/button")
        expect(control).to_have_count(1)
        expect(control).to_be_hidden()  # whoever has a screen reader read on does not come to it
        page.keyboard.press("Tab")  # the buttons are there from now on
        # From the last stop before the control, the next Tab is the control.
        control.evaluate(
            """control => {
              const stops = [...document.querySelectorAll('a[href], button, input, summary, [tabindex="0"]')].filter(e => e.checkVisibility());
              stops[stops.indexOf(control) - 1].focus();
            }"""
        )
        page.keyboard.press("Tab")
        expect(control).to_be_focused()
        expect(control).to_have_css("opacity", "1")
        name = control.evaluate("e => e.getAttribute('aria-label')")
        assert name.startswith("Copy link to "), name
        assert len(name) > len("Copy link to ")
        assert "#" not in name
        expect(control).to_have_accessible_description("")
        if TARGETS[kind].control.endswith("headerlink"):
            expect(host).to_have_accessible_name(words_of(host))
        page.keyboard.press(key)
        expect(page.get_by_role("status")).to_have_text(f"Copied: {address}")
        assert clipboard(page) == address
        expect(control).to_be_focused()
        assert wrong == []


def test_the_next_stop_after_the_box_of_a_line_is_its_link(guide: Guide) -> None:
    with opened(guide) as (page, _):
        host, control, _ = came_to(guide, page, "checklist line", at=2)
        box = host.locator("input")
        expect(box).not_to_have_accessible_name(re.compile("Copy link"))
        box.focus()
        page.keyboard.press("Tab")
        expect(control).to_be_focused()
        page.keyboard.press("Space")
        expect(box).not_to_be_checked()


@KINDS
def test_by_touch(guide: Guide, kind: str) -> None:
    with opened(guide, **TOUCH) as (page, wrong):
        _, control, address = came_to(guide, page, kind)
        expect(control).to_have_css("opacity", "0.75")
        size = control.bounding_box()
        assert size is not None
        assert min(size["width"], size["height"]) >= 44, size
        checked, unfolded = page.locator("input:checked").count(), page.locator("details[open]").count()
        control.tap()
        expect(page.get_by_role("status")).to_have_text(f"Copied: {address}")
        assert clipboard(page) == address
        assert page.locator("input:checked").count() == checked
        assert page.locator("details[open]").count() == unfolded
        assert wrong == []


def test_the_status_can_be_heard_twice_and_goes_by_itself(guide: Guide) -> None:
    with opened(guide) as (page, _):
        page.clock.install()
        _, control, address = came_to(guide, page, "row heading")
        said = page.get_by_role("status")
        expect(said).to_have_count(0)
        control.click()
        expect(said).to_have_text(f"Copied: {address}")
        said.evaluate(
            "e => { window.heard = []; new MutationObserver(() => heard.push(e.textContent)).observe(e, { childList: true }) }"
        )
        control.click()
        page.wait_for_function("() => window.heard.length === 2")
        assert page.evaluate("heard") == ["", f"Copied: {address}"]
        page.clock.fast_forward(6000)
        expect(said).to_have_text("")
        expect(said).to_have_css("position", "static")  # nothing is left to be seen


def test_a_heading_is_still_a_link(guide: Guide) -> None:
    with opened(guide) as (page, wrong):
        host, control, _ = came_to(guide, page, "heading", at=1)
        with page.context.expect_page() as other:
            control.click(modifiers=["ControlOrMeta"])
        assert other.value.url.endswith(f"#{host.get_attribute('id')}")
        assert clipboard(page) == "nothing yet"
        assert wrong == []
    with opened(guide, java_script_enabled=False) as (page, _):
        page.goto(guide.first(TARGETS["heading"].query))
        host = page.locator(TARGETS["heading"].query).nth(1)
        host.locator(".headerlink").click()
        assert page.url.endswith(f"#{host.get_attribute('id')}")
        expect(page.locator(".hp-copy")).to_have_count(0)


@pytest.mark.parametrize(
    "refused",
    [
        "() => { navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError')) }",
        "Object.defineProperty(navigator, 'clipboard', { value: undefined })",
    ],
    ids=["refused", "none"],
)
def test_a_refused_clipboard_shows_the_address_selected(guide: Guide, refused: str) -> None:
    with opened(guide) as (page, wrong):
        page.goto(guide.first("th[id]"))
        page.evaluate(refused)
        host = page.locator("th[id]").first
        control = host.locator(".hp-copy")
        host.hover()
        for _ in range(2):
            control.press("Enter")
            dialog = page.get_by_role("dialog", name="Copy link")
            expect(dialog).to_be_visible()
            field = dialog.get_by_role("textbox")
            expect(field).to_be_focused()
            expect(field).to_have_value(guide.url(f"go/{host.get_attribute('id')}/"))
            assert page.evaluate("getSelection().toString()") == field.input_value()
            assert violations(page, "page") == []
            page.keyboard.press("Escape")
            expect(dialog).to_be_hidden()
            expect(control).to_be_focused()
        control.press("Enter")
        page.get_by_role("button", name="Close").click()
        expect(dialog).to_be_hidden()
        expect(page.get_by_role("status")).to_have_count(0)
        assert wrong == []


# -- room ------------------------------------------------------------------------------------------

# Where every row and heading of a page stands.
PLACES = "() => [...document.querySelectorAll('article [id]')].map(e => { const b = e.getBoundingClientRect(); return [e.id, b.x, b.y + scrollY, b.width, b.height] })"
UNFOLD = "() => document.querySelectorAll('article details').forEach(fold => { fold.open = true })"
STILL = "window.IntersectionObserver = class { observe() {} unobserve() {} disconnect() {} }"


def everywhere(page: Page) -> None:
    """Unfold a page and scroll through it, so that every row has had its button made."""
    page.evaluate(UNFOLD)
    rows = page.locator(f"article :is({ROWS}, li:has(> [data-hp-check]), :is(h1, h2, h3, h4)[id])").count()
    for _ in range(100):
        page.evaluate("scrollTo(0, (scrollY + innerHeight * 2) % (document.documentElement.scrollHeight - 1))")
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
        if page.locator(".hp-copy").count() == rows:
            return
    raise AssertionError(f"{page.locator('.hp-copy').count()} buttons for {rows} rows on {page.url}")


def sample(guide: Guide) -> list[str]:
    """A page with each kind of target."""
    return sorted({guide.first(target.query) for target in TARGETS.values()} | {guide.first(".hp-task")})


@pytest.mark.parametrize(
    "options", [{}, {"viewport": {"width": 700, "height": 700}}, TOUCH], ids=["wide", "narrow", "touch"]
)
def test_nothing_shifts_when_the_buttons_are_made(guide: Guide, options: dict[str, object]) -> None:
    shifted = []
    for url in sample(guide):
        with opened(guide, reduced_motion="reduce", **options) as (page, wrong):
            page.goto(url)
            page.add_init_script(STILL)
            everywhere(page)
            after = page.evaluate(PLACES)
            page.reload()
            page.evaluate(UNFOLD)
            assert page.locator(".hp-copy").count() == 0
            before = page.evaluate(PLACES)
            shifted += [f"{url}: {a} was {b}" for a, b in zip(after, before, strict=True) if a != b]
            assert wrong == []
    assert not shifted, "\n".join(shifted)


# Text that stands under a control: its own words, and what follows.
COVERED = """() => {
  const controls = [...document.querySelectorAll('article .hp-copy, article .headerlink')].filter(e => e.checkVisibility({ visibilityProperty: true })).map(e => [e, e.getBoundingClientRect()]);
  const found = [], walker = document.createTreeWalker(document.querySelector('article'), NodeFilter.SHOW_TEXT), range = document.createRange();
  while (walker.nextNode()) {
    const text = walker.currentNode;
    if (!text.data.trim() || text.parentElement.matches('.headerlink') || !text.parentElement.checkVisibility() || text.parentElement.closest('thead')) continue;
    range.selectNodeContents(text);
    for (const line of range.getClientRects()) for (const [control, box] of controls) {
      const wide = Math.min(line.right, box.right) - Math.max(line.left, box.left), high = Math.min(line.bottom, box.bottom) - Math.max(line.top, box.top);
      if (wide > 1 && high > 4) found.push(`${text.data.trim().slice(0, 40)} | ${control.getAttribute('aria-label') ?? control.hash}: ${wide} by ${high}`);
    }
  }
  return found;
}"""


@pytest.mark.parametrize("width", [360, 320, 768])
def test_no_control_covers_text_on_touch(guide: Guide, width: int) -> None:
    faults = []
    with opened(guide, **{**TOUCH, "viewport": {"width": width, "height": 740}, "reduced_motion": "reduce"}) as (
        page,
        _,
    ):
        for url in sample(guide):
            page.goto(url)
            everywhere(page)
            faults += [f"{url}: {what}" for what in page.evaluate(COVERED)]
            faults += [f"{url}: {more} px sideways" for more in [driver.sideways(page)] if more > 0]
    assert not faults, "\n".join(faults)


def test_buttons_are_made_for_what_is_near(guide: Guide) -> None:
    def rows(url: str) -> int:
        tree = guide.site.folder / url.removeprefix(f"{guide.base}/") / "index.html"
        return tree.read_text("utf-8").count("<li id=") + tree.read_text("utf-8").count(' id="')

    longest = max(guide.urls, key=rows)
    with opened(guide) as (page, _):
        page.goto(longest)
        expect(page.locator(".hp-copy").first).to_be_attached()
        assert page.locator(".hp-copy").count() < rows(longest) / 3
        everywhere(page)
        assert violations(page, "page") == []


def test_no_button_comes_out_on_paper_or_into_copied_text(guide: Guide) -> None:
    with opened(guide) as (page, _):
        for kind in ("table row", "probe", "term"):
            host, control, _ = came_to(guide, page, kind)
            expect(control).to_be_attached()  # made when its row is near; Tab leads to the head of the page again
            page.keyboard.press("Tab")
            expect(control).to_be_visible()
            assert "#" not in host.inner_text()
            page.emulate_media(media="print")
            expect(control).to_be_hidden()
            page.emulate_media(media="null")


# -- arriving --------------------------------------------------------------------------------------

MARK = """id => {
  const host = document.getElementById(id), box = host.closest('tr') ?? host, own = getComputedStyle(box);
  const paper = getComputedStyle(document.body).backgroundColor;
  return { shaded: own.backgroundColor !== paper && own.backgroundColor !== 'rgba(0, 0, 0, 0)', bar: own.boxShadow.split('px').length > 8,
           outline: own.outlineStyle === 'solid' && own.outlineColor !== 'rgba(0, 0, 0, 0)', colour: getComputedStyle(host).color };
}"""


@pytest.mark.parametrize(
    "kind", sorted(set(TARGETS) - {"line of the self-check"})
)  # its link leads to the row it checks
def test_what_one_arrives_at_is_marked(guide: Guide, kind: str) -> None:
    target = TARGETS[kind]
    url = guide.first(target.query)
    with opened(guide, reduced_motion="reduce") as (page, _):
        page.goto(url)
        id = page.locator(target.query).last.get_attribute("id")
        assert not page.evaluate(MARK, id)["bar"]
        page.goto(f"{url}#{id}")
        expect(page.locator(f"[id='{id}']")).to_be_in_viewport()
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found = page.evaluate(MARK, id)
            assert found["shaded"], f"{scheme}: {found}"
            assert found["bar"], f"{scheme}: {found}"
            assert page.evaluate(driver.CONTRAST, f"[id='{id}']")["ratio"] >= 4.5
        page.emulate_media(forced_colors="active")
        assert page.evaluate(MARK, id)["outline"]
        page.emulate_media(forced_colors="none", media="print")
        assert not page.evaluate(MARK, id)["bar"]


def test_a_copied_link_leads_to_its_row(guide: Guide) -> None:
    with opened(guide) as (page, _):
        host, control, _ = came_to(guide, page, "table row", at=3)
        id = host.get_attribute("id")
        host.hover()
        control.click()
        expect(page.get_by_role("status")).to_contain_text("Copied")
        page.goto(clipboard(page))
        page.wait_for_url(f"**#{id}")
        assert page.evaluate(MARK, id)["bar"]


def test_a_skip_to_the_article_is_no_arrival(guide: Guide) -> None:
    with opened(guide) as (page, _):
        page.goto(guide.url("") + "#__skip")
        assert page.evaluate("document.querySelector(':target').tagName") == "ARTICLE"
        assert page.evaluate("getComputedStyle(document.querySelector('article')).boxShadow") == "none"
