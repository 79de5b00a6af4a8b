"""Addresses of pages and files, relative to the root of the site without a leading slash, and links between them.

The address of a page ends in ``/``, and the page is written to ``index.html`` below it; the address of a file is its path.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

from jisr.core.schema.kinds import DEFAULT_KINDS
from jisr.core.urls.old_addresses import is_file_name

SHORT_PREFIX = "s/"  # of short addresses
_SHORT_ALPHABET = "23456789bcdfghjkmnpqrstvwxz"  # no letters that look like others; no vowels, so that no words occur
_SHORT_LENGTH = 7  # among 10,000 codes two are equal by chance in one of 200 sites
_SAFE = "/~()!,;:@'*+$-._"
_CACHE_SIZE = 100  # pages whose links are made
_SIDE_BY_SIDE_INFIX = "/with/"
_UNENCODED = re.compile(r"[A-Za-z0-9/~()!,;:@'*+$\-._]*")

RESERVED_SEGMENTS = frozenset(
    [
        *(kind.name for kind in DEFAULT_KINDS),
        *"authors page with feed blogs subscribe verify resolutions commitments places timeline search offline status".split(),
        *"translate replies styleguide admin data 404 index theme robots sitemap calendar".split(),
    ]
)

CARD = "card.png"
CARD_ENDING = ".vcf"  # no file beside a text has it
TEXT_TWIN = "index.txt"  # beside the page of a text
WORKER = "sw.js"  # keeps pages in a browser whose reader asks for that
_GENERATED_FILES = frozenset(
    [
        CARD,
        "404.html",
        TEXT_TWIN,
        WORKER,
        *"members.opml feeds.opml sitemap.xml robots.txt humans.txt event.ics calendar.ics manifest.webmanifest".split(),
    ]
)
_FEED_FILE = re.compile(r"feed(-[1-9]\d*)?\.(atom|rss|json)")
DATA_SCHEMA = "data/schema.json"
MIRRORS = ".well-known/mirrors.json"
PICTURES = "theme/pictures/"  # what a build draws of pictures: under names with a hash, as all in this folder
ADMIN = "admin/"  # the web editor, a third-party program
_GENERATED_FOLDERS = frozenset(["theme", "data", "search", "bundles", "status", "styleguide", "admin", ".well-known"])


def home(tag: str) -> str:
    """Return the address of the home page of a language."""
    return f"{tag}/"


def collection_path(tag: str, family: str) -> str:
    """Return the address of a listing: of a kind (``statements``) or of a topic, member or author (``topics/women``)."""
    return f"{tag}/{family}/"


def listing(tag: str, kind: str, number: int = 1) -> str:
    """Return the address of a page of a listing.

    >>> listing("ckb", "statements", 2)
    'ckb/statements/page/2/'
    """
    return collection_path(tag, kind) if number == 1 else f"{tag}/{kind}/page/{number}/"


def split_page(family: str) -> tuple[str, int]:
    """Return the list of which a family is a page, and the number of that page.

    >>> split_page("statements/page/2"), split_page("statements")
    (('statements', 2), ('statements', 1))
    """
    name, _, number = family.partition("/page/")
    return name, int(number or 1)


def family(kind: str, identity: str) -> str:
    """Return the part of the address of a text that all its language versions share.

    >>> family("pages", "about"), family("posts", "dijla/mapping")
    ('about', 'posts/dijla/mapping')
    """
    return identity if kind == "pages" else f"{kind}/{identity}"


def text(tag: str, kind: str, identity: str) -> str:
    """Return the address of a version of a text."""
    return f"{tag}/{family(kind, identity)}/"


def side_by_side_family(family: str, tag: str) -> str:
    """Return the family of the pages that show the versions of a text side by side with the one in a language.

    >>> side_by_side_family("statements/2012-x", "ckb")
    'statements/2012-x/with/ckb'
    """
    return f"{family}{_SIDE_BY_SIDE_INFIX}{tag}"


def split_side_by_side(family: str) -> tuple[str, str]:
    """Return the family of the text and the second language of a side-by-side family; the language is empty for any other.

    >>> split_side_by_side("statements/2012-x/with/ckb"), split_side_by_side("statements/2012-x")
    (('statements/2012-x', 'ckb'), ('statements/2012-x', ''))
    """
    text, _, tag = family.partition(_SIDE_BY_SIDE_INFIX)
    return text, tag


def printed_file(identity: str, tag: str) -> str:
    """Return the name of the PDF of a version beside its text, as ``inv pdf`` writes it.

    >>> printed_file("2012-first-bloggers-conference", "ar")
    '2012-first-bloggers-conference.ar.pdf'
    """
    return f"{identity.replace('/', '-')}.{tag}.pdf"


def po_file(tag: str, kind: str, identity: str) -> str:
    """Return the address of the file with which a text is translated into a language, in programs of translators.

    >>> po_file("ckb", "posts", "dijla/mapping")
    'ckb/translate/posts/dijla/mapping.po'
    """
    return f"{tag}/translate/{kind}/{identity}.po"


def text_anchor(kind: str, identity: str) -> str:
    """Return the anchor of a text on a page that names texts of all kinds.

    >>> text_anchor("posts", "dijla/mapping")
    'posts-dijla-mapping'
    """
    return f"{kind}-{identity}".replace("/", "-")


def data(tag: str) -> str:
    """Return the address of the open data of a language."""
    return f"data/{tag}.json"


def search_index(tag: str, name: str) -> str:
    """Return the address of a file of the index of the search in a language: it is a script, which pages from a disk can load.

    >>> search_index("ckb", "statements/2012-x")
    'search/ckb/statements/2012-x.js'
    """
    return f"search/{tag}/{name}.js"


def bundle(tag: str, form: str) -> str:
    """Return the address of what is taken away in a language, in a form.

    >>> bundle("ckb", "zip")
    'bundles/ckb.zip'
    """
    return f"bundles/{tag}.{form}"


def manifest(tag: str) -> str:
    """Return the address of the web app manifest of a language."""
    return f"{tag}/manifest.webmanifest"


def replies_feed(tag: str) -> str:
    """Return the address of the feed of the replies in a language."""
    return f"{tag}/replies/feed.atom"


def event_calendar(tag: str, identity: str) -> str:
    """Return the address of the iCalendar file of a conference."""
    return f"{text(tag, 'conferences', identity)}event.ics"


def calendar(tag: str) -> str:
    """Return the address of the calendar of all conferences in a language."""
    return f"{tag}/conferences/calendar.ics"


def contact_card(kind: str, identity: str) -> str:
    """Return the address of the contact card of an organisation, a workgroup or a person, the same for all languages.

    >>> contact_card("organisations", "river-keepers")
    'organisations/river-keepers/river-keepers.vcf'
    """
    return f"{kind}/{identity}/{identity}{CARD_ENDING}"


def bundle_file_path(kind: str, identity: str, name: str) -> str:
    """Return the address of a file of a bundle, the same for all languages."""
    return f"{kind}/{identity}/{name}"


def output_path(address: str) -> str:
    """Return the path of an address below the output folder.

    >>> output_path("ar/"), output_path("ar/404.html"), output_path("")
    ('ar/index.html', 'ar/404.html', 'index.html')
    """
    return address + "index.html" if address == "" or address.endswith("/") else address


def legacy_address(path: str) -> str:
    """Return the address of an old path, as a server resolves it: decoded, and with a final slash where it names no file.

    >>> legacy_address("/2012/02/%D8%A8%D9%8A%D8%A7%D9%86"), legacy_address("/about/index.html"), legacy_address("/index.php")
    ('2012/02/بيان/', 'about/', 'index.php')
    """
    address = unquote(path).removeprefix("/")
    folder, _, name = address.rpartition("/")
    if name.lower() == "index.html":
        return f"{folder}/" if folder else ""
    return address if not name or is_file_name(name) else f"{address}/"


def first_id(tag: str, kind: str, identity: str, aliases: Iterable[str]) -> str:
    """Return the id under which a text was first published, from the aliases of a version: its permanent id.

    >>> first_id("ar", "conferences", "2017-slemani", ["/legacy_address.html", "/ar/conferences/2017/"])
    '2017'
    """
    return next(_published_ids(tag, kind, identity, aliases))


def _published_ids(tag: str, kind: str, identity: str, aliases: Iterable[str]) -> Iterator[str]:
    """Return all ids under which a version was published, from its aliases; the first one first."""
    folder, steps = f"{tag}/{family(kind, '')}", identity.count("/")
    before = (one.removeprefix(folder).rstrip("/") for one in map(legacy_address, aliases) if one.startswith(folder))
    yield from (one for one in before if one and one.count("/") == steps)
    yield identity


def short_paths(tag: str, kind: str, identity: str, aliases: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the short addresses of a version of a text: the one to share, then those of the ids it had later.

    Each is a hash of an address, so that it is the same in every build and on every machine.

    >>> short_paths("ar", "statements", "2012-x")
    ('s/hqvdpwk/',)
    >>> short_paths("ar", "statements", "2012-renamed", ["/ar/statements/2012-x/"])[0]
    's/hqvdpwk/'
    """
    return tuple(dict.fromkeys(map(short_path, published_paths(tag, kind, identity, aliases))))


