"""Office documents in archives (OOXML, OpenDocument): what they run or load, and whom they name, in whatever part it stands."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from jisr.content.attachments.documents.document_findings import DocumentFindings
from jisr.content.attachments.documents.ole import OLE_HEAD, look_into_part
from jisr.content.attachments.formats.damage import DamagedFileError

_PROGRAM_PARTS = re.compile(
    r"(?:basic|scripts)/.+|(?:.*/)?vbaproject\.bin|.*\.(?:exe|dll|js|vbs|ps1|bat|cmd|hta|scr|lnk|jar)", re.IGNORECASE
)
_PROGRAM_TYPES = re.compile(r"vbaproject|vbadata|macroenabled|macrosheet|activex|attachedtoolbars|/control$", re.IGNORECASE)
_CALLED = re.compile(
    r"\bDDE(?:AUTO)?\b|\bQUOTE(?:\s+\d+){3}|\b(?:INCLUDE(?:PICTURE|TEXT)|IMPORT|LINK|DATABASE)\b[^\x13]{0,500}?(?://|\\\\)"
)
_FORMULA = re.compile(r"\b(?:WEBSERVICE|IMAGE|DDE|RTD|CALL|REGISTER|EXEC)\s*\(", re.IGNORECASE)
_REMOTE = re.compile(r"\s*(?:https?:|ftp:|mhtml:|//|\\\\|file:(?:/{2}(?!/)|/{4,}|\\\\\\\\))", re.IGNORECASE)
_CALLING_ACTION = re.compile(r"ppaction://(?:program|macro|ole)", re.IGNORECASE)
_MACRO = re.compile(r"\s*(?:vnd\.sun\.star\.|macro:|service:)", re.IGNORECASE)
_LOCAL = re.compile(r"\s*(?:file:|[A-Za-z]:[\\/]|/(?:home|Users)/)", re.IGNORECASE)
_PEOPLE = frozenset("creator lastModifiedBy initial-creator printed-by Company Manager author".split())
_PEOPLE_ATTRIBUTES = frozenset("author displayName userId".split())
_SOFTWARE = frozenset("Application generator".split())
_DRAWN = frozenset("imagedata fill stroke image".split())  # of VML
_LINKS = frozenset("a h hyperlink p-a".split())  # which a reader follows
_PROGRAMS_IN_BOOKS = frozenset("script iframe object embed form".split())
_UNICODE_NAME = 0x7075  # of an extra field
_MAX_DOCUMENTS = 20  # of one inside another, as a table in a text: each may be as long as is allowed
MAX_PARTS, MAX_ALL, _MAX_PART = 10_000, 256_000_000, 64_000_000


def read_office_zip(data: bytes) -> DocumentFindings:
    """Return what is found in a document and those inside it. Raises DamagedFileError where a part cannot be looked into."""
    found = DocumentFindings()
    _look_into_parts(data, found, _MAX_DOCUMENTS)
    return found


def _look_into_parts(data: bytes, found: DocumentFindings, left: int) -> int:
    """Look into the parts of a document, and return how many more documents may be inside it."""
    if left <= 0:
        raise DamagedFileError
    left -= 1
    for name, part in read_parts(data):
        if _PROGRAM_PARTS.fullmatch(name):
            found.has_macros = True
        if part.startswith(OLE_HEAD):
            look_into_part(part, found)
        elif part.startswith(b"PK\x03\x04"):
            left = _look_into_parts(part, found, left)
        elif part.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")[:1] == b"<":
            _look_into_xml(name, part, found)
        else:
            found.add_picture(name, part)
    return left


def read_book(data: bytes) -> DocumentFindings:
    """Return what a book (EPUB) runs or loads; its author is no secret. Raises DamagedFileError."""
    found = DocumentFindings()
    for name, part in read_parts(data):
        if re.search(r"\.(?:x?html?|svg|opf|xml)$", name, re.IGNORECASE):
            events = etree.iterparse(io.BytesIO(part), resolve_entities=False, no_network=True, load_dtd=False, recover=True)
            for _, element in events:
                local = split_name(element.tag)[1].lower() if isinstance(element.tag, str) else ""
                if local in _PROGRAMS_IN_BOOKS or any(one.lower().startswith("on") for one in element.attrib):
                    found.add_action(f"<{local}>")
                for attribute, value in element.attrib.items() if local not in _LINKS else ():
                    if split_name(attribute)[1] in ("src", "href", "data", "poster") and _REMOTE.match(value):
                        found.add_action(value)
        else:
            found.add_picture(name, part)
    return found


def read_parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Return the parts of an archive, under both names where one has two. Raises DamagedFileError."""
    left = MAX_ALL
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_PARTS:
                raise DamagedFileError
            for entry in entries:
                with archive.open(entry) as stream:
                    part = stream.read(min(left, _MAX_PART) + 1)
                if len(part) > min(left, _MAX_PART):
                    raise DamagedFileError
                left -= len(part)
                yield from ((name, part) for name in _names(entry))
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, ValueError, EOFError, LookupError):
        raise DamagedFileError from None


