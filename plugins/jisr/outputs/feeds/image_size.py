"""Dimensions of images, from the first bytes of each file, so that readers can reserve the space."""

from __future__ import annotations

from jisr.content.attachments.cleaner import read_clean
from jisr.core.frozen import dataclass
from jisr.core.model.site import Site
from jisr.core.urls import paths

MEDIA_TYPES = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "svg": "image/svg+xml",
}
"""Media types by file suffix. The table of the operating system differs between machines."""


@dataclass(frozen=True, slots=True)
class PublishedImage:
    """A published image: its URL, media type, size in bytes, and dimensions where they are known."""

    url: str
    type: str
    length: int
    width: int = 0
    height: int = 0


def image_size(data: bytes) -> tuple[int, int]:
    r"""Return width and height of a PNG, GIF, WebP or JPEG from its first bytes; zeros if they are not in these.

    >>> image_size(b"GIF89a\x40\x01\xf0\x00")
    (320, 240)
    >>> image_size("بيان".encode())
    (0, 0)
    """
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    if data[:6] in (b"GIF87a", b"GIF89a") and len(data) >= 10:
        return int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP" and len(data) >= 30:
        return _webp_size(data)
    return _jpeg_size(data) if data[:2] == b"\xff\xd8" else (0, 0)


def _webp_size(data: bytes) -> tuple[int, int]:
    """See https://developers.google.com/speed/webp/docs/riff_container."""
    form = data[12:16]
    if form == b"VP8X":
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    if form == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return int.from_bytes(data[26:28], "little") & 0x3FFF, int.from_bytes(data[28:30], "little") & 0x3FFF


def _jpeg_size(data: bytes) -> tuple[int, int]:
    """Follow the markers up to the start of a frame (ITU T.81, B.2.2)."""
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return int.from_bytes(data[at + 7 : at + 9], "big"), int.from_bytes(data[at + 5 : at + 7], "big")
        at += 1 if marker == 0xFF else 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return 0, 0


def find_image(site: Site, address: str) -> PublishedImage | None:
    """Return a published image by its address, with its dimensions; None where it is none.

    It is no query of its own: a later build compares the digest of the file, and reads none to ask again.
    """
    return site.once(("image", address), lambda: _read_image(site, address))


def _read_image(site: Site, address: str) -> PublishedImage | None:
    media_type = MEDIA_TYPES.get(address.rpartition(".")[2].lower())
    file = site.files.get(address)
    if not media_type or file is None:
        return None
    data = read_clean(file.source)
    width, height = image_size(data)
    return PublishedImage(paths.absolute_url(site.url, address), media_type, len(data), width, height)
