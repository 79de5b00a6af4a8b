"""What is published of a file: the picture, film or recording, without place, device, numbers and names."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType

from jisr.content.attachments.file_types import detect_type, file_ending
from jisr.content.attachments.formats.damage import DamagedFileError
from jisr.content.attachments.formats.drawing import clean_svg
from jisr.content.attachments.formats.gif import clean_gif
from jisr.content.attachments.formats.isobmff import clean_avif, clean_film
from jisr.content.attachments.formats.jpeg import clean_jpeg
from jisr.content.attachments.formats.matroska import clean_matroska
from jisr.content.attachments.formats.ogg import clean_ogg
from jisr.content.attachments.formats.png import clean_png
from jisr.content.attachments.formats.riff import clean_wav, clean_webp
from jisr.content.attachments.formats.sound import clean_flac, clean_mp3
from jisr.core.urls.file_names import FILE_TYPES

_CLEANERS: MappingProxyType[str, Callable[[bytes], bytes]] = MappingProxyType(
    {
        "JPEG": clean_jpeg,
        "PNG": clean_png,
        "GIF": clean_gif,
        "WebP": clean_webp,
        "AVIF": clean_avif,
        "MP4": clean_film,
        "WebM": clean_matroska,
        "Ogg": clean_ogg,
        "MP3": clean_mp3,
        "FLAC": clean_flac,
        "WAV": clean_wav,
    }
)


def clean_data(data: bytes) -> bytes:
    """Return the bytes of a file as they are published. Raises DamagedFileError where it is not built as its format says."""
    kind = detect_type(data)
    try:
        if kind == "SVG":
            return clean_svg(data, clean_data)
        return _CLEANERS[kind](data) if kind in _CLEANERS else data
    except (IndexError, ValueError, struct.error):
        raise DamagedFileError from None


def is_cleaned(name: str) -> bool:
    """Whether a file is published otherwise than as it lies here, by its name."""
    kind = FILE_TYPES.get(file_ending(name))
    return kind in _CLEANERS or kind == "SVG"


def read_clean(file: str | Path) -> bytes:
    """Return a file as it is published. Raises OSError, and DamagedFileError, which the check of its text has reported."""
    return clean_data(Path(file).read_bytes())
