"""Which picture stands for a page: said of every page that is written, by a whole build or again. No card shows a body."""

from __future__ import annotations

from typing import Any

from jisr.outputs.social_cards.card import CardSelector
from jisr.outputs.social_cards.card_renderer import CardRenderer

DRAWN = "CARDS_DRAWN"  # whether this machine can draw: kept with the settings, since asking Pillow costs more than a page


def offer(settings: dict[str, Any]) -> None:
    """Let pages name their cards, where the settings want any."""
    if settings.get("CARDS"):
        artist = CardRenderer(settings["THEME"])
        settings.setdefault(DRAWN, not artist.missing_requirement())
        settings["ILLUSTRATE"] = CardSelector(settings["CARDS"], artist, settings[DRAWN])
