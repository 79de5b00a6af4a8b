"""A reader's program can subscribe to every feed, and finds in it what the site holds."""

from __future__ import annotations

import json
from typing import Any

import feedparser
import pytest

from tests.site.pages import Site

SYNDICATED = ("feed.atom", "feed.rss")


def read(site: Site, path: str) -> Any:
    """Return a feed as a feed reader understands it."""
    return feedparser.parse((site.folder / path).read_bytes())


@pytest.fixture(scope="module")
def feeds(site: Site) -> dict[str, Any]:
    """Return all Atom and RSS feeds of the site by path."""
    return {path: read(site, path) for path in site.files(*SYNDICATED)}


def test_every_home_has_feeds(site: Site, feeds: dict[str, Any]) -> None:
    """Every language has its feeds, and so has the whole site."""
    wanted = {f"{place}{name}" for place in ("", *(f"{tag}/" for tag in site.languages)) for name in SYNDICATED}
    assert wanted <= feeds.keys()


def test_a_feed_is_well_formed(feeds: dict[str, Any]) -> None:
    """A feed reader has nothing to mend in a feed."""
    assert {path: str(feed.bozo_exception) for path, feed in feeds.items() if feed.bozo} == {}


def test_a_feed_states_its_language(site: Site, feeds: dict[str, Any]) -> None:
    """A feed below the home of a language states that language."""
    stated = {path: feed.feed.get("language") for path, feed in feeds.items() if path.partition("/")[0] in site.languages}
    assert {path: language for path, language in stated.items() if language != path.partition("/")[0]} == {}


def test_a_feed_knows_its_own_address(site: Site, feeds: dict[str, Any]) -> None:
    """The link of a feed to itself is the address at which it stands."""
    own = {path: [link.href for link in feed.feed.links if link.rel == "self"] for path, feed in feeds.items()}
    assert own == {path: [site.url(path)] for path in feeds}


def test_entries_have_ids_of_their_own(feeds: dict[str, Any]) -> None:
    """No two entries of a feed share an id, and an id is no address that may change."""
    for path, feed in feeds.items():
        ids = [entry.id for entry in feed.entries]
        assert len(set(ids)) == len(ids), path


def test_a_text_has_one_id_in_all_feeds(feeds: dict[str, Any]) -> None:
    """A text that stands in several feeds has the same id in all, so that a reader's program shows it once."""
    ids: dict[str, set[str]] = {}
    for feed in feeds.values():
        for entry in feed.entries:
            ids.setdefault(entry.link, set()).add(entry.id)
    assert {link: found for link, found in ids.items() if len(found) > 1} == {}


def test_entries_lead_to_pages(site: Site, feeds: dict[str, Any]) -> None:
    """An entry leads to a page of this site, and is dated and named."""
    for path, feed in feeds.items():
        for entry in feed.entries:
            assert entry.link.startswith(f"{site.address}/"), path
            assert site.target(entry.link) in site.pages, f"{path}: {entry.link}"
            assert entry.title, path
            assert entry.get("published") or entry.get("updated"), path


def test_pages_name_feeds_that_exist(site: Site) -> None:
    """Every feed that the head of a page names is there."""
    wrong = [
        f"{page.path}: {link}"
        for page in site.pages.values()
        for link in page.values('link[rel="alternate"][type]:not([hreflang])', "href")
        if not (site.folder / (site.target(link, page.path) or "-")).is_file()
    ]
    assert wrong == []


def test_json_feeds_agree_with_atom(site: Site, feeds: dict[str, Any]) -> None:
    """A JSON Feed holds the entries of the Atom feed beside it, by the same ids; that of replies is Atom alone."""
    found = site.files("feed.json")
    assert len(found) == len([path for path in site.files("feed.atom") if "/replies/" not in path])
    for path in found:
        feed = json.loads((site.folder / path).read_text("utf-8"))
        assert feed["feed_url"] == site.url(path)
        beside = feeds[path.replace("feed.json", "feed.atom")]
        assert [item["id"] for item in feed["items"]] == [entry.id for entry in beside.entries], path
