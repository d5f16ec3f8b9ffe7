"""Pictures in a real browser: no label crosses another, leaves the page or becomes too small, at any width."""

from __future__ import annotations

import pytest
from driver import Guide, opened

pytestmark = pytest.mark.browser
# Boxes of every label, a little smaller than the line they stand in; lines may pass under a label, which has a halo.
FAULTS = """() => {
  const wrong = [];
  for (const figure of document.querySelectorAll('figure.hp-picture')) {
    const frame = figure.getBoundingClientRect();
    const labels = [...figure.querySelectorAll('svg text')].map((node) => {
      const box = node.getBoundingClientRect();
      const inset = box.height * 0.18;
      return { words: node.textContent, size: parseFloat(getComputedStyle(node).fontSize), left: box.left, right: box.right, top: box.top + inset, bottom: box.bottom - inset };
    });
    for (const [index, one] of labels.entries()) {
      if (one.left < frame.left - 1 || one.right > frame.right + 1) wrong.push(`${figure.id}: '${one.words}' leaves the page`);
      if (one.size < 12) wrong.push(`${figure.id}: '${one.words}' is ${one.size} px`);
      for (const other of labels.slice(index + 1)) {
        if (one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom)
          wrong.push(`${figure.id}: '${one.words}' crosses '${other.words}'`);
      }
    }
    for (const bar of figure.matches('.hp-picture-bars') ? figure.querySelectorAll('svg rect') : []) {
      const edge = bar.getBoundingClientRect();
      for (const one of labels) {
        const beside = one.top < edge.bottom && edge.top < one.bottom && (one.top + one.bottom) / 2 > edge.top;
        if (beside && one.left < edge.right + 4) wrong.push(`${figure.id}: '${one.words}' touches its bar`);
      }
    }
    for (const line of figure.matches('.hp-picture-bars') ? figure.querySelectorAll('svg line') : []) {
      const mark = line.getBoundingClientRect();
      for (const one of labels) {
        if (one.left <= mark.left && mark.left <= one.right && one.top < mark.bottom && mark.top < one.bottom)
          wrong.push(`${figure.id}: the line of the limit strikes '${one.words}'`);
      }
    }
    for (const box of figure.querySelectorAll('svg rect.n, svg rect.s')) {
      if (!figure.classList.contains('hp-picture-flow')) continue;
      const edge = box.getBoundingClientRect();
      for (const one of labels) {
        const inside = one.left >= edge.left && one.right <= edge.right && one.top >= edge.top && one.bottom <= edge.bottom;
        const outside = one.left >= edge.right || one.right <= edge.left || one.top >= edge.bottom || one.bottom <= edge.top;
        if (!inside && !outside) wrong.push(`${figure.id}: '${one.words}' crosses the border of a box`);
      }
    }
  }
  return wrong;
}"""


@pytest.fixture(scope="module")
def below_a_path() -> bool:
    """At the root of its server, as most checks of single pages are written."""
    return False


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_labels_keep_apart_at_every_width(guide: Guide, width: int) -> None:
    wrong, seen = [], 0
    with opened(guide, viewport={"width": width, "height": 800}) as (page, _):
        for document in guide.site.pages:
            count = len(document.tree.css("figure.hp-picture"))
            if count:
                page.goto(guide.url(document.path.removesuffix("index.html")))
                wrong += page.evaluate(FAULTS)
                seen += count
    assert seen
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("text => text.setAttribute('x', '120%')", "leaves the page"),
        ("text => text.setAttribute('font-size', '6')", "px"),
        ("text => text.parentNode.append(text.cloneNode(true))", "crosses"),
    ],
)
def test_a_label_out_of_place_is_seen(guide: Guide, change: str, said: str) -> None:
    with opened(guide, viewport={"width": 360, "height": 800}) as (page, _):
        path = next(one.path for one in guide.site.pages if one.tree.css("figure.hp-picture text"))
        page.goto(guide.url(path.removesuffix("index.html")))
        page.locator("figure.hp-picture svg text").first.evaluate(change)
        assert any(said in one for one in page.evaluate(FAULTS))
