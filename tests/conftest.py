"""What tests of pages share: the languages, the built sample site, and a browser.

``JISR_SITE=folder pytest tests/site`` asks the same of a site that was built before, whatever its settings.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

from pelicanconf import LANGUAGES
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


def build(output: Path, root: Path = ROOT, environment: Mapping[str, str] | None = None, python: str = sys.executable) -> None:
    """Build the sample site of a folder as a process, with a fixed clock."""
    kept = {name: value for name, value in os.environ.items() if name != "GITHUB_ACTIONS"}
    done = subprocess.run(
        [python, "-m", "jisr.cli", "build", "--output", str(output)],
        cwd=root,
        env={**kept, "SOURCE_DATE_EPOCH": CLOCK, **(environment or {})},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    if done.returncode:
        pytest.fail(f"The sample site does not build:\n{done.stderr}", pytrace=False)


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
    """Give each language of the sample site in turn, by its tag."""
    return str(request.param)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Give the sample site, built once for all tests, or the site in the folder that JISR_SITE names."""
    if given := os.environ.get("JISR_SITE"):
        return Site.read(Path(given))
    output = tmp_path_factory.mktemp("sample") / "output"
    build(output)
    return Site.read(output)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give the machine's Chromium, which speaks to nobody by itself."""
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
