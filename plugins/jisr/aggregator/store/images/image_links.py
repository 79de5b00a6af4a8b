"""Pictures in a post's text: shown from beside it, or linked; never shown from elsewhere. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

# First what only looks like a picture: code, and a link behind an escaped mark.
_MARKDOWN_TOKENS = re.compile(
    r"(?<!`)(?P<ticks>`+)(?!`)(?:.*?[^`])??(?P=ticks)(?!`)|\\.|[\[\]]"
    r"|!(?P<said>\[(?:[^\[\]\\]|\\.)*\])\((?P<url>https?://(?:[^\s()\\]|\\.)+)\)",
    re.DOTALL,
)
_ESCAPED = re.compile(r"\\(.)")
_FETCHED_IMAGE = re.compile(r"source-[0-9a-f]{16}\.(?:jpg|png)")


def is_fetched_image(name: str) -> bool:
    """Whether a file beside a post is a picture that was fetched for it.

    >>> is_fetched_image("source-0123456789abcdef.jpg"), is_fetched_image("ڕووبار.jpg")
    (True, False)
    """
    return _FETCHED_IMAGE.fullmatch(name) is not None


def image_stem(url: str) -> str:
    """Return the name, without its end, of the file that holds the picture of an address."""
    return "source-" + hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def remote_images(body: str) -> list[str]:
    """Return the addresses of the pictures in a text that are shown from elsewhere, each once.

    >>> remote_images("![قارب](https://example.org/a\\\\(1\\\\).jpg) [b](https://example.org/b.jpg)")
    ['https://example.org/a(1).jpg']
    """
    return list(dict.fromkeys(_unescape_url(found) for found in _MARKDOWN_TOKENS.finditer(body) if found["url"]))


def use_local_images(body: str, names: Iterable[str]) -> str:
    """Return a text with the pictures that are there shown from there; the others stay as they are."""
    by_stem = {name.partition(".")[0]: name for name in names}

    def place(found: re.Match[str]) -> str:
        name = by_stem.get(image_stem(_unescape_url(found))) if found["url"] else None
        return f"!{found['said']}({name})" if name else found[0]

    return _MARKDOWN_TOKENS.sub(place, body) if by_stem else body


def link_remote_images(body: str) -> str:
    """Return a text with links to pictures that would be shown from elsewhere: showing them would tell their host who reads.

    >>> link_remote_images("![قارب](https://example.org/a.jpg)"), link_remote_images("[![قارب](https://example.org/a.jpg)](https://example.org/)")
    ('[قارب](https://example.org/a.jpg)', '[قارب](https://example.org/)')
    """
    depth = 0

    def link(found: re.Match[str]) -> str:
        nonlocal depth
        depth += (found[0] == "[") - (found[0] == "]")
        if not found["url"]:
            return found[0]
        return found["said"][1:-1] if depth else found[0][1:]  # a link in a link would be none

    return _MARKDOWN_TOKENS.sub(link, body)


def _unescape_url(found: re.Match[str]) -> str:
    return _ESCAPED.sub(r"\1", found["url"])
