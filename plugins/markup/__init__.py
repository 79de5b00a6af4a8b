"""What our Markdown is: the body of a text to HTML, with its links, anchors and resolutions."""

from __future__ import annotations

from typing import Any

from pelican.plugins import signals


def _offer(pelican: Any) -> None:
    from plugins.markup.render import render_body

    pelican.settings["RENDER_BODY"] = render_body


def register() -> None:
    """Connect the room to Pelican: texts are read with ``RENDER_BODY``."""
    signals.initialized.connect(_offer)
