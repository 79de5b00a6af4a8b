"""What an editor would want to be told of a text, and what can be mended without asking."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plugins.checks.generator import ChecksGenerator

SHOWS_WORDS = False  # no file of this room changes with the words of a text


def _generator(pelican: object) -> type[ChecksGenerator]:
    from plugins.checks.generator import ChecksGenerator

    return ChecksGenerator


def register() -> None:
    """Connect the room to Pelican."""
    from pelican.plugins import signals

    signals.get_generators.connect(_generator)
