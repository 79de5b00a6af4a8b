"""PDF (ISO 32000-2), read with pypdf: what a document does of its own, and whom it names.

Every object in the bytes is read, not those alone that the table of objects names: readers repair a damaged table, and each
in its own way. One that pypdf cannot read to its end may hold anything, and so may an encrypted one.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from lxml import etree
from pypdf._protocols import PdfReaderProtocol
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, PdfObject, StreamObject, read_object

from jisr.content.attachments.documents.document_findings import DocumentFindings
from jisr.content.attachments.documents.office_zip import split_name
from jisr.content.attachments.formats.damage import DamagedFileError

_OBJECT = re.compile(rb"(?<=[\0\t\n\f\r \d])obj(?![A-Za-z0-9])")
_TRAILER = re.compile(rb"(?<![A-Za-z])trailer(?=[\0\t\n\f\r %]*<<)")
_NUMBER = re.compile(rb"(\d+)[\0\t\n\f\r ]+\d+[\0\t\n\f\r ]*$")
_COMPOSITE, _NAME_OR_STRING = re.compile(rb"<<|\["), re.compile(rb"[/(<]")
_GAP = re.compile(rb"(?:[\0\t\n\f\r ]|%[^\r\n]*)*")
_PROGRAMS = frozenset(
    (
        "/JavaScript /JS /Launch /SubmitForm /ImportData /Rendition /RichMedia /RichMediaExecute /XFA /EF /EmbeddedFile /Movie "
        "/3D"
    ).split()
)
"""Names that stand in what runs, loads, sends or holds a file, wherever they stand."""
_MOVES = frozenset("/GoTo /Named /Hide /SetOCGState /Thread /Trans".split())
"""What a document may do without being asked: it shows a page or a part of it."""
_NOTES = frozenset(
    (
        "/Text /FreeText /Line /Square /Circle /Polygon /PolyLine /Highlight /Underline /Squiggly /StrikeOut /Stamp /Caret "
        "/Ink /Popup /FileAttachment"
    ).split()
)
_PACKINGS = frozenset("/FlateDecode /Fl /LZWDecode /LZW /ASCII85Decode /A85 /ASCIIHexDecode /AHx /RunLengthDecode /RL".split())
_PEOPLE_IN_XMP = frozenset("creator contributor Author AuthorsPosition Owner CreatorContactInfo CaptionWriter".split())
_MAX_READ = 8  # times the bytes of a document: objects that share bytes are made to cost time
_MAX_UNPACKED = 64_000_000  # bytes of all streams that are unpacked
_MAX_XMP = 5_000_000  # bytes
_MAX_STEPS = 10_000  # of what opening does


def read_pdf(data: bytes) -> DocumentFindings:
    """Return what is found in a document. Raises DamagedFileError where a part cannot be looked into."""
    with _quiet():
        try:
            return _Document(data).read()
        except (PyPdfError, RecursionError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError, OSError):
            raise DamagedFileError from None


@contextmanager
def _quiet() -> Iterator[None]:
    """Let pypdf say nothing of what it reads: what is wrong is said once, in the words of an editor."""
    log = logging.getLogger("pypdf")
    before = log.level
    log.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        log.setLevel(before)


class _Document:
    """A document that is read, as ``read_object`` asks for it: all its objects by number, whichever revision has them."""

    strict = True

    def __init__(self, data: bytes) -> None:
        self.data, self.stream = data, io.BytesIO(data)
        self.found = DocumentFindings()
        self.objects: dict[int, list[PdfObject]] = {}
        self.left, self.left_to_unpack, self.left_steps = _MAX_READ * len(data) + 100_000, _MAX_UNPACKED, _MAX_STEPS

    def get_object(self, _: object) -> None:
        """Return None for the length of a stream that stands elsewhere: its end is looked for instead."""
        return

    def read(self) -> DocumentFindings:
        """Return what is found. Raises DamagedFileError, or an error of pypdf, where an object cannot be read."""
        for match in _OBJECT.finditer(self.data):
            start = self._skip_gap(self.data, match.end())
            number = _NUMBER.search(self.data[max(match.start() - 40, 0) : match.start()])
            if _COMPOSITE.match(self.data, start) or (number is not None and _NAME_OR_STRING.match(self.data, start)):
                self._add_object(int(number[1]) if number else -1, self._read_whole(start))
        for match in _TRAILER.finditer(self.data):
            self._add_object(0, self._read_whole(self._skip_gap(self.data, match.end()), is_trailer=True))
        for objects in list(self.objects.values()):
            for one in objects:
                self._look_into(one)
        if {"JavaScript", "JS"} <= set(self.found.actions):
            self.found.actions.remove("JS")  # the same, by the name of its key
        return self.found

    def _add_object(self, number: int, one: PdfObject) -> None:
        if number < 0 or (isinstance(one, DictionaryObject) and "/Encrypt" in one):
            raise DamagedFileError
        self.objects.setdefault(number, []).append(one)
        if isinstance(one, StreamObject) and ("/First" in one or one.get("/Type") == "/ObjStm"):
            self._read_packed(one)

    def _skip_gap(self, data: bytes, at: int) -> int:
        match = _GAP.match(data, at)
        end = match.end() if match else at
        self._spend(end - at)
        return end

    def _spend(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise DamagedFileError

    def _read_one(self, stream: io.BytesIO, start: int) -> PdfObject:
        stream.seek(start)
        one = read_object(stream, cast(PdfReaderProtocol, self))
        self._spend(stream.tell() - start)
        return one

    def _read_whole(self, start: int, is_trailer: bool = False) -> PdfObject:
        """Return the object at a place, which nothing follows but its end."""
        try:
            one = self._read_one(self.stream, start)
        except PyPdfError:
            return self._read_stream(start)
        end = self._skip_gap(self.data, self.stream.tell())
        if not isinstance(one, StreamObject) and not is_trailer and self.data[end : end + 6] != b"endobj":
            raise DamagedFileError
        return one

    def _read_stream(self, start: int) -> PdfObject:
        """Return a stream whose stated length is wrong: it goes as far as its end."""
        begin = self.data.find(b"stream", start)
        end = self.data.find(b"endstream", begin + 6)
        self._spend(max(begin, end) - start)
        if begin < 0 or end < 0:
            raise DamagedFileError
        head = io.BytesIO(self.data[start:begin] + b"endobj")
        entries = self._read_one(head, 0)
        if not isinstance(entries, DictionaryObject) or head.read().strip() != b"endobj":
            raise DamagedFileError
        content = self.data[begin + 6 : end].removeprefix(b"\r").removeprefix(b"\n")
        return StreamObject.initialize_from_dictionary({**entries, "__streamdata__": content, "/Length": len(content)})

    def _read_packed(self, packed: StreamObject) -> None:
        """Add the objects of a stream of objects."""
        content, first, count = self._unpack(packed), packed.raw_get("/First"), packed.get("/N", 0)
        if not isinstance(first, int) or not isinstance(count, int):
            raise DamagedFileError
        numbers = [int(one) for one in content[:first].split()[: 2 * count]]
        if len(numbers) != 2 * count:
            raise DamagedFileError
        stream = io.BytesIO(content)
        for number, place in zip(numbers[::2], numbers[1::2], strict=True):
            self._add_object(number, self._read_one(stream, self._skip_gap(content, first + place)))

    def _unpack(self, packed: StreamObject) -> bytes:
        filters = packed.get("/Filter", ArrayObject())
        names = [str(one) for one in (filters if isinstance(filters, ArrayObject) else [filters])]
        if not _PACKINGS.issuperset(names) or len(set(names)) < len(names):
            raise DamagedFileError
        content = bytes(packed.get_data())
        self.left_to_unpack -= len(content)
        self._spend(-_MAX_READ * len(content))
        if self.left_to_unpack < 0:
            raise DamagedFileError
        return content

    def _plain(self, value: object) -> list[object]:
        """Return a value, or those of the objects to which it refers, one a revision."""
        if not isinstance(value, IndirectObject):
            return [value]
        found: list[object] = list(self.objects.get(value.idnum, ()))
        self._spend(len(found))
        return found

    def _look_into(self, one: PdfObject) -> None:
        waiting: list[object] = [one]
        while waiting:
            value = waiting.pop()
            if isinstance(value, DictionaryObject):
                self._look_at_entries(value)
                waiting += value.values()
            elif isinstance(value, ArrayObject):
                waiting += value
            elif isinstance(value, NameObject) and value in _PROGRAMS:
                self.found.add_action(value[1:])

    def _look_at_entries(self, entries: DictionaryObject) -> None:
        for name in sorted(_PROGRAMS & entries.keys()):
            self.found.add_action(name[1:])
        if "/OpenAction" in entries:
            self._follow(entries.raw_get("/OpenAction"))
        for starts in self._plain(entries.raw_get("/AA")) if "/AA" in entries else ():
            for start in starts.values() if isinstance(starts, DictionaryObject) else ():
                self._follow(start)
        if isinstance(entries, StreamObject):
            self._look_at_stream(entries)
        for name in ("/Author", "/Company", "/Manager"):
            self._add_fact(entries, name)
        for name in ("/Creator", "/Producer"):
            self._add_fact(entries, name, is_program=True)
        if not _NOTES.isdisjoint(map(str, self._plain(entries.get("/Subtype")))):
            self._add_fact(entries, "/T")

    def _add_fact(self, entries: DictionaryObject, name: str, is_program: bool = False) -> None:
        for value in self._plain(entries.raw_get(name)) if name in entries else ():
            if isinstance(value, str | bytes) and not isinstance(value, NameObject):
                self.found.add_fact(value.decode("utf-8", "replace") if isinstance(value, bytes) else value, is_program)

    def _follow(self, action: object) -> None:
        """Look at what a document does without being asked, and at what follows: only to show a page of it is fine."""
        waiting = [action]
        while waiting:
            for one in self._plain(waiting.pop()):
                self._spend_step()
                if isinstance(one, DictionaryObject) and "/S" in one:
                    for kind in set(map(str, self._plain(one.raw_get("/S")))) - _MOVES:
                        self.found.add_action(kind.removeprefix("/"))
                    waiting += [one.raw_get("/Next")] if "/Next" in one else []
                elif isinstance(one, ArrayObject):
                    waiting += [part for part in one if isinstance(part, DictionaryObject | IndirectObject)]

    def _spend_step(self) -> None:
        self.left_steps -= 1
        if self.left_steps < 0:
            raise DamagedFileError

    def _look_at_stream(self, stream: StreamObject) -> None:
        """Look at where the bytes of a stream come from, and at what they tell."""
        if "/F" in stream or "/Ref" in stream:
            self.found.add_action("F")
        kinds = {*map(str, self._plain(stream.get("/Type"))), *map(str, self._plain(stream.get("/Subtype")))}
        if not kinds.isdisjoint(("/Metadata", "/XML")):
            for name in people_in_xmp(self._unpack(stream)):
                self.found.add_fact(name)
        elif stream._data[:2] == b"\xff\xd8":
            self.found.add_picture(f"{len(self.found.pictures) + 1}", bytes(stream._data))


def people_in_xmp(packet: bytes) -> Iterator[str]:
    """Return the people that a packet of XMP names."""
    if len(packet) > _MAX_XMP:
        raise DamagedFileError
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(packet[packet.find(b"<") :] if b"<" in packet[:4] else packet, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise DamagedFileError from None
    for element in root.iter(etree.Element) if root is not None else ():
        yield from (value for name, value in element.attrib.items() if split_name(name)[1] in _PEOPLE_IN_XMP)
        if split_name(element.tag)[1] in _PEOPLE_IN_XMP:
            yield "".join(element.itertext())
