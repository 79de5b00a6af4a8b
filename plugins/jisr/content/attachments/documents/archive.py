"""Archives (ZIP, tar, and what gzip, bzip2 and xz pack), looked into as a folder: programs, documents, pictures.

A stream that breaks off is read as far as it goes, as programs unpack it.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress

from jisr.content.attachments.documents.document_findings import DocumentFindings
from jisr.content.attachments.documents.office_zip import MAX_ALL, MAX_PARTS, read_parts
from jisr.content.attachments.file_types import detect_type, file_ending
from jisr.content.attachments.formats.damage import DamagedFileError
from jisr.core.urls.file_names import FILE_TYPES

ReadDocument = Callable[[str, bytes], DocumentFindings | None]
"""Takes an ending and the bytes of a file, and returns what is found in a document; None for what is none."""
_PROGRAM = re.compile(  # what Windows, macOS, Android and desktops of Linux start, install or mount by its ending
    r"exe|com|scr|pif|cpl|bat|cmd|ps1|vb[es]?|jse?|ws[cfh]|sct|hta|lnk|url|scf|inf|reg|ms[cipt]|msix(?:bundle)?|"
    r"appx(?:bundle)?|application|gadget|chm|dll|ocx|sys|xll|jar|jnlp|iso|img|vhdx?|dmg|pkg|command|workflow|scpt|webloc|"
    r"desktop|appimage|deb|rpm|apk|xapk|ipa|do[ct]m|xl[st]m|xla|xlam|p[op][tps]m|ppam"
)
_PROGRAM_TYPES = ("EXE", "ELF")
_MAC_PROGRAM = re.compile(rb"\xfe\xed\xfa[\xce\xcf]|[\xce\xcf]\xfa\xed\xfe|\xca\xfe\xba\xbe")
_PACKED = frozenset(["ZIP", "tar", "gzip", "bzip2", "xz"])
_DEPTH = 5  # of archives in archives
_MAX_MEMORY = 200_000_000  # bytes for the window of xz
_CHUNK = 1_000_000


def read_archive(data: bytes, read_document: ReadDocument) -> DocumentFindings:
    """Return what is found in an archive, in its documents and in archives in it. Raises DamagedFileError."""
    look = _Look(read_document)
    look.look_into(data, "", 0)
    return look.found


class _Look:
    """A look into an archive: what is found, and how much may still be unpacked."""

    def __init__(self, read_document: ReadDocument) -> None:
        self.found, self.read_document = DocumentFindings(), read_document
        self.left, self.left_parts = MAX_ALL, MAX_PARTS

    def look_into(self, data: bytes, folder: str, depth: int) -> None:
        """Look into an archive that lies in a folder of another. Raises DamagedFileError."""
        if depth > _DEPTH:
            raise DamagedFileError
        kind = detect_type(data)
        if kind == "ZIP":
            parts: Iterator[tuple[str, bytes]] = read_parts(data)
        elif kind == "tar":
            parts = self._read_tar(data)
        else:
            parts = iter([(_gzip_name(data) if kind == "gzip" else "", self._unpack(kind, data))])
        for name, part in parts:
            self.left, self.left_parts = self.left - len(part), self.left_parts - 1
            if min(self.left, self.left_parts) < 0:
                raise DamagedFileError
            self._look_at(f"{folder}/{name}".strip("/"), part, depth)

    def _look_at(self, name: str, part: bytes, depth: int) -> None:
        """Look at a file by its name and bytes."""
        ending, kind = file_ending(name.rstrip(" .")), detect_type(part)
        if _PROGRAM.fullmatch(ending) or kind in _PROGRAM_TYPES or _MAC_PROGRAM.match(part):
            self.found.add_program(name or kind)
        elif FILE_TYPES.get(ending) == kind and (inside := self.read_document(ending, part)):
            self.found.add_document(name, inside)
        elif kind in _PACKED:
            self.look_into(part, name, depth + 1)
        else:
            self.found.add_picture(name, part)

    def _read_tar(self, data: bytes) -> Iterator[tuple[str, bytes]]:
        with (
            suppress(tarfile.TarError, OSError, EOFError, ValueError),
            tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive,
        ):
            for member in archive:
                stream = archive.extractfile(member) if member.isreg() else None
                yield member.name, stream.read(self.left + 1) if stream else b""

    def _unpack(self, kind: str, data: bytes) -> bytes:
        """Return what a stream packs. Raises DamagedFileError where that is more than may be unpacked."""
        if kind == "xz":
            return self._unpack_xz(data)
        file = gzip.GzipFile(fileobj=io.BytesIO(data)) if kind == "gzip" else bz2.BZ2File(io.BytesIO(data))
        unpacked = bytearray()
        with suppress(OSError, EOFError, zlib.error):
            while len(unpacked) <= self.left and (chunk := file.read1(_CHUNK)):
                unpacked += chunk
        return bytes(unpacked)

    def _unpack_xz(self, data: bytes) -> bytes:
        unpacked = b""
        while data and len(unpacked) <= self.left:
            stream = lzma.LZMADecompressor(memlimit=_MAX_MEMORY)
            try:
                unpacked += stream.decompress(data, self.left + 1 - len(unpacked))
            except lzma.LZMAError as error:
                if "emory" in str(error):
                    raise DamagedFileError from None
                break
            data = stream.unused_data
        return unpacked


def _gzip_name(data: bytes) -> str:
    """Return the name in the head of gzip, under which a program unpacks the file (RFC 1952, 2.3)."""
    flags, start = data[3:4] or b"\0", 10
    if not flags[0] & 8:
        return ""
    if flags[0] & 4:
        start += 2 + int.from_bytes(data[10:12], "little")
    return data[start:].partition(b"\0")[0][:1000].decode("latin-1")
