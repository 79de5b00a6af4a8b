"""What links lead to: how a target is written, and what kind of target it is."""

from __future__ import annotations

import html
import re

from jisr.core.frozen import dataclass

_ANGLE_TARGET = re.compile(r"<((?>(?:[^<>\n\\]++|\\.)*))>")
_BARE_TARGET = re.compile(r"[^\s\x00-\x1f()\\<]*+")
_SPACE = re.compile(r"[ \t]*+\n?[ \t]*+")
_TITLES = {
    '"': re.compile(r'"((?>(?:[^"\\]++|\\.)*))"', re.S),
    "'": re.compile(r"'((?>(?:[^'\\]++|\\.)*))'", re.S),
    "(": re.compile(r"\(((?>(?:[^()\\]++|\\.)*))\)", re.S),
}
_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.){1,999})\]:", re.S)
_LINE_REST = re.compile(r"[ \t]*+(?:\n|\Z)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_MAX_PARENTHESES = 32  # as cmark; bounds the time

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)
_IGNORED = re.compile("[\x00-\x20\x7f-\xa0\u2000-\u200f\u2028-\u202f\u2060-\u206f\ufeff]+")
_EXTERNAL_URL = re.compile(r"https?://[^/?#\s]", re.I)
_SCRIPT_SCHEMES = frozenset(("javascript", "vbscript", "data", "livescript", "mocha"))
_ALLOWED_SCHEMES = frozenset(["http", "https", "mailto", "tel", "sms", "geo", "xmpp", "irc", "ircs", "ftp"])


@dataclass(frozen=True, slots=True)
class LinkDefinition:
    """A link's target that is given apart from the link: ``[label]: target "title"``.

    ``number`` and ``column`` say where its target stands; while it is read, ``offset`` and ``end`` do so in its text.
    """

    label: str
    target: str
    title: str
    number: int = 0
    column: int = 0
    offset: int = 0
    end: int = 0


def normalize_label(text: str) -> str:
    """Return a label as labels are compared: in one case, with single spaces."""
    return " ".join(text.split()).casefold()


def unescape(text: str) -> str:
    r"""Return words with their escapes and entities resolved, as CommonMark does.

    >>> unescape(r"&copy; \* &amp;lt;")
    '© * &lt;'
    """
    if "&" not in text and "\\" not in text:
        return text
    return _ESCAPE_OR_ENTITY.sub(lambda found: found[1] or decode_entity(found[0]), text)


_ESCAPE_OR_ENTITY = re.compile(f"{_ESCAPE.pattern}|{_ENTITY.pattern}")


def decode_entity(written: str) -> str:
    """Return the character of an entity, or the entity where there is none of that name."""
    if written == "&#0;":
        return "\ufffd"
    return html.unescape(written)


def match_entity(text: str, at: int) -> re.Match[str] | None:
    """Return the entity that is written at a position."""
    return _ENTITY.match(text, at)


def match_destination(text: str, at: int) -> tuple[str, int, int] | None:
    """Return the target that is written at a position, where it begins and where its writing ends."""
    if text[at : at + 1] == "<":
        found = _ANGLE_TARGET.match(text, at)
        return (unescape(found[1]), at + 1, found.end()) if found else None
    end, depth = at, 0
    while True:
        end = _BARE_TARGET.match(text, end).end()  # type: ignore[union-attr]
        character = text[end : end + 1]
        if character == "(":
            depth += 1
            if depth > _MAX_PARENTHESES:
                return None
        elif character == ")" and depth:
            depth -= 1
        elif character == "\\":
            end += 1 if text[end + 1 : end + 2] in ("", " ", "\n") else 2
            continue
        elif character == "<":
            pass
        else:
            break
        end += 1
    return None if depth else (unescape(text[at:end]), at, end)


def match_title(text: str, at: int) -> tuple[str, int]:
    """Return the title that is written at a position and where its writing ends; an empty one where there is none."""
    pattern = _TITLES.get(text[at : at + 1])
    found = pattern.match(text, at) if pattern else None
    if found is None or re.search(r"\n[ \t]*\n", found[1]):
        return "", at
    return unescape(found[1]), found.end()


def skip_space(text: str, at: int) -> int:
    """Return where the space at a position ends, a line end included."""
    return _SPACE.match(text, at).end()  # type: ignore[union-attr]


def match_definition(text: str, at: int) -> LinkDefinition | None:
    """Return the definition of a link that begins at a position of a paragraph.

    >>> match_definition("[بيان]: ../2012-x/ 'البيان'", 0).target
    '../2012-x/'
    """
    named = _LABEL.match(text, at)
    if named is None or not named[1].strip() or named[1].startswith("^"):
        return None
    begin = skip_space(text, named.end())
    found = match_destination(text, begin)
    if found is None or (found[2] == begin):
        return None
    target, offset, end = found
    after = skip_space(text, end)
    words, last = match_title(text, after) if after > end else ("", end)
    rest = _LINE_REST.match(text, last) if last > after or words else None
    if rest is None:
        words, rest = "", _LINE_REST.match(text, end)
    if rest is None:
        return None
    return LinkDefinition(normalize_label(named[1]), target, words, offset=offset, end=rest.end())


def classify_target(target: str) -> str:
    r"""Return what a target is: ``outside``, ``inside``, or what is wrong with it.

    Wrong is what runs (``script``), an address of no scheme that pages have (``scheme``), one on another host without its
    scheme (``host``), one of the web without a host (``web``), and an ``empty`` one. Browsers skip controls and spaces in
    a scheme (https://url.spec.whatwg.org/#concept-basic-url-parser), so they are skipped here.

    >>> tuple(map(classify_target, ("java\tScript:alert(1)", "../2011-erbil/", "tel:+964770", "//example.org/")))
    ('script', 'inside', 'outside', 'host')
    """
    plain = _IGNORED.sub("", target)
    if not plain:
        return "empty"
    named = _SCHEME.match(plain)
    if named is None:
        return "host" if plain.replace("\\", "/").startswith("//") else "inside"
    scheme = named[1].lower()
    if scheme in _SCRIPT_SCHEMES:
        return "script"
    if scheme not in _ALLOWED_SCHEMES:
        return "scheme"
    return "outside" if scheme not in ("http", "https") or _EXTERNAL_URL.match(plain) else "web"
