"""The ``Site`` to views: a page in each language for everything that is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jisr.pages.generator import SiteGenerator

SHOWS_WORDS = True  # the pages and files of a text whose words changed: incremental.py


def _generator(pelican: object) -> type[SiteGenerator]:
    from jisr.pages.generator import SiteGenerator

    return SiteGenerator


def register() -> None:
    """Connect the generator to Pelican."""
    from pelican.plugins import signals

    signals.get_generators.connect(_generator)
