"""Hook for page heads: structured data."""

from __future__ import annotations

from typing import Any

from jisr.outputs.structured_data.json_ld import describe


def offer(settings: dict[str, Any]) -> None:
    """Let pages have structured data in their heads."""
    settings["DESCRIBE"] = describe
