"""What finish inlines, trims and joins changes no pixel: the engine's own output beside the finished site."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import driver
import pytest
from driver import PHONE, Guide, opened
from PIL import Image, ImageChops
from playwright.sync_api import Page

from macros.catalog import catalog
from macros.finish.accessible import make_accessible
from macros.finish.terms import link_terms
from tools import site_build
from tools.file_server import served

pytestmark = pytest.mark.browser
PLACES = ("", "topics/caching/", "levels/l5/", "plan/six-weeks/", "culture/values/", "practice/ads/")


@pytest.fixture(scope="module")
def below_a_path() -> bool:
    """At the root of its server, as most checks of single pages are written."""
    return False


@pytest.fixture(scope="module")
def unfinished(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the same pages as the engine leaves them, with the whole stylesheet and every script beside them."""
    raw = tmp_path_factory.mktemp("unfinished")
    site_build.run(".venv/bin/mkdocs", "build", "--strict", "--site-dir", raw, cwd=site.parent)
    found = catalog.load(site.parent)
    link_terms(found, raw)  # what finish adds to be seen
    make_accessible(found, raw)
    assert "stylesheets/tokens.css" in (raw / "index.html").read_text("utf-8")
    with served(raw) as base:
        yield base


def picture(page: Page, url: str) -> Image.Image:
    page.goto(url, wait_until="networkidle")
    return Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [driver.DESKTOP, PHONE], ids=["desk", "phone"])
def test_finished_pages_look_as_before(guide: Guide, unfinished: str, scheme: str, size: dict[str, int]) -> None:
    other = []
    with opened(guide, viewport=size, color_scheme=scheme, reduced_motion="reduce") as (page, _):
        for place in PLACES:
            before, after = picture(page, f"{unfinished}/{place}"), picture(page, guide.url(place))
            if before.size != after.size or ImageChops.difference(before, after).getbbox():
                other.append(place)
    assert other == []


def test_a_lost_rule_is_seen(guide: Guide, unfinished: str) -> None:
    with opened(guide, bypass_csp=True, reduced_motion="reduce") as (page, _):
        before = picture(page, f"{unfinished}/levels/l5/")
        page.add_style_tag(content=".hp-summary { border: 0 }")
        after = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")
        assert before.size != after.size or ImageChops.difference(before, after).getbbox()
