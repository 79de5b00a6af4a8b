"""Addresses in a stranger's text: whole, of the web or of a mailbox, or none."""

from __future__ import annotations

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


def safe_url(said: str, base: str) -> str:
    r"""Return a link's address as it can stand on a page, whole, or "" where it cannot.

    Browsers pass over controls and spaces in a scheme and take ``\`` for ``/``
    (https://url.spec.whatwg.org/#concept-basic-url-parser): so does this. Addresses with a name and password before the
    host are left out: they are written to deceive.

    >>> safe_url("../2012/بيان", "https://example.org/blog/post/"), safe_url("java\tscript:alert(1)", "https://example.org/")
    ('https://example.org/blog/2012/بيان', '')
    >>> safe_url("//example.net/a b", "http://example.org/"), safe_url("https://example.org@evil.example/", "")
    ('http://example.net/a%20b', '')
    """
    said = _TRIMMED_CHARACTERS.sub("", said)
    if not said or len(said) > MAX_URL_LENGTH:
        return ""
    named = _SCHEME.match(_INVISIBLE_CHARACTERS.sub("", said))
    scheme = named[1].lower() if named else ""
    if scheme in ("mailto", "tel"):
        return _contact_url(_INVISIBLE_CHARACTERS.sub("", said) if scheme == "mailto" else said)
    if scheme not in ("", "http", "https"):
        return ""
    if named and not _SCHEME.match(said):
        return ""  # a scheme with what cannot be seen in it means no good
    path, mark, rest = _split_query(said)
    try:
        whole = urljoin(base, path.replace("\\", "/") + mark + rest)
        host = urlsplit(whole).hostname
    except ValueError:
        return ""
    whole = _UNSAFE_CHARACTERS.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8")), whole)
    return whole if host and _WEB_URL.match(whole) and len(whole) <= MAX_URL_LENGTH else ""


def _split_query(said: str) -> tuple[str, str, str]:
    """Return what stands before a query or fragment, the mark that begins it, and the rest."""
    at = min((place for mark in "?#" if (place := said.find(mark)) >= 0), default=len(said))
    return said[:at], said[at : at + 1], said[at + 1 :]


def _contact_url(said: str) -> str:
    """Return the address of a mailbox, without a letter to be sent there, or a phone number."""
    mail = _MAILTO_URL.fullmatch(said)
    if mail:
        return f"mailto:{mail[1]}"
    return re.sub(r"[^0-9a-z:+]", "", said.lower()) if _TEL_URL.fullmatch(said) else ""


def display_host(whole: str) -> str:
    """Return the host of an address as people say it.

    >>> display_host("https://www.youtube.com/watch?v=1")
    'youtube.com'
    """
    try:
        return (urlsplit(whole).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
