"""What a page says of itself to machines: structured data for its head."""

from __future__ import annotations

from typing import Any

from plugins.metadata.structured import describe

SHOWS_WORDS = True  # the pages and files of a text whose words changed: mending.py


def _offer(pelican: Any) -> None:
    pelican.settings["DESCRIBE"] = describe


def register() -> None:
    """Connect the room to Pelican."""
    from pelican.plugins import signals

    signals.initialized.connect(_offer)
