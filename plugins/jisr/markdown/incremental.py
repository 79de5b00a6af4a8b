"""The renderer of bodies, for one text that is read again."""

from __future__ import annotations

from typing import Any

from jisr.markdown.render import render_body


def offer(settings: dict[str, Any]) -> None:
    """Let texts be rendered."""
    settings["RENDER_BODY"] = render_body
