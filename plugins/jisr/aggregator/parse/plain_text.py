"""Plain text and HTML in fields that do not declare which they are, or declare it wrongly."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.entities import html5
from itertools import groupby

from jisr.ingest.sanitize.media import picture_key
from jisr.ingest.sanitize.node_tree import BLOCKS

_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]{0,20})(?:\s[^<>]*)?/?>|<!--")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|([A-Za-z][A-Za-z0-9]{1,30}));")
_ESCAPED_REFERENCE = re.compile(
    r"&amp;(?=(?:#(?!0*60;|0*62;|[xX]0*3[cCeE];)(?:\d{1,7}|[xX][0-9A-Fa-f]{1,6})|(?!lt;|gt;)([A-Za-z][A-Za-z0-9]{1,30}));)"
)
_CODE = re.compile(r"<(?:code|pre|textarea|xmp|kbd)\b|&lt;/?[a-z]", re.IGNORECASE)
_MARKUP = re.compile(r"\s*<[A-Za-z!][^<>]*>.*<(?:/[A-Za-z][A-Za-z0-9]*|[A-Za-z][^<>]*/|(?:br|hr|img)\b[^<>]*)>\s*", re.DOTALL)
_CERTAIN_MARKUP = re.compile(r"<(?:a\s[^<>]*href=|img\s[^<>]*src=|br\s*/?>|/p>|/li>)", re.IGNORECASE)
_EMPTY_LINES = re.compile(r"\n[ \t\u00a0]*\n\s*")
_BULLET = re.compile(r"\s*[-*•·–▪●◦‣]\s+(?=\S)")
_NUMBER = re.compile(r"\s*(\d{1,3})[.)-]\s+(?=\S)")
_BREAKING_ELEMENTS = BLOCKS | {"br", "iframe", "video", "audio", "object", "form"}
_PICTURE = re.compile(r"<img\s[^<>]*>", re.IGNORECASE)
_SOURCE = re.compile(r"\ssrc\s*=\s*[\"']?((?:https?:)?/[^\"'\s>]+)", re.IGNORECASE)
_WRAPPED_LINE = re.compile(r"[^\n]{55,100}[^\s.!?؟:…۔]")


def is_html(text: str) -> bool:
    """Whether a text of unknown type has a tag or a character reference of HTML.

    >>> is_html("1 < 2 & 3 &nosuch;"), is_html("سلام<br>"), is_html("&eacute;t&eacute;")
    (False, True, True)
    """
    return _TAG.search(text) is not None or any(not match[1] or f"{match[1]};" in html5 for match in _REFERENCE.finditer(text))


def field_html(text: str, media_type: str, is_atom: bool, is_one_line: bool = False) -> tuple[str, bool]:
    """Return a text of a feed as HTML, and whether it was HTML: Atom declares the type of a text, RSS does not.

    >>> field_html("&lt;p&gt;نص&lt;/p&gt;", "", False), field_html("a &amp;amp; b", "", False, True)
    (('<p>نص</p>', True), ('a &amp; b', True))
    """
    if media_type.endswith("xml"):
        return text, True
    is_declared = is_atom and media_type.endswith("html")
    if is_atom and not is_declared and (is_one_line or not _is_markup(text)):
        return text_to_html(" ".join(text.split()) if is_one_line else text), False
    if not (is_declared or is_html(text)):
        return text_to_html(" ".join(text.split()) if is_one_line else text), False
    if not is_one_line and not _TAG.search(text) and _is_markup(html.unescape(text)):
        text = html.unescape(text)
    for _ in range(2 if not _CODE.search(text) else 0):
        text = _ESCAPED_REFERENCE.sub(lambda match: "&" if not match[1] or f"{match[1]};" in html5 else match[0], text)
    return (text if is_one_line else _mark_paragraphs(text, is_declared)), True


def _is_markup(text: str) -> bool:
    """Whether a text is HTML from its first sign to its last, or has a link, a picture or an end of a paragraph of it."""
    return _MARKUP.fullmatch(text) is not None or _CERTAIN_MARKUP.search(text) is not None


def _mark_paragraphs(text: str, is_declared: bool) -> str:
    """Return HTML with elements for paragraphs and lines, where it has line ends in their place."""
    if any(match[1] and match[1].lower() in _BREAKING_ELEMENTS for match in _TAG.finditer(text)):
        return text
    has_paragraphs = _EMPTY_LINES.search(text.replace("\r", "").strip()) is not None
    if not _TAG.search(text) and (has_paragraphs or not is_declared):
        return text_to_html(html.unescape(text))
    return _lines_html(text) if has_paragraphs else text


def text_to_html(text: str) -> str:
    """Return plain text as HTML: paragraphs between empty lines, and in these lines and lists.

    Lines that a program wrapped are one line.

    >>> text_to_html("1 < 2\\n\\nسلام\\nدنیا\\n- یەک\\n- دوو")
    '<p>1 &lt; 2</p><p>سلام<br>دنیا</p><ul><li>یەک</li><li>دوو</li></ul>'
    """
    return _lines_html(html.escape(text, quote=False))


def _lines_html(escaped: str) -> str:
    escaped = escaped.replace("\r\n", "\n").replace("\r", "\n").strip()
    if "\n" not in escaped:
        return escaped
    paragraphs = (_split_lines(paragraph) for paragraph in _EMPTY_LINES.split(escaped))
    return "".join(part for lines in paragraphs for part in _paragraph_html(lines))


def _split_lines(paragraph: str) -> list[str]:
    lines = [line.strip() for line in paragraph.splitlines()]
    is_wrapped = len(lines) > 1 and all(_WRAPPED_LINE.fullmatch(line) and not _list_kind(line) for line in lines[:-1])
    return [" ".join(lines)] if is_wrapped else lines


def _list_kind(line: str) -> str:
    return "ul" if _BULLET.match(line) else "ol" if _NUMBER.match(line) else ""


def _paragraph_html(lines: list[str]) -> Iterator[str]:
    """Yield the lines of a paragraph as paragraphs and lists; one item alone is none."""
    for kind, group in groupby(lines, _list_kind):
        members = list(group)
        if kind and len(members) > 1:
            first = _NUMBER.match(members[0])
            start = f' start="{int(first[1])}"' if first and int(first[1]) != 1 else ""
            items = (f"<li>{(_BULLET if kind == 'ul' else _NUMBER).sub('', line, count=1)}</li>" for line in members)
            yield f"<{kind}{start}>{''.join(items)}</{kind}>"
        else:
            yield f"<p>{'<br>'.join(members)}</p>"


def merge_texts(content: str, summary: str) -> str:
    """Return the one of two forms of a text that has its words, with the pictures that the other alone has.

    >>> merge_texts("<p><img src='a.jpg'></p>", "<p>وشە و وشەی تر</p>")
    "<img src='a.jpg'><p>وشە و وشەی تر</p>"
    """
    if not content or not summary:
        return content or summary
    first, second = _count_words(content), _count_words(summary)
    text, other = (summary, content) if first < 5 < second or 2 * first < second else (content, summary)
    known = set(map(_picture_name, _PICTURE.findall(text)))
    pictures = [one for one in _PICTURE.findall(other) if not known or _picture_name(one) not in {*known, ""}]
    return "".join([*pictures, text])


def _picture_name(tag: str) -> str:
    """Return the name of a picture's file without its size, "" where it has none."""
    source = _SOURCE.search(tag)
    return picture_key(source[1]).partition("?")[0].rpartition("/")[2] if source else ""


def _count_words(text: str) -> int:
    return len(html.unescape(_TAG.sub(" ", text)).split())
