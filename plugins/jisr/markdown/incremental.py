"""The renderer of bodies, for one text that is read again."""

from __future__ import annotations

from typing import Any

from jisr.markdown.extensions import body_renderer


def offer(settings: dict[str, Any]) -> None:
    """Let texts be rendered."""
    settings["RENDER_BODY"] = body_renderer(settings)
