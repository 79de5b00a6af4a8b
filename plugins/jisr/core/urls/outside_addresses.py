"""Addresses outside of the site that were typed without their scheme, or with a mistyped one."""

from __future__ import annotations

import re

# Endings of names of hosts, with those of countries, which are no endings of files that lie beside texts.
_HOST = re.compile(
    r"(?:www\.)?(?:[\w-]+\.)+(?:com|org|net|info|edu|gov|int|mil|biz|app|dev|blog|news|media|online|site|tech|world|network|ngo|asia|krd"
    r"|(?!ai|gz|js|md|ps|py|rb|sh|so|ts|xz|db|7z)[a-z]{2})(?::\d+)?",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@(?:[\w-]+\.)+[\w-]{2,}(?:\?.*)?")
_HALF_SCHEME = re.compile(r"h+t+ps?(?:;?//|;|/)(?=\w)", re.IGNORECASE)  # the colon is missing


def outside_address(target: str) -> str:
    """Return the whole address of a link whose scheme was left out or is mistyped, or an empty string.

    >>> list(map(outside_address, ("www.example.org", "info@example.org", "https//example.org", "report.pdf")))
    ['https://www.example.org', 'mailto:info@example.org', 'https://example.org', '']
    """
    if half := _HALF_SCHEME.match(target):
        return f"https://{target[half.end() :]}"
    host = re.split(r"[/?#]", target, maxsplit=1)[0]
    if _MAIL.fullmatch(target):
        return f"mailto:{target}"
    if _HOST.fullmatch(host) or (host.lower().startswith("www.") and host.count(".") > 1):
        return f"https://{target}"
    return ""
