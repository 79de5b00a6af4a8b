"""Addresses outside of the site that were typed without their scheme, or with a mistyped one."""

from __future__ import annotations

import re

from jisr.core.bidi.control_characters import INVISIBLE_IN_ADDRESS
from jisr.core.bidi.phone_numbers import phone_uri

# Endings of names of hosts, with those of countries, which are no endings of files that lie beside texts.
_HOST = re.compile(
    r"(?:www\.)?(?:[\w-]+\.)+(?:com|org|net|info|edu|gov|int|mil|biz|app|dev|blog|news|media|online|site|tech|world|network|ngo|asia|krd"
    r"|(?!ai|gz|js|md|ps|py|rb|sh|so|ts|xz|db|7z)[a-z]{2})(?::\d+)?",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@(?:[\w-]+\.)+[\w-]{2,}")
# A scheme with a letter or sign too few or too many, or with spaces: "https//", "htp://", "https:/ ", "https://https://".
_NEARLY_SCHEME = re.compile(r"(?:https?://){2,}|h{0,2}t{1,3}p{1,2}s{0,2}\s*(?:[:;]\s*/*|/+)\s*(?=\w)", re.IGNORECASE)
_MAIL_SCHEME = re.compile(r"(?:mailto|e-?mail)\s*:\s*/*\s*|mailto\s+", re.IGNORECASE)
_PHONE_SCHEME = re.compile(r"(?:tel|phone|callto)\s*:\s*/*\s*", re.IGNORECASE)
_WHOLE = re.compile(r"https?://[^/?#\s:،؛؟]+(?=[/?#:]|\Z)", re.IGNORECASE)
_END_OF_HOST = re.compile(r"[/?#]")
_OPENING, _CLOSING = tuple("(<[\"'“«（"), tuple(")>]\"'”»）")
_WIDE_SIGNS = str.maketrans("：／．＠", ":/.@")


def outside_address(target: str) -> str:
    """Return the whole address of a link whose scheme was left out or is mistyped, or an empty string.

    >>> list(map(outside_address, ("www.example.org", "info@example.org", "https//example.org", "report.pdf")))
    ['https://www.example.org', 'mailto:info@example.org', 'https://example.org', '']
    >>> list(map(outside_address, ("mailto: a@b.org", "https:// a b.org/c d", "+964 770 886 6150", "https://example.org")))
    ['mailto:a@b.org', 'https://ab.org/c%20d', 'tel:+9647708866150', '']
    """
    words = " ".join(INVISIBLE_IN_ADDRESS.sub("", target).translate(_WIDE_SIGNS).split())
    while words[:1] in _OPENING and words[-1:] in _CLOSING and len(words) > 2:
        words = words[1:-1].strip()
    if words == target and _WHOLE.match(target) and "://" not in target[8:20]:
        return ""  # the usual case
    whole = _mail_address(words) or _phone_address(words) or _web_address(words)
    return "" if whole.casefold() == target.casefold() else whole


def _mail_address(words: str) -> str:
    scheme = _MAIL_SCHEME.match(words)
    address, mark, query = words[scheme.end() if scheme else 0 :].partition("?")
    address = re.sub(r" ?([@.]) ?", r"\1", address.strip())
    whole = f"mailto:{address}{mark}{query.strip().replace(' ', '%20')}"
    return whole if _MAIL.fullmatch(address) else ""


def _phone_address(words: str) -> str:
    scheme = _PHONE_SCHEME.match(words)
    if scheme and " " not in words and scheme[0].lower() == "tel:":
        return words
    number = words[scheme.end() if scheme else 0 :]
    uri = phone_uri(number) or (re.sub(r"[ ().-]", "", number) if scheme else "")
    return f"tel:{uri}" if uri else ""


def _web_address(words: str) -> str:
    scheme = _NEARLY_SCHEME.match(words)
    rest = words[scheme.end() if scheme else 0 :]
    end = _END_OF_HOST.search(rest)
    host, path = (rest[: end.start()], rest[end.start() :]) if end else (rest, "")
    host = host.replace(" ", "").rstrip("،؛؟,;.")
    is_host = _HOST.fullmatch(host) or (host.lower().startswith("www.") and host.count(".") > 1)
    whole = f"https://{host}{path.replace(' ', '%20')}"
    if is_host or (scheme and "." in host and " " not in rest[: len(host)]):
        return whole
    return ""
