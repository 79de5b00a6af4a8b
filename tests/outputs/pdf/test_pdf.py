"""A statement on paper: what programs read in the PDF is what was written, and the file is the same each time."""

from __future__ import annotations

import itertools
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisr.core.build.build_context import CommandContext
from jisr.core.diagnostics.message_formatter import ENGLISH
from jisr.core.diagnostics.problems import ProblemsError
from jisr.outputs.pdf import chromium as printing
from jisr.outputs.pdf.chromium import BROWSERS, PrintedPage, print_pages
from jisr.outputs.pdf.pdf_assembly import assemble_pdf
from jisr.outputs.pdf.pdf_command import PdfRequest, write_pdfs
from jisr.outputs.pdf.text_layer import PrintedWord, split_by_direction, split_chunks
from tests.conftest import ROOT, lacking
from tests.site.pages import Site

pytestmark = pytest.mark.process  # pdftotext is a program, and so is the browser that prints

STATEMENT = "statements/2012-first-bloggers-conference"
TONGUES = ("ar", "ckb", "en")
CONFERENCE = "conferences/2017-annual-conference"
PAGES = [*(f"{tag}/{STATEMENT}/" for tag in TONGUES), *(f"{tag}/{CONFERENCE}/" for tag in ("ckb", "fr", "kmr"))]
CONTROLS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069"))
MARGIN = 18 / 25.4 * 72
pymupdf: Any = import_module("pymupdf")  # it states no types
LETTERS = st.text(st.sampled_from("ابتلّة،.()«»12 ABC+:/-٣ێ"), min_size=1).map(lambda text: text.replace(" ", "")).filter(bool)


@pytest.fixture(scope="module", autouse=True)
def chromium() -> None:
    """Nothing here works without a browser."""
    if not any(map(shutil.which, BROWSERS)):
        lacking("Chromium")


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, PrintedPage]:
    """Return pages as they were printed, by their addresses."""
    return dict(zip(PAGES, print_pages(site.folder, site.address, PAGES), strict=True))


@pytest.fixture
def printed(pages: dict[str, PrintedPage]) -> dict[str, PrintedPage]:
    """Return the statement by language."""
    return {tag: pages[f"{tag}/{STATEMENT}/"] for tag in TONGUES}


def extracted(data: bytes, tmp_path: Path) -> str:
    """Return the output of pdftotext without its invisible marks of direction."""
    if shutil.which("pdftotext") is None:
        lacking("pdftotext (poppler-utils)")
    file = tmp_path / "text.pdf"
    file.write_bytes(data)
    done = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, check=True, timeout=60)
    return " ".join(done.stdout.decode("utf-8").translate(CONTROLS).split())


def source(tag: str) -> Iterator[str]:
    """Return the paragraphs and resolutions of the text as its editor wrote them, without the marks of Markdown."""
    text = (ROOT / "content" / STATEMENT / f"index.{tag}.md").read_text("utf-8").split("---\n", 2)[2]
    for line in filter(None, text.splitlines()):
        plain = re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", line)
        yield re.sub(r"^(\d+\.|#+) +|\*\*", "", plain).strip()


@pytest.mark.parametrize("address", PAGES)
def test_what_is_read_is_what_stands_there(pages: dict[str, PrintedPage], tmp_path: Path, address: str) -> None:
    """Every letter of a page is extracted from the PDF, in logical order, in any combination."""
    text = extracted(assemble_pdf(pages[address]), tmp_path)
    assert "".join(text.split()) == "".join(word.text for word in pages[address].words)


@pytest.mark.parametrize("tag", TONGUES)
def test_what_is_read_is_what_was_written(printed: dict[str, PrintedPage], tmp_path: Path, tag: str) -> None:
    """Every sentence of the file that an editor wrote comes out of the PDF, with its spaces."""
    text = extracted(assemble_pdf(printed[tag]), tmp_path)
    sentences = list(source(tag))
    assert len(sentences) > 12
    assert [one for one in sentences if one not in text] == []


