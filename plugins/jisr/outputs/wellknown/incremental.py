"""Hook for page heads: the web manifest."""

from __future__ import annotations

from typing import Any


def offer(settings: dict[str, Any]) -> None:
    """Let the head of each page link the manifest of its language."""
    settings["WEB_MANIFEST"] = True
