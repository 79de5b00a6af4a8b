"""Whole runs: from a server's answers to files, memory and report."""

from __future__ import annotations

import gzip
import subprocess
import time
from dataclasses import replace
from pathlib import Path

import pytest

from jisr.aggregator.config.fetch_context import FetchOptions
from jisr.aggregator.model import CurationRule, FeedSource
from jisr.aggregator.report.run_report import format_table, report_problems, summarize
from tests.aggregator.fetch import blogs as web
from tests.aggregator.fetch.blogs import Blogs, answer, conditional, feed, redirect
from tests.aggregator.fetch.network import Desks

pytestmark = pytest.mark.process  # feeds are read by processes of their own, as plugins/jisr/aggregator/README.md says


@pytest.mark.parametrize("tongue", ["ar", "ckb", "fr"])
def test_posts_arrive(desks: Desks, blogs: Blogs, tongue: str) -> None:
    """A feed's posts are files in their language."""
    blogs.at["/feed"] = answer(feed(1, 2, tongue=tongue))
    desks.join("penus", "/feed")
    row = desks.run()["penus"]
    assert (row.result.outcome, row.count_changes("added"), row.item_count) == ("new", 2, 2)
    assert list(desks.posts()) == [f"penus/post-{number}/index.{tongue}.md" for number in (1, 2)]


def test_a_second_run_asks_conditionally_and_changes_nothing(desks: Desks, blogs: Blogs) -> None:
    """Where nothing is new, nothing is sent and no byte of the content changes."""
    for member in ("one", "two", "three"):
        blogs.at[f"/{member}"] = conditional(feed(1, 2, 3, host=f"{member}.example.org"))
        desks.join(member, f"/{member}")
    desks.run()
    before = desks.posts()
    assert len(before) == 9
    blogs.asked.clear()
    desks.later(hours=6)
    rows = desks.run()
    assert [row.result.status for row in rows.values()] == [304, 304, 304]
    assert all("if-none-match" in request.headers and "if-modified-since" in request.headers for request in blogs.asked)
    assert all(row.changes == () for row in rows.values())
    assert desks.posts() == before


def test_without_its_memory_a_run_changes_nothing(desks: Desks, blogs: Blogs) -> None:
    """The memory costs requests, not posts."""
    blogs.at["/feed"] = conditional(feed(1, 2, 3))
    desks.join("penus", "/feed")
    desks.run()
    before = desks.posts()
    (desks.root / ".cache" / "fetch" / "penus.json").unlink()
    desks.later(days=2)
    assert desks.run()["penus"].changes == ()
    assert desks.posts() == before


def test_hostile_members_change_nothing_of_others(desks: Desks, blogs: Blogs) -> None:
    """Of fifty members five hang and more misbehave: the others' posts arrive in time, and each failure is one line."""
    bad: list[web.Behave] = [web.hang, web.hang, web.hang, web.drip, web.drip_head, web.endless, web.hang_up, web.babble]
    bad += [answer(gzip.compress(b"0" * 50_000_000), Content_Encoding="gzip"), redirect("http://10.0.0.1/"), answer(b"<rss>")]
    for number, behave in enumerate(bad):
        blogs.at[f"/bad{number}"] = behave
        desks.join(f"bad{number}", f"/bad{number}")
    for number in range(50 - len(bad)):
        blogs.at[f"/good{number}"] = answer(feed(number, host=f"{number}.example.org"), after=0.05)
        desks.join(f"good{number}", f"/good{number}")
    began = time.monotonic()
    rows = desks.run()
    assert time.monotonic() - began < 20
    assert len(desks.posts()) == 50 - len(bad)
    failed = [row for row in rows.values() if row.result.outcome == "failed"]
    assert len(failed) == len(bad)
    lines = [str(problem) for problem in report_problems(list(rows.values()), "content")]
    assert len(lines) == len(bad)
    reasons = {row.result.reason for row in failed}
    assert all("\n" not in line and "warning[fetch]" in line and any(one in line for one in reasons) for line in lines)


def test_many_members_of_slow_hosts_do_not_outlast_the_run(desks: Desks, blogs: Blogs) -> None:
    """The time of a run is for all members together; who had no turn is asked next time, and has not failed."""
    for number in range(150):
        blogs.at[f"/{number}"] = web.hang
        desks.join(f"m{number}", f"/{number}")
    desks.seconds = 2
    began = time.monotonic()
    rows = desks.run()
    assert time.monotonic() - began < 20
    reasons = {row.result.reason for row in rows.values()}
    assert reasons == {
        "it did not answer within 1 seconds",
        "there was no time left to ask it, since others of its host were slow",
    }
    late = next(row for row in rows.values() if row.result.outcome == "waiting")
    assert late.state.failures == 0
    assert late.state.retry_at is None


