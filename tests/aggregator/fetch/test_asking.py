"""Asking servers that behave badly, and what their answers say."""

from __future__ import annotations

import gzip
import time
import zlib
from dataclasses import replace
from datetime import timedelta

import brotli
import pytest

from jisr.aggregator.model import Validators
from jisr.aggregator.state import FeedState
from tests.aggregator.fetch import blogs as web
from tests.aggregator.fetch.blogs import Behave, Blogs, answer, conditional, feed, redirect
from tests.aggregator.fetch.network import NOW, ask, source

BOMB = b"0" * 200_000_000
FAULTS: dict[str, tuple[Behave, str]] = {
    "hang": (web.hang, "it did not answer within 1 seconds"),
    "drip": (web.drip, "it did not answer within 1 seconds"),
    "drip_head": (web.drip_head, "it did not answer within 1 seconds"),
    "endless": (web.endless, "it is larger than 5 MB"),
    "hang_up": (web.hang_up, "it ended the connection"),
    "babble": (web.babble, "it does not speak HTTP as it should"),
    "long_head": (web.long_head, "it does not speak HTTP as it should"),
    "short": (answer(feed(1)[:200], size=5000), "it ended before it was complete"),
    "too_large": (answer(b"", size=900_000_000), "it is larger than 5 MB"),
    "gzip_bomb": (answer(gzip.compress(BOMB), Content_Encoding="gzip"), "it is larger than 5 MB"),
    "deflate_bomb": (answer(zlib.compress(BOMB), Content_Encoding="deflate"), "it is larger than 5 MB"),
    "br_bomb": (answer(brotli.compress(BOMB, quality=1), Content_Encoding="br"), "it is larger than 5 MB"),
    "gzip_cut": (answer(gzip.compress(feed(1, 2))[:100], Content_Encoding="gzip"), "it ended before it was complete"),
    "gzip_not": (
        answer(feed(1), Content_Encoding="gzip"),
        "it says that it is packed with gzip, and cannot be unpacked",
    ),
    "zstd": (answer(feed(1), Content_Encoding="zstd"), "it is packed with zstd, which we did not ask for"),
    "odd_packing": (
        answer(b"x", Content_Encoding="\xff\x1b[31m"),
        "it is packed with \ufffd\ufffd[31m, which we did not ask for",
    ),
    "packed_nothing": (answer(gzip.compress(b"") * 300_000, Content_Encoding="gzip"), "it is larger than 5 MB"),
    "thrice": (answer(feed(1), Content_Encoding="gzip, gzip, gzip"), "it is packed more than twice"),
    "loop": (redirect("/loop"), "its redirects go in a circle"),
    "to_file": (redirect("file:///etc/passwd"), "it leads to file:///etc/passwd, which is no web address"),
    "to_nowhere": (redirect("http://["), "its address, or one that it leads to, cannot be read"),
    "to_port": (redirect("http://127.0.0.1:1/"), "it leads to 127.0.0.1, which is no address of the public internet"),
    "to_private": (redirect("http://10.0.0.1/"), "it leads to 10.0.0.1, which is no address of the public internet"),
    "to_v6": (redirect("http://[::1]/"), "it leads to ::1, which is no address of the public internet"),
    "to_mapped": (
        redirect("http://[::ffff:127.0.0.1]/"),
        "it leads to ::ffff:7f00:1, which is no address of the public internet",
    ),
    "to_metadata": (
        redirect("http://169.254.169.254/latest/"),
        "it leads to 169.254.169.254, which is no address of the public internet",
    ),
    "to_number": (redirect("http://2130706433/"), "its address, or one that it leads to, cannot be read"),
    "to_short": (redirect("http://0x7f.1/"), "its name leads to 127.0.0.1, which is no address of the public internet"),
    "to_name": (redirect("http://localhost/"), "its name leads to 127.0.0.1, which is no address of the public internet"),
    "nothing": (answer(b"", status=404), "there is nothing at this address (404)"),
    "closed": (answer(b"", status=403), "it does not let us in (403)"),
    "broken": (answer(b"", status=500), "its server has a fault (500)"),
    "empty": (answer(b"", status=204), "it gave no feed (204)"),
    "unasked": (answer(b"", status=304), "it gave no feed (304)"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_has_its_reason(blogs: Blogs, fault: str) -> None:
    """A server that misbehaves ends nothing but its own request, and is said to have failed for a reason."""
    behave, reason = FAULTS[fault]
    blogs.at |= {f"/{fault}": behave, "/good": answer(feed(1))}
    began = time.monotonic()
    answers = ask(blogs, source("bad", blogs.url(f"/{fault}")), source("good", blogs.url("/good")))
    assert (answers["bad"].outcome, answers["bad"].reason) == ("failed", reason)
    assert answers["good"].body == feed(1)
    assert time.monotonic() - began < 15


def test_a_name_that_leads_to_a_private_address_is_not_asked(blogs: Blogs) -> None:
    """A name is judged by the address that it leads to, also where that address may be asked under another name."""
    said = ask(blogs, source("bad", blogs.url("/feed", "localhost")))["bad"]
    assert said.reason == "its name leads to 127.0.0.1, which is no address of the public internet"
    assert blogs.asked == []


def test_a_name_that_is_allowed_is_asked(blogs: Blogs) -> None:
    """The maintainer may name hosts of an intranet."""
    blogs.at["/feed"] = answer(feed(1))
    said = ask(blogs, source("good", blogs.url("/feed", "localhost")), allowed_hosts=frozenset({("localhost", blogs.port)}))[
        "good"
    ]
    assert said.body == feed(1)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "raw", "br", "gzip, gzip"])
