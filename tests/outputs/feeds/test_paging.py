"""Whoever subscribes today can read everything: archive documents (RFC 5005)."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree

from jisr.core.urls.paging import paginate
from tests.outputs.feeds.conftest import HERE, built

URL = "https://network.example.org/base/"
LINK = "{http://www.w3.org/2005/Atom}link"
ARCHIVE = "{http://purl.org/syndication/history/1.0}archive"
TAGS = ("ar", "kmr")


def write_news(folder: Path, count: int) -> Path:
    """Write so many news in two languages."""
    for number in range(1, count + 1):
        text = folder / "news" / f"day-{number}"
        text.mkdir(parents=True)
        day = date(2012, 1, 1) + timedelta(days=number)
        (text / "index.ar.md").write_text(f'---\ntitle: "خبر {number}"\ndate: {day}\n---\n\nنص الخبر.\n', "utf-8")
        (text / "index.kmr.md").write_text('---\ntitle: "Nûçe"\ntranslation: {of: ar}\n---\n\nNivîs.\n', "utf-8")
    return folder


def site(folder: Path, count: int) -> Path:
    content = write_news(folder / "content", count)
    return built(folder / "output", "--settings", str(HERE / "paging_settings.py"), "--content", str(content))


@pytest.fixture(scope="module")
def paged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site(tmp_path_factory.mktemp("paged"), 7)


def links(path: Path) -> dict[str, str]:
    """Return the links of a document of a feed by their relation."""
    root = etree.parse(path).getroot()
    return {link.get("rel"): link.get("href") for link in (root if root.tag != "rss" else root[0]).findall(LINK)}


def walked(output: Path, first: str, following: Any) -> tuple[list[str], list[str]]:
    """Follow a feed from document to document; return their addresses, and the ids of all entries."""
    addresses, ids = [], []
    address: str | None = URL + first
    while address:
        addresses.append(address)
        path = output / address.removeprefix(URL)
        if path.suffix == ".json":
            ids += [item["id"] for item in json.loads(path.read_text("utf-8"))["items"]]
        else:
            ids += [entry.id for entry in feedparser.parse(path.read_bytes()).entries]
        address = following(path)
    return addresses, ids


def older(path: Path) -> str | None:
    if path.suffix == ".json":
        following: str | None = json.loads(path.read_text("utf-8")).get("next_url")
        return following
    return links(path).get("prev-archive")


@pytest.mark.parametrize("form", ["atom", "rss", "json"])
@pytest.mark.parametrize("collection", ["", "ar/", "kmr/", "ar/news/", "kmr/news/"])
def test_the_archive_reaches_every_entry_once(paged: Path, collection: str, form: str) -> None:
    """Following the links to older documents from a feed reaches every text of it, newest first, each once."""
    addresses, ids = walked(paged, f"{collection}feed.{form}", older)
    tags = TAGS if not collection else (collection.partition("/")[0],)
    expected = {f"tag:network.example.org,2009:news/day-{number}/{tag}" for number in range(1, 8) for tag in tags}

    assert len(addresses) > 2
    assert set(ids) == expected
    assert len(ids) == len(expected)
    days = [int(re.findall(r"day-(\d+)", identity)[0]) for identity in ids]
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_documents_of_a_feed_know_each_other(paged: Path, form: str) -> None:
    """An archive document is marked as such, and links its feed and its neighbours; the feed has the hub."""
    folder = paged / "ar"
    feed, newest, oldest = (links(folder / f"feed{part}.{form}") for part in ("", "-2", "-1"))
    at = f"{URL}ar/feed"

    assert (feed["self"], feed["prev-archive"], feed["hub"]) == (f"{at}.{form}", f"{at}-2.{form}", "https://hub.example.org/")
    assert (newest["self"], newest["current"], newest["prev-archive"]) == (f"{at}-2.{form}", f"{at}.{form}", f"{at}-1.{form}")
    assert oldest["next-archive"] == f"{at}-2.{form}"
    assert "prev-archive" not in oldest
    assert "hub" not in oldest
    assert "next-archive" not in newest
    signs = [bool(list(etree.parse(folder / f"feed{part}.{form}").iter(ARCHIVE))) for part in ("", "-1", "-2")]
    assert signs == [False, True, True]


def test_json_names_the_hub(paged: Path) -> None:
    """JSON has the hub, too."""
    assert json.loads((paged / "ar/feed.json").read_text("utf-8"))["hubs"] == [
        {"type": "WebSub", "url": "https://hub.example.org/"}
    ]


def test_archive_documents_are_of_one_feed(paged: Path) -> None:
    """All documents of a feed have its id."""
    ids = {feedparser.parse(path.read_bytes()).feed.id for path in (paged / "ar").glob("feed*.atom")}

    assert ids == {"tag:network.example.org,2009:feed/ar"}


def test_a_full_archive_document_stays(paged: Path, tmp_path: Path) -> None:
    """A new text changes no archive document but the last, which then has a next one."""
    later = site(tmp_path, 8)
    assert (later / "ar/feed-3.atom").is_file()
    for form in ("atom", "rss", "json"):
        assert (later / f"ar/feed-1.{form}").read_bytes() == (paged / f"ar/feed-1.{form}").read_bytes()
        before, after = ((folder / f"ar/feed-2.{form}").read_text("utf-8") for folder in (paged, later))
        assert re.sub(r"\s*<[^<>]*next-archive[^<>]*>", "", after) == before


def test_archives_are_there_in_the_formats_that_are_asked_for(tmp_path: Path) -> None:
    """A format without an archive has its feed, as long as the others, without links to older documents."""
    settings = tmp_path / "atom_alone.py"
    settings.write_text("from tests.outputs.feeds.paging_settings import *\nFEED_ARCHIVES = ('atom',)\n", "utf-8")
    content = write_news(tmp_path / "content", 7)
    folder = built(tmp_path / "output", "--settings", str(settings), "--content", str(content)) / "ar"

    assert sorted(path.name for path in folder.glob("feed*.[arj]*")) == [
        "feed-1.atom", "feed-2.atom", "feed.atom", "feed.json", "feed.rss"
    ]  # fmt: skip
    assert "prev-archive" in links(folder / "feed.atom")
    assert "prev-archive" not in links(folder / "feed.rss")
    assert older(folder / "feed.json") is None
    assert len(feedparser.parse((folder / "feed.rss").read_bytes()).entries) == 3


def test_archives_are_there_for_the_feeds_that_are_asked_for(tmp_path: Path) -> None:
    """As shipped, the site, each language and its posts have archives, in Atom; a feed of others has its newest texts alone."""
    settings = tmp_path / "shipped.py"
    settings.write_text("from tests.outputs.feeds.settings import *\nFEED_ENTRIES = 2\n", "utf-8")
    content = write_news(tmp_path / "content", 7)
    posts = content / "posts" / "sawa"
    shutil.copytree(content / "news", posts)
    member = content / "members" / "sawa" / "index.ar.md"
    member.parent.mkdir(parents=True)
    member.write_text("---\ntitle: سوا\n---\n\nعضو.\n", "utf-8")
    folder = built(tmp_path / "output", "--settings", str(settings), "--content", str(content))

    archives = {path.relative_to(folder).parent.as_posix() for path in folder.rglob("feed-*.*")}
    assert archives == {".", "ar", "ar/posts", "kmr", "kmr/posts"}
    assert {path.suffix for path in folder.rglob("feed-*.*")} == {".atom"}
    assert "prev-archive" in links(folder / "ar/posts/feed.atom")
    for place in ("ar/news", "ar/members/sawa"):
        assert "prev-archive" not in links(folder / place / "feed.atom")
        newest = [entry.title for entry in feedparser.parse((folder / place / "feed.atom").read_bytes()).entries]
        assert [int(re.findall(r"\d", title)[0]) for title in newest] == [7, 6]


@pytest.mark.parametrize("count", range(30))
@pytest.mark.parametrize("size", [1, 2, 7])
def test_every_entry_is_in_one_part(count: int, size: int) -> None:
    """The feed has as many entries as an archive document or more, never twice as many, and nothing is lost or twice."""
    entries = list(range(count, 0, -1))
    found = paginate(entries, size)

    assert [one for _, part in found for one in part] == entries
    assert len(found[0][1]) == count if count < 2 * size else size <= len(found[0][1]) < 2 * size
    assert all(len(part) == size for _, part in found[1:])
