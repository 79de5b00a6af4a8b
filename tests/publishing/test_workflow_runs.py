"""The jobs that publish and that fetch blogs, run here with their own commands, against a git host in a folder."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from pelicanconf import LANGUAGES
from tests.aggregator.fetch.blogs import Blogs, conditional, feed
from tests.conftest import lacking
from tests.publishing.githost import Host, Run

pytestmark = pytest.mark.process  # workflows are run as their hosts run them: bash, git, commands in clones

MEMBER = "dijla-notes"
POSTS = f"content/posts/{MEMBER}"
FEED = feed(1, host="dijla.example.org")
CHANGED = FEED.replace("القوارب".encode(), "الطيور".encode())
BUILT = "Build, check and seal"


@pytest.fixture
def host(tmp_path: Path) -> Host:
    """Return a host that has this repository, where nothing waits for the HTML checker: its workflow installs none."""
    for program in ("git", "bash", "sha256sum"):
        if shutil.which(program) is None:
            lacking(program)
    host = Host(tmp_path)
    state(host, "publishconf.py", "CHECK_HTML = False")
    state(host, "publishconf.py", "BUNDLES = ()")  # tests/outputs/offline asks for them
    host.push("A network")
    return host


@pytest.fixture
def blogs(host: Host) -> Iterator[Blogs]:
    """Return the server of the one member that blogs."""
    with Blogs() as server:
        for file in host.checkout.glob("content/members/*/index.*.md"):
            lines = file.read_text("utf-8").splitlines(keepends=True)
            file.write_text("".join(line for line in lines if not line.startswith(("feed:", "site:"))), "utf-8")
        original = host.checkout / f"content/members/{MEMBER}/index.ar.md"
        text = original.read_text("utf-8")
        original.write_text(text.replace("---\n", f"---\nfeed: {server.url('/feed')}\n", 1), "utf-8")
        state(host, "pelicanconf.py", f'FETCH_ALLOW_HOSTS = ("127.0.0.1:{server.port}",)')
        host.push("One blog")
        yield server


def state(host: Host, settings: str, line: str) -> None:
    """Add a line to a settings file in the checkout."""
    file = host.checkout / settings
    file.write_text(f"{file.read_text('utf-8')}{line}\n", "utf-8")


def fetched(host: Host) -> Run:
    """Ask the blogs, a day after the last time; that ends well."""
    host.day += 1
    run = host.run("blogs.yml", "fetch")
    assert run.is_good, (run.ended, run.log)
    return run


@pytest.mark.thorough  # a whole job
def test_a_push_is_published_whole_or_not_at_all(host: Host) -> None:
    """A push is served with its checksums, reported by language, adds its addresses to main; an error changes nothing."""
    run = host.run("site.yml", "publish")
    assert run.is_good, (run.ended, run.log)
    assert all((host.served / tag / "index.html").is_file() for tag in LANGUAGES)
    subprocess.run(["sha256sum", "--check", "--quiet", "--strict", "SHA256SUMS"], cwd=host.served, check=True, timeout=60)
    assert (host.served / ".well-known").is_dir()
    assert [tag for tag in LANGUAGES if not re.search(rf"^\| .*\({tag}\) \| [1-9]", run.summary, re.MULTILINE)] == []
    assert f"{len(list(host.served.rglob('*.html')))} pages, " in run.summary
    noted = ["Ledger of addresses: Addresses that were published", "published.txt\n"]
    assert host.show("show", "--format=%an: %s", "--name-only", "main").split("\n\n") == noted
    assert {"/", "/ckb/"} <= set(host.show("show", "main:published.txt").splitlines())

    host.pull()
    file = host.checkout / "content/statements/2012-first-bloggers-conference/index.ckb.md"
    file.write_text(file.read_text("utf-8").replace("---\n", "---\ncolour: سوور\n", 1), "utf-8")
    host.push("A fault")
    pushed, served = host.show("rev-parse", "main"), (host.served / "SHA256SUMS").stat()
    run = host.run("site.yml", "publish")
    assert run.ended == {"bash .ci/byte-code": 0, BUILT: 1, "Summary": 0}
    assert ("colour" in run.log, "colour" in run.summary) == (True, True)
    assert (host.show("rev-parse", "main"), (host.served / "SHA256SUMS").stat()) == (pushed, served)


@pytest.mark.thorough  # a whole job, as the other one is
def test_new_posts_are_proposed_once(host: Host, blogs: Blogs) -> None:
    """A new post is one proposal, and no second the next day; what changes is proposed anew; what main removed stays away."""
    blogs.at["/feed"] = conditional(FEED)
    before = host.files("main", POSTS)
    first = fetched(host)
    [post] = host.files("blogs", POSTS) - before
    assert "القوارب" in host.show("show", f"blogs:{post}")
    assert [(one["head"], one["state"]) for one in host.proposals] == [("blogs", "open")]
    assert host.files("main", POSTS) == before
    assert (first.folder / f".cache/fetch/{MEMBER}.json").is_file()
    assert MEMBER in first.summary

    proposed = host.show("rev-parse", "blogs")
    fetched(host)
    assert "if-none-match" in blogs.requests("/feed")[-1].headers
    assert (host.show("rev-parse", "blogs"), len(host.proposals)) == (proposed, 1)

    host.merge("blogs")
    blogs.at["/feed"] = conditional(CHANGED, '"two"', "Mon, 02 Nov 2026 12:00:00 GMT")
    fetched(host)
    assert "الطيور" in host.show("show", f"blogs:{post}")
    assert host.show("rev-parse", "blogs~") == host.show("rev-parse", "main")
    assert [one["state"] for one in host.proposals] == ["merged", "open"]

    shutil.rmtree((host.checkout / post).parent)
    host.push("Not here")
    fetched(host)
    assert host.show("diff", "--name-only", "main", "blogs").split() == [f"{POSTS}/removed.yaml"]
    assert len(host.proposals) == 2
