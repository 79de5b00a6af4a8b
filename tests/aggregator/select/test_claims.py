"""Which addresses a member's file claims: those below its site, and those of the host of its feed."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from jisr.aggregator.config.sources import _site_owners
from jisr.aggregator.report.review_items import warn_no_site
from jisr.aggregator.select.curation_rules import url_owner
from tests.aggregator.select.blog import source


def owners(**members: tuple[str, str]) -> dict[str, str]:
    """Return the owners of addresses of members with a site and a feed each."""
    texts = [
        SimpleNamespace(id=name, original=SimpleNamespace(profile=SimpleNamespace(site=site, feed=feed)))
        for name, (site, feed) in members.items()
    ]
    return _site_owners(SimpleNamespace(of_kind=lambda kind: texts if kind == "members" else ()))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "feed",
    [
        "https://nahr.example.org/feed.atom",
        "http://www.nahr.example.org:80/?feed=rss2",
        "https://nahr.example.org/blog/index.xml",
        "https://NAHR.example.org/%D9%86/feed",
    ],
)
def test_the_host_of_a_feed_is_its_member_s(feed: str) -> None:
    """All addresses of the host belong to the member, without a site in its file; those of other hosts do not."""
    claims = owners(nahr=("", feed), other=("", "https://other.example.org/feed"))
    assert url_owner("https://nahr.example.org/2026/boats", claims) == "nahr"
    assert url_owner("https://example.org/2026/boats", claims) == url_owner("https://xnahr.example.org/", claims) == ""


@pytest.mark.parametrize(
    "feed",
    [
        "https://medium.com/feed/@nahr",
        "https://feeds.feedburner.com/nahr",
        "https://www.youtube.com/feeds/videos.xml?channel_id=UC1",
        "https://social.example.org/@nahr.rss",
        "https://social.example.org/users/nahr/feed.atom",
        "https://rsshub.app/telegram/channel/nahr",
        "https://uni.example.org/~nahr/feed",
    ],
)
def test_a_host_that_many_blogs_share_is_nobody_s(feed: str) -> None:
    """A feed on a platform, or at an address that names its writer in the path, claims nothing."""
    assert owners(nahr=("", feed)) == {}


def test_a_host_of_two_members_is_nobody_s() -> None:
    """What two members state claims nothing more than their sites."""
    feeds = {name: ("", f"https://blogs.example.org/{name}/feed") for name in ("nahr", "jisr")}
    assert owners(**feeds) == {}
    feeds["nahr"] = ("https://blogs.example.org/nahr/", feeds["nahr"][1])
    assert owners(**feeds) == {"blogs.example.org/nahr": "nahr"}


def test_a_member_without_a_site_is_told() -> None:
    """A file with a feed alone is a warning that says what to write, and one with a site none."""
    assert [one.kind for one in warn_no_site(source())] == ["site"]
    assert "Write site:" in str(warn_no_site(source())[0].text)
    assert warn_no_site(source(site="https://blog.example.org/")) == []
