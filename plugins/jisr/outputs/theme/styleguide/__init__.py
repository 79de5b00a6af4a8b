"""The styleguide: every component of the theme in every language, on one page for those who work on it."""

from __future__ import annotations

from jisr.core.build.plugins import OutputPlugin

OUTPUT = OutputPlugin("jisr.outputs.theme.styleguide.generator", "StyleguideGenerator")


def register() -> None:
    """Connect the output to Pelican."""
    from pelican.plugins import signals

    OUTPUT.connect(signals)
