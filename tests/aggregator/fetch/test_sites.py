"""From blogs to pages: what ``inv fetch`` brought, as readers find it."""

from __future__ import annotations

import json
import re

import feedparser
import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.aggregator.fetch import blogs as web
from tests.aggregator.fetch.blogs import Blogs, answer, conditional, feed
from tests.aggregator.fetch.sites import Network, count
from tests.conftest import daily

pytestmark = pytest.mark.process  # feeds are read by processes of their own, as plugins/jisr/aggregator/README.md says

TONGUES = {"alif": "ar", "baran": "ar", "cemil": "ckb", "dijla": "fr", "evin": "ckb"}


def join_all(network: Network, blogs: Blogs) -> None:
    """Let five members in three languages join, each with two or three posts."""
    for at, (member, tongue) in enumerate(TONGUES.items()):
        numbers = (1, 2) if at % 2 else (1, 2, 3)
        blogs.at[f"/{member}"] = conditional(feed(*numbers, tongue=tongue, host=f"{member}.example.org"))
        network.join(member, f"/{member}", site=f"https://{member}.example.org/")


def test_posts_stand_in_the_sections_of_their_language(network: Network, blogs: Blogs) -> None:
    """Five feeds in three languages: each post is in its language's listing and feed, and with its member, only there."""
    join_all(network, blogs)
    assert network.fetch() == []
    site = network.build()
    wanted = {"ar": 5, "ckb": 6, "fr": 2, "en": 0, "kmr": 0}

    assert {tag: sum(count(site, f"{tag}/posts/{member}/") for member in TONGUES) for tag in wanted} == wanted
    for tag, number in wanted.items():
        entries = feedparser.parse(site.get(f"{tag}/posts/feed.atom", b"")).entries
        assert len(entries) == number
        listing = LexborHTMLParser(site[f"{tag}/posts/index.html"])
        assert len(listing.css("main .year-group .row, main [class~=row]")) >= number
    for member, tag in TONGUES.items():
        page = LexborHTMLParser(site[f"{tag}/members/{member}/index.html"])
        links = {node.attributes.get("href") or "" for node in page.css("main a")}
        assert sum(f"posts/{member}/" in link for link in links) == (2 if member in ("baran", "dijla") else 3)


def test_a_post_says_whose_it_is(network: Network, blogs: Blogs) -> None:
    """A post has its direction and language, names its source and links it; its canonical address and feeds agree."""
    join_all(network, blogs)
    network.fetch()
    site = network.build()
    page = LexborHTMLParser(site["ckb/posts/cemil/post-1/index.html"])
    entry = next(one for one in feedparser.parse(site["ckb/posts/feed.atom"]).entries if "/cemil/post-1/" in one.link)
    root = page.css_first("html")

    assert root is not None
    assert (root.attributes["lang"], root.attributes["dir"]) == ("ckb", "rtl")
    assert page.css('main a[href="https://cemil.example.org/2026/post-1/"]')
    assert page.css('main a[href*="members/cemil/"]')
    assert entry.id == "https://cemil.example.org/?p=1"


@pytest.mark.parametrize("then", daily(["down", "gone", "hanging"], "hanging"))
def test_a_build_needs_nobody(network: Network, blogs: Blogs, then: str) -> None:
    """When every blog is down, the posts and their pages stay as they are, and each is named."""
    join_all(network, blogs)
    network.fetch()
    before = {path: data for path, data in network.build().items() if "/blogs/" not in path}
    for member in TONGUES:
        blogs.at[f"/{member}"] = {"down": web.hang_up, "gone": answer(b"", status=410), "hanging": web.drip_head}[then]
    network.set("FETCH_SECONDS = 2")
    told = network.fetch()

    assert {path: data for path, data in network.build().items() if "/blogs/" not in path} == before
    assert len(told) == len(TONGUES)
    assert all("brought nothing" in one for one in told)


def test_taking_a_member_out_purges_everything(network: Network, blogs: Blogs) -> None:
    """Without its two folders no file of the site names a member, its blog or its posts, and no run brings it back."""
    join_all(network, blogs)
    network.fetch()
    assert any(b"cemil.example.org" in data for data in network.build().values())
    network.leave("cemil")
    assert network.fetch() == []
    site = network.build()

    assert [path for path, data in site.items() if b"cemil" in data or "cemil" in path] == []
    assert not (network.root / "content" / "posts" / "cemil").exists()
    assert not (network.root / ".cache" / "fetch" / "cemil.json").exists()


