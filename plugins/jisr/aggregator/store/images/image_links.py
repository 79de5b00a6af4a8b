"""Pictures in the text of a post: local files or links, never remote. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

# First tokens that only look like a picture: code, and a link behind an escaped mark.
_MARKDOWN_TOKENS = re.compile(
    r"(?<!`)(?P<ticks>`+)(?!`)(?:.*?[^`])??(?P=ticks)(?!`)|\\.|[\[\]]"
    r"|!(?P<label>\[(?:[^\[\]\\]|\\.)*\])\((?P<url>https?://(?:[^\s()\\]|\\.)+)\)",
    re.DOTALL,
)
_ESCAPED = re.compile(r"\\(.)")
_FETCHED_IMAGE = re.compile(r"source-[0-9a-f]{16}\.(?:jpg|png)")


def is_fetched_image(name: str) -> bool:
    """Whether a file is a downloaded picture, by its name.

    >>> is_fetched_image("source-0123456789abcdef.jpg"), is_fetched_image("ڕووبار.jpg")
    (True, False)
    """
    return _FETCHED_IMAGE.fullmatch(name) is not None


def image_stem(url: str) -> str:
    """Return the name, without extension, of the file of a picture."""
    return "source-" + hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def remote_images(body: str) -> list[str]:
    """Return the addresses of the remote pictures in a text, each once.

    >>> remote_images("![قارب](https://example.org/a\\\\(1\\\\).jpg) [b](https://example.org/b.jpg)")
    ['https://example.org/a(1).jpg']
    """
    return list(dict.fromkeys(_unescape_url(match) for match in _MARKDOWN_TOKENS.finditer(body) if match["url"]))


def use_local_images(body: str, names: Iterable[str]) -> str:
    """Return a text with remote pictures replaced by the given local files; the others stay."""
    by_stem = {name.partition(".")[0]: name for name in names}

    def replace_image(match: re.Match[str]) -> str:
        name = by_stem.get(image_stem(_unescape_url(match))) if match["url"] else None
        return f"!{match['label']}({name})" if name else match[0]

    return _MARKDOWN_TOKENS.sub(replace_image, body) if by_stem else body


def link_remote_images(body: str) -> str:
    """Return a text with links in place of remote pictures: loading them would tell their host who reads.

    >>> link_remote_images("![قارب](https://example.org/a.jpg)"), link_remote_images("[![قارب](https://example.org/a.jpg)](https://example.org/)")
    ('[قارب](https://example.org/a.jpg)', '[قارب](https://example.org/)')
    """
    depth = 0

    def replace_image(match: re.Match[str]) -> str:
        nonlocal depth
        depth += (match[0] == "[") - (match[0] == "]")
        if not match["url"]:
            return match[0]
        return match["label"][1:-1] if depth else match[0][1:]  # links do not nest

    return _MARKDOWN_TOKENS.sub(replace_image, body)


def _unescape_url(match: re.Match[str]) -> str:
    return _ESCAPED.sub(r"\1", match["url"])
