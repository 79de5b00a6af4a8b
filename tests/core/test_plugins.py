"""How the package of a plugin declares its output and connects it to Pelican."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from blinker import Signal

from jisr.core.build.outputs import Output
from jisr.core.build.plugins import find_output
from pelicanconf import PLUGINS


@pytest.mark.parametrize("package", PLUGINS)
def test_each_plugin_declares_an_output(package: str) -> None:
    """The class is there, and implements the interface; what shows words overrides what a build after a change calls."""
    plugin = find_output(package)
    output = plugin.load()
    overridden = {"offer_hooks", "changed_pages", "fragments"} & vars(output).keys()
    assert issubclass(output, Output)
    assert bool(overridden) is plugin.shows_words


def test_a_package_that_declares_nothing_is_refused() -> None:
    """Nobody guesses what the plugin of somebody else shows."""
    with pytest.raises(LookupError, match="json"):
        find_output("json")


def test_an_output_is_connected_once() -> None:
    """Every run of a process connects all plugins: each still has one generator."""
    signals = SimpleNamespace(get_generators=Signal())
    for _ in range(2):
        find_output("jisr.outputs.wellknown").connect(signals)

    assert [output.__name__ for _, output in signals.get_generators.send(None)] == ["WellKnownGenerator"]
