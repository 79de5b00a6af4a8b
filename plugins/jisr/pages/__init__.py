"""The ``Site`` to views: a page in each language for everything that is in it."""

from __future__ import annotations

from jisr.core.build.plugins import OutputPlugin

# Pages show the body of a text.
OUTPUT = OutputPlugin("jisr.pages.generator", "SiteGenerator")


def register() -> None:
    """Connect the output to Pelican."""
    from pelican.plugins import signals

    OUTPUT.connect(signals)
