"""Addresses in untrusted HTML: absolute and of the schemes http, https, mailto and tel, or none."""

from __future__ import annotations

import html
import re
from urllib.parse import urljoin, urlsplit

MAX_URL_LENGTH = 2000

_INVISIBLE_CHARACTERS = re.compile("[\x00-\x20\x7f-\xa0\xad\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufe00-\ufe0f\ufeff]+")
_TRIMMED_CHARACTERS = re.compile("^[\x00-\x20\xa0]+|[\x00-\x20\xa0]+$|[\t\n\r]")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_WEB_URL = re.compile(r"https?://[^/?#\s@]+(?:[/?#]|$)", re.IGNORECASE)
_MAILTO_URL = re.compile(r"mailto:([A-Za-z0-9.!#$%&'*+=^_~-]{1,64}@[A-Za-z0-9.-]{1,255})(?:\?.*)?", re.IGNORECASE)
_TEL_URL = re.compile(r"tel:\+?[0-9() .-]{3,30}", re.IGNORECASE)
_UNSAFE_CHARACTERS = re.compile('[\\s\x00-\x20"<>\\\\^`{|}\x7f-\xa0]')
_TAG = re.compile(r"""<[A-Za-z](?>(?:[^<>"']++|"[^"<]{0,9000}"|'[^'<]{0,9000}')*)>""")
_URL_ATTRIBUTE = re.compile(r"""(\s(?:href|src|poster|cite)\s*=\s*)(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_ABSOLUTE_URL = re.compile(r"\s*(?:[A-Za-z][A-Za-z0-9+.-]*:|#)")


def safe_url(href: str, base: str) -> str:
    r"""Return the absolute address of a link, or "" where it is not safe.

    Browsers ignore controls and spaces in a scheme and read ``\`` as ``/``
    (https://url.spec.whatwg.org/#concept-basic-url-parser): so does this. Addresses with a user name before the host are
    rejected: their purpose is to deceive.

    >>> safe_url("../2012/بيان", "https://example.org/blog/post/"), safe_url("java\tscript:alert(1)", "https://example.org/")
    ('https://example.org/blog/2012/بيان', '')
    >>> safe_url("//example.net/a b", "http://example.org/"), safe_url("https://example.org@evil.example/", "")
    ('http://example.net/a%20b', '')
    """
    href = _TRIMMED_CHARACTERS.sub("", href)
    if not href or len(href) > MAX_URL_LENGTH:
        return ""
    scheme_match = _SCHEME.match(_INVISIBLE_CHARACTERS.sub("", href))
    scheme = scheme_match[1].lower() if scheme_match else ""
    if scheme in ("mailto", "tel"):
        return _contact_url(_INVISIBLE_CHARACTERS.sub("", href) if scheme == "mailto" else href)
    if scheme not in ("", "http", "https"):
        return ""
    if scheme_match and not _SCHEME.match(href):
        return ""  # invisible characters in a scheme hide it
    path, mark, query = _split_query(href)
    try:
        url = urljoin(base, path.replace("\\", "/") + mark + query)
        host = urlsplit(url).hostname
    except ValueError:
        return ""
    url = _UNSAFE_CHARACTERS.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8")), url)
    return url if host and _WEB_URL.match(url) and len(url) <= MAX_URL_LENGTH else ""


def _split_query(href: str) -> tuple[str, str, str]:
    """Return the part before a query or fragment, the character that begins it, and the rest."""
    position = min((index for mark in "?#" if (index := href.find(mark)) >= 0), default=len(href))
    return href[:position], href[position : position + 1], href[position + 1 :]


def _contact_url(href: str) -> str:
    """Return the address of a mailbox, without subject and body, or a phone number."""
    match = _MAILTO_URL.fullmatch(href)
    if match:
        return f"mailto:{match[1]}"
    return re.sub(r"[^0-9a-z:+]", "", href.lower()) if _TEL_URL.fullmatch(href) else ""


def display_host(url: str) -> str:
    """Return the host of an address without ``www``, as a label.

    >>> display_host("https://www.youtube.com/watch?v=1")
    'youtube.com'
    """
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def absolute_web_url(href: str, *bases: str) -> str:
    """Return a web address, resolved against the first base that makes it absolute; "" where none does.

    >>> absolute_web_url("../2012/بيان", "", "https://example.org/blog/post/"), absolute_web_url("javascript:alert(1)", "https://example.org/")
    ('https://example.org/blog/2012/بيان', '')
    """
    for base in bases or ("",):
        url = safe_url(href, base)
        if url.startswith(("http://", "https://")):
            return url
    return ""


def resolve_urls(content: str, *bases: str) -> str:
    """Return untrusted HTML with absolute addresses; invalid ones stay for the sanitizer.

    >>> resolve_urls('<a href="/a?b&amp;c">x</a> <img src=b.png>', "https://example.org/blog/")
    '<a href="https://example.org/a?b&amp;c">x</a> <img src="https://example.org/blog/b.png">'
    """
    if not any(bases):
        return content

    def resolve(match: re.Match[str]) -> str:
        href = html.unescape(match[2] or match[3] or match[4] or "")
        if not href.strip() or _ABSOLUTE_URL.match(href):
            return match[0]
        url = absolute_web_url(href, *filter(None, bases))
        return f'{match[1]}"{html.escape(url)}"' if url else match[0]

    return _TAG.sub(lambda match: _URL_ATTRIBUTE.sub(resolve, match[0]), content)