def test_packed_bodies_are_unpacked(blogs: Blogs, encoding: str) -> None:
    """Every packing that we ask for is understood, and deflate also without its head, and gzip in parts."""
    body = feed(*range(100))
    packed = {
        "gzip": gzip.compress(body[:500]) + gzip.compress(body[500:]),
        "deflate": zlib.compress(body),
        "raw": zlib.compress(body, wbits=-15),
        "br": brotli.compress(body),
        "gzip, gzip": gzip.compress(gzip.compress(body)),
    }
    blogs.at["/feed"] = answer(packed[encoding], Content_Encoding="deflate" if encoding == "raw" else encoding)
    said = ask(blogs, source("a", blogs.url("/feed")))["a"]
    assert said.body == body, said.reason


@pytest.mark.parametrize("said", ["", "identity", "deflate", "br", "gzip"])
def test_a_packed_body_is_unpacked_whatever_is_said_of_it(blogs: Blogs, said: str) -> None:
    """A body that begins as gzip is unpacked, whether nothing or something else is said of it."""
    packed = gzip.compress(feed(*range(100)))
    blogs.at["/feed"] = answer(gzip.compress(packed) if said == "gzip" else packed, Content_Encoding=said)
    result = ask(blogs, source("a", blogs.url("/feed")))["a"]
    assert result.body == feed(*range(100)), result.reason


def test_an_unstated_bomb_is_too_large(blogs: Blogs) -> None:
    """The limits of a body hold for a packing that nobody stated, too."""
    blogs.at["/feed"] = answer(gzip.compress(BOMB))
    assert ask(blogs, source("a", blogs.url("/feed")))["a"].reason == "it is larger than 5 MB"


def test_a_long_way_ends(blogs: Blogs) -> None:
    """Ten redirects are followed, an eleventh is not."""
    blogs.at |= {f"/{number}": redirect(f"/{number + 1}") for number in range(1, 20)}
    blogs.at["/11"] = answer(feed(1))
    assert ask(blogs, source("a", blogs.url("/1")))["a"].body == feed(1)
    assert ask(blogs, source("a", blogs.url("/0")), known=[])["a"].status == 404
    blogs.at["/0"] = redirect("/1")
    assert ask(blogs, source("a", blogs.url("/0")))["a"].reason == "it redirects more than 10 times"


@pytest.mark.parametrize(
    ("way", "moved"),
    [((301,), "/1"), ((308, 301), "/2"), ((301, 302), "/1"), ((302, 301), ""), ((307,), ""), ((303, 308), "")],
)
def test_permanent_redirects_are_told(blogs: Blogs, way: tuple[int, ...], moved: str) -> None:
    """A blog moved to where permanent redirects alone lead."""
    blogs.at |= {f"/{number}": redirect(f"/{number + 1}", status) for number, status in enumerate(way)}
    blogs.at[f"/{len(way)}"] = answer(feed(1))
    said = ask(blogs, source("a", blogs.url("/0")))["a"]
    assert (said.outcome, said.moved_to) == (("moved", blogs.url(moved)) if moved else ("new", ""))


@pytest.mark.parametrize("page", ["/login?to=/feed", "/wp-login.php", "/accounts/register/"])
def test_a_blog_does_not_move_to_a_login(blogs: Blogs, page: str) -> None:
    """A redirect to a login is never permanent."""
    blogs.at |= {"/0": redirect(page, 301), page: answer(b"<html>who are you")}
    assert ask(blogs, source("a", blogs.url("/0")))["a"].moved_to == ""


def test_passwords_do_not_travel(blogs: Blogs) -> None:
    """A redirect cannot make us send a name and password."""
    blogs.at |= {"/0": redirect(f"http://me:secret@127.0.0.1:{blogs.port}/1"), "/1": answer(feed(1))}
    said = ask(blogs, source("a", blogs.url("/0")))["a"]
    assert said.url == blogs.url("/1")
    assert "authorization" not in blogs.requests("/1")[0].headers


