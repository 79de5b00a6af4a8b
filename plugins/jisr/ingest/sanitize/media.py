"""Pictures, players and frames of a stranger's text: which are looked at, where they lead, and which only watch readers."""

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
_PLAYERS = (  # an address of a player, and that of the page where the same is played
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


def is_hidden_element(said: Mapping[str, str]) -> bool:
    """Whether an element is hidden, or too small to be seen."""
    return "hidden" in said or _HIDDEN_STYLE.search(said.get("style", "")) is not None


def is_tracking_pixel(said: Mapping[str, str], whole: str) -> bool:
    """Whether a picture is there to tell somebody who reads: a dot, a hidden one, or from a place known for it.

    >>> is_tracking_pixel({"width": "1", "height": "1"}, "https://example.org/a.gif"), is_tracking_pixel({}, "https://example.org/بيان.jpg")
    (True, False)
    """
    dot = any(_TINY_SIZE.fullmatch(said[side]) for side in ("width", "height") if side in said)
    return dot or is_hidden_element(said) or _TRACKERS.search(whole) is not None


def image_url(said: Mapping[str, str], base: str) -> str:
    """Return the whole address of a picture, or "" where it has none that can be linked.

    Pages that load pictures late write a placeholder where the address belongs, and the address elsewhere.
    """
    named = [said[name] for name in _SOURCE_ATTRIBUTES if said.get(name)]
    later = [
        said[name].split(",")[0].split()[0] for name in ("srcset", "data-srcset") if said.get(name, "").split(",")[0].strip()
    ]
    found = (safe_url(one, base) for one in [*named, *later] if not one.lower().lstrip().startswith(("mailto:", "tel:")))
    return next(filter(None, found), "")


def emoji_text(said: Mapping[str, str]) -> str:
    """Return the sign that a picture is drawn for, as blogs do for emoji, or ""."""
    sign = " ".join(said.get("alt", "").split())
    if _EMOJI_CLASS.search(said.get("class", "")):
        return sign[:20]
    return sign if 0 < len(sign) <= 8 and not any(one.isalnum() or one.isascii() for one in sign) else ""


def image_caption(said: Mapping[str, str], whole: str) -> str:
    """Return the words for a picture: what stands for it, its title, or the name of its file.

    >>> image_caption({"alt": " صورة  المؤتمر "}, "https://example.org/a.jpg"), image_caption({}, "https://example.org/up/%D8%A3.jpg?w=3")
    ('صورة المؤتمر', 'أ.jpg')
    """
    stated = " ".join((said.get("alt", "").strip() or said.get("title", "")).split())
    if stated:
        return stated[:500]
    name = unquote(urlsplit(whole).path.rpartition("/")[2])
    return name if _IMAGE_FILE.fullmatch(name) and len(name) <= 60 and name.isprintable() else display_host(whole)


def embedded_page_url(said: Mapping[str, str], base: str) -> str:
    """Return the page that shows what a frame shows, or "" where the frame is nobody's player, map or document.

    >>> embedded_page_url({"src": "//www.youtube.com/embed/aB-1?rel=0"}, "https://example.org/")
    'https://www.youtube.com/watch?v=aB-1'
    >>> embedded_page_url({"src": "https://ads.example.net/?x"}, "https://example.org/")
    ''
    """
    whole = next(filter(None, (safe_url(said.get(name, ""), base) for name in (*_SOURCE_ATTRIBUTES, "data"))), "")
    if not whole.startswith("http"):
        return ""
    for pattern, page in _PLAYERS:
        if found := pattern.search(whole):
            return page.format(found[1])
    name = display_host(whole)
    inner = parse_qs(urlsplit(whole).query).get(_WRAPPED_URL_PARAMETERS.get(name, ""), [""])[0]
    if inner and (inside := safe_url(inner, "")):
        return inside
    return whole if name in _EMBED_HOSTS or any(name.endswith(f".{one}") for one in ("bandcamp.com", "scribd.com")) else ""
