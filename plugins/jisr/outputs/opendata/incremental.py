"""A text as it stands in the data of its language, to be replaced there by what it says now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jisr.core.build.incremental import Workshop
from jisr.core.model.document import Document
from jisr.outputs.opendata.export import export_text
from jisr.outputs.opendata.generator import dump_line


def offer(settings: dict[str, Any]) -> None:
    """Let pages say that the texts are there as data."""
    settings["OPEN_DATA"] = True


def fragments(document: Document, workshop: Workshop) -> Iterator[bytes]:
    """Return a text as its file holds it: a line in the list of texts."""
    yield dump_line(export_text(document, workshop.site)).encode()
