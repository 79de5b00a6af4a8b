"""A picture of each text for where links are shown as cards: its title in its own script, in the look of the site."""

from __future__ import annotations

from typing import Any

from pelican.plugins import signals

from plugins.cards.generator import CardsGenerator
from plugins.cards.subjects import Deck


def _offer(pelican: Any) -> None:
    if pelican.settings.get("CARDS"):
        pelican.settings["ILLUSTRATE"] = Deck(pelican.settings["CARDS"], pelican.theme)


def _generator(_pelican: object) -> type[CardsGenerator]:
    return CardsGenerator


def register() -> None:
    """Connect the room to Pelican."""
    signals.initialized.connect(_offer)
    signals.get_generators.connect(_generator)
