"""The build: manifest, cache, processes, writer, templates, development server. An unchanged site needs no Pelican."""

from __future__ import annotations

from typing import Any


def __getattr__(name: str) -> Any:
    """Return the class that runs a build, imported on demand, since importing Pelican costs more than a look at all files."""
    if name == "Jisr":
        from jisr.build.pelican_run import Jisr

        return Jisr
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def register() -> None:
    """Do nothing, so that PLUGINS may name the package: ``PELICAN_CLASS`` is what connects it."""
