"""The media types of the files of a site by their ending, the same on every machine."""

from __future__ import annotations

_TYPES = {
    "html": "text/html", "css": "text/css", "js": "text/javascript", "txt": "text/plain", "ics": "text/calendar",
    "vcf": "text/vcard", "json": "application/json", "csv": "text/csv", "svg": "image/svg+xml", "png": "image/png",
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp", "avif": "image/avif",
    "woff2": "font/woff2", "pdf": "application/pdf", "zip": "application/zip", "mp3": "audio/mpeg", "m4a": "audio/mp4",
    "ogg": "audio/ogg", "opus": "audio/ogg", "mp4": "video/mp4", "webm": "video/webm", "vtt": "text/vtt",
    "xhtml": "application/xhtml+xml",
}  # fmt: skip


def media_type(path: str) -> str:
    """Return the media type of a file.

    >>> media_type("statements/x/Photo.JPG"), media_type("news/x/data.bin")
    ('image/jpeg', 'application/octet-stream')
    """
    return _TYPES.get(path.rpartition(".")[2].lower(), "application/octet-stream")
