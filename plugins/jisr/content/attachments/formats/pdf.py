"""PDF (ISO 32000-2): whether a document can run something, and who made it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from jisr.content.attachments.formats.damage import DamagedFileError

_NAME = re.compile(rb"/((?:[^\x00\t\n\f\r ()<>\[\]{}/%#]|#[0-9A-Fa-f]{2})+)")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<!end)stream[ \t]*(?:\r\n|\n|\r)")
_FILTERS = re.compile(rb"/Filter[\s\0]*(?:\d|\[[\s\0]*/[^/\]]*/)")  # one in another object, or several
_NUMBERS = re.compile(rb"[\s\0]*(?:%[^\r\n]*[\r\n]+\s*)*\d+[\s\0]+\d+")
_OTHER_FILTERS = frozenset(
    [b"LZWDecode", b"ASCII85Decode", b"ASCIIHexDecode", b"RunLengthDecode", b"Predictor", b"LZW", b"A85", b"AHx", b"RL"]
)
_MAX_OBJECTS = 64_000_000  # bytes of all streams of objects
_MAX_DICTIONARY = 100_000  # bytes
_WHITE = (b"\0", b"\t", b"\n", b"\f", b"\r", b" ")
_MAX_TRIES = 8  # to find it: few dictionaries have these letters in a name
_MAX_ACTIONS = 16  # a document opens in one way, and each revision of it may state that anew
_OPENING = re.compile(rb"/OpenAction\s*(?:<<(.{0,2000}?)>>|(\d+)\s+(\d+)\s+R)", re.DOTALL)
_ACTION = re.compile(rb"/S\s*/(\w+)")
_FACT = r"/{}\s*(?:\(((?:[^()\\]|\\.|\([^()]*\))*)\)|<([0-9A-Fa-f\s]*)>)"
_STRING_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r?\n|.)", re.DOTALL)
_CONTROLS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def find_actions(data: bytes) -> list[str]:
    """Return what in a document can run, by its names: JavaScript, Launch, or what opening it does.

    Raises DamagedFileError where a part cannot be looked into: it is encrypted, or packed as no program does.
    """
    parts = [data, *_object_streams(data)]
    names = {name for part in parts for name in _read_names(part)}
    if b"Encrypt" in names and len(parts) == 1 and b"ObjStm" in names:
        raise DamagedFileError
    found = [one for one in ("JavaScript", "Launch") if one.encode() in names]
    if not found and b"JS" in names and b"Rendition" in names:
        found.append("JS")
    return found + [one for part in parts for one in _opening_actions(part, parts) if one not in found]


def _read_names(data: bytes) -> set[bytes]:
    return {_ESCAPED.sub(_unescape_name, name) if b"#" in name else name for name in set(_NAME.findall(data))}


def _unescape_name(match: re.Match[bytes]) -> bytes:
    return bytes([int(match[1], 16)])


def _object_streams(data: bytes) -> Iterator[bytes]:
    """Return the content of each stream of objects: by what it holds, since its dictionary may be written in many ways."""
    left = _MAX_OBJECTS
    for match in _STREAM.finditer(data):
        dictionary = data[_begin_of_object(data, match.start()) : match.start()]
        names = _read_names(dictionary)
        is_named = b"ObjStm" in names
        if is_named and (not names.isdisjoint(_OTHER_FILTERS) or _FILTERS.search(dictionary)):
            raise DamagedFileError
        unpacker = zlib.decompressobj()
        try:
            first = unpacker.decompress(data[match.end() : match.end() + 65_536], 4096)
            if not is_named and not _NUMBERS.match(first):
                continue
            rest = unpacker.unconsumed_tail + data[match.end() + 65_536 :]
            content = first + unpacker.decompress(rest, left)
        except zlib.error:
            if is_named and names & {b"FlateDecode", b"Fl"}:
                raise DamagedFileError from None
            continue
        left -= len(content)
        if left <= 0:
            raise DamagedFileError
        yield content


def _begin_of_object(data: bytes, end: int) -> int:
    """Return where the object begins whose dictionary ends before a place: behind its ``obj``, which stands alone."""
    least = max(end - _MAX_DICTIONARY, 0)
    at = end
    for _ in range(_MAX_TRIES):
        at = data.rfind(b"obj", least, at)
        if at <= 0 or data[at - 1 : at] in _WHITE:
            return max(at, least)
    raise DamagedFileError


def _opening_actions(part: bytes, parts: list[bytes]) -> Iterator[str]:
    """Return what opening a document does, where that is more than to go to a page of it."""
    for number, match in enumerate(_OPENING.finditer(part)):
        if number == _MAX_ACTIONS:
            raise DamagedFileError
        action = match[1]
        if action is None:
            objects = (
                re.search(rb"(?<!\d)%s\s+%s\s+obj\b(.{0,2000}?)endobj" % (match[2], match[3]), one, re.DOTALL) for one in parts
            )
            action = next((one[1] for one in objects if one), b"")
        kinds = _ACTION.findall(action)
        yield from (
            kind.decode("ascii", "replace") for kind in kinds if kind not in (b"GoTo", b"Named", b"JavaScript", b"Launch")
        )


def read_facts(data: bytes) -> dict[str, str]:
    """Return who made a document and with what, as far as it says so in plain text: ``Author``, ``Creator``, ``Producer``."""
    try:
        parts = [data, *_object_streams(data)]
    except DamagedFileError:
        parts = [data]
    facts = {}
    for name in ("Author", "Creator", "Producer"):
        found = (re.search(_FACT.format(name).encode(), part) for part in parts)
        value = next((_read_string(one) for one in found if one), "")
        if value.strip():
            facts[name] = value.strip()
    return facts


def _read_string(match: re.Match[bytes]) -> str:
    if match[1] is None:
        digits = b"".join(match[2].split())
        data = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    else:
        data = _STRING_ESCAPE.sub(_unescape_string, match[1])
    if data.startswith(b"\xfe\xff"):
        return data[2:].decode("utf-16-be", "replace")
    return data.decode("utf-8", "replace") if data.startswith(b"\xef\xbb\xbf") else data.decode("latin-1")


def _unescape_string(match: re.Match[bytes]) -> bytes:
    what = match[1]
    if what[:1].isdigit():
        return bytes([int(what, 8) & 0xFF])
    return b"" if what.endswith(b"\n") else _CONTROLS.get(what, what)
