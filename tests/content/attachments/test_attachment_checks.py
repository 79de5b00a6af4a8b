"""What can run, be obeyed, mislead or tell too much does not lie beside a text without a message."""

from __future__ import annotations

import base64
import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from jisr.content.attachments.attachment_checks import find_file_problems, read_checked
from jisr.content.attachments.cleaner import clean_data
from jisr.content.attachments.formats.damage import DamagedFileError
from jisr.core.diagnostics.problems import ProblemsError
from jisr.core.urls.file_names import FILE_TYPES
from tests.content.attachments import makers

POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n"
UNSAFE = Path(__file__).with_name("unsafe-drawings.txt").read_text("utf-8").splitlines()
PDF = b"%%PDF-1.7\n1 0 obj <</Type /Catalog /Pages 2 0 R%s>> endobj\n%s\ntrailer <</Root 1 0 R>>\n%%%%EOF\n"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:h="http://www.w3.org/1999/xhtml">\n%s</svg>'
RASTER = ("jpg", "png", "webp", "avif", "gif")
HEIC = makers.box(b"ftyp", b"heic", bytes(4), b"mif1heic")
TIFF = b"II*\0\x08\0\0\0\0\0"
BMP = b"BM" + (90).to_bytes(4, "little") + bytes(84)


def found(folder: Path, name: str, data: bytes) -> list[str]:
    """Return what is said of a file, without its path."""
    (folder / name).write_bytes(data)
    return [str(one).removeprefix(f"x/{name}:") for one in find_file_problems(name, folder / name, f"x/{name}")]


def pdf(catalog: bytes = b"", more: bytes = b"") -> bytes:
    """Return a document with something in its catalogue, and further objects."""
    return PDF % (catalog, more)


def packed(data: bytes, entries: bytes = b"/Type /ObjStm /N 1 /First 4") -> bytes:
    """Return a stream of objects as a document holds it."""
    stream = zlib.compress(b"9 0 " + data)
    return b"5 0 obj <<%s /Filter /FlateDecode /Length %d>> stream\n%s\nendstream endobj" % (entries, len(stream), stream)


