"""A text as it stands in the data of its language, to be replaced there by what it says now."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from plugins.core.documents import Document
from plugins.core.mending import Workshop
from plugins.opendata.collecting import text_values
from plugins.opendata.generator import INDENT


def offer(settings: dict[str, Any]) -> None:
    """Let pages say that the texts are there as data."""
    settings["OPEN_DATA"] = True


def fragments(document: Document, workshop: Workshop) -> Iterator[bytes]:
    """Give a text as its file holds it: in the list of texts, which is a value of the whole."""
    depth = " " * INDENT * 2
    written = json.dumps(text_values(document, workshop.site), ensure_ascii=False, indent=INDENT, sort_keys=True)
    yield depth.encode() + written.replace("\n", f"\n{depth}").encode()
