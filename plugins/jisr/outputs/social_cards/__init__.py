"""Social cards: a picture of the title of each text in its own script, for links that are shared."""

from __future__ import annotations

from jisr.core.build.plugins import OutputPlugin

# The head of a page names its card.
OUTPUT = OutputPlugin("jisr.outputs.social_cards.generator", "CardsGenerator")


def register() -> None:
    """Connect the output to Pelican."""
    from pelican.plugins import signals

    OUTPUT.connect(signals)
