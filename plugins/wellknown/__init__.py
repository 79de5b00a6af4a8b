"""What a site says of itself where programs and people look for it first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plugins.wellknown.generator import WellKnownGenerator

SHOWS_WORDS = True  # the head of a page that is written again names the manifest: mending.py


def _offer(pelican: Any) -> None:
    from plugins.wellknown.mending import offer

    offer(pelican.settings)


def _generator(_pelican: object) -> type[WellKnownGenerator]:
    from plugins.wellknown.generator import WellKnownGenerator

    return WellKnownGenerator


def register() -> None:
    """Connect the room to Pelican."""
    from pelican.plugins import signals

    signals.initialized.connect(_offer)
    signals.get_generators.connect(_generator)
