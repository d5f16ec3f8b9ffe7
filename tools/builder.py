"""The builder behind the live guide: a process with everything loaded, which builds only what a change changes.

`tools/serve.py` starts it with a folder, asks for each build by a line, and gets a line of JSON: what is wrong
(`faults`, '' for nothing) and how many pages were built. It ends when its input does, and is started anew when code or
settings have changed.

The engine builds into `built`, finished pages stand in `site`, from where they are served, and a file is written as
`part` before it takes its place there. What is made of all pages together (short addresses, plans, search) takes
seconds, so a process of its own makes it after the pages; the next change ends that.
"""

from __future__ import annotations

import contextlib
import gc
import json
import logging
import os
import signal
import sys
import traceback
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import jinja2  # noqa: E402
from mkdocs.commands import build as mkdocs  # noqa: E402
from mkdocs.config import load_config  # noqa: E402
from mkdocs.config.defaults import MkDocsConfig  # noqa: E402
from mkdocs.exceptions import MkDocsException  # noqa: E402
from mkdocs.plugins import BasePlugin  # noqa: E402
from mkdocs.structure.files import Files  # noqa: E402
from mkdocs.structure.nav import Navigation  # noqa: E402
from mkdocs.structure.pages import Page  # noqa: E402

import macros.views  # noqa: E402, F401 - registers the macros, which the catalog knows pages by
from macros import render_cache  # noqa: E402
from macros.catalog import catalog  # noqa: E402
from macros.catalog.catalog import Catalog  # noqa: E402
from macros.catalog.diagnostics import GuideError  # noqa: E402
from macros.catalog.source_file import source_files  # noqa: E402
from macros.finish import draft  # noqa: E402
from macros.finish.accessible import accessible  # noqa: E402
from macros.finish.drawings import FOLDER as DRAWINGS  # noqa: E402

DOCS, THEME = ROOT / "docs", ROOT / "overrides"
NOT_FOUND = "404.html"
STANDS_BACK = 10  # how far what is made after the pages stands back behind what somebody waits for

Stamps = dict[str, tuple[int, int]]  # time and size of files, by path
Made = tuple[str, dict[str, str]]  # what a page is made from: its source, and what its macros show


class BuildError(Exception):
    """The guide has faults; carries them in words, for whoever writes it."""


class Engine(NamedTuple):
    """The engine after a whole build: its settings, the files and pages it knows, and its templates."""

    config: MkDocsConfig
    files: Files
    nav: Navigation
    templates: jinja2.Environment

    @property
    def pages(self) -> dict[str, Page]:
        """Every page by its path below docs/."""
        return {file.src_uri: file.page for file in self.files.documentation_pages() if file.page is not None}


class _Looker(BasePlugin):  # type: ignore[type-arg]
    """Sees what the engine gathers for a build."""

    def on_nav(self, nav: Navigation, **_: Any) -> None:
        """Take the navigation."""
        self.nav = nav

    def on_env(self, env: jinja2.Environment, *, files: Files, **_: Any) -> None:
        """Take the templates and the files."""
        self.templates, self.files = env, files


