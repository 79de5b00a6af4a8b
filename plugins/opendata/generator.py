"""Hands the data of each language and their schema to the writer."""

from __future__ import annotations

import json
from typing import Any

from plugins.core import addresses
from plugins.core.outputs import File
from plugins.opendata.collecting import collect
from plugins.opendata.schema import schema

INDENT = 1


class OpenDataGenerator:
    """Writes ``data/<lang>.json`` for each language and ``data/schema.json``."""

    def __init__(self, context: dict[str, Any], **_: Any) -> None:
        self.context = context

    def generate_output(self, writer: Any) -> None:
        """Write everything; keys are sorted, so that the same content gives the same bytes."""
        site = self.context["site"]
        for language in site.languages:
            shown = tuple(one.path for texts in site.sets.values() if (one := texts.get(language.tag)))
            writer.write(File(addresses.data(language.tag), _bytes(collect(site, language)), shown))
        writer.write(File(addresses.DATA_SCHEMA, _bytes(schema(site))))


def _bytes(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=INDENT, sort_keys=True) + "\n").encode()
