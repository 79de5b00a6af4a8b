"""How a room joins a run of Pelican's: what it offers and makes is imported when the run asks for it, and not before."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any


def connect_plugin(signals: Any, room: str, generator: str = "", *, offers: bool = False) -> None:
    """Connect a room to the signals of Pelican, once however often it is asked for.

    ``generator`` names the class of its ``generator.py``; a plugin that ``offers`` has an ``offer`` in its ``incremental.py``,
    which puts into the settings what other rooms find there.
    """
    if offers:
        signals.initialized.connect(_settings_receiver(room))
    if generator:
        signals.get_generators.connect(_generator_receiver(room, generator))


@cache  # signals know a receiver again by its identity, and let go of one that nobody holds
def _settings_receiver(room: str) -> Callable[[Any], None]:
    def offered(pelican: Any) -> None:
        import_module(f"{room}.incremental").offer(pelican.settings)

    return offered


@cache
def _generator_receiver(room: str, name: str) -> Callable[[object], type]:
    def given(_pelican: object) -> type:
        made: type = getattr(import_module(f"{room}.generator"), name)
        return made

    return given
