"""The whole content as data: a JSON file for each language, and the schema that describes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plugins.opendata.generator import OpenDataGenerator

SHOWS_WORDS = True  # the pages and files of a text whose words changed: mending.py


def _offer(pelican: Any) -> None:
    pelican.settings["OPEN_DATA"] = True


def _generator(_pelican: object) -> type[OpenDataGenerator]:
    from plugins.opendata.generator import OpenDataGenerator

    return OpenDataGenerator


def register() -> None:
    """Connect the room to Pelican."""
    from pelican.plugins import signals

    signals.initialized.connect(_offer)
    signals.get_generators.connect(_generator)
