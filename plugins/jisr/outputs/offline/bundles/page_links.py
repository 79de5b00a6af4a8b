"""The links of a built page: where they lead, and the page with others in their place."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from urllib.parse import quote, unquote

from jisr.core.frozen import dataclass
from jisr.core.urls.paths import output_path

_TAG = re.compile(r"""<[a-zA-Z](?:[^<>"']|"[^"]*"|'[^']*')*>""")
_ATTRIBUTE = re.compile(r'(\s(?:href|src|poster|action))="([^"]*)"')
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_CSS_URL = re.compile(r"url\(\s*[\"']?([^\"')]+)[\"']?\s*\)")
_SAFE = "/~()!,;:@'*+$-._"
# The sizes of a picture for other screens, and the manifest of an app that is none: a bundle has one picture and no app.
_ONLY_ONLINE = re.compile(r'<source\s[^>]*\bsrcset="[^"]*"[^>]*>\n?|<link rel="manifest"[^>]*>\n?')
_SIZES = re.compile(r'(<img\s[^>]*?)\s(?:srcset|sizes)="[^"]*"')


@dataclass(frozen=True, slots=True)
class SiteLink:
    """A link within the site: the file it leads to, and its fragment with its sign."""

    path: str
    fragment: str = ""


def parse_link(page: str, value: str) -> SiteLink | None:
    """Return the file that a link of a page leads to, both as paths of files from the root; None for any other link.

    >>> parse_link("ar/news/x/index.html", "../../../en/news/x/#p2")
    SiteLink(path='en/news/x/index.html', fragment='#p2')
    >>> parse_link("ar/index.html", "https://a.example/"), parse_link("ar/index.html", "#main")
    (None, None)
    """
    address, mark, fragment = value.partition("#")
    if not address or _SCHEME.match(address):
        return None
    folder = page.rpartition("/")[0]
    path = posixpath.normpath(posixpath.join(f"/{folder}", unquote(address.partition("?")[0]))).lstrip("/")
    is_folder = address.endswith(("/", "/.", "/..")) or address in (".", "..")
    return SiteLink(output_path(f"{path}/" if path and is_folder else path), mark + fragment)


def list_links(page: str, html: str) -> Iterator[SiteLink]:
    """Return the links of a page within its site."""
    for tag in _TAG.findall(html):
        for _, value in _ATTRIBUTE.findall(tag):
            if (link := parse_link(page, unescape(value))) is not None:
                yield link


def list_style_files(sheet: str, css: str) -> Iterator[str]:
    """Return the files that a stylesheet names."""
    for value in _CSS_URL.findall(css):
        if (link := parse_link(sheet, value)) is not None:
            yield link.path


def replace_links(page: str, html: str, replace: Callable[[SiteLink], str]) -> str:
    """Return a page with what ``replace`` returns for each link within its site, and each picture in one size."""

    def attribute(match: re.Match[str]) -> str:
        link = parse_link(page, unescape(match[2]))
        return match[0] if link is None else f'{match[1]}="{escape(replace(link))}"'

    plain = _SIZES.sub(r"\1", _SIZES.sub(r"\1", _ONLY_ONLINE.sub("", html)))
    return _TAG.sub(lambda tag: _ATTRIBUTE.sub(attribute, tag[0]), plain)


def relative_link(page: str, link: SiteLink) -> str:
    """Return a link from one file to another that works from a folder.

    >>> relative_link("ar/news/x/index.html", SiteLink("ar/index.html", "#main"))
    '../../index.html#main'
    """
    way = posixpath.relpath(f"/{link.path}", f"/{page.rpartition('/')[0]}")
    return quote(way, safe=_SAFE) + link.fragment


def absolute_link(site_url: str, link: SiteLink) -> str:
    """Return the whole URL of a link.

    >>> absolute_link("https://a.example", SiteLink("ar/news/x/index.html", "#p2"))
    'https://a.example/ar/news/x/#p2'
    """
    folder, _, name = link.path.rpartition("/")
    address = (f"{folder}/" if folder else "") if name == "index.html" else link.path
    return f"{site_url}/{quote(address, safe=_SAFE)}{link.fragment}"
