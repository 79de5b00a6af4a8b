"""Files at well-known addresses that describe the site: security.txt, mirrors.json, humans.txt, web manifests."""

from __future__ import annotations

from jisr.core.build.plugins import connect_plugin

SHOWS_WORDS = True  # the head of a page that is rendered again names the manifest: incremental.py


def register() -> None:
    """Connect the plugin to Pelican's signals."""
    from pelican.plugins import signals

    connect_plugin(signals, __name__, "WellKnownGenerator", offers=True)
