"""Sound and films: files beside a text with what belongs to them, and addresses of other hosts that play films."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import parse_qs, urlsplit

from jisr.core.frozen import dataclass

_SOUND = frozenset("mp3 m4a ogg oga opus wav flac".split())
_FILM = frozenset("mp4 m4v mov webm ogv".split())
_TRANSCRIPTS = frozenset("txt pdf odt docx rtf doc epub".split())
_STILLS = ("jpg", "jpeg", "png", "webp", "avif", "gif")
_HOSTS = re.compile(
    r"(?:^|\.)(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|dailymotion\.com|dai\.ly|facebook\.com|fb\.watch|tiktok\.com"
    r"|instagram\.com|twitch\.tv|rumble\.com|odysee\.com|bitchute\.com|aparat\.com|ted\.com|archive\.org|soundcloud\.com"
    r"|spotify\.com|mixcloud\.com|arte\.tv|streamable\.com|loom\.com|wistia\.com|ok\.ru|vk\.com|bilibili\.com|rutube\.ru"
    r"|framatube\.org|media\.ccc\.de)$"
)
_PEERTUBE = re.compile(r"/(?:w|videos/(?:watch|embed))/(?:p/)?([\w-]{8,})/?$")
_PLAYERS = (  # the address of a player, and that of its page
    (re.compile(r"^https?://(?:www\.|m\.)?youtube(?:-nocookie)?\.com/(?:embed|v)/([\w-]+).*", re.DOTALL), r"https://www.youtube.com/watch?v=\1"),
    (re.compile(r"^https?://player\.vimeo\.com/video/(\d+).*", re.DOTALL), r"https://vimeo.com/\1"),
    (re.compile(r"^https?://(?:www\.|geo\.)?dailymotion\.com/embed/video/(\w+).*", re.DOTALL), r"https://www.dailymotion.com/video/\1"),
    (re.compile(r"^(https?://[^/?#]+)/videos/embed/([\w-]+).*", re.DOTALL), r"\1/w/\2"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Film:
    """A film on another host: its page, and the name that it has there, which a picture beside a text may have, too."""

    page: str
    name: str


def recording_tag(name: str) -> str:
    """Return the element that plays a file, by its name: ``audio``, ``video``, or nothing for what is no recording.

    >>> recording_tag("talk.MP3"), recording_tag("talk.webm"), recording_tag("talk.vtt")
    ('audio', 'video', '')
    """
    ending = _ending(name)
    return "audio" if ending in _SOUND else "video" if ending in _FILM else ""


def find_film(url: str) -> Film | None:
    """Return the film, or recording, that an address of another host shows; None for any other address.

    >>> find_film("https://www.youtube.com/embed/aB-1?rel=0")
    Film(page='https://www.youtube.com/watch?v=aB-1', name='aB-1')
    >>> find_film("https://tube.example.org/w/kXn4ZNPAqL").name, find_film("https://example.org/a.png")
    ('kXn4ZNPAqL', None)
    """
    for pattern, page in _PLAYERS:
        url = pattern.sub(page, url)
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    segments = [one for one in parts.path.split("/") if one]
    if _ending(parts.path) in _STILLS:
        return None
    if not (_HOSTS.search(host) or _PEERTUBE.search(parts.path) or recording_tag(parts.path)):
        return None
    return Film(url, (parse_qs(parts.query).get("v") or segments[-1:] or [""])[0])


def find_still(name: str, files: Iterable[str]) -> str:
    """Return the picture among files that has a name, in any type; empty where there is none.

    >>> find_still("aB-1", ("b.jpg", "aB-1.webp"))
    'aB-1.webp'
    """
    stills = (one for one in sorted(files) if name and _stem(one) == name and _ending(one) in _STILLS)
    return next(stills, "")


def find_companions(name: str, files: Iterable[str]) -> tuple[str, ...]:
    """Return what belongs to a recording among the files beside it: subtitles, transcripts and a picture of its name.

    A tag of a language may stand before their endings.

    >>> find_companions("talk.mp4", ("talk.mp4", "talk.ar.vtt", "talk.ckb.txt", "talk.jpg", "talk-2.vtt", "notes.txt"))
    ('talk.ar.vtt', 'talk.ckb.txt', 'talk.jpg')
    """
    found = (one for one in sorted(files) if one != name and _belongs(one, _stem(name)))
    return tuple(one for one in found if is_subtitles(one) or is_transcript(one) or _ending(one) in _STILLS)


def is_subtitles(name: str) -> bool:
    """Whether a file has subtitles in the form that browsers show."""
    return _ending(name) == "vtt"


def is_transcript(name: str) -> bool:
    """Whether a file can have the words of a recording to read."""
    return _ending(name) in _TRANSCRIPTS


def language_in(name: str) -> str:
    """Return the tag of a language that stands before the ending of a file, or an empty string.

    >>> language_in("talk.ckb.vtt"), language_in("talk.vtt")
    ('ckb', '')
    """
    return _ending(_stem(name))


def _belongs(name: str, stem: str) -> bool:
    return stem in (_stem(name), _stem(_stem(name)))


def _stem(name: str) -> str:
    return name.rpartition(".")[0]


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""
