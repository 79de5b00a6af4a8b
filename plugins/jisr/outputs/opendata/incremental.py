"""Serialized data of a text, which an incremental build replaces in the file of its language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jisr.core.build.incremental import Workshop
from jisr.core.model.document import Document
from jisr.outputs.opendata.export import export_text
from jisr.outputs.opendata.generator import dump_line


def offer(settings: dict[str, Any]) -> None:
    """Let the Subscribe page link the data."""
    settings["OPEN_DATA"] = True


def fragments(document: Document, workshop: Workshop) -> Iterator[bytes]:
    """Return the data of a text: a line in the list of texts."""
    yield dump_line(export_text(document, workshop.site)).encode()
