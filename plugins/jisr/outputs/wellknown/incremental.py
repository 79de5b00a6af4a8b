"""What the head of a page that is written again names."""

from __future__ import annotations

from typing import Any


def offer(settings: dict[str, Any]) -> None:
    """Let pages name the manifest of their language."""
    settings["WEB_MANIFEST"] = True
