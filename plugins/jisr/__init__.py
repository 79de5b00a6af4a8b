"""Jisr, a multilingual static site generator. ``PELICAN_CLASS = "jisr.Jisr"`` in the settings makes Pelican run it."""

from __future__ import annotations

from typing import Any


def __getattr__(name: str) -> Any:
    """Return the class that runs a build, imported on demand, since ``jisr.core`` must not import Pelican."""
    if name == "Jisr":
        from jisr.build import Jisr

        return Jisr
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
