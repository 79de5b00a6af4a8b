"""How the package of a plugin declares its output and connects it to Pelican."""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace

import pytest
from blinker import Signal

from jisr.core.build.outputs import Output
from jisr.core.build.plugins import OutputPlugin
from pelicanconf import PLUGINS


def declared(package: str) -> OutputPlugin:
    """Return the declaration of a package."""
    plugin = vars(import_module(package))["OUTPUT"]
    assert isinstance(plugin, OutputPlugin)
    return plugin


@pytest.mark.parametrize("package", PLUGINS)
def test_each_plugin_declares_an_output(package: str) -> None:
    """The class is there, and implements the interface."""
    assert issubclass(declared(package).load(), Output)


def test_an_output_is_connected_once() -> None:
    """Every run of a process connects all plugins: each still has one generator."""
    signals = SimpleNamespace(get_generators=Signal())
    for _ in range(2):
        declared("jisr.outputs.wellknown").connect(signals)

    assert [output.__name__ for _, output in signals.get_generators.send(None)] == ["WellKnownGenerator"]