def test_a_post_in_three_blogs_is_one_item_with_three_sources(network: Network, blogs: Blogs) -> None:
    """The same post in three feeds is one page, which names the other two members."""
    for member in ("alif", "baran", "cemil"):
        blogs.at[f"/{member}"] = conditional(feed(7, host="shared.example.org"))
        network.join(member, f"/{member}")
    network.fetch()
    site = network.build()
    (text,) = (network.root / "content" / "posts").rglob("index.*.md")

    assert "sources: [baran, cemil]" in text.read_text("utf-8")
    assert sum(count(site, f"ar/posts/{member}/") for member in ("alif", "baran", "cemil")) == 1


LANGUAGES = ("en", "ar", "ckb", "kmr", "fr")
NAMES = {"RSS", "Atom", "JSON", "Feed", "OPML", "FOAF", "RDF", "API", "HTML", "Markdown", "Tor", "SHA", "UTC"}  # of formats


def latin(page: LexborHTMLParser) -> set[str]:
    """Return the Latin words that a page shows, but for isolated values, code, what names its language, and names."""
    for node in page.css("head, script, style, bdi, code, main [lang], nav [lang], footer [lang]"):
        node.decompose()
    assert page.body
    return set(re.findall(r"[A-Za-z]{2,}", page.body.text(separator=" "))) - NAMES


def test_the_page_of_the_blogs_is_the_last_run(network: Network, blogs: Blogs) -> None:
    """It names each member with what its blog answered, and the questions to editors, in the language of the page."""
    blogs.at |= {"/a": conditional(feed(1)), "/b": answer(b"", status=404), "/c": answer(b"", status=410)}
    network.join("ada", "/a")
    network.join("bea", "/b")
    network.join("cem", "/c")
    (network.root / "content" / "members" / "ada" / "index.en.md").write_text(
        f"---\ntitle: Ada\nfeed: {blogs.url('/a')}\nsite: https://ada.example.org/\nrepublish: full\n---\n\nA blog.\n", "utf-8"
    )
    told = network.fetch()
    site = network.build()
    said = {one["member"]: one for one in json.loads((network.root / ".cache/fetch/report.json").read_text("utf-8"))["members"]}
    english = [said["bea"]["reason"], said["ada"]["proposals"][0]["text"].split(" (")[0]]

    assert len(told) == 3
    assert b"blogs/" not in site["sitemap.xml"]
    for tag in LANGUAGES:
        page = LexborHTMLParser(site[f"{tag}/blogs/index.html"])
        rows = page.css("main .blog")
        states = [row.css_first(".blog-state").attributes["class"] for row in rows]  # type: ignore[union-attr]
        assert states == ["blog-state gone", "blog-state failed", "blog-state answered"]
        assert [words in row.text() for words, row in zip(english, rows[1:], strict=True)] == [tag == "en"] * 2, tag
        assert "404" in rows[1].text()
        assert [row.css('.soft [lang="en"], .blog-questions [lang="en"]') for row in rows] == [[], [], []], tag
        assert page.css('meta[name="robots"][content*="noindex"]')
        assert LexborHTMLParser(site[f"{tag}/members/index.html"]).css('a[href="../blogs/"]')
    assert "gone" in latin(LexborHTMLParser(site["en/blogs/index.html"]))
    pages = {path: data for path, data in site.items() if re.match(r"(ar|ckb)/.*\.html$", path)}
    assert {"ar/blogs/index.html", "ckb/blogs/index.html", "ar/index.html"} <= set(pages)
    assert {path: left for path, data in pages.items() if (left := latin(LexborHTMLParser(data)))} == {}


def test_without_a_report_there_is_no_page(network: Network) -> None:
    """A site that has never fetched says nothing of blogs; a report that cannot be read is told."""
    network.join("ada", "/a")
    assert [path for path in network.build() if "/blogs/" in path] == []
    file = network.root / ".cache" / "fetch" / "report.json"
    file.parent.mkdir(parents=True)
    file.write_text("[]", "utf-8")
    assert [path for path in network.build() if "/blogs/" in path] == []


def test_settings_leave_posts_out(network: Network, blogs: Blogs) -> None:
    """Posts stand on the home unless the settings want none there."""
    join_all(network, blogs)
    network.fetch()
    assert b"posts/alif/" in network.build()["ar/index.html"]
    network.set("POSTS_ON_HOME = 0")
    assert b"posts/alif/" not in network.build()["ar/index.html"]
