"""Pictures, players and frames in untrusted HTML: their addresses, their captions, and which are trackers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import parse_qs, unquote, urlsplit

from jisr.ingest.sanitize.safe_urls import display_host, safe_url

_SOURCE_ATTRIBUTES = ("src", "data-src", "data-lazy-src", "data-original", "data-orig-file")
_TINY_SIZE = re.compile(r"\s*0*[0-2](?:\.\d*)?\s*(?:px)?\s*", re.IGNORECASE)
_HIDDEN_STYLE = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0*)?\s*(?:;|!|$)"
    r"|(?:max-)?(?:width|height)\s*:\s*0*[0-2](?:\.\d*)?\s*(?:px)?\s*(?:;|!|$))",
    re.IGNORECASE,
)
_TRACKERS = re.compile(
    r"//(?:[^/?#]*\.)?(?:doubleclick\.net|google-analytics\.com|googletagmanager\.com|googlesyndication\.com|quantserve\.com|"
    r"scorecardresearch\.com|feedsportal\.com|feedblitz\.com|statcounter\.com|histats\.com|clustrmaps\.com|list-manage\.com|"
    r"mailchimp\.com|sendgrid\.net|hubspot\.com|addtoany\.com|sharethis\.com|amung\.us|hotjar\.com|mixpanel\.com|"
    r"chartbeat\.(?:com|net)|feeds\.wordpress\.com|pixel\.wp\.com|stats\.wp\.com|stats\.wordpress\.com|adservice\.google\.com|"
    r"amazon-adsystem\.com|tracking\.[^/?#]+|pixel\.[^/?#]+|beacon\.[^/?#]+|counter\.[^/?#]+|analytics\.[^/?#]+)(?::\d+)?(?:[/?#]|$)"
    r"|//feeds\.feedburner\.com/~|//feeds2?\.[^/]+/~r/|//(?:www\.)?facebook\.com/tr(?:[/?]|$)|//medium\.com/_/stat"
    r"|/(?:pixel|beacon|tracker|track|tracking|counter|blank|spacer|transparent|clear|1x1|1px|utm|__utm|open)"
    r"\.(?:gif|png|php|aspx?)(?:[?#]|$)|/[a-z]\.gif(?:[?#]|$)"
    r"|/(?:matomo|piwik)\.php|/wf/open|/track/open|/open/track|/pixel(?:s)?(?:[/?]|$)|/beacon(?:[/?]|$)|/collect\?|/impression(?:s)?(?:[/?]|$)",
    re.IGNORECASE,
)
_EMOJI_CLASS = re.compile(r"(?:^|\s)(?:emoji|wp-smiley|smiley|emoticon)(?:\s|$)", re.IGNORECASE)
_IMAGE_FILE = re.compile(r"[^/]+\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?|heic)", re.IGNORECASE)
_PLAYERS = (  # the address of a player, and that of its page
    (re.compile(r"//(?:www\.|m\.)?youtube(?:-nocookie)?\.com/(?:embed|v)/(?!videoseries)([\w-]+)"), "https://www.youtube.com/watch?v={}"),
    (re.compile(r"//(?:www\.)?youtube(?:-nocookie)?\.com/embed/videoseries\?(?:[^#]*&)?list=([\w-]+)"), "https://www.youtube.com/playlist?list={}"),
    (re.compile(r"//player\.vimeo\.com/video/(\d+)"), "https://vimeo.com/{}"),
    (re.compile(r"//(?:www\.|geo\.)?dailymotion\.com/embed/video/(\w+)"), "https://www.dailymotion.com/video/{}"),
    (re.compile(r"//(?:www\.)?slideshare\.net/slideshow/embed_code/(?:key/)?(\w+)"), "https://www.slideshare.net/slideshow/embed_code/key/{}"),
    (re.compile(r"//open\.spotify\.com/embed(?:-podcast)?/(\w+/\w+)"), "https://open.spotify.com/{}"),
    (re.compile(r"//archive\.org/embed/([\w.-]+)"), "https://archive.org/details/{}"),
)  # fmt: skip
_WRAPPED_URL_PARAMETERS = {
    "w.soundcloud.com": "url",
    "facebook.com": "href",
    "docs.google.com": "url",
    "view.officeapps.live.com": "src",
}
_EMBED_HOSTS = frozenset(
    "youtube.com youtube-nocookie.com player.vimeo.com vimeo.com dailymotion.com w.soundcloud.com soundcloud.com facebook.com "
    "slideshare.net scribd.com issuu.com archive.org docs.google.com drive.google.com google.com maps.google.com "
    "openstreetmap.org umap.openstreetmap.fr bandcamp.com open.spotify.com player.twitch.tv ted.com embed.ted.com rumble.com "
    "odysee.com framatube.org tube.tchncs.de videopress.com aparat.com rutube.ru ok.ru vk.com tiktok.com "
    "instagram.com twitter.com platform.twitter.com t.me flickr.com e.infogram.com public.tableau.com "
    "datawrapper.dwcdn.net flo.uri.sh prezi.com view.officeapps.live.com mixcloud.com anchor.fm podbean.com".split()
)


def is_hidden_element(attributes: Mapping[str, str]) -> bool:
    """Whether an element is hidden, or too small to be visible."""
    return "hidden" in attributes or _HIDDEN_STYLE.search(attributes.get("style", "")) is not None


def is_tracking_pixel(attributes: Mapping[str, str], url: str) -> bool:
    """Whether a picture tracks readers: a pixel, a hidden one, or one from a known tracker.

    >>> is_tracking_pixel({"width": "1", "height": "1"}, "https://example.org/a.gif"), is_tracking_pixel({}, "https://example.org/بيان.jpg")
    (True, False)
    """
    is_dot = any(_TINY_SIZE.fullmatch(attributes[side]) for side in ("width", "height") if side in attributes)
    return is_dot or is_hidden_element(attributes) or _TRACKERS.search(url) is not None


def image_url(attributes: Mapping[str, str], base: str) -> str:
    """Return the absolute address of a picture, or "" where it has no safe one.

    Pages with lazy loading have a placeholder in ``src`` and the address in another attribute.
    """
    sources = [attributes[name] for name in _SOURCE_ATTRIBUTES if attributes.get(name)]
    for name in ("srcset", "data-srcset"):
        sources += attributes.get(name, "").split(",")[0].split()[:1]
    urls = (safe_url(one, base) for one in sources if not one.lower().lstrip().startswith(("mailto:", "tel:")))
    return next(filter(None, urls), "")


def emoji_text(attributes: Mapping[str, str]) -> str:
    """Return the emoji that a picture replaces, or ""."""
    text = " ".join(attributes.get("alt", "").split())
    if _EMOJI_CLASS.search(attributes.get("class", "")):
        return text[:20]
    return text if 0 < len(text) <= 8 and not any(character.isalnum() or character.isascii() for character in text) else ""


def image_caption(attributes: Mapping[str, str], url: str) -> str:
    """Return the caption of a picture: its alternative text, its title, or the name of its file.

    >>> image_caption({"alt": " صورة  المؤتمر "}, "https://example.org/a.jpg"), image_caption({}, "https://example.org/up/%D8%A3.jpg?w=3")
    ('صورة المؤتمر', 'أ.jpg')
    """
    caption = " ".join((attributes.get("alt", "").strip() or attributes.get("title", "")).split())
    if caption:
        return caption[:500]
    name = unquote(urlsplit(url).path.rpartition("/")[2])
    return name if _IMAGE_FILE.fullmatch(name) and len(name) <= 60 and name.isprintable() else display_host(url)


def embedded_page_url(attributes: Mapping[str, str], base: str) -> str:
    """Return the page of a frame's content, or "" where the frame is no known player, map or document.

    >>> embedded_page_url({"src": "//www.youtube.com/embed/aB-1?rel=0"}, "https://example.org/")
    'https://www.youtube.com/watch?v=aB-1'
    >>> embedded_page_url({"src": "https://ads.example.net/?x"}, "https://example.org/")
    ''
    """
    url = next(filter(None, (safe_url(attributes.get(name, ""), base) for name in (*_SOURCE_ATTRIBUTES, "data"))), "")
    if not url.startswith("http"):
        return ""
    for pattern, page in _PLAYERS:
        if match := pattern.search(url):
            return page.format(match[1])
    name = display_host(url)
    wrapped = parse_qs(urlsplit(url).query).get(_WRAPPED_URL_PARAMETERS.get(name, ""), [""])[0]
    if wrapped and (wrapped_url := safe_url(wrapped, "")):
        return wrapped_url
    return url if name in _EMBED_HOSTS or any(name.endswith(f".{one}") for one in ("bandcamp.com", "scribd.com")) else ""
