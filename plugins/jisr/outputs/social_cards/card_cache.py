"""Drawn cards in ``.cache/cards/``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from jisr.content.drawing_cache import KEPT_UNUSED, USE_NOTED, DrawingCache
from jisr.outputs.social_cards.card_png import CardFormat

__all__ = ("KEPT_UNUSED", "USE_NOTED", "CardCache")


class CardCache(DrawingCache):
    """The cards that builds have drawn of late."""

    def __init__(self, folder: Path, now: datetime, form: CardFormat) -> None:
        """List a folder, and remove the cards that no build has used of late."""
        super().__init__(folder, now, lambda _, data: form.is_card(data), ("png",))

    def put(self, fingerprint: str, data: bytes, ending: str = "png") -> None:
        """Keep a card."""
        super().put(fingerprint, data, ending)
