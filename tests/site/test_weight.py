"""The budgets of bytes and requests, by the files of the built site; each is seen broken by a page made for it."""

from __future__ import annotations

import random
import string
from pathlib import Path

import pytest

from tools.bench import weight

PAGE = "<!doctype html><html><head><title>T</title>{head}</head><body><article><h1>T</h1><p>{text}</p></article></body></html>"
EXCERPTS = 12  # as many results as the dialog shows


def test_the_built_site_keeps_every_budget(site: Path) -> None:
    faults = weight.over_budget(site)
    assert not faults, f"{len(faults)} over budget\n" + "\n".join(faults)


def test_what_is_weighed_is_the_guide(site: Path) -> None:
    pages = weight.chapters(site)
    assert {"", "topics/caching/", *weight.LISTS} <= set(pages)
    assert not [page for page in pages if page.startswith("go/")]
    home = weight.weigh(site, "")
    assert home.html > 5
    assert home.beside > 1
    assert home.requests >= 2
    assert weight.own_scripts(site) > 1


def first_word(site: Path) -> float:
    """Return the kB of a first search: scripts, engine, index, and the largest excerpts that a dialog could show."""
    [index] = site.glob("assets/*/data/search/index.json")
    scripts = site.glob("assets/*/*/**/*.js")
    files = [index, *(file for file in scripts if weight.of_search(file.as_posix()))]
    texts = sorted((weight.compressed(file.read_bytes()) for file in index.parent.glob("*/*.txt")), reverse=True)
    return sum(weight.compressed(file.read_bytes()) for file in files) + sum(texts[:EXCERPTS])


def test_a_first_search_stays_small_whatever_is_typed(site: Path) -> None:
    assert 50 < first_word(site) <= weight.SEARCH


def test_a_too_large_index_is_seen(tmp_path: Path) -> None:
    files = {"data/search/index.json": 130_000, "search/a.js": 4_000, "data/search/1a/0.txt": 400}
    for name, size in files.items():
        file = tmp_path / "assets" / "release-1a" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(random.Random(1).randbytes(size))  # noqa: S311 - bytes that do not compress
    assert first_word(tmp_path) <= weight.SEARCH
    (tmp_path / "assets" / "release-1a" / "search" / "b.js").write_bytes(random.Random(2).randbytes(20_000))  # noqa: S311
    assert first_word(tmp_path) > weight.SEARCH


def noise(kilobytes: float) -> str:
    """Text that takes about so many kB compressed."""
    letters = string.ascii_letters + string.digits + "+-"
    return "".join(random.Random(1).choices(letters, k=int(kilobytes * 1000 / 0.75)))  # noqa: S311 - not a secret


def made(folder: Path, head: str = "", text: str = "Words.", **files: str) -> Path:
    """Write a site of three pages, two of them light."""
    for page in ("", "light/", "chapter/"):
        (folder / page).mkdir(parents=True, exist_ok=True)
        body = PAGE.format(head=head, text=text) if page == "chapter/" else PAGE.format(head="", text="Words.")
        (folder / page / "index.html").write_text(body, "utf-8")
    for name, content in files.items():
        file = folder / name.replace("_", ".")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, "utf-8")
    return folder


def test_a_light_site_keeps_every_budget(tmp_path: Path) -> None:
    script = '<script type="module" src="../own.js"></script><link rel="icon" href="data:,"><link rel="canonical" href="https://example.org/">'
    assert weight.over_budget(made(tmp_path, script, noise(20), own_js=noise(10))) == []


@pytest.mark.parametrize(
    ("head", "text", "files", "fault"),
    [
        ("", noise(36), {}, "kB before the first paint, over 34"),
        ('<link rel="stylesheet" href="../x.css">', noise(27), {"x_css": noise(8)}, "before the first paint, over 34"),
        ('<script src="../x.js"></script>', noise(27), {"x_js": noise(8)}, "before the first paint, over 34"),
        ('<link rel="preload" href="../x.txt">', "", {"x_txt": noise(13)}, "kB beside its HTML, over 12"),
        ("", '<img src="../x.txt" alt="">', {"x_txt": noise(13)}, "kB beside its HTML, over 12"),
        ("", "".join(f'<img src="{n}.png">' for n in range(6)), {}, "chapter/: 7 requests, over 6"),
        ("", '<img src="https://example.org/i.png">', {}, "chapter/: asks elsewhere, https://example.org/i.png"),
        ('<link rel="preconnect" href="//example.org">', "", {}, "chapter/: asks elsewhere, http://example.org"),
        ("", '<img srcset="a.png 1x, https://example.org/b.png 2x">', {}, "asks elsewhere, https://example.org/b.png"),
        ("", "", {"own_js": noise(13)}, "kB of scripts, over 12"),
        ("", "", {"assets/javascripts/enlarge_js": noise(4)}, "kB to enlarge a picture, over 3"),
    ],
    ids=[
        "text",
        "style",
        "script",
        "preload",
        "image",
        "requests",
        "elsewhere",
        "preconnect",
        "srcset",
        "scripts",
        "enlarge",
    ],
)
def test_a_page_over_budget_is_seen(tmp_path: Path, head: str, text: str, files: dict[str, str], fault: str) -> None:
    faults = weight.over_budget(made(tmp_path, head, text, **files))
    assert len(faults) == 1, faults
    assert fault in faults[0]


def test_late_scripts_have_a_budget_of_their_own(tmp_path: Path) -> None:
    site = made(tmp_path)
    late = site / "assets" / "javascripts" / "late" / "own.js"
    late.parent.mkdir(parents=True)
    late.write_text(noise(11), "utf-8")
    assert weight.over_budget(site) == []
    late.write_text(noise(13), "utf-8")
    assert (
        [fault for fault in weight.over_budget(site) if "kB of late scripts, over 12" in fault]
        == weight.over_budget(site)
        != []
    )


def test_a_heavy_median_is_seen(tmp_path: Path) -> None:
    site = made(tmp_path, text=noise(33))
    (site / "light" / "index.html").write_text((site / "chapter" / "index.html").read_text("utf-8"), "utf-8")
    assert weight.over_budget(site)[-1].endswith("kB for the median page, over 32")


def test_a_list_may_be_long_and_may_not_wait_for_a_style(tmp_path: Path) -> None:
    path = weight.LISTS[0]
    (tmp_path / path).mkdir(parents=True)
    for light in ("one", "two"):  # the median of all pages is a budget of its own
        (tmp_path / light).mkdir()
        (tmp_path / light / "index.html").write_text(PAGE.format(head="", text=""), "utf-8")
    for head, faults in (
        ("", []),
        ('<link rel="stylesheet" href="x.css">', [f"{path}: its paint waits for more than its HTML"]),
    ):
        (tmp_path / path / "x.css").write_text("a {}", "utf-8")
        (tmp_path / path / "index.html").write_text(PAGE.format(head=head, text=noise(36)), "utf-8")
        assert weight.over_budget(tmp_path) == faults
