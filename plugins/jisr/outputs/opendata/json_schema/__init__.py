"""The content model as JSON Schema, one file a kind, for editors' programs and other tools."""

from __future__ import annotations

from jisr.core.build.plugins import OutputPlugin

OUTPUT = OutputPlugin("jisr.outputs.opendata.json_schema.generator", "SchemasGenerator")


def register() -> None:
    """Connect the output to Pelican."""
    from pelican.plugins import signals

    OUTPUT.connect(signals)
