"""Markdown: renders the body of a text to HTML, with its links, anchors and resolutions."""

from __future__ import annotations

from jisr.core.build.plugins import OutputPlugin

# It renders the bodies of texts.
OUTPUT = OutputPlugin("jisr.markdown.generator", "MarkdownGenerator")


def register() -> None:
    """Connect the output to Pelican."""
    from pelican.plugins import signals

    OUTPUT.connect(signals)
