"""GIF (https://www.w3.org/Graphics/GIF/spec-gif89a.txt): its pictures and their times are kept; comments and XMP go."""

from __future__ import annotations

from jisr.content.attachments.formats.damage import DamagedFileError

_IMAGE, _EXTENSION, _END = 0x2C, 0x21, 0x3B
_GRAPHIC_CONTROL, _APPLICATION = 0xF9, 0xFF
_LOOPS = (b"\x0bNETSCAPE2.0", b"\x0bANIMEXTS1.0")


def clean_gif(data: bytes) -> bytes:
    """Return a picture without what does not show. Raises DamagedFileError."""
    try:
        at = 13 + _table_size(data[10])
        kept = [data[:at]]
        while data[at] != _END:
            if data[at] == _IMAGE:
                end = _end_of_blocks(data, at + 10 + _table_size(data[at + 9]) + 1)
                kept.append(data[at:end])
            elif data[at] == _EXTENSION:
                end = _end_of_blocks(data, at + 2)
                if data[at + 1] == _APPLICATION and data[at + 2 : at + 14] in _LOOPS and data[at + 14 : at + 16] == b"\3\1":
                    kept.append(data[at : at + 18] + b"\0")  # how often it is shown, and not what follows
                elif data[at + 1] == _GRAPHIC_CONTROL and data[at + 2] == 4:
                    kept.append(data[at : at + 7] + b"\0")
            else:
                raise DamagedFileError
            at = end
    except IndexError:
        raise DamagedFileError from None
    return b"".join([*kept, bytes([_END])])


def _table_size(flags: int) -> int:
    """Return the size of the table of colours that flags announce."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _end_of_blocks(data: bytes, at: int) -> int:
    while size := data[at]:
        at += size + 1
    return at + 1
