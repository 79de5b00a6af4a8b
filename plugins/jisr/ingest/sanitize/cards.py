"""Cards of pages, files, recordings and posts: in markup, or in attributes alone, of which a script would make them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from itertools import chain, pairwise
from typing import Any
from urllib.parse import unquote

from jisr.core.frozen import dataclass
from jisr.ingest.sanitize.embeds import embedded_page_url
from jisr.ingest.sanitize.media import IMAGE_NAME
from jisr.ingest.sanitize.node_tree import HtmlNode, descendant_elements, text_content
from jisr.ingest.sanitize.safe_urls import MAX_URL_LENGTH

_MOST_DATA = 50_000  # characters of JSON in an attribute
_DEEPEST = 4  # levels of JSON
_LONGEST_NOTE = 500
_MOST_PICTURES = 20
_LONGEST_NAMES = 1000  # characters of the names of an element
_FRAME = re.compile(
    r"embed|player|latex|video|audio|tweet|twitter|instagram|facebook|fb-|tiktok|telegram|you-?tube|vimeo|dailymotion|soundcloud|spotify"
    r"|podcast|media|frame|onebox|post-?(?:card|preview|wrap)|preview|publication|mention|file|map|pdf|document|viewer|block",
    re.IGNORECASE,
)
_POST = re.compile(  # embeds of posts, whose words may stand in the element
    r"(?:^|\s)(?:fb-(?:post|video)|instagram-media|twitter-(?:tweet|video)|tiktok-embed|telegram-post|bluesky-embed|text-post-media"
    r"|imgur-embed-pub|reddit-(?:embed-bq|card)|mastodon-embed)(?:\s|$)",
    re.IGNORECASE,
)
_BUTTON = re.compile(
    r"(?:^|[\s_-])(?:shar(?:e|ing|ethis)|like|follow|comments?|respond|disqus|subscri\w*|newsletter|button|ads?|advert\w*|banner|counter"
    r"|track\w*|plusone|fb-page|poll)(?:[\s_-]|$)|addthis|addtoany",
    re.IGNORECASE,
)
_PROVIDERS = (  # what names a provider, its attributes, their form, its page
    (
        r"you-?tube|lite-?yt|lazyyt|(?:^|\W)yt(?:\W|$)",
        r"(?:data-)?(?:youtube-?|yt-?)?(?:video-?)?id|data-embed|data-src",
        r"[\w-]{11}",
        "https://www.youtube.com/watch?v={}",
    ),
    (
        r"vimeo",
        r"(?:data-)?(?:vimeo-?)?(?:video-?)?id|data-embed",
        r"\d{5,12}",
        "https://vimeo.com/{}",
    ),
    (
        r"dailymotion",
        r"(?:data-)?(?:dailymotion-?)?(?:video-?)?id|data-embed",
        r"\w{5,12}",
        "https://www.dailymotion.com/video/{}",
    ),
    (
        r"twitter|tweet",
        r"data-tweet-?id|data-id|tweet-?id",
        r"\d{5,25}",
        "https://twitter.com/i/status/{}",
    ),
    (
        r"tiktok",
        r"data-video-?id",
        r"\d{5,25}",
        "https://www.tiktok.com/embed/v2/{}",
    ),
    (
        r"telegram",
        r"data-telegram-post|data-post",
        r"[\w+]+/\d+",
        "https://t.me/{}",
    ),
    (
        r"flourish",
        r"data-src",
        r"(?:visualisation|story)/\d+",
        "https://public.flourish.studio/{}/",
    ),
    (
        r"infogram",
        r"data-id",
        r"[\w-]{8,60}",
        "https://infogram.com/{}",
    ),
    (
        r"imgur",
        r"data-id",
        r"(?:a/)?\w{5,12}",
        "https://imgur.com/{}",
    ),
    (
        r"instagram",
        r"instagram_id|data-shortcode",
        r"[\w-]{6,20}",
        "https://www.instagram.com/p/{}/",
    ),
)
_ADDRESS_NAME = re.compile(
    r"data-(?:[\w-]+-)?(?:url|uri|href|src|link|permalink|embed|iframe)|cite|url|href|src", re.IGNORECASE
)
_URL_KEY = re.compile(r"(?:[a-z]*(?:url|href|permalink|link)|src|file|source)", re.IGNORECASE)
_OTHER_KEY = re.compile(
    r"thumb|image|cover|photo|logo|avatar|poster|icon|background|profile|cta|preview|author|user", re.IGNORECASE
)
_TITLE_KEYS = ("title", "label", "addresstitle", "filename")
_NOTE_KEYS = ("fulltext", "body", "caption", "description", "herotext", "bio")
RECORDING_CLASS = re.compile(r"(?:audio|video|podcast|episode)-(?:card|block|embed)(?:\s|$)", re.IGNORECASE)
CARD_CLASS = re.compile(
    r"(?:kg-(?:bookmark|file)-card|(?:bookmark|link|embed|preview)[_-](?:card|preview)|embedded-post|wp-block-bookmark|(?:^|\s)bookmark\s+source(?:\s|$))",
    re.IGNORECASE,
)
FILE_CLASS = re.compile(r"(?:^|\s)wp-block-file(?:\s|$)")
_DOCUMENT_CLASS = re.compile(r"(?:^|\s)(?:spip_document(?:s|_\d+)?|attachment|document|file-item)(?:\s|$)", re.IGNORECASE)
_CAPTION_CLASS = re.compile(r"(?:^|[\s_-])(?:caption|descriptif|credits?)(?:\s|$)", re.IGNORECASE)
_TITLE_CLASS = re.compile(r"(?:^|[\s_-])tit(?:le|re)(?:[\s_-]|$)", re.IGNORECASE)
_PACKED = re.compile("https?%3A", re.IGNORECASE)
_WEB = re.compile(r"\s*(?:https?:)?//[^\s/]+\.\S+\s*")
_GIST = re.compile(r"(?:https?:)?(//gist\.github\.com/[\w-]+/\w+)\.js")


@dataclass(frozen=True, slots=True)
class EmbeddedData:
    """What the attributes of an element say: the address of what it would show, a title, further words, markup, pictures."""

    url: str = ""
    title: str = ""
    note: str = ""
    html: str = ""
    formula: str = ""
    pictures: tuple[Mapping[str, str], ...] = field(default=())


def read_embed(node: HtmlNode, base: str) -> EmbeddedData | None:
    """Return what an element would show by a script alone; None where it shows it by itself, or is none of these.

    >>> read_embed(HtmlNode("div", {"class": "fb-video", "data-href": "https://www.facebook.com/v/7"}), "").url
    'https://www.facebook.com/v/7'
    >>> read_embed(HtmlNode("div", {"class": "fb-like", "data-href": "https://blog.example/1"}), "") is None
    True
    """
    stated = (node.attributes.get(one, "") for one in ("class", "id", "data-provider-name", "data-type"))
    names = " ".join((node.name, *stated))[:_LONGEST_NAMES]
    is_post = _POST.search(names) is not None or "data-pin-do" in node.attributes
    is_named = is_post or _FRAME.search(names) or "-" in node.name or any(map(_FRAME.search, node.attributes))
    is_comment = '"comment"' in node.attributes.get("data-attrs", "")  # one that the text quotes
    if not (is_named or is_comment) or (_BUTTON.search(names) and not is_comment):
        return None
    inner = list(descendant_elements(node))
    links = [one.attributes["href"] for one in (node, *inner) if one.name == "a" and one.attributes.get("href")]
    if (text_content(node).strip() and (links or not is_post)) or (node.name == "a" and not is_post):
        return None
    if any(one.name in ("iframe", "video", "audio", "embed", "object") or _is_frame(one) for one in inner):
        return None
    values = {name: unquote(value) if _PACKED.match(value) else value for name, value in node.attributes.items()}
    found = _from_json(node.attributes, names, base) or _from_attributes(values, names, base)
    if found is None and is_post and links:
        found = EmbeddedData(embedded_page_url({"src": links[0]}, base))
    if found is None or found.url in [embedded_page_url({"src": one}, base) for one in links if not is_post]:
        return None
    is_place = found.title and re.search("mention|map|location", names)
    return found if (found.url or found.html or found.formula or found.pictures or is_place) else None


def script_page_url(attributes: Mapping[str, str]) -> str:
    """Return the page of what a script alone would show: a message of Telegram, or a gist; otherwise "".

    >>> script_page_url({"src": "https://telegram.org/js/telegram-widget.js", "data-telegram-post": "gundo/7"})
    'https://t.me/gundo/7'
    """
    post, gist = attributes.get("data-telegram-post", ""), _GIST.match(attributes.get("src", ""))
    if re.fullmatch(r"[\w+]{1,60}/\d{1,12}", post):
        return f"https://t.me/{post}"
    return f"https:{gist[1]}" if gist else ""


def _is_frame(node: HtmlNode) -> bool:
    return any(name.startswith("data-") and value.lstrip()[:1] in ("{", "<") for name, value in node.attributes.items())


def _is_address(value: str) -> bool:
    return len(value) <= MAX_URL_LENGTH and _WEB.fullmatch(value) is not None


def _from_attributes(attributes: Mapping[str, str], names: str, base: str) -> EmbeddedData | None:
    title = next((attributes[one] for one in attributes if re.fullmatch(r"data-(?:[\w-]+-)?title|title|aria-label", one)), "")
    markup = next((value for name, value in attributes.items() if name.startswith("data-") and "<iframe" in value.lower()), "")
    if markup:
        return EmbeddedData("", title, "", markup)
    if page := _provider_page(attributes, names):
        return EmbeddedData(page, title)
    for name, value in attributes.items():
        if _ADDRESS_NAME.fullmatch(name) and not _OTHER_KEY.search(name) and _is_address(value):
            url = embedded_page_url({"src": value}, base)
            if url and url != base and not IMAGE_NAME.search(url.partition("?")[0]):
                return EmbeddedData(url, title)
    return None


def _provider_page(values: Mapping[str, Any], names: str) -> str:
    for provider, key, form, page in _PROVIDERS:
        if re.search(provider, names, re.IGNORECASE) or any(re.search(provider, name, re.IGNORECASE) for name in values):
            for name, value in values.items():
                if isinstance(value, str) and re.fullmatch(key, name, re.IGNORECASE) and re.fullmatch(form, value.strip()):
                    return page.format(value.strip())
    return ""


def _from_json(attributes: Mapping[str, str], names: str, base: str) -> EmbeddedData | None:
    """Return what the JSON in an attribute says."""
    for name, value in attributes.items():
        if not name.startswith("data-") or value.lstrip()[:1] not in ("{", "[") or len(value) > _MOST_DATA:
            continue
        try:
            data = json.loads(value)
        except (ValueError, RecursionError):
            continue
        if (found := _read_data(data, names, base)) != EmbeddedData():
            return found
    return None


def _read_data(data: Any, names: str, base: str) -> EmbeddedData:
    fields = list(_fields(data))
    strings = [(key, value) for key, value in fields if isinstance(value, str) and value.strip()]
    markup = next((value for _, value in strings if "<iframe" in value.lower()), "")
    pages = [
        (not key.startswith("canonical"), embedded_page_url({"src": value}, base))
        for key, value in strings
        if _URL_KEY.fullmatch(key) and not _OTHER_KEY.search(key) and _is_address(value)
    ]
    url = next((page for _, page in sorted(pages, key=lambda one: one[0]) if page and page != base), "")
    pictures = [
        {"src": value} for key, value in strings if key in ("src", "url") and IMAGE_NAME.search(value.partition("?")[0])
    ]
    by_key = dict(reversed(strings))
    title = next((by_key[key] for key in _TITLE_KEYS if key in by_key), "")
    note = next((by_key[key] for key in _NOTE_KEYS if key in by_key), "")
    name = by_key.get("name", "")
    places = [value for key, value in strings if key.startswith("address")]
    title = title or (f"{name}: {note}" if name and note else name or note)
    url = url or _provider_page(dict(strings), names)
    if not url and "mediauploadid" in by_key:
        url, title = base, title or "▶"
    return EmbeddedData(
        "" if IMAGE_NAME.search(url.partition("?")[0]) else url,
        _plain(title),
        _plain(", ".join(dict.fromkeys(places[1:])) if places else "" if note in title else note),
        markup,
        by_key.get("persistentexpression", ""),
        tuple(pictures[:_MOST_PICTURES]) if not url or IMAGE_NAME.search(url) else (),
    )


def _fields(data: Any) -> Iterator[tuple[str, Any]]:
    """Yield the fields of JSON with their keys in lower case and without signs, those of the first level first."""
    level = [data]
    for _ in range(_DEEPEST):
        parts = [one for one in level if isinstance(one, dict | list)]
        pairs = list(
            chain.from_iterable(one.items() if isinstance(one, dict) else (("", each) for each in one) for one in parts)
        )
        yield from ((re.sub(r"[_-]", "", str(key)).lower(), value) for key, value in pairs)
        level = [value for _, value in pairs]


def _plain(text: str) -> str:
    """Return words of an attribute as one line."""
    return " ".join(re.sub(r"<[^<>]{0,300}>", " ", text).split())[:_LONGEST_NOTE]


def link_card(node: HtmlNode) -> None:
    """Make a card of a page one link with its title."""
    link = next((one for one in [node, *descendant_elements(node)] if one.name == "a" and one.attributes.get("href")), None)
    if link is None:
        return
    titles = [
        one
        for one in descendant_elements(link)
        if _TITLE_CLASS.search(one.attributes.get("class", "").replace("kg-bookmark-", "").replace("kg-file-card-", ""))
    ]
    names = ((one, one.name, one.attributes.get("class", "")) for one in descendant_elements(node) if _words(one))
    captions = [one for one, name, classes in names if name == "figcaption" or _CAPTION_CLASS.search(classes)]
    title = next(filter(None, map(_words, titles)), "") or _words(link)
    if title:
        paragraphs = [HtmlNode("p", {}, [HtmlNode("a", {"href": link.attributes["href"]}, [title])])]
        node.children = [*paragraphs, *(HtmlNode("p", {}, one.children) for one in captions)]
        node.name, node.attributes = "div", {}


def name_recording(node: HtmlNode) -> None:
    """Give the title in a card of a recording to the recording, whose link has it."""
    media = next((one for one in descendant_elements(node) if one.name in ("audio", "video")), None)
    titles = [one for one in descendant_elements(node) if _TITLE_CLASS.search(one.attributes.get("class", "")) and _words(one)]
    if media is not None and titles and not any(True for _ in descendant_elements(titles[0])):
        media.attributes.setdefault("title", _words(titles[0]))
        titles[0].children = []


def link_document(node: HtmlNode) -> bool:
    """Make one link of a document that is a link around its sign, a title and words. Returns whether an element was one."""
    if node.name not in ("dl", "div", "figure") or not _DOCUMENT_CLASS.search(node.attributes.get("class", "")):
        return False
    inner = list(descendant_elements(node))
    links = [one for one in inner if one.name == "a" and one.attributes.get("href") and not _words(one)]
    named = [one for one in inner if _TITLE_CLASS.search(one.attributes.get("class", "")) and _words(one)]
    if len(links) != 1 or IMAGE_NAME.search(links[0].attributes["href"]) or "image/" in links[0].attributes.get("type", ""):
        return False
    others = [
        one for one in inner if _CAPTION_CLASS.search(one.attributes.get("class", "")) and _words(one) and one not in named
    ]
    signs = (one.attributes.get("alt", "") for one in descendant_elements(links[0]) if one.name == "img")
    detail = " ".join((links[0].attributes.get("title", "") or next(filter(None, signs), "")).split())
    title = _words(named[0]) if named else detail
    if not title:
        return False
    link: list[HtmlNode | str] = [HtmlNode("a", {"href": links[0].attributes["href"]}, [title])]
    link += [f" ({detail})"] if detail and detail != title else []
    words = [HtmlNode("p", {}, one.children) for one in others if not any(part in named for part in descendant_elements(one))]
    node.name, node.attributes, node.children = "div", {}, [HtmlNode("p", {}, link), *words]
    return True


def drop_repeated_link(node: HtmlNode) -> None:
    """Drop the button beside the link to a file, which leads where the link does."""
    links = [one for one in descendant_elements(node) if one.name == "a" and _words(one)]
    for first, second in pairwise(links):
        if first.attributes.get("href") == second.attributes.get("href"):
            second.children = []


def _words(node: HtmlNode) -> str:
    return " ".join(text_content(node).split())
