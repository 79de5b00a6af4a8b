"""What a site says of itself where programs and people look for it first."""

from __future__ import annotations

from typing import Any

from pelican.plugins import signals

from plugins.wellknown.generator import WellKnownGenerator

SHOWS_WORDS = False  # no file of this room changes with the words of a text


def _offer(pelican: Any) -> None:
    pelican.settings["WEB_MANIFEST"] = True


def _generator(_pelican: object) -> type[WellKnownGenerator]:
    return WellKnownGenerator


def register() -> None:
    """Connect the room to Pelican."""
    signals.initialized.connect(_offer)
    signals.get_generators.connect(_generator)
