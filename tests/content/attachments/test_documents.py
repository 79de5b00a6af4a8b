"""A document that runs or loads something is refused however it is written, and the people that it names are told."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject

from jisr.content.attachments.documents.document_findings import DocumentFindings
from jisr.content.attachments.documents.office_zip import read_book, read_office_zip
from jisr.content.attachments.documents.ole import read_ole
from jisr.content.attachments.documents.pdf import read_pdf
from jisr.content.attachments.documents.rtf import read_rtf
from jisr.content.attachments.documents.table import read_table
from jisr.content.attachments.formats.damage import DamagedFileError
from tests.content.attachments import makers
from tests.content.attachments.compound_file import compound_file
from tests.content.attachments.test_attachment_checks import found, office, packed, pdf

RUNNING = [
    line.partition(" ")[::2]
    for line in Path(__file__).with_name("running-documents.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
RELATION = '<r><Relationship Id="r1" Type="http://schemas.openxmlformats.org/%s" Target="%s" TargetMode="%s"/></r>'
XMP = b'<?xpacket begin=""?><x xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>%s</dc:creator></x>'
PEOPLE = (
    rb"{\rtf1{\info{\author R\'6fjda}{\operator \u1583?\u1604?}}{\*\revtbl{Unknown;}{Shno;}}{\*\template C:\\Users\\x.dot}}"
)
IN_WORD = "word/_rels/document.xml.rels"
TYPES = '<Types><Override PartName="/a.bin" ContentType="application/vnd.%s"/></Types>'
SHEET = b"\x09\x08\x08\0" + bytes(8) + b"\x85\0\x09\0" + bytes(4) + b"\0%s\x01\0A"


def related(kind: str, target: str, is_outside: bool = False) -> str:
    """Return what refers from one part of a document to another, or to another host."""
    return RELATION % (kind, target, "External" if is_outside else "Internal")


def stream(entries: bytes, content: bytes) -> bytes:
    """Return a stream of a document."""
    return b"8 0 obj <<%s /Length %d>> stream\n%s\nendstream endobj" % (entries, len(content), content)


@pytest.mark.parametrize(("kind", "text"), RUNNING, ids=[text[:40] for _, text in RUNNING])
def test_what_runs_is_found_in_every_form(kind: str, text: str) -> None:
    """Each of these documents runs, sends or loads something, wherever in it that stands."""
    data = text.replace("\\n", "\n").encode("latin-1")
    if kind == "rtf":
        assert read_rtf(b"{\\rtf1 " + data + b"}").actions
        return
    made = {
        "catalog": lambda: pdf(data),
        "object": lambda: pdf(more=data),
        "packed": lambda: pdf(more=packed(data)),
        "opened": lambda: pdf(b"/OpenAction 9 0 R", data),
    }[kind]()
    assert read_pdf(made).actions


def test_what_a_document_may_do() -> None:
    """A link to a page of the web, a form without programs and an opening at a page are no danger."""
    link = b"9 0 obj <</Type /Annot /Subtype /Link /A <</S /URI /URI (https://x.example)>>>> endobj"
    field = b"9 0 obj <</Subtype /Widget /FT /Tx /T (Name)>> endobj"
    for made in (
        pdf(more=link),
        pdf(more=field),
        pdf(b"/OpenAction [3 0 R /XYZ null null 0] /AA <<>> /AcroForm <</Fields []>>"),
    ):
        assert read_pdf(made) == DocumentFindings()


@pytest.mark.parametrize(
    "data",
    [
        pdf(more=b"5 0 obj <</A 1 null >> /S /JavaScript>> endobj"),
        pdf(more=b"5 %x\n0 obj <</A 1>> endobj"),
        pdf(more=b"5 0 obj <</A 1 /A 2>> endobj"),
        pdf(more=b"5 0 obj <</A (x> endobj"),
        pdf(more=b"5 0 obj " + b"[" * 5000),
        pdf().replace(b"/Root", b"/Encrypt 9 0 R /Root"),
        pdf(more=stream(b"/Type /XRef /Encrypt 9 0 R", b"")),
        pdf(more=stream(b"/Type /Metadata /Filter /DCTDecode", b"")),
        pdf(more=b"".join(b"%d 0 obj [ " % number for number in range(5000))),
        pdf(more=packed(b"<<>>", b"/N 9 /First 4")),
        b"%PDF-1.7\n" + b" obj%" * 50_000 + b"\n<<",
        b"%PDF-1.7\n" + b"1 0 obj<</Length 9>>stream\n" * 10_000,
    ],
)
def test_what_readers_may_read_otherwise_is_refused(data: bytes) -> None:
    """What is encrypted, ambiguous, unfinished or made to cost time cannot be looked into."""
    with pytest.raises(DamagedFileError):
        read_pdf(data)


@pytest.mark.parametrize(
    "data",
    [
        pdf(more=b"4 0 obj (Rojda) endobj\n3 0 obj <</Author 4 0 R>> endobj"),
        pdf(more=b"3 0 obj <</Auth#6fr (Rojda)>> endobj"),
        pdf(more=stream(b"/Type /Metadata", XMP % b"Rojda")),
        pdf(more=stream(b"/Type /Metadata", (XMP % b"Rojda").decode().encode("utf-16"))),
        pdf(more=b"3 0 obj <</Subtype /Highlight /T (Rojda)>> endobj"),
        pdf(more=packed(b"<</Author (Rojda)>>")),
    ],
)
def test_who_made_a_pdf_is_found(data: bytes) -> None:
    """A name is found in another object, behind escapes, in XMP, at a note, and in packed objects."""
    assert read_pdf(data).people == ["Rojda"]


def test_a_pdf_of_a_program_is_read() -> None:
    """What another program writes is read to its end: its author, and the script that it was given."""
    writer, made = PdfWriter(), io.BytesIO()
    writer.add_blank_page(99, 99)
    writer.add_metadata({"/Author": "دجلة"})
    writer.write(made)
    assert (read_pdf(made.getvalue()).people, read_pdf(made.getvalue()).actions) == (["دجلة"], [])
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject({NameObject("/S"): NameObject("/JavaScript")})
    writer.write(made)
    assert read_pdf(made.getvalue()).actions == ["JavaScript"]


def test_a_picture_in_a_document_tells_its_place(tmp_path: Path) -> None:
    """A photo inside a PDF, an office document or an archive is told with its name where it tells a place."""
    photo = makers.written("JPEG", exif=makers.facts())
    for name, data, inside in (
        ("a.pdf", pdf(more=stream(b"/Filter /DCTDecode", photo)), "1"),
        ("a.docx", office({"word/media/image1.jpg": photo}), "word/media/image1.jpg"),
        ("a.zip", office({"b/c.jpg": photo}), "b/c.jpg"),
    ):
        (line,) = found(tmp_path, name, data)
        assert line.startswith(f'1:1: warning[photo]: "{name}" holds pictures that tell where they were made: {inside}. ')


@pytest.mark.parametrize(
    "files",
    [
        {"word/other.bin": compound_file({"VBA/_VBA_PROJECT": b"x"})},
        {"[Content_Types].xml": TYPES % "ms-office.vbaProject"},
        {"[Content_Types].xml": TYPES % "ms-word.document.macroEnabled.main+xml"},
        {"[Content_Types].xml": TYPES % "ms-excel.macrosheet+xml"},
        {"xl/_rels/workbook.xml.rels": related("xlMacrosheet", "sheets/sheet9.xml")},
        {IN_WORD: related("vbaProject", "theme/theme2.bin")},
        {"BASIC/Standard/x.xml": "<x/>"},
        {"content.xml": '<o><a xlink:href="vnd.sun.star.script:x"/></o>'},
        {"content.xml": '<o xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0"><script:event-listener/></o>'},
    ],
)
def test_macros_are_found_wherever_they_are(files: dict[str, str | bytes]) -> None:
    """A macro is known by what a part is, by its type and by what refers to it, not by its name alone."""
    assert read_office_zip(office(files)).has_macros


@pytest.mark.parametrize(
    "files",
    [
        {IN_WORD: related("attachedTemplate", "https://x.example/t.dotm", is_outside=True)},
        {IN_WORD: related("image", "\\\\x.example\\a.png", is_outside=True)},
        {IN_WORD: related("oleObject", "mhtml:https://x.example!x", is_outside=True)},
        {"word/document.xml": "<w><instrText>DDE</instrText><instrText>AUTO c:\\\\x</instrText></w>"},
        {"word/document.xml": '<w><fldSimple instr=" DDE excel "/></w>'},
        {"word/document.xml": '<w><instrText>INCLUDEPICTURE "https://x.example/1"</instrText></w>'},
        {"xl/externalLinks/externalLink1.xml": '<x><ddeLink ddeService="cmd"/></x>'},
        {"xl/worksheets/sheet1.xml": '<x><f>WEBSERVICE("https://x.example/"&amp;A1)</f></x>'},
        {"word/embeddings/a.bin": compound_file({"\x01Ole10Native": b"x"})},
        {IN_WORD: related("aFChunk", "chunk.html")},
        {"word/document.xml": '<w><v:imagedata src="https://x.example/1.png"/></w>'},
        {"word/embeddings/a.docx": office({IN_WORD: related("image", "https://x.example/1", is_outside=True)})},
        {"ppt/slides/slide1.xml": '<p><hlinkClick action="ppaction://program"/></p>'},
        {"xl/connections.xml": '<x><webPr url="https://x.example"/></x>'},
        {IN_WORD: related("image", "https://x.example/1", is_outside=True).encode("utf-16")},
        {"content.xml": '<o xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="https://x.example/1.png"/></o>'},
        {"content.xml": "<o><office:dde-source/></o>"},
    ],
)
def test_what_an_office_document_loads_is_found(files: dict[str, str | bytes]) -> None:
    """Templates and pictures of other hosts, DDE, functions that ask the web and packed files are found."""
    assert read_office_zip(office(files)).actions


@pytest.mark.parametrize(
    "text",
    [
        "a,=cmd|' /C calc'!A0",
        "name\n=WEBSERVICE(A1)",
        '"=HYPERLINK(""https://x.example/""&A1)"',
        "+IMPORTXML(A1)",
        "a;@call(1)",
        "-1+DDE|'x'!1",
        "\ufeff=cmd|'x'!1",
    ],
)
def test_a_table_that_calls_something_is_found(text: str) -> None:
    """A cell that a program for tables would run is found; a number and a sum are none."""
    assert read_table(text.encode()).actions
    assert read_table(text.encode("utf-16")).actions
    assert read_table(b"name,-5,+964 770,=SUM(A1:A3),@dijla,a-b|c,- a call (b)\n") == DocumentFindings()


def test_a_book_that_runs_or_loads_is_found() -> None:
    """A program or a picture of another host in a book is found; its author and its links are no fault."""
    page = '<html xmlns="http://www.w3.org/1999/xhtml"><body>%s</body></html>'
    for inside in ("<script>x</script>", '<img src="https://x.example/1"/>', '<p onclick="x()"/>'):
        assert read_book(office({"a.xhtml": page % inside})).actions
    files: dict[str, str | bytes] = {
        "a.xhtml": page % '<a href="https://x.example">x</a>',
        "b.opf": "<dc:creator>Rojda</dc:creator>",
    }
    assert read_book(office(files)) == DocumentFindings()


def test_an_encrypted_office_document_is_refused() -> None:
    """What is behind a password cannot be looked into."""
    with pytest.raises(DamagedFileError):
        read_office_zip(office({"META-INF/manifest.xml": "<m><manifest:encryption-data/></m>"}))


def test_an_office_document_with_links_is_silent() -> None:
    """A link that a reader follows, a chart's table and a field with a page number load nothing."""
    files: dict[str, str | bytes] = {
        IN_WORD: related("hyperlink", "https://x.example", is_outside=True),
        "word/document.xml": '<w><instrText>PAGE</instrText><instrText>HYPERLINK "https://x.example"</instrText></w>',
        "word/embeddings/a.xlsx": office({"xl/workbook.xml": "<x/>"}),
        "content.xml": '<o xmlns:xlink="http://www.w3.org/1999/xlink"><a xlink:href="https://x.example/"/></o>',
    }
    assert read_office_zip(office(files)) == DocumentFindings()


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("docProps/core.xml", "<c><lastModifiedBy>Rojda</lastModifiedBy></c>"),
        ("word/comments.xml", '<w xmlns:w="x"><w:comment w:author="Rojda"/></w>'),
        ("word/document.xml", '<w xmlns:w="x"><w:ins w:author="Rojda"/></w>'),
        ("xl/comments1.xml", "<c><authors><author>Rojda</author></authors></c>"),
        ("ppt/commentAuthors.xml", '<p><cmAuthor name="Rojda"/></p>'),
        ("content.xml", "<o><annotation><creator>Rojda</creator></annotation></o>"),
    ],
)
def test_who_wrote_in_an_office_document_is_found(name: str, part: str) -> None:
    """Those who changed, commented and saved it are named, besides its author."""
    assert read_office_zip(office({name: part})).people == ["Rojda"]


