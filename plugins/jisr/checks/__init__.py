"""The linter for texts: findings for editors, and fixes of those that are certain."""

from __future__ import annotations

from jisr.core.build.plugins import OutputPlugin

OUTPUT = OutputPlugin("jisr.checks.generator", "ChecksGenerator")


def register() -> None:
    """Connect the output to Pelican."""
    from pelican.plugins import signals

    OUTPUT.connect(signals)
