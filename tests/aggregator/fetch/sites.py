"""A whole site whose members blog on a server of the tests: fetched and built by the same steps as the commands."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from jisr.aggregator.config.fetch_context import FetchOptions
from jisr.aggregator.pipeline import run_fetch
from jisr.build.build import build_site as build
from jisr.build.options import Options
from jisr.cli.commands import run_with_site
from jisr.core.diagnostics.problems import Problem
from tests.aggregator.fetch.blogs import Blogs

ROOT = Path(__file__).resolve().parents[3]
NOW = "1793491200"  # 1 November 2026
SETTINGS = """import sys
sys.path.insert(0, {root!r})
from tests.sites.settings import *
FETCH_ALLOW_HOSTS = ("127.0.0.1:{port}",)
FETCH_REPORT = ".cache/fetch/report.json"
"""


@dataclass
class Network:
    """A folder with settings and content; commands run in it."""

    root: Path
    blogs: Blogs

    def __post_init__(self) -> None:
        """Write the settings."""
        (self.root / "conf.py").write_text(SETTINGS.format(root=str(ROOT), port=self.blogs.port), "utf-8")

    def set(self, line: str) -> None:
        """Add a line to the settings."""
        file = self.root / "conf.py"
        file.write_text(f"{file.read_text('utf-8')}{line}\n", "utf-8")

    def join(self, member: str, path: str, tag: str = "en", **fields: str) -> None:
        """Let somebody become a member, whose feed is at a path of the server."""
        said = {
            "title": f"Blog of {member}",
            "feed": self.blogs.url(path),
            "site": f"https://{member}.example.org/",
            "republish": "full",
            "consent": "2026-01-01",
            **fields,
        }
        file = self.root / "content" / "members" / member / f"index.{tag}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("---\n" + "".join(f"{name}: {value}\n" for name, value in said.items()) + "---\n\nA blog.\n", "utf-8")

    def leave(self, member: str) -> None:
        """Take a member out, as one commit does."""
        for kind in ("members", "posts"):
            shutil.rmtree(self.root / "content" / kind / member, ignore_errors=True)

    def fetch(self) -> list[str]:
        """Run ``inv fetch``, and give the problems that it tells."""
        told: list[Problem] = []
        with ThreadPoolExecutor(1) as thread:  # a browser's tests have an event loop in their own
            done = thread.submit(
                run_with_site,
                Options(settings="conf.py"),
                lambda context: run_fetch(context, FetchOptions(), lambda found, _: told.extend(found)),
            )
        assert done.result() == 0
        return [str(one) for one in told]

    def build(self) -> dict[str, bytes]:
        """Run ``inv build``, and give the files of the site."""
        assert build(Options(settings="conf.py")) == 0
        output = self.root / "output"
        return {file.relative_to(output).as_posix(): file.read_bytes() for file in sorted(output.rglob("*")) if file.is_file()}


def count(site: Mapping[str, bytes], folder: str) -> int:
    """Return how many pages stand right below a folder."""
    depth = folder.count("/") + 1
    return sum(one.startswith(folder) and one.endswith("/index.html") and one.count("/") == depth for one in site)
