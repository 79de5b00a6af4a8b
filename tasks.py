"""The commands: ``inv --list`` shows them, ``inv --help build`` explains one. Those of a site come from the package."""

import os
import sys

from invoke import Context

from jisr.build.options import Options
from jisr.cli.site_tasks import *  # noqa: F403 (invoke offers what stands here)
from jisr.cli.tasks import exit_with, task

PYTHON = f'"{sys.executable}" -m'
# A file of tests stays on one worker: it opens one browser and reads one site. tests/conftest.py puts slow files first.
# One worker more than there are processors: a test of a page or a server waits for a part of its time.
PYTEST = f"{PYTHON} pytest -n {(os.cpu_count() or 1) + 1} --dist loadfile --no-loadscope-reorder"


@task(thorough="also what takes long: kills, long random sequences, further languages, tests of tests")
def test(c: Context, thorough: bool = False) -> None:
    """Check style and types, then run the tests, one file more at once than there are processors."""
    checks = [f"{PYTHON} ruff check .", f"{PYTHON} ruff format --check .", f"{PYTHON} mypy"]
    failed = [command for command in checks if not c.run(command, warn=True)]
    tested = c.run(PYTEST if thorough else f'{PYTEST} -m "not thorough"', warn=True)
    exit_with(1 if failed or not tested else 0)


@task()
def coverage(c: Context) -> None:
    """Run all tests, the thorough ones too, and fail where they reach too little of the code; it takes twice their time."""
    exit_with(0 if c.run(f"{PYTEST} --cov --cov-report=term", warn=True) else 1)


@task(
    texts="how many texts, each in four languages (1000); for --growth several, in quotes (250 1000 2500)",
    times="how often each is run",
    growth="first builds at several sizes, and how their cost grows",
    chart="an SVG file to write",
)
def bench(c, texts="", times="3", growth=False, chart=None):
    """Measure Jisr, and Hugo where it is installed, in turn on the same corpus."""
    asked = ["--times", times, *(["--texts", *texts.split()] if texts else []), *(["--growth"] if growth else [])]
    asked += ["--chart", chart] if chart else []
    done = c.run(" ".join([f'"{sys.executable}"', "-m", "tests.bench", *(f'"{one}"' for one in asked)]), warn=True)
    exit_with(0 if done else 1)


@task()  # type: ignore[no-redef] # of this repository, which has all catalogues
def messages(c, settings="pelicanconf.py"):
    """Bring the catalogues up to date with the messages of templates and code, one for each of LANGUAGES."""
    from pathlib import Path

    from jisr.build.guarded_run import run_with_settings
    from jisr.content.catalogs.extraction import update_catalogs
    from jisr.content.settings.settings import read_languages

    def work(values):
        for path in update_catalogs(Path(__file__).parent, read_languages(values, settings).tags):
            print(path)
        return 0

    exit_with(run_with_settings(Options(settings), {}, work))