def test_documents_inside_each_other_are_counted() -> None:
    """A document may hold some others, not thousands."""
    inside: dict[str, str | bytes] = {f"{number}.docx": office({"a.xml": "<a/>"}) for number in range(30)}
    with pytest.raises(DamagedFileError):
        read_office_zip(office(inside))


def test_an_archive_that_unpacks_without_end_is_refused() -> None:
    """A small file that unpacks to a large one costs no memory."""
    with pytest.raises(DamagedFileError):
        read_office_zip(office({"word/document.xml": " " * 70_000_000}, packing=8))


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"WordDocument": bytes(600)}, DocumentFindings()),
        ({"Macros/VBA/_VBA_PROJECT": b"x"}, DocumentFindings(has_macros=True)),
        ({"Workbook": SHEET % b"\1"}, DocumentFindings(has_macros=True)),
        ({"Workbook": SHEET % b"\0"}, DocumentFindings()),
        ({"WordDocument": bytes(600) + b"\x13 DDEAUTO c:\\\\x \x14"}, DocumentFindings(actions=["DDE"])),
        ({"ObjectPool/_1/\x01Ole10Native": b"x"}, DocumentFindings(actions=["OLE"])),
    ],
)
def test_a_document_of_before_2007_is_read(files: dict[str, bytes], expected: DocumentFindings) -> None:
    """Macros, sheets of macros, DDE and packed files are found in the streams of a compound file."""
    assert read_ole(compound_file(files)) == expected


@pytest.mark.parametrize("data", [compound_file({"EncryptedPackage": b"x"}), compound_file({})[:8] + b"x" * 3000])
def test_a_closed_document_of_before_2007_is_refused(data: bytes) -> None:
    """What is encrypted or broken cannot be looked into."""
    with pytest.raises(DamagedFileError):
        read_ole(data)


def test_people_in_rtf_are_found() -> None:
    """Author, operator, revisers and the folder of a template are told, in whatever letters they are written."""
    assert read_rtf(PEOPLE).people == ["C:\\Users\\x.dot", "Rojda", "دل", "Shno"]
    assert read_rtf(rb"{\rtf1 DDE is a word here, \objectname, {\field{\*\fldinst HYPERLINK x}}}") == DocumentFindings()
