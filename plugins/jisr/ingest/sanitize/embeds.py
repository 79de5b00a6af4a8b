"""Frames and players in untrusted HTML: the page of what they show."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

from jisr.ingest.sanitize.media import IMAGE_NAME, is_hidden_element, is_tiny, is_tracker, late_sources
from jisr.ingest.sanitize.safe_urls import safe_url
from jisr.ingest.sanitize.tokenizer import HtmlTag, tokenize_html

_PLAYERS = (  # the address of a player, and that of its page
    (re.compile(r"//(?:www\.|m\.)?youtube(?:-nocookie)?\.com/(?:embed|v|shorts|live)/(?!videoseries)([\w-]+)"), "https://www.youtube.com/watch?v={}"),
    (re.compile(r"//(?:www\.)?youtube(?:-nocookie)?\.com/embed/videoseries\?(?:[^#]*&)?list=([\w-]+)"), "https://www.youtube.com/playlist?list={}"),
    (re.compile(r"//player\.vimeo\.com/video/(\d+)"), "https://vimeo.com/{}"),
    (re.compile(r"//(?:www\.|geo\.)?dailymotion\.com/embed/video/(\w+)"), "https://www.dailymotion.com/video/{}"),
    (re.compile(r"//(?:www\.)?slideshare\.net/slideshow/embed_code/(?:key/)?(\w+)"), "https://www.slideshare.net/slideshow/embed_code/key/{}"),
    (re.compile(r"//open\.spotify\.com/embed(?:-podcast)?/(\w+/\w+)"), "https://open.spotify.com/{}"),
    (re.compile(r"//archive\.org/embed/([\w.-]+)"), "https://archive.org/details/{}"),
    (re.compile(r"(//[^/?#]+)/videos/embed/([\w-]+)"), "https:{}/videos/watch/{}"),
    (re.compile(r"(//[^/?#]+/@[\w.@-]+/\d+)/embed(?:[/?#]|$)"), "https:{}"),
    (re.compile(r"(//(?:www\.)?instagram\.com/(?:p|reel|tv)/[\w-]+)/embed"), "https:{}/"),
    (re.compile(r"(//t\.me/[\w+-]+/\d+)\?(?:[^#]*&)?embed=1"), "https:{}"),
)  # fmt: skip
_ELEMENTS = {  # elements of players by name: attribute, page
    "amp-youtube": ("data-videoid", "https://www.youtube.com/watch?v={}"),
    "lite-youtube": ("videoid", "https://www.youtube.com/watch?v={}"),
    "amp-vimeo": ("data-videoid", "https://vimeo.com/{}"),
    "lite-vimeo": ("videoid", "https://vimeo.com/{}"),
    "amp-dailymotion": ("data-videoid", "https://www.dailymotion.com/video/{}"),
    "amp-twitter": ("data-tweetid", "https://twitter.com/i/status/{}"),
    "amp-instagram": ("data-shortcode", "https://www.instagram.com/p/{}/"),
    "amp-facebook": ("data-href", "{}"),
    "amp-soundcloud": ("data-trackid", "https://api.soundcloud.com/tracks/{}"),
}
FRAMES = frozenset(("iframe", "embed", "object", "fencedframe", "portal", *_ELEMENTS))
MEDIA = frozenset(("video", "audio"))
SYNONYMS = {
    "amp-img": "img", "amp-anim": "img", "image": "img", "amp-iframe": "iframe", "amp-video-iframe": "iframe",
    "amp-video": "video", "amp-audio": "audio", "youtube-video": "iframe",
}  # fmt: skip
_WRAPPED_URLS = (
    "url",
    "href",
    "src",
    "link",
    "file",
    "u",
    "uri",
    "video",
    "document",
)  # parameters of a frame around another address
_UNWANTED_FRAMES = re.compile(
    r"//(?:[^/?#]*\.)?(?:ads?|adserver\w*|adservice|banners?|taboola|outbrain|criteo|adnxs|rubiconproject|pubmatic|openx|adsterra|propellerads"
    r"|popads|exoclick|mgid|revcontent|zedo|yllix|a-ads|disqus|addthis|recaptcha|accounts\.google)\d*\.[^/?#]+(?:[/?#]|$)"
    r"|facebook\.com/(?:v[\d.]+/)?plugins/(?:like|share|page|fan|follow|comments|send|login|registration)"
    r"|//platform\.(?:twitter|x)\.com/widgets/(?!tweet\.)|//apis\.google\.com/|//platform\.linkedin\.com/|//assets\.pinterest\.com/"
    r"|//staticxx\.facebook\.com/|google\.[a-z.]+/recaptcha|//widgets\.wp\.com/|//jetpack\.wordpress\.com/|//public-api\.wordpress\.com/"
    r"|[/_.-](?:adframe|adsense|advert(?:s|isement)?|ad-?banner|share_?button|like_?button|tweet_?button|follow_?button|likes/master)(?:[/_.?-]|$)",
    re.IGNORECASE,
)
_OFF_SCREEN = re.compile(
    r"(?:left|top|right|bottom|text-indent|margin(?:-\w+)?)\s*:\s*-\d{3,}|clip\s*:\s*rect\(0", re.IGNORECASE
)


def embedded_page_url(attributes: Mapping[str, str], base: str) -> str:
    """Return the page of what a frame shows, or "" where it has none, nobody can see it, or it is an advertisement or a button.

    >>> embedded_page_url({"src": "//www.youtube.com/embed/aB-1?rel=0"}, "https://example.org/")
    'https://www.youtube.com/watch?v=aB-1'
    >>> embedded_page_url({"src": "https://ads.example.net/?x"}, "https://example.org/")
    ''
    >>> embedded_page_url({"src": "https://films.example/f?key=1&url=https%3A%2F%2Fvimeo.com%2F7"}, "")
    'https://vimeo.com/7'
    """
    if is_hidden_element(attributes) or _OFF_SCREEN.search(attributes.get("style", "")):
        return ""
    if re.fullmatch(r"[\w-]{11}", attributes.get("youtube-src-id", "")):  # a frame of Blogger around one of YouTube
        return f"https://www.youtube.com/watch?v={attributes['youtube-src-id']}"
    late = [one for one in late_sources(attributes) if not IMAGE_NAME.search(one.partition("?")[0])]
    sources = (*late, attributes.get("src", ""), attributes.get("data", ""))
    url = next(filter(None, (safe_url(one, base) for one in sources)), "")
    is_player = any(pattern.search(url) for pattern, _ in _PLAYERS)
    return _page_url(url, 2) if is_player or not is_tiny(attributes) else ""


def replaced_page_url(attributes: Mapping[str, str], content: str, base: str) -> str:
    """Return the page that a frame without a size links in its content, as feeds of Medium have it, or "".

    >>> frame = {"src": "https://stories.example/media/7", "width": "0", "height": "0"}
    >>> replaced_page_url(frame, '<a href="https://stories.example/media/7/href">film</a>', "")
    'https://stories.example/media/7/href'
    """
    seen = {name: value for name, value in attributes.items() if name not in ("width", "height")}
    tags = (one for one in tokenize_html(content) if isinstance(one, HtmlTag) and one.name == "a")
    urls = (embedded_page_url({"src": one.attributes.get("href", "")}, base) for one in tags)
    return next(filter(None, urls), "") if embedded_page_url(seen, base) else ""


def player_page_url(name: str, attributes: Mapping[str, str]) -> str:
    """Return the page of an element that is a player by its name, or "".

    >>> player_page_url("amp-youtube", {"data-videoid": "aB-1"})
    'https://www.youtube.com/watch?v=aB-1'
    """
    attribute, page = _ELEMENTS.get(name, ("", ""))
    value = attributes.get(attribute, "").strip()
    return safe_url(page.format(value), "") if re.fullmatch(r"[\w-]{1,80}" if page != "{}" else r"https?://\S+", value) else ""


def _page_url(url: str, depth: int) -> str:
    """Return the page of a player's address; of a frame around another address, that one."""
    if not url.startswith("http") or is_tracker(url) or _UNWANTED_FRAMES.search(url):
        return ""
    for pattern, page in _PLAYERS:
        if match := pattern.search(url):
            return page.format(*match.groups())
    parameters = parse_qs(urlsplit(url).query)
    wrapped = (parameters[name][0] for name in _WRAPPED_URLS if name in parameters)
    wrapped_url = next((safe_url(one, "https:") for one in wrapped if re.match(r"(?:https?:)?//[^/\s]+\.", one)), "")
    return _page_url(wrapped_url, depth - 1) if wrapped_url and depth else url