def published_paths(tag: str, kind: str, identity: str, aliases: Iterable[str]) -> list[str]:
    """Return the addresses at which a version was published, the first one first, its present one last.

    >>> published_paths("ar", "pages", "about-us", ["/legacy_address.html", "/ar/about/"])
    ['ar/about/', 'ar/about-us/']
    """
    return [text(tag, kind, one) for one in _published_ids(tag, kind, identity, aliases)]


def short_path(address: str) -> str:
    """Return the short address for the address of a text."""
    number, code = int.from_bytes(hashlib.sha256(address.encode()).digest()), ""
    for _ in range(_SHORT_LENGTH):
        number, letter = divmod(number, len(_SHORT_ALPHABET))
        code += _SHORT_ALPHABET[letter]
    return f"{SHORT_PREFIX}{code}/"


def is_generated(address: str) -> bool:
    """Whether the build generates the file at an address: a feed, open data, a file of the theme.

    >>> is_generated("ckb/statements/feed.atom"), is_generated("ckb/feed-2.json"), is_generated("2012/feed/")
    (True, True, False)
    """
    steps = address.casefold().split("/")
    is_card = steps[1:] == [steps[-1].removesuffix(CARD_ENDING), steps[-1]] and steps[-1].endswith(CARD_ENDING)
    return (
        is_card
        or steps[-1] in _GENERATED_FILES
        or _FEED_FILE.fullmatch(steps[-1]) is not None
        or steps[0] in _GENERATED_FOLDERS
    )


