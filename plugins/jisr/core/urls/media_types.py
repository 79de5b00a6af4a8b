"""The media types of files by their endings, the same on every machine: tables of operating systems and of Python differ."""

from __future__ import annotations

from types import MappingProxyType

_TYPES = MappingProxyType(
    {
        "html": "text/html", "css": "text/css", "js": "text/javascript", "txt": "text/plain", "ics": "text/calendar",
        "csv": "text/csv", "tsv": "text/tab-separated-values", "vtt": "text/vtt", "opml": "text/x-opml", "vcf": "text/vcard",
        "json": "application/json", "xml": "application/xml", "xhtml": "application/xhtml+xml", "atom": "application/atom+xml",
        "rss": "application/rss+xml", "pdf": "application/pdf", "zip": "application/zip", "epub": "application/epub+zip",
        "svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif",
        "webp": "image/webp", "avif": "image/avif", "woff2": "font/woff2", "mp3": "audio/mpeg", "m4a": "audio/mp4",
        "ogg": "audio/ogg", "oga": "audio/ogg", "opus": "audio/ogg", "flac": "audio/flac", "wav": "audio/wav",
        "mp4": "video/mp4", "m4v": "video/mp4", "mov": "video/quicktime", "webm": "video/webm", "ogv": "video/ogg",
    }
)  # fmt: skip


def media_type(path: str) -> str:
    """Return the media type of a file.

    >>> media_type("statements/x/Photo.JPG"), media_type("news/x/data.bin")
    ('image/jpeg', 'application/octet-stream')
    """
    return _TYPES.get(path.rpartition(".")[2].lower(), "application/octet-stream")
