"""The whole content as data: a JSON file for each language, and the schema that describes it."""

from __future__ import annotations

from jisr.core.build.plugins import OutputPlugin

# The data of a language show the body of a text.
OUTPUT = OutputPlugin("jisr.outputs.opendata.generator", "OpenDataGenerator")


def register() -> None:
    """Connect the output to Pelican."""
    from pelican.plugins import signals

    OUTPUT.connect(signals)
