r"""A stranger's HTML taken apart into words and tags, in a time that grows with its length alone.

This is no browser's reading to the letter (https://html.spec.whatwg.org/multipage/parsing.html#tokenization), and need not
be: nothing that is read here is shown before nh3 has read it as browsers do.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import field

from jisr.core.frozen import dataclass

_TAG = re.compile(
    r"<(?P<ends>/?)(?P<name>[A-Za-z][^\s/>]*+)"
    r"(?P<said>(?>(?:[\s/]*+[^\s/>][^\s/>=]*+(?>(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?))*))[\s/]*+>"
)
_ATTRIBUTE = re.compile(r"([^\s/>][^\s/>=]*+)(?>(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>]*+)))?)")
_CHARACTER_REFERENCE = re.compile(
    r"&(?:#0*+[0-9]{1,7}(?![0-9]);?|#[xX]0*+[0-9a-fA-F]{1,6}(?![0-9a-fA-F]);?|[A-Za-z][A-Za-z0-9]{1,31};?)"
)
_ATTRIBUTE_REFERENCE = re.compile(
    _CHARACTER_REFERENCE.pattern.replace("{1,31};?", "{1,31};") + r"|&(?:amp|lt|gt|quot)(?![=A-Za-z0-9])"
)
_RAW_TEXT_ELEMENTS = frozenset(("script", "style", "xmp", "iframe", "noembed", "noframes", "textarea", "title"))
_END_TAGS = {name: re.compile(rf"</{name}(?=[\s/>])[^>]*+>?", re.IGNORECASE) for name in _RAW_TEXT_ELEMENTS}

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2060\u2066-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]+"
)
_LINE_END = re.compile("\r\n?|[\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class HtmlTag:
    """A tag and how its name is ``typed``; ``inside`` is the text of elements whose content is no markup, as of ``title``."""

    name: str
    is_end_tag: bool = False
    is_self_closing: bool = False
    attributes: dict[str, str] = field(default_factory=dict)
    raw_text: str = ""
    typed_name: str = ""


def strip_invisible(text: str) -> str:
    r"""Return words without characters that cannot be seen: controls, and all that turns the direction of what follows.

    What joins letters or keeps them apart stays: Persian and Kurdish are spelled with it.

    >>> strip_invisible("می\u200cخواهم\u202e\x00\r\nبيان\u200f")
    'می\u200cخواهم\nبيان'
    """
    return _LINE_END.sub("\n", _INVISIBLE.sub("", text)).replace("\f", " ")


def decode_references(words: str, value: bool = False) -> str:
    """Return words with their entities decoded once; in the ``value`` of an attribute those without a semicolon stay.

    >>> decode_references("&#x628;&#1610;ان &amp;lt; &copy 2012"), decode_references("?a=1&copy=2&amp;b", value=True)
    ('بيان &lt; © 2012', '?a=1&copy=2&b')
    """
    if "&" not in words:
        return words
    return strip_invisible(
        (_ATTRIBUTE_REFERENCE if value else _CHARACTER_REFERENCE).sub(lambda found: html.unescape(found[0]), words)
    )


def tokenize_html(text: str) -> Iterator[str | HtmlTag]:
    """Return words (decoded) and tags of an HTML text in their order; comments and declarations are left out.

    >>> [one if isinstance(one, str) else one.name for one in tokenize_html("<p>بيان<!-- x --> &amp; <br/>")]
    ['p', 'بيان', ' & ', 'br']
    """
    text = strip_invisible(text)
    at = 0
    while (begin := text.find("<", at)) >= 0:
        if begin > at:
            yield decode_references(text[at:begin])
        following = text[begin + 1 : begin + 2]
        if following in ("!", "?") or (following == "/" and not text[begin + 2 : begin + 3].isalpha()):
            at = _skip_declaration(text, begin)
        elif following == "/" or (following.isascii() and following.isalpha()):
            found = _TAG.match(text, begin)
            if found is None:
                return  # as in browsers: a tag that never ends hides all that follows
            one, at = _read_tag(text, found)
            yield one
        else:
            yield "<"
            at = begin + 1
    if at < len(text):
        yield decode_references(text[at:])


def _skip_declaration(text: str, begin: int) -> int:
    """Return where a comment or declaration ends; words between the marks of CDATA stay."""
    if text.startswith("<![CDATA[", begin):
        return begin + 9
    end = text.find("-->", begin + 2) if text.startswith("<!--", begin) else text.find(">", begin)
    return len(text) if end < 0 else end + (3 if text.startswith("<!--", begin) else 1)


def _read_tag(text: str, found: re.Match[str]) -> tuple[HtmlTag, int]:
    name, at, ends = found["name"].lower(), found.end(), bool(found["ends"])
    empty = found[0].endswith("/>")
    said: dict[str, str] = {}
    for one in _ATTRIBUTE.finditer(found["said"]) if not ends else ():
        said.setdefault(one[1].lower(), decode_references(one[2] or one[3] or one[4] or "", value=True))
    if ends or empty or name not in _RAW_TEXT_ELEMENTS:
        return HtmlTag(name, ends, empty, said, typed_name=found["name"]), at
    end = _END_TAGS[name].search(text, at)
    inside = text[at : end.start()] if end else text[at:]
    return HtmlTag(name, False, True, said, decode_references(inside)), end.end() if end else len(text)
