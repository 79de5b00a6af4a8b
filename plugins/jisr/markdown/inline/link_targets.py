"""Targets of links: their syntax, link definitions, and classification."""

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
_MAX_PARENTHESES = 32  # as in cmark; bounds the time

_ADDRESS = re.compile(r"[/#:]|\.\w")  # what only an address has; a stop at the end of a word is none

_BRACKETED = re.compile(r"\((?:https?:|www\.)", re.I)  # a link whose colon is one too many
_LOCAL = re.compile(r"file:|[a-z]:[\\/]", re.I)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)
_IGNORED = re.compile("[\x00-\x20\x7f-\xa0\u2000-\u200f\u2028-\u202f\u2060-\u206f\ufeff]+")
_EXTERNAL_URL = re.compile(r"https?://[^/?#\s]", re.I)
_SCRIPT_SCHEMES = frozenset(("javascript", "vbscript", "data", "livescript", "mocha"))
_ALLOWED_SCHEMES = frozenset(["http", "https", "mailto", "tel", "sms", "geo", "xmpp", "irc", "ircs", "ftp"])


@dataclass(frozen=True, slots=True)
class LinkDefinition:
    """A link reference definition: ``[label]: target "title"``.

    ``number`` and ``column`` are the place of its target in the body; while it is parsed, ``offset`` and ``end`` in its text.
    ``typed`` is a definition as typed, and ``place`` where it begins.
    """

    label: str
    target: str
    title: str
    number: int = 0
    column: int = 0
    offset: int = 0
    end: int = 0
    typed: str = ""
    place: tuple[int, int] = (0, 0)

    @property
    def name(self) -> str:
        """Its label as typed."""
        return " ".join(self.typed[1 : self.typed.find("]:")].split())


def normalize_label(text: str) -> str:
    """Return the normal form of a label: in one case, with single spaces."""
    return " ".join(text.split()).casefold()


def unescape(text: str) -> str:
    r"""Return a text with its escapes and entities resolved, as in CommonMark.

    >>> unescape(r"&copy; \* &amp;lt;")
    '© * &lt;'
    """
    if "&" not in text and "\\" not in text:
        return text
    return _ESCAPE_OR_ENTITY.sub(lambda match: match[1] or decode_entity(match[0]), text)


_ESCAPE_OR_ENTITY = re.compile(f"{_ESCAPE.pattern}|{_ENTITY.pattern}")


def decode_entity(entity: str) -> str:
    """Return the character of an entity, or the entity where there is none of that name."""
    if entity == "&#0;":
        return "\ufffd"
    return html.unescape(entity)


def match_entity(text: str, at: int) -> re.Match[str] | None:
    """Match an entity at a position."""
    return _ENTITY.match(text, at)


def match_destination(text: str, at: int) -> tuple[str, int, int] | None:
    """Return the link destination at a position, and its start and end."""
    if text[at : at + 1] == "<":
        match = _ANGLE_TARGET.match(text, at)
        return (unescape(match[1]), at + 1, match.end()) if match else None
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
    """Return the link title at a position and its end, or an empty title."""
    pattern = _TITLES.get(text[at : at + 1])
    match = pattern.match(text, at) if pattern else None
    if match is None or re.search(r"\n[ \t]*\n", match[1]):
        return "", at
    return unescape(match[1]), match.end()


def skip_space(text: str, at: int) -> int:
    """Return the end of the space at a position, which may include one line end."""
    return _SPACE.match(text, at).end()  # type: ignore[union-attr]


def match_definition(text: str, at: int) -> LinkDefinition | None:
    """Return the link reference definition at a position of a paragraph, or None.

    A word that is no address, as in the answer of an interview, defines no link: its line is shown as typed.

    >>> match_definition("[بيان]: ../2012-x/ 'البيان'", 0).target
    '../2012-x/'
    >>> match_definition("[سارة]: نعم", 0) is match_definition("[Sara]: Yes.", 0) is None
    True
    """
    label = _LABEL.match(text, at)
    if label is None or not label[1].strip() or label[1].startswith("^"):
        return None
    start = skip_space(text, label.end())
    destination = match_destination(text, start)
    if destination is None or (destination[2] == start):
        return None
    target, offset, end = destination
    if offset == start and (not _ADDRESS.search(target) or _BRACKETED.match(target)):
        return None
    title_start = skip_space(text, end)
    title, title_end = match_title(text, title_start) if title_start > end else ("", end)
    rest = _LINE_REST.match(text, title_end) if title_end > title_start or title else None
    if rest is None:
        title, rest = "", _LINE_REST.match(text, end)
    if rest is None:
        return None
    return LinkDefinition(normalize_label(label[1]), target, title, offset=offset, end=rest.end())


def classify_target(target: str) -> str:
    r"""Return the class of a target: ``outside``, ``inside``, or an error.

    Errors are a target that runs a program (``script``), a file of a computer (``local``), a scheme that is not allowed
    (``scheme``), another host without a scheme (``host``), a web address without a host (``web``), and an ``empty`` target.
    Browsers skip controls and spaces in a scheme (https://url.spec.whatwg.org/#concept-basic-url-parser), so they are skipped
    here, too.

    >>> tuple(map(classify_target, ("java\tScript:alert(1)", "../2011-erbil/", "tel:+964770", "//example.org/")))
    ('script', 'inside', 'outside', 'host')
    """
    plain = _IGNORED.sub("", target)
    if not plain:
        return "empty"
    if _LOCAL.match(plain):
        return "local"
    scheme_match = _SCHEME.match(plain)
    if scheme_match is None:
        return "host" if plain.replace("\\", "/").startswith("//") else "inside"
    scheme = scheme_match[1].lower()
    if scheme in _SCRIPT_SCHEMES:
        return "script"
    if scheme not in _ALLOWED_SCHEMES:
        return "scheme"
    return "outside" if scheme not in ("http", "https") or _EXTERNAL_URL.match(plain) else "web"
