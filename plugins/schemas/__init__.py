"""The content model as JSON Schema, one file a kind, for editors' programs and other tools."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plugins.schemas.generator import SchemasGenerator

SHOWS_WORDS = False  # no file of this room changes with the words of a text


def _generator(_pelican: object) -> type[SchemasGenerator]:
    from plugins.schemas.generator import SchemasGenerator

    return SchemasGenerator


def register() -> None:
    """Connect the room to Pelican."""
    from pelican.plugins import signals

    signals.get_generators.connect(_generator)
