"""``inv pdf``: a text as a PDF in each of its languages, or in one."""

from __future__ import annotations

import importlib.util
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jisr.content.text_paths import parse_text_path
from jisr.core.build.build_context import CommandContext
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation
from jisr.core.frozen import dataclass
from jisr.core.urls import paths


@dataclass(frozen=True, slots=True)
class PdfRequest:
    """The text to print: its file, its folder or kind/id; and the folder of the PDF."""

    path: str
    output_folder: str = "pdf"


def write_pdfs(context: CommandContext, request: PdfRequest) -> int:
    """Build the site into a temporary folder, write a PDF of each version of a text, print the paths.

    Returns 0, or 1 where the site does not build.

    Raises ProblemsError where there is no such page, or a requirement is missing.
    """
    if importlib.util.find_spec("pymupdf") is None or importlib.util.find_spec("playwright") is None:
        text = "Printing needs Chromium, playwright and pymupdf, of the extra named pdf: pip install -e '.[pdf]'."
        raise ProblemsError(Problem.error(SourceLocation(request.path), "pdf", text))
    from jisr.outputs.pdf.chromium import NoBrowserError, print_pages
    from jisr.outputs.pdf.pdf_assembly import assemble_pdf

    with tempfile.TemporaryDirectory(prefix="jisr-pdf-") as folder:
        if code := context.build(folder):
            return code
        pages = dict(_find_pages(request, context.settings, Path(folder)))
        site = str(context.settings["SITEURL"]).rstrip("/")
        try:
            for name, printed in zip(pages, print_pages(Path(folder), site, pages.values()), strict=True):
                file = Path(request.output_folder) / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(assemble_pdf(printed))
                print(file)
        except NoBrowserError:
            text = "There is no Chromium on this machine. Install it, as chromium or google-chrome."
            raise ProblemsError(Problem.error(SourceLocation(request.path), "pdf", text)) from None
    return 0


def _find_pages(request: PdfRequest, settings: Mapping[str, Any], folder: Path) -> Iterator[tuple[str, str]]:
    """Return the file name and the address of each requested version that was built."""
    named = parse_text_path(request.path, Path(settings["PATH"]))
    is_built = False
    for tag in (named.tag,) if named.tag else settings["LANGUAGES"]:
        address = paths.text(tag, named.kind, named.id)
        if named.id and (folder / paths.output_path(address)).is_file():
            is_built = True
            yield f"{named.file_stem}.{tag}.pdf", address
    if not is_built:
        text = '"{path}" is no page of the site. Name the file or folder of a published text, or write <kind>/<id>.'
        raise ProblemsError(Problem.error(SourceLocation(request.path), "pdf", text, path=request.path))
