"""What stands between a built site and its readers: it is checked, sealed, and switched over whole.

In PLUGINS this room checks what a build wrote, before that takes the place of the output; ``inv publish`` puts it there.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any


def _check_and_seal(pelican: Any) -> None:
    """Add what is wrong with the built folder to the problems of the run; seal it where nothing is."""
    from jisr.publishing.publish import approve

    if "jisr.publishing" in pelican.plugin_names and not pelican.problems.errors:
        folder, run = Path(pelican.output_path), pelican.run_context
        site = pelican.generators[0].context["site"]
        pelican.problems.add(*approve(folder, pelican.settings, run.display_path(Path(pelican.settings["OUTPUT_PATH"])), site))


def register() -> None:
    """Connect the room to Pelican."""
    from pelican import signals

    signals.finalized.connect(_check_and_seal)
