"""The types of files that can lie beside a text, and what type a file really has, by its first bytes."""

from __future__ import annotations

import re

PICTURES = ("JPEG", "PNG", "WebP", "AVIF", "GIF")
FOREIGN_PICTURES = frozenset("heic heif tif tiff bmp dng raw psd jp2 jxl".split())  # which browsers do not show
_LFS_POINTER = b"version https://git-lfs.github.com/spec/"
_WEB_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype\s+html|<\?php|<(?:html|head|body|title|meta|script|"
    rb"iframe|table|div|style|font|h1|br|base|link|form|p|a)[\s>/])",
    re.IGNORECASE | re.DOTALL,
)
_READ_AS_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!--|\?xml|b[\s>])", re.IGNORECASE)  # https://mimesniff.spec.whatwg.org
_DRAWING = re.compile(rb"<(?:[\w-]+:)?svg[\s>]")
_SIGNATURES = (
    (b"\xff\xd8\xff", "JPEG"), (b"\x89PNG\r\n\x1a\n", "PNG"), (b"GIF87a", "GIF"), (b"GIF89a", "GIF"),
    (b"II*\0", "TIFF"), (b"MM\0*", "TIFF"), (b"II+\0", "TIFF"), (b"MM\0+", "TIFF"), (b"8BPS", "PSD"),
    (b"PK\x03\x04", "ZIP"), (b"PK\x05\x06", "ZIP"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office"), (b"{\\rtf", "RTF"),
    (b"OggS", "Ogg"), (b"\x1a\x45\xdf\xa3", "WebM"), (b"fLaC", "FLAC"),
    (b"\x1f\x8b", "gzip"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"\xfd7zXZ\0", "xz"), (b"\x7fELF", "ELF"),
)  # fmt: skip
_LETTERS = (
    (b"ID3", "MP3"), (b"BZh", "bzip2"), (b"Rar!", "RAR"), (b"MZ", "EXE"), (b"BM", "BMP"),
    (b"FWS", "SWF"), (b"CWS", "SWF"), (b"ZWS", "SWF"),
)  # fmt: skip
"""Signatures that a text may begin with, too."""
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_HEIF_BRANDS = frozenset(b"heic heix hevc hevx heim heis hevm hevs mif1 msf1".split())
_FILM_BOXES = frozenset(b"moov mdat wide free skip pnot".split())


def file_ending(name: str) -> str:
    """Return the ending of a file's name, in small letters."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def detect_type(data: bytes) -> str:
    """Return the type of a file: of FILE_TYPES, "empty", "pointer", "HTML", a foreign one, or "" for what is unknown.

    >>> [detect_type(one) for one in (b"", b"GIF89a", b"<html>", b"%PDF-1.7", b"BM", "بيان".encode())]
    ['empty', 'GIF', 'HTML', 'PDF', 'text', 'text']
    """
    head = data[:4096]
    if not head:
        return "empty"
    if head.startswith(_LFS_POINTER):
        return "pointer"
    if kind := next((kind for signature, kind in _SIGNATURES if head.startswith(signature)), ""):
        return kind
    if head[4:8] == b"ftyp":
        brands = {head[at : at + 4] for at in (8, *range(16, min(int.from_bytes(head[:4]), len(head)), 4))}
        return "AVIF" if brands & {b"avif", b"avis"} else "HEIC" if head[8:12] in _HEIF_BRANDS else "MP4"
    if head[:4] == b"RIFF":
        return {b"WEBP": "WebP", b"WAVE": "WAV"}.get(head[8:12], "RIFF")
    return "MP4" if head[4:8] in _FILM_BOXES else _detect_text(head)


def _detect_text(head: bytes) -> str:
    """Return the type of a file that has no signature at its first byte."""
    if _WEB_PAGE.match(head):
        return "HTML"
    if b"%PDF" in head[:1024] and b"\0" not in head[: head.index(b"%PDF")]:  # what stands before it is no other file
        return "PDF"
    if head.lstrip(_MARKS[0] + b" \t\r\n").startswith(b"<") and _DRAWING.search(head):
        return "SVG"
    if _READ_AS_PAGE.match(head):
        return "HTML"
    if head.startswith(_MARKS) or not _NO_TEXT.search(head):
        return "text"
    if _is_tar(head):
        return "tar"
    if head[0] == 0xFF and head[1:2] >= b"\xe2" and head[1] & 6:
        return "MP3"
    return next((kind for letters, kind in _LETTERS if head.startswith(letters)), "")


def _is_tar(head: bytes) -> bool:
    """Whether a file begins as an archive of any kind of tar: its first entry has the right sum, or it is empty."""
    stated = head[148:156].strip(b" \0")
    total = sum(head[:148]) + 8 * ord(" ") + sum(head[156:512])
    return not any(head[:512]) or (stated.isdigit() and not stated.strip(b"01234567") and int(stated, 8) == total)
