"""The generator of the data of each language, of their schema, and of contact cards."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from jisr.core.build.build_context import BuildContext
from jisr.core.build.outputs import Output, Part, Writer
from jisr.core.i18n.languages import Language
from jisr.core.model.entities import CARD_KINDS, has_contact_card
from jisr.core.model.site import Site
from jisr.core.urls import paths
from jisr.outputs.opendata.data_schema import build_data_schema
from jisr.outputs.opendata.export import dump_line, export_language


class OpenDataGenerator(Output):
    """Writes ``data/<lang>.json`` for each language, ``data/schema.json``, and a contact card for each who has one."""

    def offer_hooks(self, context: BuildContext) -> None:
        """Let pages say that the texts are there as data."""
        context.hooks.has_open_data = True

    def write(self, context: BuildContext, writer: Writer) -> None:
        """Write everything; keys are sorted, so that the same content gives the same bytes."""
        site = context.site
        for language in site.languages:
            writer.write(paths.data(language.tag), partial(_render_language, site, language))
        writer.write(paths.DATA_SCHEMA, partial(_render_schema, site))
        for kind in CARD_KINDS:
            for texts in site.of_kind(kind):
                if has_contact_card(texts):
                    writer.write(paths.contact_card(*texts.key), partial(_render_contact_card, site, *texts.key))


def _render_contact_card(site: Site, kind: str, identity: str) -> bytes:
    from jisr.outputs.opendata.contact_card import render_contact_card  # icalendar takes long to load

    return render_contact_card(site, kind, identity)


def _render_language(site: Site, language: Language) -> list[bytes | Part]:
    return list(dump_entry_per_line(export_language(site, language)))


def _render_schema(site: Site) -> bytes:
    return (json.dumps(build_data_schema(site), ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def dump_entry_per_line(values: Mapping[str, Any]) -> Iterator[bytes | Part]:
    """Return values as JSON, each entry of a list of parts on a line of its own, so that two versions can be compared by line.

    >>> parts = [Part("b", lambda: b'{"id": "b"}'), Part("c", lambda: b'{"id": "c"}')]
    >>> content = dump_entry_per_line({"texts": parts, "language": "ckb", "title": "ئاو"})
    >>> print(b"".join(one if isinstance(one, bytes) else one.make() for one in content).decode(), end="")
    {
    "language": "ckb",
    "texts": [
    {"id": "b"},
    {"id": "c"}
    ],
    "title": "ئاو"
    }
    """
    before = b"{\n"
    for name in sorted(values):
        yield before + f"{dump_line(name)}: ".encode()
        if isinstance(values[name], list):
            yield from _list_entries(values[name])
        else:
            yield dump_line(values[name]).encode()
        before = b",\n"
    yield b"\n}\n"


def _list_entries(entries: list[Part]) -> Iterator[bytes | Part]:
    before = b"[\n"
    for entry in entries:
        yield before
        yield entry
        before = b",\n"
    yield b"\n]" if entries else b"[]"
