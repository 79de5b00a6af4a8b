"""What is wrong with a file beside a text: its name, its first bytes, what it can run, and what it tells about people."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jisr.content.attachments.cleaner import clean_data, is_cleaned
from jisr.content.attachments.documents.document_reader import ARCHIVES, DOCUMENTS, read_document
from jisr.content.attachments.drawing_weight import find_excess, local_name
from jisr.content.attachments.file_types import (
    FOREIGN_PICTURES,
    PICTURES,
    detect_type,
    file_ending,
)
from jisr.content.attachments.formats import drawing, jpeg
from jisr.content.attachments.formats.damage import DamagedFileError
from jisr.content.attachments.key_files import holds_private_key
from jisr.content.attachments.picture_facts import find_excess_size
from jisr.core.diagnostics.error_reasons import parse_reason
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation, phrase
from jisr.core.urls.file_names import FILE_TYPES, runs

_TYPE = (
    '"{name}" cannot lie beside a text. Pictures, PDF, office documents, sound, video, subtitles, calendars, archives, CSV and '
    "plain text can: save it as one of these, or remove it."
)
_PICTURE = '"{name}" is a picture that browsers do not show. Save it as JPEG, and write that name in the texts.'
_RUNNABLE = '"{name}" has "{ending}" in its name, which a browser or a server may run. Rename it.'
_EMPTY = '"{name}" is empty. Put the file itself here, or remove it.'
_POINTER = '"{name}" is a pointer of Git LFS and not the file itself. Put the file itself here.'
_PAGE = '"{name}" holds a web page, not what its name says. Put the file itself here.'
_OTHER = '"{name}" is no file of the type that its name says, but {found}. Put the right file here, or rename it.'
_ENDING = '"{name}" is a picture of the type {found}. Rename it so that it ends in "{ending}", in the texts as well.'
_DAMAGED = '"{name}" is damaged, and may tell what nobody can take out: where it was made, and by whom. Save it again.'
_CUT = '"{name}" is cut off: its end is missing. Put the whole picture here.'
_LARGE = (
    '"{name}" has {width} × {height} pixels, more than a browser can hold. Save it with at most {most} pixels on each side.'
)
_UNSAFE = (
    '"{what}" cannot stand in a picture: it can run a program, or load something. Take it out, or save the picture as PNG.'
)
_HEAVY = (
    '"{what}" is drawn so many times over, by parts that use each other, that a browser stops answering. Take it out, or save '
    "the picture as PNG."
)
_RUNS = '"{name}" does something of its own when it is opened ({what}). Print it into a new PDF.'
_CLOSED = '"{name}" cannot be looked into. Save it again without a password.'
_CLOSED_ARCHIVE = (
    '"{name}" cannot be looked into: it has a password, is damaged, or holds more than 256 MB. Pack it again without a '
    "password, in parts that hold less."
)
_MACROS = '"{name}" holds programs (macros). Save it without them.'
_INSIDE = '"{name}" holds files that run something when they are opened: {files}. Pack it again without them.'
_PRIVATE_KEY = (
    '"{name}" holds a private key: whoever has it reads what was encrypted for its owner, and signs as they do. Remove it, and '
    "withdraw the key if anyone has seen this file. Only the public key may lie here."
)
_MAKER = (
    '"{name}" says who made it: {facts}. Everyone can read that. Take it out with the program that made it (properties of the '
    "document), unless it shall be known."
)


_PICTURES_INSIDE = (
    '"{name}" holds pictures that tell where they were made: {pictures}. Everyone can read that. Take it out of them, and put '
    "them in anew."
)
_MAX_VALUES, _MAX_SHOWN = 10, 100  # in a message


def find_file_problems(name: str, file: Path, path: str) -> Iterator[Problem]:
    """Return what is wrong with a file beside a text; ``path`` is its path in messages."""
    place, ending = SourceLocation(path), file_ending(name)
    if ending not in FILE_TYPES:
        yield Problem.error(place, "file", _PICTURE if ending in FOREIGN_PICTURES else _TYPE, name=name)
        return
    for part in name.lower().split(".")[1:-1]:
        if runs(part):
            yield Problem.error(place, "file", _RUNNABLE, name=name, ending=f".{part}")
            return
    try:
        data = file.read_bytes()
    except OSError as error:
        text = '"{path}" cannot be read: {reason}.'
        yield Problem.error(place, "file", text, path=path, reason=parse_reason(error.strerror))
        return
    found = detect_type(data)
    yield from _content_problems(name, data, found, place)
    if holds_private_key(data):
        yield Problem.error(place, "file", _PRIVATE_KEY, name=name)
    if found == "SVG" and ending == "svg":
        yield from _drawing_problems(name, data, path)
    elif FILE_TYPES[ending] == found and ending in DOCUMENTS:
        yield from _document_problems(name, data, ending, place)


def read_checked(file: str | Path) -> bytes:
    """Return a file as it is published. Raises OSError, and ProblemsError where it may not be, whatever a cache says of it."""
    data, name = Path(file).read_bytes(), Path(file).name
    kind = FILE_TYPES.get(file_ending(name), "")
    if not kind or kind != detect_type(data) or kind == "SVG" or not is_cleaned(name) or name.count(".") > 1:
        wrong = [one for one in find_file_problems(name, Path(file), str(file)) if one.severity == "error"]
        if wrong:
            raise ProblemsError(*wrong)
    return clean_data(data)


def _content_problems(name: str, data: bytes, found: str, place: SourceLocation) -> Iterator[Problem]:
    """Return what is wrong with the bytes of a file against its name, and a picture or recording that cannot be cleaned."""
    ending = file_ending(name)
    expected = FILE_TYPES[ending]
    told = {"empty": _EMPTY, "pointer": _POINTER, "HTML": _PAGE}
    if found in told:
        yield Problem.error(place, "file", told[found], name=name)
    elif found == expected:
        if found != "SVG":
            yield from _clean_problems(name, data, place)
    elif found in PICTURES and expected in PICTURES:
        right = next(one for one, kind in FILE_TYPES.items() if kind == found)
        yield Problem.warning(place, "file", _ENDING, name=name, found=found, ending=f".{right}")
        yield from _clean_problems(name, data, place)
    elif found == "HEIC" and expected in PICTURES:
        yield Problem.error(place, "file", _PICTURE, name=name)
    else:
        kind = found if found and found != "text" else phrase("plain text") if found else phrase("something unknown")
        yield Problem.error(place, "file", _OTHER, name=name, found=kind)


def _clean_problems(name: str, data: bytes, place: SourceLocation) -> Iterator[Problem]:
    try:
        cleaned = clean_data(data)
    except DamagedFileError:
        yield Problem.error(place, "photo", _DAMAGED, name=name)
        return
    if excess := find_excess_size(data):
        yield _large_problem(name, place, excess)
    if cleaned[:2] == b"\xff\xd8" and not cleaned.endswith(jpeg.END):
        yield Problem.warning(place, "photo", _CUT, name=name)


def _large_problem(name: str, place: SourceLocation, excess: tuple[int, int, int]) -> Problem:
    width, height, most = excess
    return Problem.error(place, "photo", _LARGE, name=name, width=width, height=height, most=most)


def _drawing_problems(name: str, data: bytes, path: str) -> Iterator[Problem]:
    try:
        unsafe = list(drawing.find_unsafe(data))
        for line, what in unsafe:
            yield Problem.error(SourceLocation(path, line), "script", _UNSAFE, what=what)
        if not unsafe:
            pictures: list[bytes] = []
            drawing.clean_svg(data, lambda one: pictures.append(one) or clean_data(one))  # type: ignore[func-returns-value]
            for excess in filter(None, map(find_excess_size, pictures)):
                yield _large_problem(name, SourceLocation(path), excess)
            if (heavy := find_excess(drawing.parse_svg(data))) is not None:
                yield Problem.error(SourceLocation(path, heavy.sourceline or 1), "file", _HEAVY, what=f"<{local_name(heavy)}>")
    except DamagedFileError:
        yield Problem.error(SourceLocation(path), "photo", _DAMAGED, name=name)


def _document_problems(name: str, data: bytes, ending: str, place: SourceLocation) -> Iterator[Problem]:
    """Return what a document runs or loads of its own, and a warning that names whom it tells of; its program is no secret."""
    try:
        findings = read_document(ending, data)
    except DamagedFileError:
        yield Problem.error(place, "file", _CLOSED_ARCHIVE if ending in ARCHIVES else _CLOSED, name=name)
        return
    if findings.has_macros:
        yield Problem.error(place, "script", _MACROS, name=name)
    if findings.actions:
        yield Problem.error(place, "script", _RUNS, name=name, what=", ".join(_shorten(findings.actions)))
    if findings.inside:
        yield Problem.error(place, "script", _INSIDE, name=name, files=", ".join(_shorten(findings.inside)))
    if findings.people:
        facts = {"Author": findings.people, "Producer": findings.programs}
        text = ", ".join(f"{key}: {', '.join(_shorten(values))}" for key, values in facts.items() if values)
        yield Problem.warning(place, "author", _MAKER, name=name, facts=text)
    if findings.pictures:
        yield Problem.warning(place, "photo", _PICTURES_INSIDE, name=name, pictures=", ".join(_shorten(findings.pictures)))


def _shorten(values: list[str]) -> list[str]:
    """Return the first values of a list, each as long as fits in a message."""
    shown = [value if len(value) <= _MAX_SHOWN else f"{value[:_MAX_SHOWN]}…" for value in values[:_MAX_VALUES]]
    return [*shown, "…"] if len(values) > _MAX_VALUES else shown
