"""The content model as JSON Schema, one file a kind, for editors' programs and other tools."""

from __future__ import annotations

from pelican.plugins import signals

from plugins.schemas.generator import SchemasGenerator


def _generator(_pelican: object) -> type[SchemasGenerator]:
    return SchemasGenerator


def register() -> None:
    """Connect the room to Pelican."""
    signals.get_generators.connect(_generator)
