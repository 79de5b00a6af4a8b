"""Addresses in feeds made whole, and plain text made HTML."""

from __future__ import annotations

import html
import re
from html.entities import html5

from jisr.ingest.sanitize.hyperlinks import safe_url

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
