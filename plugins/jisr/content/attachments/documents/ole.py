"""Office documents of before 2007 (MS-CFB), read with olefile: macros, sheets of macros, packed files, and whom they name."""

from __future__ import annotations

import io
import re

import olefile

from jisr.content.attachments.documents.document_findings import DocumentFindings
from jisr.content.attachments.formats.damage import DamagedFileError

OLE_HEAD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACROS = frozenset(["_vba_project_cur", "vba", "macros", "_vba_project", "vbaproject.bin"])
_PACKED = frozenset(["\x01ole10native", "package"])
_ENCRYPTED = frozenset(["encryptedpackage", "encryptioninfo"])
_CALLED = re.compile(rb"\x13\0?(?:\s\0?)*D\0?D\0?E\0?(?:A\0?U\0?T\0?O\0?)?\s")
_SHEET, _PASSWORD, _SHEET_OF_MACROS = 0x85, 0x2F, 1  # records of BIFF
_LEAST = 3 * 512  # its head, a table and a directory
_MAX_STREAM = 64_000_000
_ERRORS = (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError, ArithmeticError, MemoryError)


def read_ole(data: bytes) -> DocumentFindings:
    """Return what is found in a document. Raises DamagedFileError where it cannot be looked into."""
    found = DocumentFindings()
    if len(data) >= _LEAST:
        look_into_part(data, found)
    return found


def look_into_part(data: bytes, found: DocumentFindings) -> None:
    """Add what is found in a document, or in a part of another. Raises DamagedFileError."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as document:
            for path in document.listdir(streams=True, storages=True):
                _look_at_name(path[-1].lower(), found)
            for path in document.listdir():
                if path[-1].lower() in ("workbook", "book", "worddocument", "1table", "0table"):
                    _look_into_stream(path[-1].lower(), _read_stream(document, path), found)
            facts = document.get_metadata()
    except _ERRORS:
        raise DamagedFileError from None
    for value in (facts.author, facts.last_saved_by, facts.manager, facts.company):
        if isinstance(value, bytes):
            found.add_fact(_decode(value, facts.codepage))
    if isinstance(facts.creating_application, bytes):
        found.add_fact(_decode(facts.creating_application, facts.codepage), is_program=True)


def _look_at_name(name: str, found: DocumentFindings) -> None:
    if name in _MACROS:
        found.has_macros = True
    elif name in _PACKED:
        found.add_action("OLE")
    elif name in _ENCRYPTED:
        raise DamagedFileError


def _read_stream(document: olefile.OleFileIO, path: list[str]) -> bytes:
    if document.get_size(path) > _MAX_STREAM:
        raise DamagedFileError
    return bytes(document.openstream(path).read())


def _look_into_stream(name: str, stream: bytes, found: DocumentFindings) -> None:
    if name in ("workbook", "book"):
        _look_at_sheets(stream, found)
    elif name == "worddocument":
        if len(stream) > 11 and stream[11] & 1:  # fEncrypted of the FIB
            raise DamagedFileError
        if _CALLED.search(stream):
            found.add_action("DDE")


def _look_at_sheets(stream: bytes, found: DocumentFindings) -> None:
    """Look for sheets of macros among the records at the beginning of a workbook."""
    at = 0
    while at + 4 <= len(stream):
        record, size = int.from_bytes(stream[at : at + 2], "little"), int.from_bytes(stream[at + 2 : at + 4], "little")
        if record == _PASSWORD:
            raise DamagedFileError
        if record == _SHEET and stream[at + 9 : at + 10] == bytes([_SHEET_OF_MACROS]):
            found.has_macros = True
        at += 4 + size


def _decode(value: bytes, codepage: object) -> str:
    try:
        return value.decode("utf-8" if codepage in (None, 65001) else f"cp{int(str(codepage)) & 0xFFFF}", "replace")
    except (LookupError, ValueError):
        return value.decode("utf-8", "replace")
