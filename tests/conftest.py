"""What tests of pages share: the languages, the built sample site, and a browser; and what their marks mean.

``JISR_SITE=folder pytest tests/site`` asks the same of a site that was built before, whatever its settings.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from pelicanconf import LANGUAGES
from tests import running
from tests.site.pages import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[1]
CLOCK = "1793491200"  # 1 November 2026: after every text and event of the sample
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox",  # a container has no sandbox of its own to give
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def lacking(what: str) -> NoReturn:
    """Skip a test for what a person's machine lacks; where CI is true, nothing may be lacking."""
    if os.environ.get("CI", "").lower() in ("true", "1"):
        pytest.fail(f"{what} is missing: install it, CI skips nothing.")
    pytest.skip(f"{what} is missing: this was not tested.")


STARTS = {"subprocess.Popen", "os.exec", "os.forkpty", "os.posix_spawn", "os.spawn", "os.startfile", "os.system"}
ALLOWED = ("process", "browser")  # marks of tests that may start a process
DAILY = ("ckb", "kmr")  # a language from right to left and one from left to right: in a browser the others are thorough
Once = Callable[[str, Callable[[Path], object]], Path]


class Watch:
    """Whether the test that runs may start a process: one that may not fails where it does (PEP 578)."""

    item: pytest.Item | None = None

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        """Look at what Python is about to do."""
        if event in STARTS and self.item is not None and not any(map(self.item.get_closest_marker, ALLOWED)):
            pytest.fail(f"{self.item.nodeid} starts a process ({arguments[0]}) and is not marked so.")


WATCH = Watch()
sys.addaudithook(WATCH)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Watch each test from its fixtures on."""
    WATCH.item = item
    try:
        return (yield)
    finally:
        WATCH.item = None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what uses a browser; let files of slow tests come first, so that workers that take whole files end together."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
            if not _is_daily(item):
                item.add_marker(pytest.mark.thorough)
    slow = {mark: {item.path for item in items if item.get_closest_marker(mark)} for mark in ALLOWED}
    items.sort(key=lambda item: (item.path not in slow["browser"], item.path not in slow["process"]))


def _is_daily(item: pytest.Item) -> bool:
    """Whether a test in a browser is of one of DAILY (a costly one of the first), or of none; what lists its own keeps all."""
    lists = any("language" in str(mark.args[0]) for mark in item.iter_markers("parametrize"))
    callspec = getattr(item, "callspec", None)
    daily = DAILY[:1] if item.get_closest_marker("costly") else DAILY
    return lists or callspec is None or callspec.params.get("language", DAILY[0]) in daily


def daily(values: Iterable[Any], *some: Any) -> list[Any]:
    """Return the values of a parameter, of which all but some are thorough: each costs long, and few show most.

    A tuple has those of several parameters.
    """
    return [
        one if one in some else pytest.param(*(one if isinstance(one, tuple) else (one,)), marks=pytest.mark.thorough)
        for one in values
    ]


def build(output: Path, environment: Mapping[str, str] | None = None) -> None:
    """Build the sample site with a fixed clock."""
    stated = {**running.clean_environment(SOURCE_DATE_EPOCH=CLOCK), **(environment or {})}
    done = running.engine("build", "--output", str(output), folder=ROOT, environment=stated)
    if done.returncode:
        pytest.fail(f"The sample site does not build:\n{done.stderr}", pytrace=False)


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Return a function that fills a folder by its name once in a run of tests, whichever worker needs it first."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base  # each worker has a folder in that of the run

    def once(name: str, make: Callable[[Path], object]) -> Path:
        folder = shared / f"once-{name}"
        with folder.with_suffix(".lock").open("a+", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            lock.seek(0)
            if not lock.read():
                shutil.rmtree(folder, ignore_errors=True)  # of a worker that failed
                folder.mkdir()
                make(folder)
                lock.write("made")
        return folder

    return once


def copy_repository(folder: Path) -> None:
    """Fill a folder with the files of the repository as a clone has them, with what was not committed yet; tests stay away."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    for path in (one for one in listed.stdout.split("\0") if one and not one.startswith("tests/") and (ROOT / one).is_file()):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / path, folder / path)


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    """Return each language of the sample site in turn, by its tag."""
    return str(request.param)


@pytest.fixture(scope="session")
def site(built_once: Once) -> Site:
    """Return the sample site, built once for all tests, or the site in the folder that JISR_SITE names."""
    if given := os.environ.get("JISR_SITE"):
        return Site.read(Path(given))
    return Site.read(built_once("sample", lambda folder: build(folder / "output")) / "output")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return the machine's Chromium, which speaks to nobody by itself."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        lacking("Chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        lacking("playwright (the extra named browser)")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=list(QUIET))
        yield chromium
        chromium.close()