def split_fragment(address: str) -> tuple[str, str, str]:
    """Return an address, the sign of a fragment and the fragment: only a page has one, a file may have the sign in its name.

    >>> split_fragment("en/news/x/#r5"), split_fragment("news/x/report #2.pdf")
    (('en/news/x/', '#', 'r5'), ('news/x/report #2.pdf', '', ''))
    """
    parts = address.partition("#")
    return parts if not parts[0] or parts[0].endswith(("/", ".html")) else (address, "", "")


def is_generated_or_below(address: str) -> bool:
    """Whether the build generates a file at an address, or at one above it, so that nothing can lie there.

    >>> [is_generated_or_below(one) for one in ("robots.txt/x/", "sitemap.xml/", "en/feed.atom/x/", "2012/feed/")]
    [True, True, True, False]
    """
    steps = address.strip("/").split("/")
    return any(is_generated("/".join(steps[:count])) for count in range(1, len(steps) + 1))


def absolute_url(site_url: str, address: str) -> str:
    """Return the absolute URL of an address, its path percent-encoded (RFC 3986)."""
    if _UNENCODED.fullmatch(address):
        return f"{site_url}/{address}"
    path, mark, fragment = split_fragment(address)
    return f"{site_url}/{_percent_encode(path)}{mark}{_percent_encode(fragment)}"


def root_url(site_url: str, address: str) -> str:
    """Return the link to an address from the root of the host that serves the site, whichever that is.

    >>> root_url("https://example.org/net", "ar/"), root_url("http://localhost:8000", "")
    ('/net/ar/', '/')
    """
    return urlsplit(absolute_url(site_url, address))._replace(scheme="", netloc="").geturl()


def relative_url(origin: str, address: str, from_disk: bool = False) -> str:
    """Return the link from the page at ``origin`` to an address, which may end in a fragment.

    >>> relative_url("ar/statements/x/", "en/statements/x/#r5")
    '../../../en/statements/x/#r5'
    >>> relative_url("ar/", "ar/"), relative_url("ar/", "", from_disk=True)
    ('./', '../index.html')
    """
    path, mark, fragment = split_fragment(address)
    for folder, up in list_folders(origin):
        if path.startswith(folder):
            link = up + path[len(folder) :]
            break
    if not path or path.endswith("/"):
        link = f"{link}index.html" if from_disk else link or "./"
    return f"{_percent_encode(link)}#{_percent_encode(fragment)}" if mark else _percent_encode(link)


@lru_cache(_CACHE_SIZE)
def list_folders(origin: str) -> tuple[tuple[str, str], ...]:
    """Return the folders of a page, from its own to the root, each with the way to it."""
    steps = origin.split("/")[:-1]
    return tuple(("".join(f"{step}/" for step in steps[: len(steps) - up]), "../" * up) for up in range(len(steps) + 1))


def _percent_encode(text: str) -> str:
    return text if _UNENCODED.fullmatch(text) else quote(text, safe=_SAFE)
