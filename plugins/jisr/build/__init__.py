"""Builds the site, serves a preview, says what is wrong. A build that finds nothing changed never imports Pelican."""

from __future__ import annotations

from typing import Any


def __getattr__(name: str) -> Any:
    """Return the class that runs a build; imported on demand, since importing Pelican costs more than a look at all files."""
    if name == "Jisr":
        from jisr.build.pelican_run import Jisr

        return Jisr
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def register() -> None:
    """Nothing to connect: ``PELICAN_CLASS`` names the class above. Kept so that the room may be named in PLUGINS."""