def office(files: Mapping[str, str | bytes], packing: int = zipfile.ZIP_STORED) -> bytes:
    """Return a document of an office program."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", packing) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return made.getvalue()


def plain() -> Iterator[tuple[str, bytes]]:
    """Return files of each type that may lie beside a text, and that nobody complains of."""
    yield from ((f"a.{ending}", make()) for ending, make in {**makers.PICTURES, **makers.FILMS}.items())
    yield from ((f"A.B-{ending}.{ending.upper()}", makers.jpeg()) for ending in ("jpg", "jpeg"))
    yield "a.pdf", pdf(b"/OpenAction [3 0 R /Fit]")
    yield "go.pdf", pdf(b"/OpenAction <</S /GoTo /D [3 0 R /Fit]>>")
    yield "named.pdf", pdf(b"/OpenAction 7 0 R", b"7 0 obj <</S /GoTo /D [3 0 R /Fit]>> endobj\n" + packed(b"<</Type /Page>>"))
    yield "made.pdf", pdf(more=b"3 0 obj <</Producer (Skia/PDF) /Creator (Chromium)>> endobj")
    yield from (
        (f"a.{ending}", office({"word/document.xml": "<w/>", "x/y.html": "<p>"})) for ending in ("docx", "odt", "epub", "zip")
    )
    yield "a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
    yield "a.rtf", b"{\\rtf1 x}"
    yield "report.ar.v1.2.csv", "الاسم,العدد\n".encode()
    yield "a.csv", "الاسم;1".encode("windows-1256")
    yield "sixteen.txt", "دجلة".encode("utf-16")
    yield "a.txt", "ID3 BZh MZ BM <b> دجلة".encode()
    yield "a.vtt", b"\xef\xbb\xbfWEBVTT\n"
    yield from {"a.srt": b"1\n00:00", "a.ics": b"BEGIN:VCALENDAR", "a.tsv": b"a\tb", "a.asc": b"-----BEGIN PGP"}.items()
    yield from {"a.tar.gz": b"\x1f\x8b\x08", "a.7z": b"7z\xbc\xaf\x27\x1c", "a.xz": b"\xfd7zXZ\0", "a.bz2": b"BZh9\0"}.items()
    yield "a.tar", bytes(600)


PLAIN = dict(plain())


@pytest.mark.parametrize("name", PLAIN)
def test_what_belongs_beside_a_text_is_silent(tmp_path: Path, name: str) -> None:
    """Every type of the list can lie beside a text, whatever the case of its ending; a document may open at a page."""
    assert found(tmp_path, name, PLAIN[name]) == []


@pytest.mark.parametrize(
    "name",
    "a.html page.htm a.xhtml a.xml a.js code.mjs a.css a.wasm a.php a.phtml a.shtml a.cgi a.py a.sh a.swf a.jar a.exe a.svgz "
    "a.mht a.hta a.docm a.xlsm web.config Makefile a.jpg.bak a. a.php.jpg a.Html.gz a.js.zip a.shtml.en.pdf a.pl.txt "
    "feed.atom a.rss a.json a.htaccess a.ttf a.dmg a.apk a.lnk a.url a.desktop a.ps a.eps".split(),
)
def test_what_can_run_or_be_obeyed_is_an_error(tmp_path: Path, name: str) -> None:
    """A type that is not on the list is an error, and one that runs is so wherever in the name it stands."""
    (line,) = found(tmp_path, name, makers.jpeg())
    assert line.startswith(f'1:1: error[file]: "{name}" ')


@pytest.mark.parametrize("name", ["IMG_1.HEIC", "a.heif", "scan.tif", "a.TIFF", "a.bmp", "a.jp2"])
def test_a_picture_that_browsers_do_not_show_is_an_error(tmp_path: Path, name: str) -> None:
    """The message says what to save it as."""
    assert found(tmp_path, name, b"x")[0].endswith("Save it as JPEG, and write that name in the texts.")


@pytest.mark.parametrize("ending", FILE_TYPES)
@pytest.mark.parametrize(
    "data", [b"", POINTER, b"<!DOCTYPE html><p>Log in", b"\n <html><body>404", b"MZ\x90\0\3\0", b"\0\1\2\3 x"]
)
def test_a_file_that_is_another_is_an_error(tmp_path: Path, ending: str, data: bytes) -> None:
    """An empty file, a pointer of Git LFS, a web page and a program are told, whatever they are called."""
    (line,) = found(tmp_path, f"a.{ending}", data)
    assert line.startswith(f'1:1: error[file]: "a.{ending}" ')


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jpg", b"%PDF-1.4"), ("a.pdf", makers.jpeg()), ("a.jpg", HEIC), ("a.png", TIFF), ("a.gif", BMP),
        ("a.mp3", makers.wav()), ("a.jpg", makers.svg()), ("a.svg", makers.png()), ("a.zip", makers.png()),
        ("a.mp4", makers.webm()), ("a.csv", makers.png()), ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("a.webp", makers.wav()), ("a.jpg", b"picture"), ("a.tar", b"x" * 148 + b"0000000\0" + bytes(900)),
    ],
)  # fmt: skip
def test_another_family_is_an_error(tmp_path: Path, name: str, data: bytes) -> None:
    """What a file is called and what it is must be of one family."""
    (line,) = found(tmp_path, name, data)
    assert line.startswith(f'1:1: error[file]: "{name}" is ')


@pytest.mark.parametrize("name", RASTER)
@pytest.mark.parametrize("real", RASTER)
def test_another_web_picture_is_a_warning(tmp_path: Path, name: str, real: str) -> None:
    """A browser shows a picture under another picture's ending; an editor is told the right one."""
    lines = found(tmp_path, f"a.{name}", makers.PICTURES[real]())
    ending = f'Rename it so that it ends in ".{real}", in the texts as well.'
    assert [line.endswith(ending) and line.startswith("1:1: warning[file]") for line in lines] == [True] * (name != real)


@pytest.mark.parametrize(("cut", "severity"), [(0.02, "error"), (0.95, "warning")])
def test_a_cut_picture_is_told(tmp_path: Path, cut: float, severity: str) -> None:
    """A JPEG that ends among its facts cannot be cleaned; one that ends among its pixels is shown in part."""
    data = makers.written("JPEG", makers.image().resize((400, 240)), quality=95)
    (line,) = found(tmp_path, "a.jpg", data[: int(len(data) * cut)])
    assert line.startswith(f"1:1: {severity}[photo]: ")


@pytest.mark.parametrize("ending", [*makers.PICTURES, *makers.FILMS])
def test_what_cannot_be_cleaned_is_an_error(tmp_path: Path, ending: str) -> None:
    """A picture or film that is not built as its format says may tell what nobody finds."""
    data = {**makers.PICTURES, **makers.FILMS}[ending]()
    cut = data[:-20] if ending == "svg" else data[: data.find(b"\xff\xfb")] if ending == "mp3" else data[:40]
    lines = found(tmp_path, f"a.{ending}", cut)
    assert [line.partition("]")[0] for line in lines] in (["1:1: error[photo"], ["1:1: error[file"])


def sized(width: int, height: int) -> bytes:
    """Return a PNG that says to have these sides."""
    return makers.png()[:16] + width.to_bytes(4) + height.to_bytes(4) + makers.png()[24:]


