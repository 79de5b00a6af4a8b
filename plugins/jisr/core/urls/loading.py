"""What a value of CSS or of an attribute of SVG loads: parts of the same document are fine, all else is elsewhere."""

from __future__ import annotations

import re

_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_LOADING = re.compile(
    r"@import|image-set\s*\(|\bimage\s*\(|\bcross-fade\s*\(|\bsrc\s*\(|expression\s*\(|-moz-binding|behavior\s*:"
)
_URL = re.compile(r"""url\s*\(\s*["']?\s*([^\s"')]*)""")
_HARMLESS = re.compile(r"#|data:(?:image/(?:png|jpeg|gif|webp|avif)|font/woff2?|application/(?:x-)?font-woff2?)[;,]|$")


def loads_from_elsewhere(value: str) -> bool:
    r"""Whether a value names something to load that is not a part of its own document.

    It is read with comments and without, since what looks like one may stand in a string, and before and after escapes.

    >>> [loads_from_elsewhere(one) for one in ("url(#sky)", "red", "url(https://x.example/1)", r"u\72l(//x.example)", "#fff")]
    [False, False, True, True, False]
    >>> loads_from_elsewhere("url('#/*'),url(https://x.example/1)"), loads_from_elsewhere('"/*"; fill: url(//x.example)')
    (True, True)
    """
    plain, uncommented = unescape_css(value), _COMMENT.sub("", value)
    readings = {value, plain, uncommented, _COMMENT.sub("", plain), unescape_css(uncommented)}
    return any(map(_loads, readings))


def unescape_css(value: str) -> str:
    r"""Return a value of CSS with its escapes resolved.

    >>> unescape_css(r"u\72l(d\61 ta:)")
    'url(data:)'
    """
    return _ESCAPE.sub(_unescape, value)


def _loads(text: str) -> bool:
    text = text.lower()
    return _LOADING.search(text) is not None or any(not _HARMLESS.match(one) for one in _URL.findall(text))


def _unescape(match: re.Match[str]) -> str:
    if match[2] is not None:
        return match[2]
    number = int(match[1], 16)
    return chr(number) if 0 < number < 0x110000 else "\ufffd"
