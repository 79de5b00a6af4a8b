"""A picture of each text for where links are shown as cards: its title in its own script, in the look of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plugins.cards.generator import CardsGenerator

SHOWS_WORDS = True  # the head of a page that is written again names its card: mending.py


def _offer(pelican: Any) -> None:
    from plugins.cards.mending import offer

    offer(pelican.settings)


def _generator(_pelican: object) -> type[CardsGenerator]:
    from plugins.cards.generator import CardsGenerator

    return CardsGenerator


def register() -> None:
    """Connect the room to Pelican."""
    from pelican.plugins import signals

    signals.initialized.connect(_offer)
    signals.get_generators.connect(_generator)
