"""Hugo does the same work in the bench: what its site says and where it leads is what Jisr's does."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin

import pytest
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from tests.bench.compare import Builder, hugo_program, hugo_site, jisr_site
from tests.bench.corpus import LANGUAGES, CorpusText, generate_texts

ROOT = Path(__file__).resolve().parents[2]
COUNT = 102  # so that a feed has fewer entries than texts, and the timeline and the index of all texts have several pages
BASE = "http://localhost:8000/"
FEEDS = ("", *(f"{tag}/" for tag in LANGUAGES), "ar/statements/", "ckb/posts/", "fr/topics/topic-03/", "en/members/member-02/")
GATHERED = (
    "",
    "statements/",
    "posts/",
    "topics/",
    "members/",
    "topics/topic-03/",
    "members/member-02/",
    "timeline/",
    "timeline/page/2010/",
    "search/",
    "resolutions/",
    "offline/",
    "translate/",
)
_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u2066\u2067\u2068\u2069"))  # of direction: Jisr's own work
ATOM = "{http://www.w3.org/2005/Atom}"

pytestmark = [
    pytest.mark.skipif(hugo_program() is None, reason="Hugo is not installed: it comes with the extra named bench"),
    pytest.mark.process,  # Hugo is a program
]


@dataclass(frozen=True, slots=True)
class Pair:
    """The folders of both sites."""

    jisr: Path
    hugo: Path

    def __iter__(self) -> Iterator[Path]:
        return iter((self.jisr, self.hugo))


def built(builder: Builder) -> Path:
    """Build a site, which must not say a word of warning, and give its folder."""
    command = [one for one in builder.command if one != "--quiet"]
    done = subprocess.run(command, cwd=builder.folder, capture_output=True, text=True, encoding="utf-8", check=False)
    said = done.stdout + done.stderr
    assert done.returncode == 0 and "WARN" not in said and "warning" not in said, said
    return builder.output


@pytest.fixture(scope="session")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """One corpus, built by Jisr and by Hugo with the layouts of the same work."""
    folder = tmp_path_factory.mktemp("bench")
    hugo = hugo_site(COUNT, folder / "hugo")
    assert hugo is not None
    return Pair(built(jisr_site(COUNT, folder / "jisr", ROOT)), built(hugo))


def page(folder: Path, address: str) -> LexborHTMLParser:
    """Return the page at an address."""
    return LexborHTMLParser((folder / address / "index.html").read_bytes())


def links(tree: LexborHTMLParser, address: str, selector: str = "a") -> list[tuple[str, str]]:
    """Return where the links of a page lead, with the language that they state."""
    found = [node.attributes for node in tree.css(selector)]
    return sorted((unquote(urljoin(BASE + address, one["href"] or "")), one.get("hreflang") or "") for one in found)


def metadata(tree: LexborHTMLParser) -> dict[str, str | None]:
    """Return what the head of a page says by name."""
    found = [(one.attributes.get("property") or one.attributes.get("name") or "", one) for one in tree.css("meta")]
    return {name: one.attributes["content"] for name, one in found if name and name != "generator"}


def address(made: CorpusText, tag: str) -> str:
    """Return the address of a text."""
    return "".join(f"{part}/" for part in (tag, made.kind, made.member, made.id) if part)


def texts_of(tag: str) -> list[str]:
    """Return the addresses of all texts in a language."""
    return [address(made, tag) for made in generate_texts(COUNT)]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_both_write_a_page_for_every_text(pair: Pair, tag: str) -> None:
    """Every text of the corpus has its page at the same address."""
    for folder in pair:
        assert [one for one in texts_of(tag) if not (folder / one / "index.html").is_file()] == []


@pytest.mark.parametrize("tag", LANGUAGES)
def test_heads_say_the_same(pair: Pair, tag: str) -> None:
    """Title, metadata, address, translations, feeds and JSON-LD are the same."""
    for one in (*texts_of(tag), f"{tag}/topics/topic-03/", f"{tag}/members/member-02/"):
        ours, theirs = (page(folder, one) for folder in pair)
        for selector in ("title", "h1"):
            assert ours.css(selector)[0].text().translate(_MARKS) == theirs.css(selector)[0].text()
        assert metadata(ours) == metadata(theirs)
        assert links(ours, one, 'link[rel="canonical"], link[rel="alternate"]') == links(
            theirs, one, 'link[rel="canonical"], link[rel="alternate"]'
        )
        assert metadata(ours)["description"]
        structured = [json.loads(tree.css('script[type="application/ld+json"]')[0].text()) for tree in (ours, theirs)]
        assert structured[0] == structured[1]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_texts_lead_to_the_same_places(pair: Pair, tag: str) -> None:
    """Every link of a text's page leads to the same address: languages, menu, topics, member, text, resolutions, footer."""
    for one in texts_of(tag):
        ours, theirs = (page(folder, one) for folder in pair)
        assert links(ours, one) == links(theirs, one)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_texts_have_the_same_parts(pair: Pair, tag: str) -> None:
    """Paragraphs, headings, lists and anchors of a text are as many, its words and its day the same."""
    for one in texts_of(tag):
        ours, theirs = (page(folder, one) for folder in pair)
        for selector in ("p", "h2", "li", "blockquote", "strong", "em", "[id]"):
            assert len(ours.css(f".prose {selector}")) == len(theirs.css(f".prose {selector}")) > 0
        assert ours.css(".byline time")[0].attributes == theirs.css(".byline time")[0].attributes
        for selector in (".prose", ".bridge", ".languages", ".masthead", ".breadcrumb", ".footer"):
            said = [tree.css(selector)[0].text().split() for tree in (ours, theirs)]
            assert said[0] == said[1]


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize("place", GATHERED)
def test_gathering_pages_lead_to_the_same_places(pair: Pair, tag: str, place: str) -> None:
    """The home, listings, topics, members, the timeline, all texts and resolutions have the same links."""
    ours, theirs = (page(folder, f"{tag}/{place}") for folder in pair)
    assert links(ours, f"{tag}/{place}") == links(theirs, f"{tag}/{place}")


