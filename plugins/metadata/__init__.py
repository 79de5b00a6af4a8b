"""What a page says of itself to machines: structured data for its head."""

from __future__ import annotations

from typing import Any

from pelican.plugins import signals

from plugins.metadata.structured import describe


def _offer(pelican: Any) -> None:
    pelican.settings["DESCRIBE"] = describe


def register() -> None:
    """Connect the room to Pelican."""
    signals.initialized.connect(_offer)
