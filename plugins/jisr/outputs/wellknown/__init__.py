"""humans.txt, security.txt, the list of mirrors, and web app manifests."""

from __future__ import annotations

from jisr.core.build.plugins import OutputPlugin

# The head of a page names the manifest.
OUTPUT = OutputPlugin("jisr.outputs.wellknown.generator", "WellKnownGenerator")


def register() -> None:
    """Connect the output to Pelican."""
    from pelican.plugins import signals

    OUTPUT.connect(signals)
