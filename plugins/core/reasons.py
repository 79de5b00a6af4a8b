"""What a parser or the system gives as a reason, as words that can be translated."""

from __future__ import annotations

import re

from plugins.core.problems import Phrase, phrase

_FOUND = re.compile(
    r"(?P<before>.*(?:but (?:found|got)|found (?:unknown escape )?character)) (?P<found>'.+'|\".+\")(?P<after>.*)"
)
_KNOWN = frozenset(
    one.text
    for one in (
        # Of PyYAML: its scanner, parser and composer.
        phrase("mapping values are not allowed here"),
        phrase("sequence entries are not allowed here"),
        phrase("mapping keys are not allowed here"),
        phrase("could not find expected ':'"),
        phrase("found unexpected end of stream"),
        phrase("found unexpected document separator"),
        phrase("found character {found} that cannot start any token"),
        phrase("found unknown escape character {found}"),
        phrase("expected <block end>, but found {found}"),
        phrase("expected ',' or ']', but got {found}"),
        phrase("expected ',' or '}}', but got {found}"),
        phrase("expected the node content, but found {found}"),
        phrase("expected '<document start>', but found {found}"),
        phrase("expected alphabetic or numeric character, but found {found}"),
        phrase("expected chomping or indentation indicators, but found {found}"),
        phrase("expected a comment or a line break, but found {found}"),
        phrase("expected a single document in the stream"),
        phrase("its characters are none of YAML's"),
        # Of the system: https://pubs.opengroup.org/onlinepubs/9799919799/functions/V2_chap02.html#tag_16_03
        phrase("Permission denied"),
        phrase("Operation not permitted"),
        phrase("No such file or directory"),
        phrase("Is a directory"),
        phrase("Not a directory"),
        phrase("File exists"),
        phrase("File name too long"),
        phrase("Directory not empty"),
        phrase("No space left on device"),
        phrase("Read-only file system"),
        phrase("Input/output error"),
        phrase("Too many levels of symbolic links"),
    )
)


def reason(said: object) -> Phrase:
    """Give a reason with what was found in a gap of its own; one that is not known stays as it is.

    >>> reason("expected <block end>, but found '<scalar>'").text
    'expected <block end>, but found {found}'
    >>> print(reason("expected ',' or '}', but got '['"), "/", reason("حدث {خطأ}"))
    expected ',' or '}', but got '[' / حدث {خطأ}
    """
    text = str(said)
    match = _FOUND.fullmatch(text)
    before, _, after = (_escaped(one) for one in match.groups()) if match else (_escaped(text), "", "")
    words = f"{before} {{found}}{after}" if match else before
    if words in _KNOWN:
        return phrase(words, found=match["found"]) if match else phrase(words)
    return phrase("{said}", said=text)


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
