"""The decoder of files: UTF-8 and nothing else, with a message that names the encoding that a file seems to have."""

from __future__ import annotations

import re
from codecs import BOM_UTF8

from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation, phrase
from jisr.markdown.source_map import BLOCK_MARKERS, NO_BREAK_SPACE

MAX_TEXT_BYTES = 2_000_000  # bytes: a text of this size is a mistake, and would cost minutes
_LINE = re.compile(f"^({BLOCK_MARKERS.pattern})(.*)$", re.MULTILINE)
_EMPTY = "The file is empty. Write the text, or remove the file."
_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?: .*)?$", re.MULTILINE)


def decode(data: bytes, path: str) -> str:
    """Return the text of a file with plain line ends and plain spaces, without a byte order mark.

    No-break spaces at the beginning of a line stay: they are no indent, which the parser of bodies must know.
    Raises ProblemsError for anything that isn't one text in UTF-8: another encoding, NUL bytes, an empty file, a file
    too large to be a text, the marks that a merge conflict leaves.
    """
    if not data.strip():
        raise _file_error(path, "empty", _EMPTY)
    if len(data) > MAX_TEXT_BYTES:
        text = "The file has {size} bytes, more than a text can have ({most}). Split it."
        raise _file_error(path, "size", text, size=len(data), most=MAX_TEXT_BYTES)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _file_error(path, "encoding", 'The file is in UTF-16. Save it again as "UTF-8".')
    data = data.removeprefix(BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise _encoding_error(data, error, path) from None
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if NO_BREAK_SPACE in text:
        text = _LINE.sub(lambda line: line[1] + line[2].replace(NO_BREAK_SPACE, " "), text)
    if "\0" in text:
        message = (
            "U+0000 stands here, which no text has. Take it out; where many stand, the file is in another encoding: save it "
            'again as "UTF-8".'
        )
        raise ProblemsError(Problem.error(_place_at(text, text.index("\0"), path), "encoding", message))
    if not text.strip():
        raise _file_error(path, "empty", _EMPTY)
    message = '"{mark}" is a mark of a merge conflict. Keep one of the two versions, and remove the three marked lines.'
    marks = _CONFLICT.finditer(text) if b"<<<<<<<" in data or b">>>>>>>" in data else ()  # to look at each line takes long
    if conflicts := [Problem.error(_place_at(text, one.start(), path), "conflict", message, mark=one[0]) for one in marks]:
        raise ProblemsError(*conflicts)
    return text


def _file_error(path: str, code: str, text: str, **values: object) -> ProblemsError:
    return ProblemsError(Problem.error(SourceLocation(path), code, text, **values))


def _place_at(text: str, offset: int, path: str) -> SourceLocation:
    return SourceLocation(path, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def _encoding_error(data: bytes, error: UnicodeDecodeError, path: str) -> ProblemsError:
    before = data[: error.start].decode().replace("\r\n", "\n")
    guess = phrase(" It looks like windows-1256.") if _looks_arabic(data) else ""
    text = 'The byte {byte} is not UTF-8.{guess} Open the file in its encoding and save it again as "UTF-8".'
    place = _place_at(before, len(before), path)
    return ProblemsError(Problem.error(place, "encoding", text, byte=f"0x{data[error.start]:02X}", guess=guess))


def _looks_arabic(data: bytes) -> bool:
    """Whether bytes read as windows-1256 are mostly Arabic letters where they aren't ASCII."""
    high = bytes(byte for byte in data if byte >= 0x80)
    letters = high.decode("windows-1256", "replace")
    return bool(letters) and sum("\u0620" <= letter <= "\u06d3" for letter in letters) > 0.8 * len(letters)
