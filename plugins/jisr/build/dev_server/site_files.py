"""Files of the built site: which one an address names, what it is sent as, and which bytes of it are asked for."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from jisr.core.urls import paths
from jisr.core.urls.media_types import media_type

# As plain XML a browser shows a feed in its style; as application/atom+xml it shows the source or asks where to save it.
_FEEDS = ("application/atom+xml", "application/rss+xml")
_LOADED_BY_PAGES = ("text/css", "text/javascript", "image/", "font/", "audio/", "video/", "text/vtt")
_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})", re.IGNORECASE)
_INDEX = "index.html"


def find_file(folder: Path, path: str) -> Path | None:
    """Return the file of a path, or the folder of one without a slash at its end; None where the site has none.

    ``folder`` is resolved; what leads out of it, as a link may, is none.
    """
    try:
        target = (folder / path.lstrip("/") / (_INDEX if path.endswith("/") else "")).resolve()
        return target if target.is_relative_to(folder) and target.exists() else None
    except (OSError, ValueError, RuntimeError):  # a path too long, with a NUL, or a link to itself
        return None


def served_type(path: str) -> str:
    """Return what a file is sent as: texts are in UTF-8."""
    kind = media_type(path)
    kind = "application/xml" if kind in _FEEDS else kind
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind in ("application/xml", "application/json") else kind


def page_address(path: str) -> str:
    """Return the address of a page or file as the site names it.

    >>> page_address("/ar/news/index.html"), page_address("/ar/news/"), page_address("/"), page_address("ar/404.html")
    ('ar/news/', 'ar/news/', '', 'ar/404.html')
    """
    address = path.lstrip("/")
    return address.removesuffix(_INDEX) if f"/{address}".endswith(f"/{_INDEX}") else address


def is_loaded_by_pages(address: str) -> bool:
    """Whether pages may load a file: a style, script, picture, font, sound or film. No page shows its card.

    >>> is_loaded_by_pages("theme/index.css"), is_loaded_by_pages("ar/news/2026-x/card.png"), is_loaded_by_pages("feed.atom")
    (True, False, False)
    """
    name = PurePosixPath(address)
    return name.name != paths.CARD and media_type(name.name).startswith(_LOADED_BY_PAGES)


def requested_bytes(header: str, size: int) -> range | None:
    """Return the bytes that a Range header asks for; None where it asks for all, or for several parts, which are sent as all.

    There are none where it begins behind the end (https://www.rfc-editor.org/rfc/rfc9110#section-14.1.2).

    >>> requested_bytes("bytes=2-4", 10), requested_bytes("bytes=7-", 10), requested_bytes("bytes=-3", 10)
    (range(2, 5), range(7, 10), range(7, 10))
    >>> requested_bytes("bytes=10-", 10), requested_bytes("bytes=4-2", 10), requested_bytes("bytes=0-1,4-5", 10)
    (range(10, 10), None, None)
    """
    match = _RANGE.fullmatch(header.strip())
    if not match or not any(match.groups()):
        return None
    first, last = match.groups()
    if not first:
        return range(max(size - int(last), 0), size)
    if last and int(last) < int(first):
        return None
    return range(min(int(first), size), min(int(last) + 1 if last else size, size))
