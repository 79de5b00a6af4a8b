"""Pelican's settings, read when a command needs them: importing Pelican costs more than reading them."""

from __future__ import annotations

from typing import Any


def read_pelican_settings(path: str, override: dict[str, Any]) -> dict[str, Any]:
    """Give the settings of a file completed by Pelican's defaults, with ``override`` in their place."""
    from pelican.settings import read_settings

    return dict(read_settings(path, override=override))
