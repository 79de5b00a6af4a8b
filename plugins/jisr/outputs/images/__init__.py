"""Pictures made for readers: smaller ones in newer types, drawn of those that lie beside texts."""

from __future__ import annotations

from jisr.core.build.plugins import OutputPlugin

# Pages name what is drawn.
OUTPUT = OutputPlugin("jisr.outputs.images.generator", "ImagesGenerator")


def register() -> None:
    """Connect the output to Pelican."""
    from pelican.plugins import signals

    OUTPUT.connect(signals)