NO_FEED = {
    "down": web.hang_up,
    "missing": answer(b"", status=404),
    "gone": answer(b"", status=410),
    "without posts": answer(b"<rss><channel/></rss>"),
    "a page": answer(b"<html>log in"),
    "empty": answer(b""),
}


@pytest.mark.parametrize("then", NO_FEED)
def test_nothing_is_lost_when_a_blog_is(desks: Desks, blogs: Blogs, then: str) -> None:
    """A blog that is down, gone, empty or a login page keeps its posts."""
    blogs.at["/feed"] = answer(feed(1, 2, 3))
    desks.join("penus", "/feed")
    desks.run()
    before = desks.posts()
    blogs.at["/feed"] = NO_FEED[then]
    desks.later(days=1)
    desks.run()
    assert desks.posts() == before
    assert len(before) == 3


def test_a_blog_that_is_gone_is_not_asked_again(desks: Desks, blogs: Blogs) -> None:
    """After a 410 nobody asks until its member's file says another address; each run says so."""
    blogs.at |= {"/feed": answer(b"", status=410), "/other": answer(feed(1))}
    desks.join("penus", "/feed")
    assert desks.run()["penus"].result.outcome == "gone"
    desks.later(days=300)
    row = desks.run()["penus"]
    assert row.result.outcome == "gone"
    assert "2026-11-01" in str(*report_problems([row], "content"))
    assert len(blogs.asked) == 1
    desks.sources.clear()
    (desks.root / "content/members/penus/index.ar.md").unlink()
    (desks.root / "content/members/penus").rmdir()
    desks.join("penus", "/other")
    assert desks.run()["penus"].count_changes("added") == 1


def test_failures_back_off(desks: Desks, blogs: Blogs) -> None:
    """A blog that fails is asked after an hour, then after hours, then after days; an answer ends that."""
    blogs.at["/feed"] = web.hang_up
    desks.join("penus", "/feed")
    asked = []
    for hour in range(24 * 20):
        count = len(blogs.asked)
        if desks.memory("penus").backoff_reason(desks.now) == "":
            desks.run()
        asked += [hour] if len(blogs.asked) > count else []
        desks.later(hours=1)
    assert asked == [0, 1, 3, 7, 15, 39, 87, 183, 351]
    blogs.at["/feed"] = answer(feed(1))
    desks.later(days=7)
    assert desks.run()["penus"].state.failures == 0


def test_a_move_is_proposed_at_once_and_believed_on_another_day(desks: Desks, blogs: Blogs) -> None:
    """A permanent redirect is told to editors; the new address is asked once it was seen on two days."""
    blogs.at |= {"/old": redirect("/new", 301), "/new": answer(feed(1))}
    desks.join("penus", "/old")
    first = desks.run()["penus"]
    assert first.result.outcome == "moved"
    (asked,) = first.review_items
    assert asked.kind == "moved"
    assert f"Write feed: {blogs.url('/new')}" in str(asked.text)
    assert f"\nfeed: {blogs.url('/new')}\n" in asked.content
    patch = desks.root / ".cache" / "fetch" / "members.patch"
    assert patch.read_text("utf-8") == ""
    desks.later(hours=1)
    desks.run()
    assert [one.path for one in blogs.asked] == ["/old", "/new", "/old", "/new"]
    desks.later(days=1)
    desks.run()
    assert f"+feed: {blogs.url('/new')}" in patch.read_text("utf-8")
    subprocess.run(["git", "apply", "--check", str(patch)], cwd=desks.root, check=True, timeout=60)
    blogs.asked.clear()
    desks.later(days=1)
    row = desks.run()["penus"]
    assert [one.path for one in blogs.asked] == ["/new"]
    assert [one.kind for one in row.review_items] == ["moved"]


def test_a_portal_is_not_believed(desks: Desks, blogs: Blogs) -> None:
    """A permanent redirect that is gone the next day is forgotten."""
    blogs.at |= {"/feed": redirect("/portal", 301), "/portal": answer(feed(7))}
    desks.join("penus", "/feed")
    desks.run()
    blogs.at["/feed"] = answer(feed(1))
    desks.later(days=1)
    assert desks.run()["penus"].review_items == ()
    assert desks.memory("penus").observed_moves == ()