def moving(width: int, height: int, reach: int = 1) -> bytes:
    """Return a GIF of two pictures on a screen of these sides; the first one reaches so far."""
    screen = width.to_bytes(2, "little") + height.to_bytes(2, "little")
    frame = b"\x2c" + bytes(4) + reach.to_bytes(2, "little") * 2 + b"\0\2\2\x44\1\0"
    return b"GIF89a" + screen + b"\0\0\0" + frame * 2 + b";"


def large_jpeg(side: int) -> bytes:
    """Return a JPEG that says to have these sides."""
    data = makers.written("JPEG")
    at = data.index(b"\xff\xc0") + 5
    return data[:at] + side.to_bytes(2) * 2 + data[at + 4 :]


def inside_drawing(data: bytes) -> bytes:
    """Return a drawing that holds a picture."""
    return (DRAWING % f'<image href="data:image/png;base64,{base64.b64encode(data).decode()}"/>').encode()


@pytest.mark.parametrize(
    ("name", "data", "most"),
    [
        ("a.png", sized(20_000, 20_000), 10_000),
        ("a.png", sized(1, 1_000_000_000), 10_000),
        ("a.gif", moving(20_000, 20_000), 4_000),
        ("a.gif", moving(9, 9, reach=20_000), 4_000),
        ("a.jpg", large_jpeg(20_000), 10_000),
        ("a.svg", inside_drawing(sized(20_000, 20_000)), 10_000),
    ],
)  # fmt: skip
def test_a_picture_that_no_browser_holds_is_an_error(tmp_path: Path, name: str, data: bytes, most: int) -> None:
    """A few kilobytes may unpack to more pixels than a phone has memory for, in a drawing as well."""
    (line,) = found(tmp_path, name, data)
    assert line.startswith(f'1:1: error[photo]: "{name}" has ')
    assert line.endswith(f" pixels, more than a browser can hold. Save it with at most {most} pixels on each side.")


def test_a_photo_of_a_good_camera_is_silent(tmp_path: Path) -> None:
    """Two hundred million pixels of a telephone, a poster and a long picture are no danger."""
    for name, data in (
        ("a.jpg", large_jpeg(14_100)),
        ("a.png", sized(9_000, 9_000)),
        ("b.png", sized(2_000, 40_000)),
        ("a.gif", moving(1_920, 1_080)),
    ):
        assert found(tmp_path, name, data) == []


def test_a_photo_of_a_thousand_scans_is_refused() -> None:
    """Each scan goes over all pixels again: nobody writes more than some."""
    data = makers.written("JPEG", progressive=True)
    last = data.rindex(b"\xff\xda")
    with pytest.raises(DamagedFileError):
        clean_data(data[:-2] + data[last:-2] * 1000 + data[-2:])


@pytest.mark.parametrize("inside", UNSAFE)
def test_a_drawing_that_runs_or_loads_is_an_error(tmp_path: Path, inside: str) -> None:
    """Scripts, handlers, pages and whatever loads from elsewhere are named with their line; all that draws may stay."""
    lines = found(tmp_path, "a.svg", (DRAWING % inside).encode())
    assert lines
    assert all(line.startswith("2:1: error[script]: ") for line in lines)


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE svg [<!ENTITY a "b">]>',
        '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE svg [<!ATTLIST rect onload CDATA "run()">]>',
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd" [ ]>',
    ],
)
def test_a_drawing_with_entities_is_an_error(tmp_path: Path, head: str) -> None:
    """What an entity holds is seen by nobody."""
    assert "error[photo]" in found(tmp_path, "a.svg", (head + DRAWING % "<text>&a;</text>").encode())[-1]


def test_a_drawing_of_a_program_is_silent(tmp_path: Path) -> None:
    """A document type, links, styles, animations and parts of the same drawing are no danger."""
    inside = (
        '<style>@media print{rect{fill:url(#g)}}</style><a href="https://x.example/"><rect fill="#fff" filter="url(#f)"/></a>'
        '<use xlink:href="#g"/><animate attributeName="opacity" values="0;1"/><filter id="f"><feImage href="#g"/></filter>'
    )
    head = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    assert found(tmp_path, "a.svg", (head + DRAWING % inside).encode()) == []