def atom(path: Path) -> list[tuple[str, str, str]]:
    """Return id, address and day of the entries of an Atom feed."""
    entries = etree.parse(path).getroot().iter(f"{ATOM}entry")
    return [(one.findtext(f"{ATOM}id"), one.find(f"{ATOM}link").get("href"), one.findtext(f"{ATOM}updated")) for one in entries]


def rss(path: Path) -> list[tuple[str, str, int]]:
    """Return id, address and number of paragraphs of the items of an RSS feed."""
    content = "{http://purl.org/rss/1.0/modules/content/}encoded"
    items = etree.parse(path).getroot().iter("item")
    return [(one.findtext("guid"), one.findtext("link"), one.findtext(content).count("</p>")) for one in items]


def jsonfeed(path: Path) -> list[tuple[Any, ...]]:
    """Return what the items of a JSON Feed say, but for the words, which Jisr marks with directions."""
    items = json.loads(path.read_text("utf-8"))["items"]
    return [
        (one["id"], one["url"], one["date_published"], tuple(one["tags"]), one["content_html"].count("</p>")) for one in items
    ]


@pytest.mark.parametrize("place", FEEDS)
def test_feeds_have_the_same_entries(pair: Pair, place: str) -> None:
    """Atom, RSS and JSON Feed of the site, a language, a kind, a topic and a member hold the same texts, whole."""
    for read, name in ((atom, "feed.atom"), (rss, "feed.rss"), (jsonfeed, "feed.json")):
        ours, theirs = (sorted(read(folder / place / name)) for folder in pair)
        assert ours == theirs
        assert ours


@pytest.mark.parametrize("tag", LANGUAGES)
def test_data_holds_the_same_texts(pair: Pair, tag: str) -> None:
    """The document with all texts as data has the same texts and resolutions."""
    ours = json.loads((pair.jisr / f"data/{tag}.json").read_text("utf-8"))
    theirs = json.loads((pair.hugo / tag / "data.json").read_text("utf-8"))
    for part, fields in (
        ("texts", ("url", "title", "kind", "languages")),
        ("resolutions", ("url", "text")),
        ("members", ("url",)),
    ):
        said = [sorted(json.dumps([one[field] for field in fields]) for one in data[part]) for data in (ours, theirs)]
        assert said[0] == said[1]
    assert all(other["text"].startswith(one["text"][:100]) for one, other in zip(*map(by_url, (ours, theirs)), strict=True))
    assert 0.85 < len(json.dumps(theirs)) / len(json.dumps(ours)) < 1.15


def by_url(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the texts of a document of data, sorted."""
    return sorted(data["texts"], key=lambda one: one["url"])


def test_the_sitemap_lists_the_same_pages(pair: Pair) -> None:
    """Every page of Jisr's sitemap stands in one of Hugo's, one a language, but for that of the choice of languages."""
    locations = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
    ours = {one.text for one in etree.parse(pair.jisr / "sitemap.xml").iter(locations)} - {BASE}
    theirs = {one.text for tag in LANGUAGES for one in etree.parse(pair.hugo / tag / "sitemap.xml").iter(locations)}
    assert ours == theirs


@pytest.mark.parametrize("tag", LANGUAGES)
def test_pages_of_texts_weigh_the_same(pair: Pair, tag: str) -> None:
    """A page of Hugo's has as many bytes as Jisr's, give or take 15 per cent: nobody writes less for the same text."""
    for one in texts_of(tag):
        ours, theirs = ((folder / one / "index.html").stat().st_size for folder in pair)
        assert 0.85 < theirs / ours < 1.15


def test_the_thin_theme_is_thin(tmp_path: Path, pair: Pair) -> None:
    """It builds the same texts, with pages of about half the bytes."""
    thin = hugo_site(2, tmp_path, "thin")
    assert thin is not None
    folder = built(thin)
    for one in [address(made, tag) for made in generate_texts(2) for tag in LANGUAGES]:
        ours, theirs = ((place / one / "index.html").stat().st_size for place in (pair.jisr, folder))
        assert 0 < theirs < ours * 0.55