def test_a_login_page_is_told(desks: Desks, blogs: Blogs) -> None:
    """A feed that leads to a login says so."""
    blogs.at |= {"/feed": redirect("/login", 301), "/login": answer(b"<html><title>x</title>", Content_Type="text/html")}
    desks.join("penus", "/feed")
    assert desks.run()["penus"].result.reason == "it leads to a login page"


PAGE = b'<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/posts.xml"></head><p>A blog'


@pytest.mark.parametrize("said", ["feed", "site"])
def test_the_feed_of_a_home_page_is_found(desks: Desks, blogs: Blogs, said: str) -> None:
    """Where a home page is given, its feed is looked for, used, remembered and proposed."""
    blogs.at |= {"/": answer(PAGE, Content_Type="text/html"), "/posts.xml": conditional(feed(1))}
    desks.join("penus", "/" if said == "feed" else "", site=blogs.url("/"))
    row = desks.run()["penus"]
    assert (row.result.outcome, row.count_changes("added")) == ("new", 1)
    assert [one.kind for one in row.review_items] == ["found"]
    assert f"+feed: {blogs.url('/posts.xml')}" in (desks.root / ".cache/fetch/members.patch").read_text("utf-8")
    blogs.asked.clear()
    desks.later(days=1)
    assert desks.run()["penus"].result.status == 304
    assert [one.path for one in blogs.asked] == ["/posts.xml"]


def test_a_page_where_a_feed_was_is_not_followed(desks: Desks, blogs: Blogs) -> None:
    """A blog that turns into a page, as when its name was sold, does not bring that page's feed."""
    blogs.at |= {"/feed": answer(feed(1)), "/posts.xml": answer(feed(666))}
    desks.join("penus", "/feed")
    desks.run()
    blogs.at["/feed"] = answer(PAGE, Content_Type="text/html")
    desks.later(days=1)
    row = desks.run()["penus"]
    assert (row.result.outcome, row.result.reason) == ("failed", "it is a web page, not a feed")
    assert not blogs.requests("/posts.xml")


def test_a_new_rule_needs_no_answer(desks: Desks, blogs: Blogs) -> None:
    """What an editor writes takes effect although the server says that nothing changed, or nothing at all."""
    blogs.at["/feed"] = conditional(feed(1, 2, 3))
    desks.join("penus", "/feed", rules=(CurationRule("skip", "القوارب"),))
    assert desks.run()["penus"].count_changes("added") == 0
    desks.sources[0] = with_rules(desks, ())
    desks.later(hours=6)
    row = desks.run()["penus"]
    assert (row.result.status, row.count_changes("added")) == (304, 3)
    desks.sources[0] = with_rules(desks, (CurationRule("hide", "https://blog.example.org/2026/post-2/"),))
    blogs.at["/feed"] = web.hang_up
    desks.later(hours=6)
    assert desks.run()["penus"].count_changes("removed") == 1


def with_rules(desks: Desks, rules: tuple[CurationRule, ...]) -> FeedSource:
    """Return the first member with other rules."""
    return replace(desks.sources[0], rules=rules)


def test_a_removed_post_stays_away(desks: Desks, blogs: Blogs) -> None:
    """Who removes a file removes the post."""
    blogs.at["/feed"] = conditional(feed(1, 2, 3))
    desks.join("penus", "/feed")
    desks.run()
    folder = desks.root / "content" / "posts" / "penus" / "post-2"
    (folder / "index.ar.md").unlink()
    folder.rmdir()
    desks.later(hours=6)
    assert desks.run()["penus"].count_changes("buried") == 1
    desks.later(hours=6)
    assert desks.run()["penus"].changes == ()
    assert [path for path in desks.posts() if "post-2" in path] == []


def test_a_dry_run_writes_nothing(desks: Desks, blogs: Blogs) -> None:
    """``--dry-run`` says what would be, and leaves everything as it is."""

    blogs.at["/feed"] = answer(feed(1, 2))
    desks.join("penus", "/feed")
    before = sorted(desks.root.rglob("*"))
    row = desks.run(options=FetchOptions(dry_run=True))["penus"]
    assert row.count_changes("added") == 2
    assert sorted(desks.root.rglob("*")) == before
    assert str(summarize([row], 1, is_dry_run=True)).endswith("Nothing was written.")


