"""The pictures that a browser loads with a page: which file of each, by the width of the screen and its pixels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from jisr.core.frozen import dataclass

_MEDIA = re.compile(r"\(min-width:\s*([\d.]+)(rem|px)\)\s*(.+)")
_LENGTH = re.compile(r"([\d.]+)(rem|px|vw)")
_REM = 16  # pixels of CSS


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen: its width in pixels of CSS, its own pixels for each, and the bytes of pictures that an article may load."""

    width: int
    density: int
    most: int

    def __str__(self) -> str:
        """Return its width, and its density where that is not one."""
        return f"{self.width} px" if self.density == 1 else f"{self.width} px × {self.density}"


SCREENS = (Screen(360, 1, 60_000), Screen(360, 2, 150_000), Screen(1280, 1, 250_000))


def weigh_pictures(tree: LexborHTMLParser, own: str, sizes: Mapping[str, int]) -> tuple[int, ...]:
    """Return the bytes of the pictures that a browser loads with a page on each of the screens.

    These are all but those it loads when a reader comes near (``loading="lazy"``), and the first of these. ``sizes`` are those
    of files by address; an icon in a style counts as style.
    """
    images = tree.css("img")
    waiting = [one for one in images if one.attributes.get("loading") == "lazy"]
    loaded = [one for one in images if one not in waiting[1:]]
    posters = {urljoin(own, one.attributes["poster"] or "") for one in tree.css("video[poster]")}
    return tuple(
        sum(sizes.get(one, 0) for one in posters | {urljoin(own, _select_file(image, screen)) for image in loaded})
        for screen in SCREENS
    )


def _select_file(image: LexborNode, screen: Screen) -> str:
    """Return the file of a picture that a browser of today takes (https://html.spec.whatwg.org/#select-an-image-source)."""
    parent = image.parent
    sources = parent.css("source") if parent is not None and parent.tag == "picture" else []
    for source in sources:
        if "prefers-reduced-data" not in (source.attributes.get("media") or ""):
            candidates = list(_parse_candidates(source.attributes.get("srcset") or ""))
            if candidates:
                wanted = _shown_width(source.attributes.get("sizes") or "100vw", screen.width) * screen.density
                return next((url for width, url in candidates if width >= wanted), candidates[-1][1])
    return image.attributes.get("src") or ""


def _parse_candidates(srcset: str) -> Iterator[tuple[int, str]]:
    """Return the widths and addresses of a ``srcset``, the narrowest first."""
    words = (one.split() for one in srcset.split(","))
    yield from sorted((int(rest[0].rstrip("w")) if rest else 0, url) for url, *rest in filter(None, words))


def _shown_width(sizes: str, width: int) -> float:
    """Return how wide a picture is shown on a screen, by its ``sizes``.

    >>> _shown_width("(min-width: 37rem) 33.75rem, 92vw", 1280), _shown_width("(min-width: 37rem) 33.75rem, 50vw", 360)
    (540.0, 180.0)
    """
    for one in sizes.split(","):
        match = _MEDIA.fullmatch(one.strip())
        length = _LENGTH.fullmatch(match[3] if match else one.strip())
        if length and (match is None or width >= float(match[1]) * (_REM if match[2] == "rem" else 1)):
            return float(length[1]) * {"rem": _REM, "px": 1, "vw": width / 100}[length[2]]
    return float(width)
