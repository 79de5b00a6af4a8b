"""Where everything stands: addresses from the site's root, without a leading slash, and links between them.

A page's address ends in ``/`` and is written to ``index.html`` below it; the address of a file is its path.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote, unquote

SHORT = "s/"  # what short addresses begin with
_LETTERS = "23456789bcdfghjkmnpqrstvwxz"  # none that are read as another; without vowels no words come about
_LENGTH = 7  # of 10,000 codes two are alike by chance in one of 200 sites
_SAFE = "/~()!,;:@'*+$-._"
_BESIDE = "/with/"
_PLAIN = re.compile(r"[A-Za-z0-9/~()!,;:@'*+$\-._]*")

TAKEN = frozenset(
    [
        "statements",
        "conferences",
        "news",
        "pages",
        "members",
        "posts",
        "topics",
        "authors",
        "page",
        "with",
        "feed",
        "blogs",
        "subscribe",
        "verify",
        "resolutions",
        "commitments",
        "places",
        "workgroups",
        "organisations",
        "people",
        "timeline",
        "search",
        "offline",
        "status",
        "styleguide",
        "admin",
        "data",
        "404",
        "index",
        "theme",
        "robots",
        "sitemap",
        "calendar",
    ]
)


CARD = "card.png"
_OWN_FILES = frozenset(
    [
        CARD,
        "members.opml",
        "feeds.opml",
        "sitemap.xml",
        "robots.txt",
        "humans.txt",
        "event.ics",
        "calendar.ics",
        "manifest.webmanifest",
    ]
)
_FEED = re.compile(r"feed(-[1-9]\d*)?\.(atom|rss|json)")
DATA_SCHEMA = "data/schema.json"
MIRRORS = ".well-known/mirrors.json"
ADMIN = "admin/"  # the web editor: a program of others, beside the pages of the site
_OWN_FOLDERS = frozenset(["theme", "data", "status", "styleguide", "admin", ".well-known"])


def home(tag: str) -> str:
    """Give the address of a language's home."""
    return f"{tag}/"


def shelf(tag: str, family: str) -> str:
    """Give the address of a listing: of a kind (``statements``) or of a topic, member or author (``topics/women``)."""
    return f"{tag}/{family}/"


def listing(tag: str, kind: str, number: int = 1) -> str:
    """Give the address of a page of a listing.

    >>> listing("ckb", "statements", 2)
    'ckb/statements/page/2/'
    """
    return shelf(tag, kind) if number == 1 else f"{tag}/{kind}/page/{number}/"


def family(kind: str, identity: str) -> str:
    """Give what all language versions of a text's address share.

    >>> family("pages", "about"), family("posts", "dijla/mapping")
    ('about', 'posts/dijla/mapping')
    """
    return identity if kind == "pages" else f"{kind}/{identity}"


def text(tag: str, kind: str, identity: str) -> str:
    """Give the address of a version of a text."""
    return f"{tag}/{family(kind, identity)}/"


def beside(family: str, tag: str) -> str:
    """Give what the pages share that show the versions of a text beside the one in a language.

    >>> beside("statements/2012-x", "ckb")
    'statements/2012-x/with/ckb'
    """
    return f"{family}{_BESIDE}{tag}"


def apart(family: str) -> tuple[str, str]:
    """Give the text and the language that stands beside, of a family of pages side by side; else the family alone.

    >>> apart("statements/2012-x/with/ckb"), apart("statements/2012-x")
    (('statements/2012-x', 'ckb'), ('statements/2012-x', ''))
    """
    text, _, tag = family.partition(_BESIDE)
    return text, tag


def data(tag: str) -> str:
    """Give the address of every text of a language as data."""
    return f"data/{tag}.json"


def manifest(tag: str) -> str:
    """Give the address of what a browser reads that puts a language of the site among its programs."""
    return f"{tag}/manifest.webmanifest"


def event_calendar(tag: str, identity: str) -> str:
    """Give the address of a conference as a file for calendars."""
    return f"{text(tag, 'conferences', identity)}event.ics"


def calendar(tag: str) -> str:
    """Give the address of the calendar of all conferences in a language."""
    return f"{tag}/conferences/calendar.ics"


def bundled(kind: str, identity: str, name: str) -> str:
    """Give the address of a file that lies beside a text, one for all languages."""
    return f"{kind}/{identity}/{name}"


def output_path(address: str) -> str:
    """Give the path below the output folder that answers at an address.

    >>> output_path("ar/"), output_path("ar/404.html"), output_path("")
    ('ar/index.html', 'ar/404.html', 'index.html')
    """
    return address + "index.html" if address == "" or address.endswith("/") else address


