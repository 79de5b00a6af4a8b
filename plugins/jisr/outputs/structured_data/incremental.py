"""What a page that is written again says of itself to machines."""

from __future__ import annotations

from typing import Any

from jisr.outputs.structured_data.json_ld import describe


def offer(settings: dict[str, Any]) -> None:
    """Let pages be described."""
    settings["DESCRIBE"] = describe
