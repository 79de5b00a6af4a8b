"""What our Markdown is: the body of a text to HTML, with its links, anchors and resolutions."""

from __future__ import annotations

from typing import Any

SHOWS_WORDS = True  # the pages and files of a text whose words changed: incremental.py


def _add_renderer(pelican: Any) -> None:
    from jisr.markdown.extensions import body_renderer

    pelican.settings["RENDER_BODY"] = body_renderer(pelican.settings)


def register() -> None:
    """Connect the room to Pelican: texts are read with ``RENDER_BODY``."""
    from pelican.plugins import signals

    signals.initialized.connect(_add_renderer)
