"""The generator of the data of each language and of their schema."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from jisr.core.build.build_context import BuildContext
from jisr.core.build.outputs import FileOutput, Output, Writer
from jisr.core.model.document import Document
from jisr.core.urls import paths
from jisr.outputs.opendata.data_schema import build_data_schema
from jisr.outputs.opendata.export import export_language, export_text


class OpenDataGenerator(Output):
    """Writes ``data/<lang>.json`` for each language and ``data/schema.json``."""

    def offer_hooks(self, context: BuildContext) -> None:
        """Let pages say that the texts are there as data."""
        context.hooks.has_open_data = True

    def write(self, context: BuildContext, writer: Writer) -> None:
        """Write everything; keys are sorted, so that the same content gives the same bytes."""
        site = context.site
        for language in site.languages:
            text_paths = tuple(one.path for texts in site.sets.values() if (one := texts.get(language.tag)))
            writer.write(FileOutput(paths.data(language.tag), dump_entry_per_line(export_language(site, language)), text_paths))
        schema = json.dumps(build_data_schema(site), ensure_ascii=False, indent=1, sort_keys=True)
        writer.write(FileOutput(paths.DATA_SCHEMA, f"{schema}\n".encode()))

    def fragments(self, document: Document, context: BuildContext) -> Iterator[bytes]:
        """Return a text as its file holds it: a line in the list of texts."""
        yield dump_line(export_text(document, context.site)).encode()


def dump_entry_per_line(values: Mapping[str, Any]) -> bytearray:
    """Return values as JSON, each entry of a list on a line of its own, so that two versions can be compared by line.

    >>> values = {"texts": iter([{"id": "b", "title": "ئاو"}, {"id": "c"}]), "language": "ckb"}
    >>> print(dump_entry_per_line(values).decode(), end="")
    {
    "language": "ckb",
    "texts": [
    {"id": "b", "title": "ئاو"},
    {"id": "c"}
    ]
    }
    """
    data = bytearray(b"{")
    for name in sorted(values):
        data += b",\n" if len(data) > 1 else b"\n"
        data += f"{dump_line(name)}: ".encode()
        if isinstance(values[name], Iterator):
            _write_list(values[name], data)
        else:
            data += dump_line(values[name]).encode()
    data += b"\n}\n"
    return data


def dump_line(value: object) -> str:
    """Return a value as a line of JSON."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _write_list(entries: Iterator[object], data: bytearray) -> None:
    before = b"[\n"
    for entry in entries:
        data += before + dump_line(entry).encode()
        before = b",\n"
    data += b"[]" if before == b"[\n" else b"\n]"