class Builder:
    """Builds the guide at ROOT into `folder`/site: all of it at first, then what has changed."""

    def __init__(self, folder: Path) -> None:
        self.built, self.served, self.part = folder / "built", folder / "site", folder / "part"
        self.later = 0  # the process that makes what is made of all pages together
        self._forget()

    def _forget(self) -> None:
        """Let the next build be a whole one."""
        self.engine: Engine | None = None
        self.made: dict[str, Made] = {}  # by page, as it is served
        self.frame: object = None
        self.sources: Stamps = {}  # files of docs/ that are no pages
        self.around: draft.Around | None = None
        self.drawings: dict[str, set[str]] = {}  # by page

    def build(self) -> int:
        """Build what has changed; return how many pages that were. Raises BuildError."""
        self.stop_later()
        try:
            guide = catalog.load(ROOT)
            shown = render_cache.render(guide, render_cache.today())
            render_cache.hold(shown)
            sources = {path: _stamp(file) for file, path in source_files(DOCS) if file.suffix != ".md"}
            if self.engine and self.engine.pages.keys() == guide.pages.keys() and self.sources.keys() == sources.keys():
                changed = self._build_changed(self.engine, guide, shown, sources)
            else:
                changed = self._build_all(guide, shown, sources)
        except GuideError as error:
            raise BuildError(str(error)) from None
        except BuildError:
            raise
        except Exception:
            self._forget()
            raise BuildError(traceback.format_exc()) from None
        self._start_later(guide)
        return changed

    def _build_all(self, guide: Catalog, shown: render_cache.Rendered, sources: Stamps) -> int:
        """Build and serve everything, as `mkdocs build --strict` does it."""
        self._forget()
        looker = _Looker()
        with _strictly():
            config = load_config(str(ROOT / "mkdocs.yml"), strict=True, site_dir=str(self.built))
            config.plugins["looker"] = looker
            config.plugins.on_startup(command="build", dirty=False)
            mkdocs.build(config)
        engine = Engine(config, looker.files, looker.nav, looker.templates)
        self._finish(guide, engine, engine.pages)
        self._put_all(engine)
        self.engine, self.sources, self.frame = engine, sources, _frame(engine)
        self.made = {path: _made(page, shown) for path, page in engine.pages.items()}
        gc.freeze()  # what was loaded stays: to look through it for garbage at every build takes long
        return len(self.made)

    def _build_changed(self, engine: Engine, guide: Catalog, shown: render_cache.Rendered, sources: Stamps) -> int:
        """Build and serve the pages whose own text changed; all of them where what stands around it did."""
        pages = engine.pages
        made = {path: _made(page, shown) for path, page in pages.items()}
        changed = {path for path in pages if self.made.get(path) != made[path]}
        for path in changed:
            self.made.pop(path, None)  # built again and again until it is served
        with _strictly():
            for path in changed:
                mkdocs._populate_page(pages[path], engine.config, engine.files)
            for page in pages.values():
                page.validate_anchor_links(files=engine.files, log_level=logging.WARNING)
            if (frame := _frame(engine)) != self.frame:
                changed = set(pages)
                engine.templates.cache.clear()  # type: ignore[union-attr]
                mkdocs._build_theme_template(NOT_FOUND, engine.templates, engine.files, engine.config, engine.nav)
                self._put_not_found()
            every = engine.files.documentation_pages()
            for path in changed:
                mkdocs._build_page(pages[path], engine.config, every, engine.nav, engine.templates)
        for path, stamp in sources.items():
            if self.sources[path] != stamp and (file := engine.files.get_file_from_path(path)):
                file.copy_file()
                self._put(path, (self.built / path).read_bytes())
        self._finish(guide, engine, changed)
        self.made.update({path: made[path] for path in changed})
        self.sources, self.frame = sources, frame
        return len(changed)

    def _finish(self, guide: Catalog, engine: Engine, paths: Iterable[str]) -> None:
        """Serve these pages as `macros finish --draft` leaves them; every page where what they are finished with changed."""
        pages, around = engine.pages, draft.around(guide, self.built)
        for path in paths if around == self.around else pages:
            name = pages[path].file.dest_uri
            text = (self.built / name).read_text("utf-8")
            page, drawings = draft.finish_page(text, guide.pages[path].url, around)
            self._put(name, page.encode())
            for drawing, svg in drawings:
                self._put(drawing, svg.encode())
            self.drawings[path] = {drawing for drawing, _ in drawings}
        self.around = around
        self._keep_only(DRAWINGS, set().union(*self.drawings.values()))

    def _put_all(self, engine: Engine) -> None:
        """Serve what else the engine has built, and nothing that an earlier build left."""
        pages = {page.file.dest_uri for page in engine.pages.values()}
        names = {file.relative_to(self.built).as_posix() for file in self.built.rglob("*") if file.is_file()}
        for name in names - pages - {NOT_FOUND}:
            self._put(name, (self.built / name).read_bytes())
        self._put_not_found()
        made_later = {name for folder in (DRAWINGS, *draft.FOLDERS) for name in self._names(folder)}
        self._keep_only("", names | made_later)

    def _put_not_found(self) -> None:
        self._put(NOT_FOUND, accessible((self.built / NOT_FOUND).read_text("utf-8")).encode())

    # -- what is made of all pages together -----------------------------------------------------------

    def _start_later(self, guide: Catalog) -> None:
        """Make, in a process of its own, what is made of all pages together."""
        self.later = os.fork()
        if self.later:
            return
        try:
            os.nice(STANDS_BACK)
            self.part = self.part.with_name("later")
            names = {page.file.dest_uri for page in self.engine.pages.values()} if self.engine else set()
            for name, content in draft.files_beside(guide, self.served):
                self._put(name, content)
                names.add(name)
            for folder in draft.FOLDERS:
                self._keep_only(folder, names)
        except BaseException:
            _answer(later=traceback.format_exc())
        finally:
            os._exit(0)

    def stop_later(self) -> None:
        """End that process; what it has not made is made after the next build."""
        if self.later:
            os.kill(self.later, signal.SIGKILL)
            os.waitpid(self.later, 0)
            self.later = 0

    # -- the folder that is served --------------------------------------------------------------------

    def _put(self, name: str, content: bytes) -> None:
        """Serve this as `name`: all of it or what was there before."""
        file = self.served / name
        try:
            if file.read_bytes() == content:
                return
        except OSError:
            file.parent.mkdir(parents=True, exist_ok=True)
        self.part.write_bytes(content)
        self.part.replace(file)

    def _names(self, folder: str) -> list[str]:
        found = (self.served / folder).rglob("*")
        return [file.relative_to(self.served).as_posix() for file in found if not file.is_dir()]

    def _keep_only(self, folder: str, names: set[str]) -> None:
        """Serve nothing of `folder` but these."""
        for name in set(self._names(folder)) - names:
            file = self.served / name
            file.unlink()
            with contextlib.suppress(OSError):  # it is not empty
                file.parent.rmdir()


