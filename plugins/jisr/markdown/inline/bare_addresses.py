"""Bare web and e-mail addresses in running text, which become links (GFM 6.9, autolinks).

Besides GFM, an address ends at an Arabic comma, semicolon or question mark, at a quotation mark, and at a bracket that was
not opened in it; and a letter of Arabic script may stand right before it, since prefixes such as و are written so.
"""

from __future__ import annotations

import re

from jisr.core.bidi.ltr_tokens import RTL_CHARACTERS, cut_host
from jisr.core.frozen import dataclass
from jisr.markdown.inline.link_targets import unescape

_OTHER_LETTER = rf"[^\W_{RTL_CHARACTERS}]"
"""A letter or digit that is not of Arabic or Hebrew script."""
_CHARACTER = (
    r"(?:\\[!#-;=?@\[-\]_~]|&(?!(?:nbsp|quot|lt|gt|#160|#34);)"
    r"|\*(?!\*)|\[(?=[\w\-]{0,40}\])|[^\s\\*\[&<>{}|^`\"\x00-\x1f\u00ab\u00bb\u2039\u203a\u201c-\u201f\u2026\u060c\u061b\u061f\u06d4\ufeff（）【】［］、。])"
)
_ADDRESS = re.compile(
    rf"(?P<web>(?:(?<!{_OTHER_LETTER})(?<![+.\-])(?:https?|ftp)://|(?<!{_OTHER_LETTER})(?<![.@/\-])www\.)(?=[^\W_]){_CHARACTER}{{1,4096}})"
    rf"|(?<!{_OTHER_LETTER})(?<![.+\-@/])(?:mailto:|xmpp:)?[A-Za-z0-9][A-Za-z0-9._+\-\u00ad\u200b\u2060]*+@"
    r"[A-Za-z0-9_\-\u00ad\u200b\u2060]++(?>(?:\.[A-Za-z0-9_\-\u00ad\u200b\u2060]++)+)",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?:[a-z]+://)?([^/?#\s]*)", re.IGNORECASE)
_LAST_ENTITY = re.compile(r"&[A-Za-z0-9]+;\Z")
_TRAILING = "?!.,:;*_~'\u2018\u2019\\\u00a1\u00bf\u00ad\u200b\u200c\u200d\u2060"
_BRACKETS = {")": "(", "]": "["}


@dataclass(frozen=True, slots=True)
class BareAddress:
    """An address in a text: its place, the words to show, and the target of the link."""

    start: int
    end: int
    words: str
    target: str


def may_have_addresses(text: str) -> bool:
    """Whether a text may have a bare address."""
    return "@" in text or "://" in text or "ww." in text or "WW." in text


def find_bare_address(text: str, at: int) -> BareAddress | None:
    """Return the next bare address at or behind a position.

    >>> find_bare_address("زوروا (www.example.org/أ_ب)، أو اكتبوا", 0)
    BareAddress(start=7, end=26, words='www.example.org/أ_ب', target='https://www.example.org/أ_ب')
    """
    while match := _ADDRESS.search(text, at):
        at = match.end()
        words = _trim_web_address(match[0]) if match["web"] else _trim_mail_address(match[0], text[at : at + 1])
        if words:
            shown = unescape(words)
            end = match.start() + len(words)
            return BareAddress(match.start(), end, shown, _add_scheme(shown, match["web"] is not None))
    return None


def _add_scheme(address: str, is_web: bool) -> str:
    if is_web:
        return f"https://{address}" if address[:4].lower() == "www." else address
    return address if re.match("(?:mailto|xmpp):", address, re.IGNORECASE) else f"mailto:{address}"


def _trim_web_address(address: str) -> str:
    """Return a web address without what belongs to the sentence around it, or nothing where no host is left."""
    address = cut_host(address)
    address = address[: _find_foreign_bracket(address)]
    while address and address[-1] in _TRAILING:
        entity = _LAST_ENTITY.search(address, max(0, len(address) - 40)) if address[-1] == ";" else None
        address = address[: entity.start() if entity else -1]
    host = _HOST.match(address)
    is_host = host and host[1].strip(".:").lower() not in ("", "www") and "@" not in host[1]  # a name before @ would deceive
    return address if is_host else ""


def _find_foreign_bracket(address: str) -> int:
    """Return the position of the first bracket that is none of the address, or its length: ``[`` is one in a query alone."""
    depths = {"(": 0, "[": 0}
    for position, character in enumerate(address):
        if character == "[" and ("?" not in address[:position] or address[position + 1 : position + 2] == "/"):
            return position
        if character in depths:
            depths[character] += 1
        elif opening := _BRACKETS.get(character):
            if not depths[opening]:
                return position
            depths[opening] -= 1
    return len(address)


def _trim_mail_address(address: str, following: str) -> str:
    """Return an e-mail address, or nothing where it is none: its last name has letters, and no word goes on behind it."""
    address = address.rstrip("-_")
    name = address.rpartition(".")[2]
    goes_on = following and re.match(f"{_OTHER_LETTER}|[@_]", following)
    return address if len(name) > 1 and name[0].isalpha() and not goes_on else ""
