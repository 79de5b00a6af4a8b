"""Structured data for the head of a page, as JSON-LD."""

from __future__ import annotations

from jisr.core.build.plugins import OutputPlugin

# The head of a page describes its text.
OUTPUT = OutputPlugin("jisr.outputs.structured_data.generator", "StructuredDataGenerator")


def register() -> None:
    """Connect the output to Pelican."""
    from pelican.plugins import signals

    OUTPUT.connect(signals)
