"""Plain text and HTML in fields that do not declare which they are."""

from __future__ import annotations

import html
import re
from html.entities import html5

_HTML_MARKUP = re.compile(
    r"</?[A-Za-z][A-Za-z0-9]{0,20}(?:\s[^<>]*)?/?>|<!--|&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|([A-Za-z][A-Za-z0-9]{1,30}));"
)
_EMPTY_LINES = re.compile(r"\n[ \t]*\n\s*")


def is_html(text: str) -> bool:
    """Whether a text of unknown type has a tag or a character reference of HTML.

    >>> is_html("1 < 2 & 3 &nosuch;"), is_html("سلام<br>"), is_html("&eacute;t&eacute;")
    (False, True, True)
    """
    return any(not match[1] or f"{match[1]};" in html5 for match in _HTML_MARKUP.finditer(text))


def text_to_html(text: str, has_breaks: bool = True) -> str:
    """Return plain text as HTML: paragraphs between empty lines, and line breaks where ``has_breaks`` says that they count.

    >>> text_to_html("1 < 2\\n\\nسلام\\nدنیا")
    '<p>1 &lt; 2</p><p>سلام<br>دنیا</p>'
    """
    escaped = html.escape(text.replace("\r\n", "\n").replace("\r", "\n").strip(), quote=False)
    if "\n" not in escaped:
        return escaped
    end = "<br>" if has_breaks else " "
    return "".join(f"<p>{end.join(paragraph.splitlines())}</p>" for paragraph in _EMPTY_LINES.split(escaped))