@contextlib.contextmanager
def _strictly() -> Iterator[None]:
    """Raise BuildError for what the engine warns of, and for what ends its build."""
    said: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger("mkdocs").addHandler(handler)
    try:
        yield
    except (MkDocsException, SystemExit) as error:
        raise BuildError("\n".join(said) or str(error)) from None
    except jinja2.TemplateError as error:
        raise BuildError(_of_template(error)) from None
    except Exception:
        raise BuildError("\n".join([*said, traceback.format_exc()])) from None
    finally:
        logging.getLogger("mkdocs").removeHandler(handler)
    if said:
        raise BuildError("\n".join(said))


def _stamp(file: Path) -> tuple[int, int]:
    at = file.stat()
    return at.st_mtime_ns, at.st_size


def _of_template(error: jinja2.TemplateError) -> str:
    """Return what is wrong with a template, with its file and line."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        file, line = error.filename or error.name or "a template", error.lineno
    else:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".html")]
        file, line = (frames[-1].filename, frames[-1].lineno or 0) if frames else ("a template", 0)
    return f"{os.path.relpath(file, ROOT) if os.path.isabs(file) else file}:{line}: {error.message or type(error).__name__}"


def _made(page: Page, shown: render_cache.Rendered) -> Made:
    return page.file.content_string, shown[render_cache.page_key(page.url)]


def _frame(engine: Engine) -> object:
    """What stands around the text of every page: the names of pages in the navigation, and the templates."""
    titles = [str(page.title) for page in engine.nav.pages]
    return titles, {path: _stamp(file) for file, path in source_files(THEME)}


def _answer(**what: Any) -> None:
    os.write(ANSWERS, (json.dumps(what) + "\n").encode())


def main() -> None:
    """Build once for each line read, until there are no more."""
    builder = Builder(Path(sys.argv[1]))
    for _ in sys.stdin:
        try:
            _answer(faults="", pages=builder.build())
        except BuildError as faults:
            _answer(faults=str(faults).strip(), pages=0)
    builder.stop_later()


if __name__ == "__main__":
    # What anything below prints is no answer.
    ANSWERS = os.dup(1)
    os.dup2(2, 1)
    main()
