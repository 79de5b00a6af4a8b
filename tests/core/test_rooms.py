"""How a room joins a run of Pelican's."""

from __future__ import annotations

from types import SimpleNamespace

from blinker import Signal

from jisr.core.build.plugins import connect_plugin


def test_a_room_joins_once() -> None:
    """Every run of a process connects all rooms: each still offers and makes its part once."""
    signals = SimpleNamespace(initialized=Signal(), get_generators=Signal())
    for _ in range(2):
        connect_plugin(signals, "jisr.outputs.wellknown", "WellKnownGenerator", offers=True)
    pelican = SimpleNamespace(settings={})
    signals.initialized.send(pelican)

    assert pelican.settings == {"WEB_MANIFEST": True}
    assert [made.__name__ for _, made in signals.get_generators.send(pelican)] == ["WellKnownGenerator"]
