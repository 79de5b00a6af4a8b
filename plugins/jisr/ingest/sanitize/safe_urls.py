"""Addresses in a stranger's text: whole, of the web or of a mailbox, or none."""

from __future__ import annotations

import html
import re
from html.entities import html5
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


_TAG = re.compile(r"""<[A-Za-z](?>(?:[^<>"']++|"[^"<]{0,9000}"|'[^'<]{0,9000}')*)>""")
_URL_ATTRIBUTE = re.compile(r"""(\s(?:href|src|poster|cite)\s*=\s*)(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_ABSOLUTE_URL = re.compile(r"\s*(?:[A-Za-z][A-Za-z0-9+.-]*:|#)")
_HTML_MARKUP = re.compile(
    r"</?[A-Za-z][A-Za-z0-9]{0,20}(?:\s[^<>]*)?/?>|<!--|&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|([A-Za-z][A-Za-z0-9]{1,30}));"
)
_BREAKS = re.compile(r"\n[ \t]*\n\s*")


def absolute_web_url(said: str, *bases: str) -> str:
    """Return a web address whole, against the first of the bases that makes one of it; "" where there is none.

    >>> absolute_web_url("../2012/بيان", "", "https://example.org/blog/post/"), absolute_web_url("javascript:alert(1)", "https://example.org/")
    ('https://example.org/blog/2012/بيان', '')
    """
    for base in bases or ("",):
        whole = safe_url(said, base)
        if whole.startswith(("http://", "https://")):
            return whole
    return ""


def resolve_urls(content: str, *bases: str) -> str:
    """Return a stranger's HTML with its relative addresses whole; what is no address stays, for who makes it safe.

    >>> resolve_urls('<a href="/a?b&amp;c">x</a> <img src=b.png>', "https://example.org/blog/")
    '<a href="https://example.org/a?b&amp;c">x</a> <img src="https://example.org/blog/b.png">'
    """
    if not any(bases):
        return content

    def whole(match: re.Match[str]) -> str:
        said = html.unescape(match[2] or match[3] or match[4] or "")
        if not said.strip() or _ABSOLUTE_URL.match(said):
            return match[0]
        found = absolute_web_url(said, *filter(None, bases))
        return f'{match[1]}"{html.escape(found)}"' if found else match[0]

    return _TAG.sub(lambda tag: _URL_ATTRIBUTE.sub(whole, tag[0]), content)


def is_html(text: str) -> bool:
    """Whether a text that does not say what it is holds a tag or a reference of HTML.

    >>> is_html("1 < 2 & 3 &nosuch;"), is_html("سلام<br>"), is_html("&eacute;t&eacute;")
    (False, True, True)
    """
    return any(not match[1] or f"{match[1]};" in html5 for match in _HTML_MARKUP.finditer(text))


def text_to_html(text: str, breaks: bool = True) -> str:
    """Return plain text as HTML: paragraphs where lines are empty, and breaks where lines end, if they mean it.

    >>> text_to_html("1 < 2\\n\\nسلام\\nدنیا")
    '<p>1 &lt; 2</p><p>سلام<br>دنیا</p>'
    """
    said = html.escape(text.replace("\r\n", "\n").replace("\r", "\n").strip(), quote=False)
    if "\n" not in said:
        return said
    end = "<br>" if breaks else " "
    return "".join(f"<p>{end.join(one.splitlines())}</p>" for one in _BREAKS.split(said))