def old(path: str) -> str:
    """Give the address that answers an old path, as a server finds it: decoded, and a folder where no file is named.

    >>> old("/2012/02/%D8%A8%D9%8A%D8%A7%D9%86"), old("/about/index.html"), old("/index.php")
    ('2012/02/بيان/', 'about/', 'index.php')
    """
    address = unquote(path).removeprefix("/")
    folder, _, name = address.rpartition("/")
    if name == "index.html":
        return f"{folder}/" if folder else ""
    return address if not name or "." in name else f"{address}/"


def first_id(tag: str, kind: str, identity: str, aliases: Iterable[str]) -> str:
    """Give the id under which a text was published first, where the aliases of a version tell: what names it for good.

    >>> first_id("ar", "conferences", "2017-slemani", ["/old.html", "/ar/conferences/2017/"])
    '2017'
    """
    return next(_ids(tag, kind, identity, aliases))


def _ids(tag: str, kind: str, identity: str, aliases: Iterable[str]) -> Iterator[str]:
    """Give all ids under which a version was published, as far as its aliases tell; the first one first."""
    folder, steps = f"{tag}/{family(kind, '')}", identity.count("/")
    before = (one.removeprefix(folder).rstrip("/") for one in map(old, aliases) if one.startswith(folder))
    yield from (one for one in before if one and one.count("/") == steps)
    yield identity


def shorts(tag: str, kind: str, identity: str, aliases: Iterable[str] = ()) -> tuple[str, ...]:
    """Give the short addresses of a version of a text: the one to share, then those of other ids that it had.

    Each is made of the address that stands for it, so that it is the same in every build and on every machine.

    >>> shorts("ar", "statements", "2012-x")
    ('s/hqvdpwk/',)
    >>> shorts("ar", "statements", "2012-renamed", ["/ar/statements/2012-x/"])[0]
    's/hqvdpwk/'
    """
    return tuple(dict.fromkeys(map(short, stood(tag, kind, identity, aliases))))


def stood(tag: str, kind: str, identity: str, aliases: Iterable[str]) -> list[str]:
    """Give the addresses of texts at which a version stood, the first one first, at last its own.

    >>> stood("ar", "pages", "about-us", ["/old.html", "/ar/about/"])
    ['ar/about/', 'ar/about-us/']
    """
    return [text(tag, kind, one) for one in _ids(tag, kind, identity, aliases)]


def short(address: str) -> str:
    """Give the short address that stands for that of a text."""
    number, code = int.from_bytes(hashlib.sha256(address.encode()).digest()), ""
    for _ in range(_LENGTH):
        number, letter = divmod(number, len(_LETTERS))
        code += _LETTERS[letter]
    return f"{SHORT}{code}/"


def is_own(address: str) -> bool:
    """Whether the site itself writes what stands at an address: its feeds, its data, its theme.

    >>> is_own("ckb/statements/feed.atom"), is_own("ckb/feed-2.json"), is_own("2012/feed/")
    (True, True, False)
    """
    steps = address.split("/")
    return steps[-1] in _OWN_FILES or _FEED.fullmatch(steps[-1]) is not None or steps[0] in _OWN_FOLDERS


def absolute(site_url: str, address: str) -> str:
    """Give the absolute URL of an address, its path percent-encoded (RFC 3986)."""
    if _PLAIN.fullmatch(address):
        return f"{site_url}/{address}"
    path, mark, fragment = address.partition("#")
    return f"{site_url}/{_quoted(path)}{mark}{_quoted(fragment)}"


def relative(origin: str, address: str, from_disk: bool = False) -> str:
    """Give the link from the page at ``origin`` to an address, which may end in a fragment.

    >>> relative("ar/statements/x/", "en/statements/x/#r5")
    '../../../en/statements/x/#r5'
    >>> relative("ar/", "ar/"), relative("ar/", "", from_disk=True)
    ('./', '../index.html')
    """
    path, mark, fragment = address.partition("#")
    folder, steps = origin[: origin.rfind("/") + 1], 0
    while not path.startswith(folder):
        folder, steps = folder[: folder.rfind("/", 0, -1) + 1], steps + 1
    way = "../" * steps + path[len(folder) :]
    if not path or path.endswith("/"):
        way = f"{way}index.html" if from_disk else way or "./"
    return f"{_quoted(way)}#{_quoted(fragment)}" if mark else _quoted(way)


def _quoted(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else quote(text, safe=_SAFE)
