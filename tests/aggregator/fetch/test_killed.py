"""``kill -9`` at any moment of a run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.aggregator.fetch.blogs import Blogs, conditional, feed

pytestmark = pytest.mark.process  # what is killed is a process

ROOT = Path(__file__).resolve().parents[3]
SETTINGS = """import sys
sys.path.insert(0, {root!r})
from pelicanconf import *
SITENAME = "Test"
FETCH_ALLOW_HOSTS = ("127.0.0.1:{port}",)
"""
FETCH = """import sys
from jisr.aggregator.config.fetch_context import FetchOptions
from jisr.aggregator.pipeline import run_fetch
from jisr.cli.commands import run_with_site
from jisr.build.options import Options
from jisr.build.console.problem_report import report
sys.exit(run_with_site(Options(settings="conf.py"), lambda context: run_fetch(context, FetchOptions(), report)))
"""


def network(folder: Path, blogs: Blogs, count: int) -> None:
    """Write a site whose members blog on a server."""
    (folder / "conf.py").write_text(SETTINGS.format(root=str(ROOT), port=blogs.port), "utf-8")
    for number in range(count):
        blogs.at[f"/{number}"] = conditional(feed(1, 2, 3, 4, host=f"{number}.example.org"))
        file = folder / "content" / "members" / f"m{number}" / "index.ar.md"
        file.parent.mkdir(parents=True)
        file.write_text(
            f"---\ntitle: م{number}\nfeed: {blogs.url(f'/{number}')}\nrepublish: full\nconsent: 2026-01-01\n---\n", "utf-8"
        )


def fetch(folder: Path) -> subprocess.Popen[str]:
    """Begin ``inv fetch`` without invoke."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1793491200"}
    environment.pop("GITHUB_ACTIONS", None)
    return subprocess.Popen(
        [sys.executable, "-c", FETCH],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )


def texts(folder: Path) -> dict[str, bytes]:
    """Return all posts of a content folder."""
    files = sorted(folder.glob("content/posts/*/*/index.*.md"))
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


KILLED = """import os, signal, sys
from pathlib import Path
from tests.aggregator.fetch.blogs import Blogs
from tests.aggregator.fetch.network import Desks

folder, port, last = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
rename, count = Path.replace, 0

def replace(self, target):
    global count
    count += 1
    if count == last:
        os.kill(os.getpid(), signal.SIGKILL)
    return rename(self, target)

Path.replace = replace
desks = Desks(folder, Blogs(port=port))
for number in range(3):
    desks.join(f"m{number}", f"/{number}")
desks.run()
print(count)
"""


def run_until(folder: Path, blogs: Blogs, last: int) -> subprocess.CompletedProcess[str]:
    """Fetch in a process that is killed before a file takes its place, the so many-th; 0 lets it end."""
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", KILLED, str(folder), str(blogs.port), str(last)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.thorough
def test_a_run_that_is_killed_loses_nothing(tmp_path: Path, blogs: Blogs) -> None:
    """A run that is ended before any of its files leaves whole ones, and the next gives what one run would have given."""
    for number in range(3):
        blogs.at[f"/{number}"] = conditional(feed(1, 2, host=f"{number}.example.org"))
    done = run_until(tmp_path / "whole", blogs, 0)
    wanted = texts(tmp_path / "whole")
    assert len(wanted) == 6, done.stderr
    for last in range(1, int(done.stdout), 2):
        folder = tmp_path / str(last)
        assert run_until(folder, blogs, last).returncode == -signal.SIGKILL
        there = texts(folder)
        assert {path: wanted[path] for path in there} == there
        assert run_until(folder, blogs, 0).returncode == 0
        assert texts(folder) == wanted
        assert list((folder / "content").rglob("removed.yaml")) == []


def test_the_command_says_what_happened(tmp_path: Path, blogs: Blogs) -> None:
    """A run as editors see it: a table, one line for each failure, no traceback, and nothing the second time."""
    network(tmp_path, blogs, 3)
    blogs.at["/2"] = conditional(b"<html>")
    said, _ = (done := fetch(tmp_path)).communicate(timeout=120)
    assert done.returncode == 0
    assert "8 new posts" in said
    assert said.count("warning[fetch]") == 1
    assert f'content/members/m2/index.ar.md:3:7: warning[fetch]: "{blogs.url("/2")}" brought nothing: it is a web page' in said
    before = texts(tmp_path)
    again, _ = fetch(tmp_path).communicate(timeout=120)
    assert "2 answered, 0 failed, 1 left alone. 0 new posts" in again
    assert texts(tmp_path) == before