@pytest.mark.thorough
def test_the_same_page_gives_the_same_bytes(site: Site, printed: dict[str, PrintedPage]) -> None:
    """Printed again by another browser, the file does not differ: it holds no clock and no random number."""
    (again,) = print_pages(site.folder, site.address, [f"ar/{STATEMENT}/"])
    assert assemble_pdf(again) == assemble_pdf(printed["ar"])


@pytest.mark.parametrize("tag", TONGUES)
def test_a_page_is_whole(site: Site, printed: dict[str, PrintedPage], tag: str) -> None:
    """No word is in the margin, no line overlaps another; the address and the date are there, menus and bars are not."""
    said = "".join(word.text for word in printed[tag].words)
    page = pymupdf.open("pdf", printed[tag].pdf)[0].rect
    for word in printed[tag].words:
        assert word.left >= MARGIN - 1
        assert word.right <= page.width - MARGIN + 1
        assert word.top >= MARGIN - 4
        assert word.bottom <= page.height - MARGIN + 4

    path = f"{tag}/{STATEMENT}/index.html"
    assert site.url(path) in said
    assert "".join(site.pages[path].one(".byline time").text().split()) in said
    for selector in (".menu", ".footer", ".bridge h2", ".languages p", ".citations summary"):
        for node in site.pages[path].tree.css(selector):
            assert "".join(node.text().split()) not in said, selector


def test_a_pdf_says_what_it_is(site: Site, printed: dict[str, PrintedPage]) -> None:
    """It has a title and a language, its pages are A4, and its links lead to the site."""
    made = pymupdf.open("pdf", assemble_pdf(printed["ckb"]))
    links = {link["uri"] for page in made for link in page.get_links()}

    assert made.metadata["title"] == printed["ckb"].title
    assert made.language == "ckb"
    assert {(round(page.rect.width / 72 * 25.4), round(page.rect.height / 72 * 25.4)) for page in made} == {(210, 297)}
    assert site.url("ckb/members/insm/index.html") in links
    assert not [uri for uri in links if uri.startswith(printing.WORD_URL)]


@given(LETTERS, st.booleans())
def test_no_letter_of_a_word_is_lost(text: str, rtl: bool) -> None:
    """The parts of a word make up the word, and are adjacent."""
    assert "".join(part for part, _ in split_by_direction(text, rtl)) == text
    found = sorted(split_chunks(PrintedWord(0, text, 0, 10, 0, 110, 12, rtl)), key=lambda one: one.left)
    assert (round(found[0].left, 6), round(found[-1].right, 6)) == (10, 110)
    assert all(round(one.right - other.left, 6) == 0 for one, other in itertools.pairwise(found))


def test_a_file_is_written_for_each_version(site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder means every language that a text has, a file its own; the paths are printed."""
    settings = {"SITEURL": site.address, "PATH": str(ROOT / "content"), "LANGUAGES": ("ckb", "fr")}

    def build(folder: str | None) -> int:
        shutil.copytree(site.folder, folder or "", dirs_exist_ok=True)
        return 0

    context = CommandContext(settings, ENGLISH, build)
    assert write_pdfs(context, PdfRequest(STATEMENT, str(tmp_path))) == 0
    assert write_pdfs(context, PdfRequest(str(ROOT / "content" / STATEMENT / "index.ar.md"), str(tmp_path))) == 0
    names = [f"2012-first-bloggers-conference.{tag}.pdf" for tag in ("ckb", "ar")]
    assert capsys.readouterr().out.splitlines() == [str(tmp_path / name) for name in names]
    assert all((tmp_path / name).read_bytes().startswith(b"%PDF-") for name in names)

    with pytest.raises(ProblemsError) as error:
        write_pdfs(context, PdfRequest("statements/2012-frist", str(tmp_path)))
    assert '"statements/2012-frist" is no page of the site.' in str(error.value.problems[0])
    assert write_pdfs(CommandContext(settings, ENGLISH, lambda _: 1), PdfRequest(STATEMENT)) == 1
