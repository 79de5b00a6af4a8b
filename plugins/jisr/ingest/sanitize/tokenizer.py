r"""The tokenizer of untrusted HTML: text and tags, in linear time.

It is simpler than that of browsers (https://html.spec.whatwg.org/multipage/parsing.html#tokenization): nothing that it reads
is published before nh3 has parsed it as browsers do.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import field

from jisr.core.frozen import dataclass

_TAG = re.compile(
    r"<(?P<ends>/?)(?P<name>[A-Za-z][^\s/>]*+)"
    r"(?P<attributes>(?>(?:[\s/]*+[^\s/>][^\s/>=]*+(?>(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?))*))[\s/]*+>"
)
_ATTRIBUTE = re.compile(r"([^\s/>][^\s/>=]*+)(?>(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>]*+)))?)")
_CHARACTER_REFERENCE = re.compile(
    r"&(?:#0*+[0-9]{1,7}(?![0-9]);?|#[xX]0*+[0-9a-fA-F]{1,6}(?![0-9a-fA-F]);?|[A-Za-z][A-Za-z0-9]{1,31};?)"
)
_ATTRIBUTE_REFERENCE = re.compile(
    _CHARACTER_REFERENCE.pattern.replace("{1,31};?", "{1,31};") + r"|&(?:amp|lt|gt|quot)(?![=A-Za-z0-9])"
)
_HALVES = re.compile(r"&#(5[5-7]\d{3}|[xX][dD][89abAB][0-9a-fA-F]{2});&#(5[5-7]\d{3}|[xX][dD][c-fC-F][0-9a-fA-F]{2});")
_RAW_TEXT_ELEMENTS = frozenset(("script", "style", "xmp", "iframe", "noembed", "noframes", "textarea", "title"))
_END_TAGS = {name: re.compile(rf"</{name}(?=[\s/>])[^>]*+>?", re.IGNORECASE) for name in _RAW_TEXT_ELEMENTS}

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2060\u2066-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffc\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]+"
)
_LINE_END = re.compile("\r\n?|[\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class HtmlTag:
    """A tag; ``raw_text`` is the content of an element without markup in it, such as ``title``."""

    name: str
    is_end_tag: bool = False
    is_self_closing: bool = False
    attributes: dict[str, str] = field(default_factory=dict)
    raw_text: str = ""
    typed_name: str = ""


def strip_invisible(text: str) -> str:
    r"""Return a text without invisible characters: controls, and marks of direction.

    Joiners and non-joiners stay: Persian and Kurdish are spelled with them.

    >>> strip_invisible("می\u200cخواهم\u202e\x00\r\nبيان\u200f")
    'می\u200cخواهم\nبيان'
    """
    return _LINE_END.sub("\n", _INVISIBLE.sub("", text)).replace("\f", " ")


def decode_references(text: str, is_attribute: bool = False) -> str:
    """Return a text with its character references decoded once; in an attribute those without a semicolon stay.

    >>> decode_references("&#x628;&#1610;ان &amp;lt; &copy 2012"), decode_references("?a=1&copy=2&amp;b", is_attribute=True)
    ('بيان &lt; © 2012', '?a=1&copy=2&b')
    """
    if "&" not in text:
        return text
    text = join_halves(text)
    pattern = _ATTRIBUTE_REFERENCE if is_attribute else _CHARACTER_REFERENCE
    return strip_invisible(pattern.sub(lambda match: html.unescape(match[0]), text))


def join_halves(text: str) -> str:
    """Return a text with one character reference for a sign that is written as the two of its halves in UTF-16.

    >>> join_halves("&#55357;&#56842; &#xD83D;&#xde0a; &#55357;")
    '&#128522; &#128522; &#55357;'
    """
    return _HALVES.sub(_join_halves, text) if "&#" in text else text


def _join_halves(match: re.Match[str]) -> str:
    high, low = (int(one[1:], 16) if one[0] in "xX" else int(one) for one in match.groups())
    is_pair = 0xD800 <= high < 0xDC00 <= low < 0xE000
    return f"&#{0x10000 + ((high - 0xD800) << 10) + low - 0xDC00};" if is_pair else match[0]


def tokenize_html(text: str) -> Iterator[str | HtmlTag]:
    """Yield the decoded text and the tags of an HTML document in their order, without comments and declarations.

    >>> [one if isinstance(one, str) else one.name for one in tokenize_html("<p>بيان<!-- x --> &amp; <br/>")]
    ['p', 'بيان', ' & ', 'br']
    """
    text = strip_invisible(text)
    position = 0
    while (start := text.find("<", position)) >= 0:
        if start > position:
            yield decode_references(text[position:start])
        following = text[start + 1 : start + 2]
        if following in ("!", "?") or (following == "/" and not text[start + 2 : start + 3].isalpha()):
            position = _skip_declaration(text, start)
        elif following == "/" or (following.isascii() and following.isalpha()):
            match = _TAG.match(text, start)
            if match is None:
                return  # as in browsers: an unclosed tag hides the rest
            tag, position = _read_tag(text, match)
            yield tag
        else:
            yield "<"
            position = start + 1
    if position < len(text):
        yield decode_references(text[position:])


def _skip_declaration(text: str, start: int) -> int:
    """Return the end of a comment or declaration; the content of CDATA sections stays."""
    if text.startswith("<![CDATA[", start):
        return start + 9
    end = text.find("-->", start + 2) if text.startswith("<!--", start) else text.find(">", start)
    return len(text) if end < 0 else end + (3 if text.startswith("<!--", start) else 1)


def _read_tag(text: str, match: re.Match[str]) -> tuple[HtmlTag, int]:
    name, position, is_end_tag = match["name"].lower(), match.end(), bool(match["ends"])
    is_self_closing = match[0].endswith("/>")
    attributes: dict[str, str] = {}
    for attribute in _ATTRIBUTE.finditer(match["attributes"]) if not is_end_tag else ():
        value = attribute[2] or attribute[3] or attribute[4] or ""
        attributes.setdefault(attribute[1].lower(), decode_references(value, is_attribute=True))
    if is_end_tag or is_self_closing or name not in _RAW_TEXT_ELEMENTS:
        return HtmlTag(name, is_end_tag, is_self_closing, attributes, typed_name=match["name"]), position
    end = _END_TAGS[name].search(text, position)
    raw_text = text[position : end.start()] if end else text[position:]
    return HtmlTag(name, False, True, attributes, decode_references(raw_text)), end.end() if end else len(text)
