"""The whole content as data: a JSON file for each language, and the schema that describes it."""

from __future__ import annotations

from typing import Any

from pelican.plugins import signals

from plugins.opendata.generator import OpenDataGenerator


def _offer(pelican: Any) -> None:
    pelican.settings["OPEN_DATA"] = True


def _generator(_pelican: object) -> type[OpenDataGenerator]:
    return OpenDataGenerator


def register() -> None:
    """Connect the room to Pelican."""
    signals.initialized.connect(_offer)
    signals.get_generators.connect(_generator)