def _names(entry: zipfile.ZipInfo) -> Iterator[str]:
    """Return the name of a part, and another that some programs show in its place (APPNOTE, 4.6.9)."""
    yield entry.filename
    at = 0
    while at + 4 <= len(entry.extra):
        kind, size = struct.unpack_from("<HH", entry.extra, at)
        name = entry.extra[at + 9 : at + 4 + size].decode("utf-8", "replace")
        if kind == _UNICODE_NAME and name and name != entry.filename:
            yield name
        at += 4 + size


def _look_into_xml(name: str, part: bytes, found: DocumentFindings) -> None:
    events = etree.iterparse(
        io.BytesIO(part), resolve_entities=False, no_network=True, load_dtd=False, recover=True, events=("end",)
    )
    fields: list[str] = []
    try:
        for _, element in events:
            if isinstance(element.tag, str):
                _look_at_element(name, element, found, fields)
            element.clear(keep_tail=False)
            while element.getprevious() is not None:
                del element.getparent()[0]  # so that a long part needs little memory
    except etree.XMLSyntaxError:
        if name.lower().endswith((".xml", ".rels")):
            raise DamagedFileError from None
    if events.root is not None and events.root.getroottree().docinfo.internalDTD is not None:
        raise DamagedFileError
    if match := _CALLED.search("".join(fields)):
        found.add_action(match[0].split()[0])


def split_name(name: str) -> tuple[str, str]:
    """Return the namespace, or the prefix of one that is not declared, and the local name of an element or attribute."""
    space, _, local = name.rpartition("}" if "}" in name else ":")
    return space, local


def _look_at_element(name: str, element: etree._Element, found: DocumentFindings, fields: list[str]) -> None:
    space, local, text = *split_name(element.tag), element.text or ""
    if local == "Relationship":
        _look_at_relationship(element, found)
    elif local in ("Override", "Default"):
        found.has_macros |= bool(_PROGRAM_TYPES.search(element.get("ContentType", "")))
    elif local == "instrText":
        fields.append(text)
    elif local == "f" and _FORMULA.search(text):
        found.add_action(text.partition("(")[0])
    elif local in _PEOPLE:
        found.add_fact(text)
    elif local in _SOFTWARE:
        found.add_fact(text, is_program=True)
    elif local == "event-listener" and "script" in space:
        found.has_macros = True
    elif local == "encryption-data":
        raise DamagedFileError
    elif local in ("webPr", "dbPr") or (local == "hlinkClick" and _CALLING_ACTION.match(element.get("action", ""))):
        found.add_action(local)
    elif local in ("ddeLink", "dde-source", "dde-connection-decl"):
        found.add_action("DDE")
    _look_at_attributes(local, element, found, fields)


def _look_at_relationship(element: etree._Element, found: DocumentFindings) -> None:
    kind, target = element.get("Type", "").rpartition("/")[2], element.get("Target", "")
    if _PROGRAM_TYPES.search(kind):
        found.has_macros = True
    if kind.lower() == "afchunk" or (kind.lower() != "hyperlink" and _REMOTE.match(target)):
        found.add_action(target)
    elif _LOCAL.match(target):
        found.add_fact(target)


def _look_at_attributes(local: str, element: etree._Element, found: DocumentFindings, fields: list[str]) -> None:
    for attribute, value in element.attrib.items():
        space, name = split_name(attribute)
        if name in _PEOPLE_ATTRIBUTES or (local == "cmAuthor" and name == "name"):
            found.add_fact(value)
        elif local == "fldSimple" and name == "instr":
            fields.append(f"\x13{value}")
        elif (name == "href" and local not in _LINKS and "xlink" in space and _REMOTE.match(value)) or (
            local in _DRAWN and name in ("src", "href") and _REMOTE.match(value)
        ):
            found.add_action(value)
        elif name == "href" and _MACRO.match(value):
            found.has_macros = True
        elif name == "formula" and _FORMULA.search(value):
            found.add_action(value.partition("(")[0])
