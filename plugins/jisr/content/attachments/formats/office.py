"""Office documents in archives (OOXML, OpenDocument): whether they hold programs, and who made them."""

from __future__ import annotations

import io
import re
import zipfile
from html import unescape

from jisr.content.attachments.formats.damage import DamagedFileError

_FACTS = ("docProps/core.xml", "docProps/app.xml", "meta.xml")
_PROGRAMS = re.compile(r"(?:.*/)?vbaProject\.bin|Basic/.+|Scripts/.+", re.IGNORECASE)
_VALUE = re.compile(rb"<(?:dc:creator|cp:lastModifiedBy|meta:initial-creator|Company|Manager)>([^<]+)<")
_PROGRAM = re.compile(rb"<(?:Application|meta:generator)>([^<]+)<")
_MAX_SIZE = 1_000_000


def has_programs(data: bytes) -> bool:
    """Whether a document holds macros. Raises DamagedFileError."""
    return any(_PROGRAMS.fullmatch(name) for name in _open(data).namelist())


def read_facts(data: bytes) -> dict[str, str]:
    """Return who made a document and with what: ``Author``, ``Producer``. Raises DamagedFileError."""
    archive, people, programs = _open(data), [], []
    for name in _FACTS:
        if name in archive.namelist() and archive.getinfo(name).file_size <= _MAX_SIZE:
            try:
                text = archive.read(name)
            except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, ValueError):
                raise DamagedFileError from None
            people += [unescape(one.decode("utf-8", "replace")).strip() for one in _VALUE.findall(text)]
            programs += [unescape(one.decode("utf-8", "replace")).strip() for one in _PROGRAM.findall(text)]
    facts = {"Author": ", ".join(dict.fromkeys(filter(None, people))), "Producer": ", ".join(dict.fromkeys(programs))}
    return {name: value for name, value in facts.items() if value}


def _open(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError):
        raise DamagedFileError from None
