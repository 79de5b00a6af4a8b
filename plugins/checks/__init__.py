"""What an editor would want to be told of a text, and what can be mended without asking."""

from __future__ import annotations

from pelican.plugins import signals

from plugins.checks.generator import ChecksGenerator


def _generator(pelican: object) -> type[ChecksGenerator]:
    return ChecksGenerator


def register() -> None:
    """Connect the room to Pelican."""
    signals.get_generators.connect(_generator)
