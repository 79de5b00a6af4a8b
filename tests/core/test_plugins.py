"""Connection of a plugin to a run of Pelican."""

from __future__ import annotations

from types import SimpleNamespace

from blinker import Signal

from jisr.core.build.plugins import connect_plugin


def test_a_plugin_connects_once() -> None:
    """Every run of a process connects all plugins: each still sets its setting and adds its generator once."""
    signals = SimpleNamespace(initialized=Signal(), get_generators=Signal())
    for _ in range(2):
        connect_plugin(signals, "jisr.outputs.wellknown", "WellKnownGenerator", offers=True)
    pelican = SimpleNamespace(settings={})
    signals.initialized.send(pelican)

    assert pelican.settings == {"WEB_MANIFEST": True}
    assert [generator.__name__ for _, generator in signals.get_generators.send(pelican)] == ["WellKnownGenerator"]
