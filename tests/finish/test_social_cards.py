"""Preview images and the tags that name them, read back from the built site; every fault is seen red on a small one."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image, ImageFont
from selectolax.lexbor import LexborHTMLParser

from macros.catalog import catalog
from macros.finish import permalinks, row_previews, social_cards
from macros.finish.previews import drawing
from macros.finish.row_words import RowWords, row_words
from macros.rows.markup import plain

LIMIT = 21_000  # bytes of an image
SAME = {"og:image:width": "1200", "og:image:height": "630", "twitter:card": "summary_large_image"}


def tags(html: str) -> dict[str, str]:
    """What a page says of itself to a chat or a feed: its og: and twitter: tags, and its canonical address."""
    tree = LexborHTMLParser(html)
    found = {
        node.attributes.get("property") or node.attributes.get("name") or "": node.attributes.get("content") or ""
        for node in tree.css("meta[property], meta[name]")
    }
    canonical = tree.css_first("link[rel=canonical]")
    return found | {"canonical": (canonical.attributes.get("href") or "") if canonical else ""}


def image_faults(site: Path, root: str, address: str, size: tuple[int, int] = social_cards.SIZE) -> list[str]:
    """What is wrong with the image at an address of the site that stands at `root`."""
    if not urlsplit(address).scheme or not address.startswith(root):
        return [f"'{address}' is not an absolute address of this site"]
    file = site / address.removeprefix(root)
    if not file.is_file():
        return [f"there is no {file.relative_to(site)}"]
    with Image.open(file) as image:
        image.load()
        faults = [] if image.size == size else [f"the image is {image.size}"]
        faults += [] if (image.format, image.mode) == ("PNG", "P") else ["the image is no PNG with a palette"]
        if len(image.convert("RGB").getcolors(256) or []) < 8:
            faults.append("the image is empty")
    return faults + ([f"the image has {file.stat().st_size} bytes"] if file.stat().st_size > LIMIT else [])


def page_faults(guide: catalog.Catalog, site: Path) -> list[str]:
    """What is wrong with the tags and the image of any page."""
    root = tags((site / "index.html").read_text("utf-8"))["canonical"]
    faults = []
    for page in guide.pages.values():
        found = tags((site / page.url / "index.html").read_text("utf-8"))
        wanted = SAME | {
            "canonical": root + page.url,
            "og:url": root + page.url,
            "og:image": f"{root}{page.url}preview.png",
            "og:type": "article" if page.url else "website",
            "og:title": page.title,
            "og:description": page.description,
            "og:image:alt": f"Title card of the page “{page.title}”",
        }
        said = [f"{tag} is '{found.get(tag)}'" for tag, value in wanted.items() if found.get(tag) != value]
        faults += [f"{page.path}: {what}" for what in said + image_faults(site, root, found.get("og:image", ""))]
    return faults


def row_faults(guide: catalog.Catalog, site: Path) -> list[str]:
    """What is wrong with the tags of any row page: they name the row, and the image of the page it stands on."""
    root = tags((site / "index.html").read_text("utf-8"))["canonical"]
    faults = []
    for id in guide.entries:
        found = tags((site / "go" / id / "index.html").read_text("utf-8"))
        page, words, own = guide.pages[guide.homes[id].page], row_words(guide, id), row_previews.has_image(guide, id)
        size = dict(zip(("og:image:width", "og:image:height"), map(str, row_previews.SIZE), strict=True)) if own else {}
        wanted = (
            SAME
            | size
            | {
                "canonical": root + permalinks.address(guide, id),
                "og:url": f"{root}go/{id}/",
                "og:image": f"{root}{f'go/{id}/' if own else page.url}preview.png",
                "og:type": "article",
                "og:title": words.title,
                "og:description": words.description,
                "description": words.description,
                "og:image:alt": f"{words.title}. {words.description}"
                if own
                else f"Title card of the page “{page.title}”",
            }
        )
        said = [f"{tag} is '{found.get(tag)}'" for tag, value in wanted.items() if found.get(tag) != value]
        if own:
            said += image_faults(site, root, found.get("og:image", ""), row_previews.SIZE)
        if not words.said.endswith((".", "!", "?", "…", '"', "”", ")", ":")):
            said.append(f"the description ends with '{words.said[-20:]}'")
        faults += [f"{id}: {what}" for what in said]
    return faults


@pytest.fixture(scope="module")
def guide_data(site: Path) -> catalog.Catalog:
    return catalog.load(site.parent)


def test_every_page_has_its_tags_and_its_image(guide_data: catalog.Catalog, site: Path) -> None:
    assert page_faults(guide_data, site) == []
    assert (
        len([file for file in site.rglob("preview.png") if "go" not in file.relative_to(site).parts])
        == len(guide_data.pages)
        > 0
    )


def test_every_row_page_says_its_row_and_shows_its_page(guide_data: catalog.Catalog, site: Path) -> None:
    assert row_faults(guide_data, site) == []


def test_what_is_no_page_has_no_image(site: Path) -> None:
    found = tags((site / "404.html").read_text("utf-8"))
    assert [tag for tag in found if "image" in tag or "url" in tag] == []


def test_the_type_has_every_letter_that_is_drawn(guide_data: catalog.Catalog, site: Path) -> None:
    drawn = {letter for page in guide_data.pages.values() for letter in page.title + plain(page.summary[0])}
    for page in guide_data.pages.values():
        drawn |= set("".join(social_cards.chapters((site / page.url / "index.html").read_text("utf-8"))))
    for id in guide_data.entries:
        if row_previews.has_image(guide_data, id):
            words = row_words(guide_data, id)
            drawn |= set(words.kind + words.name + words.said)
    lost = {letter for letter in drawn if not has(social_cards.written(letter))}
    assert not lost, f"write them otherwise in macros/finish/social_cards.py: {' '.join(sorted(lost))}"


def has(text: str) -> bool:
    """Whether the type has every letter of a text. One that it lacks comes out as an empty box."""
    font = ImageFont.load_default(40)
    box = bytes(font.getmask("\ue000"))
    return all(bytes(font.getmask(letter)) != box for letter in text)


def test_a_letter_that_the_type_lacks_is_seen() -> None:
    assert not has("→")
    assert social_cards.written("a–b → c × é") == "a-b to c x e"
    assert has(social_cards.written("“It’s” · 5 – 6 … café → ≥ 2×"))


# -- a small site ----------------------------------------------------------------------------------

ROOT = "https://example.org/guide/"
PAGE = """<html><head><meta name="description" content="About it.">{tags}</head><body>
<nav class="hp-nav"><ul><li><a href="x">Other</a></li><li><a href="x">The part</a><ul><li><a href="y">Sub</a></li></ul></li></ul></nav></body></html>"""


def small_site(guide: catalog.Catalog, folder: Path, root: str = ROOT) -> Path:
    """What an engine leaves of the tiny guide, as far as previews read it, and finished as far as they go."""
    for page in guide.pages.values():
        said = SAME | {
            "og:url": root + page.url,
            "og:image": f"{root}{page.url}preview.png",
            "og:type": "article" if page.url else "website",
            "og:title": page.title,
            "og:description": page.description,
            "og:image:alt": f"Title card of the page “{page.title}”",
        }
        head = "".join(f'<meta property="{name}" content="{value}">' for name, value in said.items())
        head += f'<link rel="canonical" href="{root}{page.url}">' if root else ""
        file = folder / page.url / "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(PAGE.format(tags=head), "utf-8")
    permalinks.write_row_pages(guide, folder)
    with drawing(guide, folder) as drawn:
        drawn()
    return folder


@pytest.fixture
def small(guide: Path) -> catalog.Catalog:
    return catalog.load(guide)


def test_a_sound_site_has_no_fault(small: catalog.Catalog, tmp_path: Path) -> None:
    site = small_site(small, tmp_path / "site")
    assert page_faults(small, site) == []
    assert row_faults(small, site) == []


@pytest.mark.parametrize(
    ("path", "old", "new", "fault"),
    [
        ("caching/index.html", f"{ROOT}caching/preview.png", "preview.png", "is not an absolute address"),
        ("caching/index.html", f"{ROOT}caching/preview.png", f"{ROOT}l4/preview.png", "caching.md: og:image is"),
        ("caching/index.html", "summary_large_image", "summary", "twitter:card is 'summary'"),
        ("caching/index.html", 'content="630"', 'content="640"', "og:image:height is '640'"),
        ("caching/index.html", 'property="og:image:alt"', 'property="x"', "og:image:alt is 'None'"),
        ("caching/index.html", f'"og:url" content="{ROOT}caching/', f'"og:url" content="{ROOT}', "og:url is"),
        ("index.html", 'content="website"', 'content="article"', "index.md: og:type is 'article'"),
        ("go/caching-fault-0/index.html", f'href="{ROOT}', 'href="../../', "canonical is '../../caching/#caching-fault-0'"),
        ("go/caching-fault-0/index.html", 'og:title" content="Failure', 'og:title" content="x', "og:title is 'x mode"),
        ("go/caching-fault-0/index.html", "go/caching-fault-0/preview.png", "preview.png", "caching-fault-0: og:image is"),
        ("go/caching-fault-0/index.html", 'og:description" content="', 'og:description" content="x', "og:description is"),
    ],
    ids=["relative", "of another page", "card", "height", "no words", "address", "type", "row canonical", "row title", "row image", "row words"],
)  # fmt: skip
def test_a_fault_in_a_tag_is_seen(
    small: catalog.Catalog, tmp_path: Path, path: str, old: str, new: str, fault: str
) -> None:
    file = small_site(small, tmp_path / "site") / path
    html = file.read_text("utf-8")
    assert old in html
    file.write_text(html.replace(old, new), "utf-8")
    found = page_faults(small, tmp_path / "site") + row_faults(small, tmp_path / "site")
    assert [line for line in found if fault in line], found


@pytest.mark.parametrize(
    ("image", "fault"),
    [
        (None, "there is no caching/preview.png"),
        (Image.new("P", (600, 315)), "the image is (600, 315)"),
        (Image.new("RGB", social_cards.SIZE), "no PNG with a palette"),
        (Image.new("P", social_cards.SIZE), "the image is empty"),
        (Image.effect_noise(social_cards.SIZE, 60).quantize(16), "bytes"),
    ],
    ids=["none", "size", "true colour", "empty", "heavy"],
)
def test_a_fault_in_an_image_is_seen(
    small: catalog.Catalog, tmp_path: Path, image: Image.Image | None, fault: str
) -> None:
    file = small_site(small, tmp_path / "site") / "caching" / "preview.png"
    file.unlink()
    if image:
        image.save(file)
    found = page_faults(small, tmp_path / "site")
    assert [line for line in found if line.startswith("caching.md: ") and fault in line], found


def test_without_an_address_row_pages_stay_relative(small: catalog.Catalog, tmp_path: Path) -> None:
    site = small_site(small, tmp_path / "site", root="")
    found = tags((site / "go" / "caching-fault-0" / "index.html").read_text("utf-8"))
    assert found["canonical"] == "../../caching/#caching-fault-0"
    assert [tag for tag in found if "image" in tag or "url" in tag or "twitter" in tag] == []


# -- the drawing -----------------------------------------------------------------------------------


def test_a_drawing_is_the_same_every_time_and_another_for_every_page(small: catalog.Catalog) -> None:
    pages = list(small.pages.values())
    drawn = [social_cards.draw(page, ("The part",)).tobytes() for page in pages]
    assert drawn == [social_cards.draw(page, ("The part",)).tobytes() for page in pages]
    assert len(set(drawn)) == len({page.title for page in pages})
    assert social_cards.draw(pages[0], ()).tobytes() != drawn[0]


def test_chapters_are_those_the_page_stands_in() -> None:
    assert social_cards.chapters(PAGE) == ("The part",)


@pytest.mark.parametrize(
    "title", ["A", "Word " * 30, "Unbreakablyverylongwordwithoutanend" * 4], ids=["short", "long", "one word"]
)
def test_nothing_is_drawn_over_the_hairlines(small: catalog.Catalog, title: str) -> None:
    page = small.pages["caching.md"]._replace(title=title, summary=("A long first line of a summary " * 30, "", ""))
    image = social_cards.draw(page, ("A chapter with a rather long name, as they come",)).convert("RGB")
    plain_page = social_cards.draw(page._replace(title="", summary=("", "", "")), ()).convert("RGB")
    for top, bottom in ((100, 160), (515, 630)):
        box = (0, top, social_cards.SIZE[0], bottom)
        assert image.crop(box).tobytes() == plain_page.crop(box).tobytes()
    for left in (0, social_cards.SIZE[0] - 74):
        assert len(image.crop((left, 0, left + 74, 630)).getcolors()) == 1


# -- rows ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["Short.", "A long text " * 60, "Unbreakablyverylongwordwithoutanend" * 4])
@pytest.mark.parametrize("name", ["A", "Word " * 40, "Unbreakablyverylongwordwithoutanend" * 4])
def test_a_row_is_drawn_within_its_lines_and_margins(name: str, said: str) -> None:
    words = RowWords(
        "Decision", "L5", name, "A page with a rather long title, as they come, and then some more", (), said
    )
    image = row_previews.draw_row(words).convert("RGB")
    bare = row_previews.draw_row(words._replace(name="", said="")).convert("RGB")
    width, height = row_previews.SIZE
    for box in ((0, 0, width, 74), (0, 260, width, height)):
        assert image.crop(box).tobytes() == bare.crop(box).tobytes()
    for left in (0, width - 32):
        assert len(image.crop((left, 0, left + 32, height)).getcolors()) == 1
    assert len(image.crop((36, 74, width - 36, 260)).getcolors()) > 4


def test_kind_level_name_words_and_page_are_each_drawn() -> None:
    words = RowWords("Decision", "L5", "A name", "A page", (), "What it says.")
    others = (
        {"kind": "Probe"}, {"level": "L6"}, {"level": "L4"}, {"level": ""}, {"name": "Other"}, {"page": "Other"}, {"said": "Other."},
    )  # fmt: skip
    drawn = [row_previews.draw_row(words._replace(**other)).convert("RGB").tobytes() for other in ({}, {}, *others)]
    assert drawn[0] == drawn[1]
    assert len(set(drawn)) == len(drawn) - 1
