"""Pictures in untrusted HTML: their addresses, their captions, and which are trackers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from jisr.core.urls.media_endings import PICTURES, ending_pattern
from jisr.ingest.sanitize.safe_urls import display_host, safe_url

_TINY_SIZE = re.compile(r"\s*0*[0-2](?:\.\d*)?\s*(?:px)?\s*", re.IGNORECASE)
_HIDDEN_STYLE = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0*)?\s*(?:;|!|$)"
    r"|(?:max-)?(?P<size>width|height)\s*:\s*0*[0-2](?:\.\d*)?\s*(?:px)?\s*(?:;|!|$))",
    re.IGNORECASE,
)
_PADDED = re.compile(r"padding(?:-top|-bottom)?\s*:[^;]*[1-9]\d*(?:\.\d+)?(?:%|vw)", re.IGNORECASE)
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
_IMAGE_EXTENSION = ending_pattern(PICTURES)
IMAGE_NAME = re.compile(rf"{_IMAGE_EXTENSION}$", re.IGNORECASE)
_MEDIA_FILE = re.compile(rf"[^/]+{ending_pattern()}", re.IGNORECASE)
_LATE_NAMES = re.compile(r"data-.*(?:src|source|original|echo|lazy).*|lazy-?src|original|real-?src|file-?src")
_LARGE_NAMES = re.compile(r"data-(?:.*-)?(?:image|img|file|url|large|full|hi-?res|zoom|bg)(?:-.*)?")
_ADDRESS = re.compile(r"\s*(?:(?:https?:)?//[^\s/]+/?\S*|[^\s:;{}<>\"]*/[^\s;{}<>\"]+|[^\s:,;{}<>\"/]+\.\w{3,4}(?:\?\S*)?)\s*")
_IMAGE_ADDRESS = re.compile(
    rf"\S+{_IMAGE_EXTENSION}(?:[?#]\S*)?\s*|\s*(?:https?:)?//\S*(?:image|img|photo|media|upload)\S*", re.IGNORECASE
)
_PLACEHOLDER = re.compile(
    r"(?:^|[/_.-])(?:place-?holder|blank|spacer|lazy(?:[_-]?load(?:ing|er)?)?|(?:pre|ajax-?)?load(?:ing|er)|transparent|dummy|gr[ae]y|pixel"
    r"|1x1|empty|trans|fallback)(?:[_.-][^/]*)?\.(?:gif|png|svg|jpe?g|webp)$",
    re.IGNORECASE,
)
_CANDIDATE = re.compile(r"([^\s,]\S*+(?<!,)|[^\s,]\S*(?=,))(?:,|\s+([^,]*)|$)")
_BLURRED = re.compile(r"(//static\.wixstatic\.com/media/[^/?#]+)/v1/[^?#]*\bblur_[^?#]*")  # before the picture is loaded
_LARGEST_WIDTH = 2000  # of the picture that is chosen from a set, where it has a smaller one
_SIZES = re.compile(r"-(?:\d{2,4}x\d{2,4}|scaled)(?=\.\w{3,4}$)|/(?:[swh]\d{2,4}(?:-[\w-]*)?|max/\d+)(?=/)")
_SIZE_PARAMETERS = frozenset("w h width height resize fit crop quality q format fm auto dpr ssl strip size".split())


def is_hidden_element(attributes: Mapping[str, str]) -> bool:
    """Whether an element is hidden, or too small to be visible; one without height around a film has the height of its padding.

    >>> is_hidden_element({"style": "height: 0"}), is_hidden_element({"style": "height: 0; padding-bottom: 56.25%"})
    (True, False)
    """
    style = attributes.get("style", "")
    matches = [match["size"] for match in _HIDDEN_STYLE.finditer(style)]
    return "hidden" in attributes or (bool(matches) and not (set(matches) == {"height"} and _PADDED.search(style)))


def is_checkbox(name: str, attributes: Mapping[str, str]) -> bool:
    """Whether an element is the box of a task in a list, which readers cannot change."""
    names = attributes.get("class", "")
    if name == "input":
        return attributes.get("type", "").lower() == "checkbox" and ("disabled" in attributes or "task" in names)
    return re.search(r"(?:^|\s)checkbox-o(?:n|ff)(?:\s|$)", names) is not None


def is_tracker(url: str) -> bool:
    """Whether an address is that of a known tracker."""
    return _TRACKERS.search(url) is not None


def is_tiny(attributes: Mapping[str, str]) -> bool:
    """Whether an element is too small to be seen, by its width and height."""
    return any(_TINY_SIZE.fullmatch(attributes[side]) for side in ("width", "height") if side in attributes)


def is_tracking_pixel(attributes: Mapping[str, str], url: str) -> bool:
    """Whether a picture tracks readers: a pixel, a hidden one, or one from a known tracker.

    >>> is_tracking_pixel({"width": "1", "height": "1"}, "https://example.org/a.gif"), is_tracking_pixel({}, "https://example.org/بيان.jpg")
    (True, False)
    """
    return is_tiny(attributes) or is_hidden_element(attributes) or is_tracker(url)


def image_url(attributes: Mapping[str, str], base: str) -> str:
    """Return the absolute address of a picture, or "" where it has no safe one.

    Pages with lazy loading have a placeholder in ``src`` and the address in another attribute.

    >>> image_url({"src": "loading.svg", "data-original": "/well.jpg"}, "https://example.org/")
    'https://example.org/well.jpg'
    """
    urls = (
        safe_url(one, base) for one in _image_sources(attributes) if not one.lower().lstrip().startswith(("mailto:", "tel:"))
    )
    return _BLURRED.sub(r"\1", next(filter(None, urls), ""))


def late_sources(attributes: Mapping[str, str]) -> list[str]:
    """Return the addresses that a page loads late, of a picture or a frame."""
    late = [(name, value) for name, value in attributes.items() if _LATE_NAMES.fullmatch(name) and not name.endswith("set")]
    ordered = sorted(late, key=lambda one: not one[0].endswith("src"))
    return [value for _, value in ordered if _ADDRESS.fullmatch(value)]


def is_placeholder(attributes: Mapping[str, str]) -> bool:
    """Whether a picture names no picture: it has no address, or that of a placeholder alone.

    >>> [is_placeholder({"src": source}) for source in ("data:image/gif;base64,R0", "/img/lazyload.gif", "a.jpg")]
    [True, True, False]
    """
    source = next(_image_sources(attributes), "")
    return source.lower().lstrip().startswith("data:") or not source or _names_placeholder(source)


def _names_placeholder(source: str) -> bool:
    return _PLACEHOLDER.search(source.partition("?")[0].partition("#")[0]) is not None


def _image_sources(attributes: Mapping[str, str]) -> Iterator[str]:
    """Yield the addresses that a picture states, those first that are most probably of the picture itself."""
    yield from late_sources(attributes)
    sets = [value for name, value in attributes.items() if name.endswith(("srcset", "src-set"))]
    yield from (
        source for name, value in attributes.items() if name != "srcset" and value in sets for source in _from_set(value)
    )
    source = attributes.get("src", "")
    if source.strip() and not _names_placeholder(source):
        yield source
    yield from (one for value in sets for one in _from_set(value))
    for name, value in attributes.items():
        if _LARGE_NAMES.fullmatch(name) and _IMAGE_ADDRESS.fullmatch(value):
            yield value
    if source.strip():
        yield source


def _from_set(value: str) -> list[str]:
    """Return the best picture of a ``srcset``: the largest that is not too large, otherwise the smallest.

    Its addresses may have commas (https://html.spec.whatwg.org/#parsing-a-srcset-attribute).

    >>> _from_set("/a,b.jpg 300w, /a,c.jpg 900w, /d.jpg 4000w"), _from_set("/x.jpg, /y.jpg 2x")
    (['/a,c.jpg'], ['/y.jpg'])
    """
    candidates: list[tuple[float, str]] = []
    for source, descriptor in _CANDIDATE.findall(value[:20_000]):
        if _ADDRESS.fullmatch(source):
            size = re.match(r"(\d{1,6}(?:\.\d{1,3})?)[wx]", descriptor)
            candidates.append((float(size[1]) if size else 1.0, source))
    fitting = [one for one in candidates if one[0] <= _LARGEST_WIDTH]
    best = max(fitting, key=lambda one: one[0], default=None) or min(candidates, key=lambda one: one[0], default=None)
    return [best[1]] if best else []


def picture_key(url: str) -> str:
    """Return what the addresses of one picture in several sizes have in common.

    >>> picture_key("https://example.org/up/d-300x200.jpg?w=300") == picture_key("http://example.org/up/d.jpg")
    True
    """
    try:
        parts = urlsplit(url)
        query = urlencode([(name, value) for name, value in parse_qsl(parts.query) if name not in _SIZE_PARAMETERS])
    except ValueError:
        return url
    return f"{parts.netloc.removeprefix('www.')}{_SIZES.sub('', parts.path)}?{query}"


def emoji_text(attributes: Mapping[str, str]) -> str:
    """Return the emoji that a picture replaces, or ""."""
    text = " ".join(attributes.get("alt", "").split())
    if _EMOJI_CLASS.search(attributes.get("class", "")):
        return text[:20]
    return text if 0 < len(text) <= 8 and not any(character.isalnum() or character.isascii() for character in text) else ""


def media_caption(attributes: Mapping[str, str], url: str) -> str:
    """Return the caption of a picture, recording or document: its alternative text, its title, or the name of its file.

    >>> media_caption({"alt": " صورة  المؤتمر "}, "https://example.org/a.jpg"), media_caption({}, "https://example.org/up/%D8%A3.jpg?w=3")
    ('صورة المؤتمر', 'أ.jpg')
    """
    names = (attributes.get(name, "").strip() for name in ("alt", "title", "aria-label"))
    caption = " ".join(next(filter(None, names), "").split())
    if caption:
        return caption[:500]
    name = _file_name(url)
    return name if _MEDIA_FILE.fullmatch(name) and len(name) <= 60 and name.isprintable() else display_host(url)


def names_file(url: str) -> bool:
    """Whether an address is that of a picture, a recording or a document, by its end."""
    return _MEDIA_FILE.fullmatch(_file_name(url)) is not None


def _file_name(url: str) -> str:
    try:
        return unquote(urlsplit(url).path.rpartition("/")[2]).rpartition("/")[2]
    except ValueError:
        return ""
