"""Publishing: a built site is checked, sealed, and switched over as a whole.

As a plugin it checks the output of a build before this replaces the output folder; ``inv publish`` adds it to PLUGINS.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any


def _check_and_seal(pelican: Any) -> None:
    """Add the problems of the built folder to those of the run; seal it if there is no error."""
    from jisr.publishing.publish import approve

    if "jisr.publishing" in pelican.plugin_names and not pelican.problems.error_count:
        folder, run = Path(pelican.output_path), pelican.run_context
        site = pelican.generators[0].context["site"]
        pelican.problems.add(*approve(folder, pelican.settings, run.display_path(Path(pelican.settings["OUTPUT_PATH"])), site))


def register() -> None:
    """Connect the plugin to Pelican's signals."""
    from pelican import signals

    signals.finalized.connect(_check_and_seal)
