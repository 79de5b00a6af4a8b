"""Markdown: renders the body of a text to HTML, with its links, anchors and resolutions."""

from __future__ import annotations

from typing import Any

SHOWS_WORDS = True  # the pages and files of a text whose words changed: incremental.py


def _add_renderer(pelican: Any) -> None:
    from jisr.markdown.render import render_body

    pelican.settings["RENDER_BODY"] = render_body


def register() -> None:
    """Connect the renderer to Pelican, as the setting ``RENDER_BODY``."""
    from pelican.plugins import signals

    signals.initialized.connect(_add_renderer)
