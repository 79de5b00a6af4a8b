"""Addresses in a stranger's text: whole, of the web or of a mailbox, or none."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

LONGEST = 2000

_IGNORED = re.compile("[\x00-\x20\x7f-\xa0\xad\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufe00-\ufe0f\ufeff]+")
_AT_ENDS = re.compile("^[\x00-\x20\xa0]+|[\x00-\x20\xa0]+$|[\t\n\r]")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_WEB = re.compile(r"https?://[^/?#\s@]+(?:[/?#]|$)", re.IGNORECASE)
_MAIL = re.compile(r"mailto:([A-Za-z0-9.!#$%&'*+=^_~-]{1,64}@[A-Za-z0-9.-]{1,255})(?:\?.*)?", re.IGNORECASE)
_CALL = re.compile(r"tel:\+?[0-9() .-]{3,30}", re.IGNORECASE)
_UNFIT = re.compile('[\\s\x00-\x20"<>\\\\^`{|}\x7f-\xa0]')


def address(said: str, base: str) -> str:
    r"""Give a link's address as it can stand on a page, whole, or "" where it cannot.

    Browsers pass over controls and spaces in a scheme and take ``\`` for ``/``
    (https://url.spec.whatwg.org/#concept-basic-url-parser): so does this. Addresses with a name and password before the
    host are left out: they are written to deceive.

    >>> address("../2012/بيان", "https://example.org/blog/post/"), address("java\tscript:alert(1)", "https://example.org/")
    ('https://example.org/blog/2012/بيان', '')
    >>> address("//example.net/a b", "http://example.org/"), address("https://example.org@evil.example/", "")
    ('http://example.net/a%20b', '')
    """
    said = _AT_ENDS.sub("", said)
    if not said or len(said) > LONGEST:
        return ""
    named = _SCHEME.match(_IGNORED.sub("", said))
    scheme = named[1].lower() if named else ""
    if scheme in ("mailto", "tel"):
        return _person(_IGNORED.sub("", said) if scheme == "mailto" else said)
    if scheme not in ("", "http", "https"):
        return ""
    if named and not _SCHEME.match(said):
        return ""  # a scheme with what cannot be seen in it means no good
    path, mark, rest = _apart(said)
    try:
        whole = urljoin(base, path.replace("\\", "/") + mark + rest)
        host = urlsplit(whole).hostname
    except ValueError:
        return ""
    whole = _UNFIT.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8")), whole)
    return whole if host and _WEB.match(whole) and len(whole) <= LONGEST else ""


def _apart(said: str) -> tuple[str, str, str]:
    """Give what stands before a query or fragment, the mark that begins it, and the rest."""
    at = min((place for mark in "?#" if (place := said.find(mark)) >= 0), default=len(said))
    return said[:at], said[at : at + 1], said[at + 1 :]


def _person(said: str) -> str:
    """Give the address of a mailbox, without a letter to be sent there, or a phone number."""
    mail = _MAIL.fullmatch(said)
    if mail:
        return f"mailto:{mail[1]}"
    return re.sub(r"[^0-9a-z:+]", "", said.lower()) if _CALL.fullmatch(said) else ""


def host(whole: str) -> str:
    """Give the host of an address as people say it.

    >>> host("https://www.youtube.com/watch?v=1")
    'youtube.com'
    """
    try:
        return (urlsplit(whole).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