def test_a_feed_that_keeps_its_reader_busy_costs_its_member_alone(
    desks: Desks, blogs: Blogs, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A process that reads for too long, dies or eats memory is ended, and others' posts arrive."""
    code = tmp_path / "sitecustomize.py"
    code.write_text(BUSY, "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    desks.step_seconds = 6
    for name in ("busy", "dying", "hungry", "raising", "good"):
        blogs.at[f"/{name}"] = answer(feed(1, title=name, host=f"{name}.example.org"))
        desks.join(name, f"/{name}")
    rows = desks.run()
    assert {name: row.result.reason for name, row in rows.items()} == {
        "busy": "it kept its reader busy for more than 6 seconds",
        "dying": "it made its reader stop",
        "hungry": "it confuses its reader (MemoryError)",
        "raising": "it confuses its reader (RuntimeError)",
        "good": "",
    }
    assert list(desks.posts()) == ["good/post-1/index.ar.md"]


BUSY = """
import os, sys

def _patch():
    from jisr.aggregator import pipeline
    read_feed = pipeline.read_feed
    def read(body, *rest):
        if b">busy<" in body:
            while True:
                pass
        if b">dying<" in body:
            os._exit(3)
        if b">hungry<" in body:
            bytearray(3_000_000_000)
        if b">raising<" in body:
            raise RuntimeError
        return read_feed(body, *rest)
    pipeline.read_feed = read

class _Finder:
    def find_spec(self, name, path=None, target=None):
        if name == "jisr.aggregator.select.selection":
            sys.meta_path.remove(self)
            _patch()

if any("worker" in one for one in sys.orig_argv):
    sys.meta_path.insert(0, _Finder())
"""


def test_the_report_says_what_happened(desks: Desks, blogs: Blogs) -> None:
    """The table has a row for each member, and the report for programs holds the same and more."""
    blogs.at |= {"/a": answer(feed(1, 2)), "/b": answer(b"", status=500)}
    desks.join("a", "/a", full_text=True, consent=None)
    desks.join("b", "/b")
    rows = list(desks.run().values())
    head, first, second = format_table(rows)
    assert head.split() == ["member", "outcome", "posts", "held", "asked", "seconds", "said"]
    assert first.startswith("a       new      2 new")
    assert second.endswith("its server has a fault (500)")
    said = desks.report()
    assert said["a"]["changes"][0] == {"verb": "added", "path": "posts/a/post-1/index.ar.md"}
    assert said["a"]["proposals"][0]["kind"] == "consent"
    assert said["b"]["failures"] == 1
    assert said["b"]["succeeded"] is None
    assert said["b"]["until"] == "2026-11-01T12:50:00+00:00"


def test_asking_one_member_forgets_nothing_of_others(desks: Desks, blogs: Blogs) -> None:
    """The report of a run for one member says what was known of the others before."""
    for name in ("a", "b"):
        blogs.at[f"/{name}"] = answer(feed(1, host=f"{name}.example.org"))
        desks.join(name, f"/{name}")
    desks.run()
    desks.later(days=1)
    desks.run(options=FetchOptions(member="b"), sources=desks.desk().sources[1:])
    said = desks.report()
    assert list(said) == ["a", "b"]
    assert said["b"]["succeeded"].startswith("2026-11-02")
    assert said["a"]["succeeded"].startswith("2026-11-01")


def test_where_nobody_can_be_reached_nobody_is_left_alone(desks: Desks, blogs: Blogs) -> None:
    """A machine without a network is no fault of members: it is said once more, and they are asked again at once."""
    desks.join("a", "http://127.0.0.1:1/")
    desks.join("b", "http://127.0.0.1:1/b")
    rows = list(desks.run(allowed_hosts=frozenset({("127.0.0.1", 1)})).values())
    found = [str(one) for one in report_problems(rows, "content")]
    assert len(found) == 3
    assert found[-1].startswith("content:1:1: warning[fetch]: None of 2 blogs could be reached.")
    assert [row.state.failures for row in rows] == [0, 0]


def test_a_sold_domain_fills_nothing(desks: Desks, blogs: Blogs) -> None:
    """A feed with another title and no known post changes no byte, run after run; when the blog is back it goes on."""
    blogs.at["/feed"] = answer(feed(1, 2))
    desks.join("penus", "/feed")
    desks.run()
    before = desks.posts()
    blogs.at["/feed"] = conditional(feed(*range(10, 18), title="Casino"))
    for _ in range(2):
        desks.later(days=1)
        row = desks.run()["penus"]
        assert ([item.kind for item in row.review_items], desks.posts()) == (["replaced"], before)
    assert desks.memory("penus").title == "مدونة"
    blogs.at["/feed"] = answer(feed(1, 2, 3))
    desks.later(days=1)
    assert (desks.run()["penus"].review_items, len(desks.posts())) == ((), 3)
