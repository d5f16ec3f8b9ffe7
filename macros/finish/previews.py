"""Draws the preview images of pages and rows in processes of their own, while the site is finished in this one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from macros.catalog.catalog import Catalog
from macros.catalog.page import Page
from macros.finish.row_previews import draw_row, has_image
from macros.finish.row_words import RowWords, row_words
from macros.finish.site_pages import ROWS
from macros.finish.social_cards import NAME, chapters, draw

_WORTH = 200  # images, from which on processes of their own are quicker than this one
_AT_ONCE = 40  # images to a process at a time


class Job(NamedTuple):
    """An image to draw: of a page, in its chapters, or of a row; and its file."""

    of: Page | RowWords
    chapter: tuple[str, ...]
    file: Path


@contextmanager
def drawing(catalog: Catalog, site: Path) -> Iterator[Callable[[], int]]:
    """Begin to draw the image of every page below `site` and of every row that has one; give what waits and says how many.

    Each is written beside the page it is of, which others do not touch.
    """
    jobs = [
        Job(page, chapters((site / page.url / "index.html").read_text("utf-8")), site / page.url / NAME)
        for page in catalog.pages.values()
    ]
    jobs += [
        Job(row_words(catalog, id), (), site / ROWS / id / NAME) for id in catalog.entries if has_image(catalog, id)
    ]
    if len(jobs) < _WORTH:
        for job in jobs:
            draw_one(job)
        yield lambda: len(jobs)
        return
    # Started afresh, not forked: what the other steps loaded has threads of its own.
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as workers:
        drawn = workers.map(draw_one, jobs, chunksize=_AT_ONCE)
        try:
            yield lambda: sum(1 for _ in drawn)
        except BaseException:
            workers.shutdown(cancel_futures=True)
            raise


def draw_one(job: Job) -> None:
    """Write the image of one row or page, in a folder that another step may not have made yet."""
    job.file.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(job.of, Page):
        draw(job.of, job.chapter).save(job.file)
    else:
        draw_row(job.of).save(job.file, compress_level=4)
