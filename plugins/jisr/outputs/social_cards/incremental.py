"""Hook for page heads: the image of each page, in whole and incremental builds. No card shows a body."""

from __future__ import annotations

from typing import Any

from jisr.outputs.social_cards.card import CardSelector
from jisr.outputs.social_cards.card_renderer import CardRenderer

DRAWN = "CARDS_DRAWN"  # whether this machine can draw: cached in the settings, since importing Pillow takes longer than a page


def offer(settings: dict[str, Any]) -> None:
    """Let pages link their cards, if the setting CARDS names any."""
    if settings.get("CARDS"):
        renderer = CardRenderer(settings["THEME"])
        settings.setdefault(DRAWN, not renderer.missing_requirement())
        settings["ILLUSTRATE"] = CardSelector(settings["CARDS"], renderer, settings[DRAWN])
