"""What lies in an archive is looked at as if it lay beside the text: programs are refused, whatever packs them."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from pathlib import Path

import pytest

from tests.conftest import daily
from tests.content.attachments import makers
from tests.content.attachments.compound_file import compound_file
from tests.content.attachments.test_attachment_checks import found, office, pdf

PE = b"MZ" + bytes(58) + (64).to_bytes(4, "little") + b"PE\0\0" + bytes(200)
ELF = b"\x7fELF\2\1\1" + bytes(60)
PROGRAMS: dict[str, str | bytes] = {
    "tool.exe": "x", "b/photo.jpg.SCR": "x", "run.bat": "x", "a.vbs": "x", "a.js": "x", "a.lnk": "x", "setup.msi": "x",
    "a.jar": "x", "a.apk": "x", "a.dmg": "x", "a.desktop": "x", "a.docm": "x", "a.iso": "x",
    "spaced.exe ": "x", "dotted.exe.": "x",
    "\u202egpj.exe": "x", "a.command": "x", "picture.png": PE, "data.bin": ELF,
    "App.app/Contents/MacOS/App": b"\xcf\xfa\xed\xfe" + bytes(40),
    "minutes.docx": office({"word/vbaProject.bin": "x"}), "report.pdf": pdf(b"/OpenAction <</S /Launch>>"),
    "old.doc": compound_file({"Macros/VBA/_VBA_PROJECT": b"x"}),
    "table.csv": "a,=cmd|'x'!A0", "inner.zip": office({"x.exe": "x"}),
}  # fmt: skip


def tar(files: dict[str, bytes]) -> bytes:
    """Return an archive of tar."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return made.getvalue()


def renamed(shown: str) -> bytes:
    """Return an archive whose one part has another name for programs that read an extra field."""
    made, name = io.BytesIO(), "readme.txt"
    with zipfile.ZipFile(made, "w") as archive:
        entry = zipfile.ZipInfo(name)
        value = struct.pack("<BI", 1, zlib.crc32(name.encode())) + shown.encode()
        entry.extra = struct.pack("<HH", 0x7075, len(value)) + value
        archive.writestr(entry, "x")
    return made.getvalue()


@pytest.mark.parametrize("inside", PROGRAMS)
def test_a_program_in_an_archive_is_an_error(tmp_path: Path, inside: str) -> None:
    """What starts when somebody opens it, by its name or by its bytes, and a document that runs something, is named."""
    (line,) = found(tmp_path, "a.zip", office({"read me.txt": "x", inside: PROGRAMS[inside]}))
    named = "inner.zip/x.exe" if inside == "inner.zip" else inside.replace("\u202e", "U+202E")
    assert line == (
        f'1:1: error[script]: "a.zip" holds files that run something when they are opened: {named}. Pack it again without them.'
    )


PACKED = {
    "a.tar": lambda: tar({"b/x.exe": b"x"}),
    "a.tar.gz": lambda: gzip.compress(tar({"b/x.exe": b"x"})),
    "a.tgz": lambda: gzip.compress(tar({"b": ELF})),
    "a.tar.bz2": lambda: bz2.compress(tar({"x.exe": b"x"})),
    "a.tar.xz": lambda: lzma.compress(tar({"x.exe": b"x"})),
    "a.gz": lambda: gzip.compress(PE),
    "a.gz 2": lambda: b"\x1f\x8b\x08\x08" + bytes(6) + b"run.bat\0" + gzip.compress(b"echo")[10:],
    "a.xz": lambda: lzma.compress(ELF),
    "a.zip": lambda: office({"b.tar.gz": gzip.compress(tar({"x.exe": b"x"}))}),
    "a.tar.gz 2": lambda: gzip.compress(tar({"x.exe": b"x", "y": bytes(9999)}), 0)[:-5000],
    "a.zip 2": lambda: renamed("run.exe"),
}


@pytest.mark.parametrize("case", PACKED)
def test_what_packs_a_program_does_not_matter(tmp_path: Path, case: str) -> None:
    """Archives of tar, compressed files, archives in archives and a part with two names are looked into."""
    name = case.partition(" ")[0]
    (line,) = found(tmp_path, name, PACKED[case]())
    assert line.startswith(f'1:1: error[script]: "{name}" holds files that run something when they are opened: ')


def test_an_archive_of_files_is_silent(tmp_path: Path) -> None:
    """Pictures, documents, pages, code that nothing starts and names in any letters may be packed."""
    files: dict[str, str | bytes] = {
        "صور/دجلة.jpg": makers.written("JPEG"), "a/b.html": "<p>", "a.py": "x", "MZ.txt": "MZ", "a.pdf": pdf(),
        "a.docx": office({"word/document.xml": "<w/>"}),
        "b.csv": "a,b", "empty": "", "exe": "x", "more.zip": office({"c.txt": "x"}),
    }  # fmt: skip
    assert found(tmp_path, "a.zip", office(files)) == []
    assert found(tmp_path, "b.zip", renamed("دجلة.txt")) == []
    assert found(tmp_path, "a.tar.gz", gzip.compress(tar({"دجلة.jpg": makers.written("JPEG"), "a.csv": b"a,b"}))) == []


def test_an_archive_tells_of_people_and_places(tmp_path: Path) -> None:
    """Whom a packed document names, and where a packed photo was made, is told as of a file beside the text."""
    photo = makers.written("JPEG", exif=makers.facts())
    inner = office({"docProps/core.xml": "<dc:creator>Rojda</dc:creator>", "word/media/1.jpg": photo})
    lines = found(tmp_path, "a.tar", tar({"a.docx": inner, "b.jpg": photo}))
    assert [line.partition("]")[0] for line in lines] == ["1:1: warning[author", "1:1: warning[photo"]
    assert "Author: Rojda" in lines[0]
    assert "a.docx/word/media/1.jpg, b.jpg" in lines[1]


CLOSED = {
    "a.zip": lambda: office({"a.txt": " " * 70_000_000}, packing=8),
    "a.gz": lambda: gzip.compress(bytes(1_000_000)) * 300,
    "a.xz": lambda: lzma.compress(b"x" * 9, filters=[{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 30}]),
    "a.zip 2": lambda: office({"a.docx": pdf(), "b.pdf": pdf(more=b"5 0 obj <</A (x> endobj")}),
}


@pytest.mark.parametrize("case", daily(CLOSED, "a.zip", "a.xz", "a.zip 2"))
def test_an_archive_that_cannot_be_looked_into_is_an_error(tmp_path: Path, case: str) -> None:
    """What unpacks to too much, or holds a document that nobody can read, is refused with what to do."""
    name = case.partition(" ")[0]
    (line,) = found(tmp_path, name, CLOSED[case]())
    assert line.startswith(
        f'1:1: error[file]: "{name}" cannot be looked into: it has a password, is damaged, or holds more than'
    )