@pytest.mark.parametrize(
    "data",
    [
        pdf(b"/OpenAction <</S /JavaScript /JS (app.alert(1))>>"),
        pdf(b"/OpenAction <</S /#4aavaScript /JS (x)>>"),
        pdf(b"/Names <</J#61vaScript 4 0 R>>"),
        pdf(more=b"9 0 obj <</S /Launch /F (calc.exe)>> endobj"),
        pdf(more=b"9 0 obj <</S /L#61unch>> endobj"),
        pdf(more=packed(b"<</S /JavaScript /JS (x)>>")),
        pdf(more=packed(b"<</S /L#61#75nch>>")),
        pdf(more=packed(b"<</S /JavaScript>>", b"/Type /Obj#53tm /N 1 /First 4")),
        pdf(more=packed(b"<</S /JavaScript>>", b"/Type 8 0 R /N 1 /First 4")),
        pdf(more=b"9 0 obj <</S /Rendition /JS (x)>> endobj"),
        pdf(more=packed(b"<</S /JavaScript>>").replace(b"stream\n", b"stream \r", 1)),
        pdf(b"/OpenAction <</S /URI /URI (https://x.example)>>"),
        pdf(b"/OpenAction 7 0 R", b"7 0 obj <</S /SubmitForm>> endobj"),
        b"\n\n" + pdf(b"/AA <</O <</S /JavaScript>>>>"),
    ],
)
def test_a_document_that_runs_something_is_an_error(tmp_path: Path, data: bytes) -> None:
    """JavaScript and Launch are found in escaped names and packed objects, and so is what opening the document does."""
    (line,) = found(tmp_path, "a.pdf", data)
    assert line.startswith('1:1: error[script]: "a.pdf" does something of its own when it is opened (')


@pytest.mark.parametrize(
    "data",
    [
        pdf(more=packed(b"", b"/Type /ObjStm /Filter [/ASCII85Decode /FlateDecode]")),
        pdf(more=b"5 0 obj <</Type /ObjStm /Filter /FlateDecode>> stream\nxy\nendstream endobj\n6 0 obj <</Encrypt 1 0 R>>"),
        pdf(more=packed(b"", b"/Type /ObjStm /Filter [/FlateDecode /FlateDecode]")),
        pdf(more=packed(b"", b"/Type /ObjStm /Filter 8 0 R")),
        pdf(more=packed(b"", b"/Type /ObjStm /Filter /ASCIIHexDecode /Xobj 1")),
        pdf(more=packed(b"", b"/Type /ObjStm /Filter [/Fl /AHx] /X (%s)" % (b"x" * 5000))),
    ],
)
def test_a_document_that_cannot_be_looked_into_is_an_error(tmp_path: Path, data: bytes) -> None:
    """What is encrypted or packed in a way of its own may hold anything."""
    assert found(tmp_path, "a.pdf", data) == [
        '1:1: error[file]: "a.pdf" cannot be looked into. Save it again without a password.'
    ]


@pytest.mark.parametrize(
    ("name", "data", "facts"),
    [
        ("a.pdf", pdf(more=b"3 0 obj <</Author (R. Hesen) /Producer (Word)>> endobj"), "Author: R. Hesen, Producer: Word"),
        ("b.pdf", pdf(more=packed(b"<</Author <FEFF062F062C0644> >>")), "Author: دجل"),
        ("c.pdf", pdf(more=rb"3 0 obj <</Author (A\050b\051 \(c\))>> endobj"), "Author: A(b) (c)"),
        (
            "a.docx",
            office(
                {"docProps/core.xml": "<dc:creator>Rojda</dc:creator>", "docProps/app.xml": "<Application>Word</Application>"}
            ),
            "Author: Rojda, Producer: Word",
        ),
        ("a.odt", office({"meta.xml": "<meta:initial-creator>A &amp; B</meta:initial-creator>"}), "Author: A & B"),
    ],
)
def test_who_made_a_document_is_told(tmp_path: Path, name: str, data: bytes, facts: str) -> None:
    """The name of a person in a document is a warning, with the program that made it."""
    (line,) = found(tmp_path, name, data)
    assert line.startswith(f'1:1: warning[author]: "{name}" says who made it: {facts}. Everyone can read that.')


@pytest.mark.parametrize("part", ["word/vbaProject.bin", "Basic/Standard/x.xml", "Scripts/python/a.py"])
def test_macros_are_an_error(tmp_path: Path, part: str) -> None:
    """A document with programs is refused, whatever its ending says."""
    assert "error[script]" in found(tmp_path, "a.docx", office({part: "x"}))[0]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.html", b"<p>"),
        ("a.txt", b"<script>"),
        ("a.pdf", pdf(b"/OpenAction <</S /Launch>>")),
        ("a.svg", (DRAWING % "<script/>").encode()),
        ("a.docx", office({"word/vbaProject.bin": "x"})),
        ("a.jpg", makers.svg()),
    ],
)
def test_no_cache_publishes_what_is_refused(tmp_path: Path, name: str, data: bytes) -> None:
    """A file is looked at again when it is published: a cache from elsewhere may say that nothing is wrong with it."""
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ProblemsError):
        read_checked(tmp_path / name)


@pytest.mark.parametrize("name", PLAIN)
def test_what_is_fine_is_published(tmp_path: Path, name: str) -> None:
    """What nobody complains of is published, cleaned."""
    (tmp_path / name).write_bytes(PLAIN[name])
    assert read_checked(tmp_path / name) == clean_data(PLAIN[name])