def test_we_say_who_we_are(blogs: Blogs) -> None:
    """A server is told as whom we ask, what we read, and gets no cookies back."""
    blogs.at |= {"/0": answer(b"", status=302, Location="/1", Set_Cookie="a=b"), "/1": answer(feed(1))}
    ask(blogs, source("a", blogs.url("/0")), user_agent="Jisr/1 (+https://example.org/)")
    said = blogs.requests("/1")[0].headers
    assert said["user-agent"] == "Jisr/1 (+https://example.org/)"
    assert "application/atom+xml" in said["accept"]
    assert "cookie" not in said


MEMORY = FeedState("a", validators=Validators('"one"', "Sun, 01 Nov 2026 12:00:00 GMT", "x", NOW), body=b"<rss/>")


def test_what_did_not_change_is_not_sent_again(blogs: Blogs) -> None:
    """Who has an answer asks whether it still holds."""
    blogs.at["/feed"] = conditional(feed(1))
    said = ask(blogs, source("a", blogs.url("/feed")), known=[MEMORY])["a"]
    assert (said.outcome, said.status, said.validators) == ("unchanged", 304, MEMORY.validators)


OLD = replace(MEMORY, validators=replace(MEMORY.validators, since=NOW - timedelta(days=9)))


@pytest.mark.parametrize("memory", [replace(MEMORY, body=b""), OLD], ids=["lost", "old"])
def test_validators_are_dropped(blogs: Blogs, memory: FeedState) -> None:
    """After eight days, and where the last answer was lost, a whole answer is asked for."""
    blogs.at["/feed"] = conditional(feed(1))
    assert ask(blogs, source("a", blogs.url("/feed")), known=[memory])["a"].outcome == "new"


def test_the_same_body_is_known_without_validators(blogs: Blogs) -> None:
    """A server that says nothing of changes is known by what it sends."""
    blogs.at["/feed"] = answer(feed(1))
    first = ask(blogs, source("a", blogs.url("/feed")))["a"]
    again = ask(blogs, source("a", blogs.url("/feed")), known=[FeedState("a", validators=first.validators, body=first.body)])[
        "a"
    ]
    assert (first.outcome, again.outcome, again.body) == ("new", "unchanged", b"")


@pytest.mark.parametrize(
    ("status", "header", "outcome", "seconds"),
    [
        (429, "120", "waiting", 120),
        (429, "Sun, 01 Nov 2026 12:10:00 GMT", "waiting", 600),
        (429, "", "waiting", 0),
        (503, "60", "waiting", 60),
        (503, "", "failed", 0),
        (429, "999999999999", "waiting", 2 * 24 * 3600),
        (429, "-5", "waiting", 0),
        (429, "Sun, 99 Foo 2026", "waiting", 0),
    ],
)
def test_servers_may_ask_us_to_wait(blogs: Blogs, status: int, header: str, outcome: str, seconds: int) -> None:
    """``Retry-After`` is seconds or a date, and never more than two days."""
    blogs.at["/feed"] = answer(b"", status=status, Retry_After=header)
    said = ask(blogs, source("a", blogs.url("/feed")))["a"]
    assert (said.outcome, said.retry_after) == (outcome, seconds)


def test_a_host_of_ours_is_asked_by_some_at_once(blogs: Blogs) -> None:
    """A host that the maintainer names gets more connections than a stranger's, and not all at once."""
    blogs.at |= {f"/{number}": answer(feed(number), after=0.1) for number in range(100)}
    sources = [source(f"m{number}", blogs.url(f"/{number}")) for number in range(100)]
    assert all(one.outcome == "new" for one in ask(blogs, *sources).values())
    assert 1 < blogs.most_at_once <= 64


def test_waiting_members_are_not_asked(blogs: Blogs) -> None:
    """Who failed or is gone is left alone, unless a person insists."""
    known = [FeedState("a", retry_at=NOW + timedelta(hours=1), reason="it was ill"), FeedState("b", gone_on=NOW.date())]
    sources = [source("a", blogs.url("/a")), source("b", blogs.url("/b"))]
    said = ask(blogs, *sources, known=known)
    assert [said[one].outcome for one in "ab"] == ["waiting", "gone"]
    assert blogs.asked == []
    assert "it was ill" in said["a"].reason
    ask(blogs, *sources, known=known, ignore_backoff=True)
    assert len(blogs.asked) == 2


def test_an_address_that_is_none_fails(blogs: Blogs) -> None:
    """Whatever stands in a member's file, nothing is raised."""
    for address in ("", "http://", "ftp://example.org/", "http://[::1", "http://a b/", "http://127.0.0.1:99999/"):
        assert ask(blogs, source("a", address))["a"].outcome == "failed"
