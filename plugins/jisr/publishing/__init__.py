"""Publishing: checks and seals a built site, and switches it over as a whole.

In PLUGINS this package checks the files of a build before they replace the output; ``inv publish`` puts it there. So does
``inv check``, which looks for addresses that were published and are gone.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jisr.core.build.plugins import FinishedBuild


def _check_and_seal(pelican: FinishedBuild) -> None:
    """Add the problems of the built folder to those of the run; seal it where there is none, unless this only checks."""
    from jisr.publishing.publish import approve, find_lost_addresses

    context = pelican.build_context
    if "jisr.publishing" not in pelican.plugin_names:
        return
    if context.run.check_only:
        context.problems.add(*find_lost_addresses(Path(pelican.output_path), context.settings, context.site))
    elif not context.problems.error_count:
        shown = context.run.display_path(Path(context.settings["OUTPUT_PATH"]))
        context.problems.add(*approve(Path(pelican.output_path), context.settings, shown, context.site))


def register() -> None:
    """Connect the checks to Pelican."""
    from pelican import signals

    signals.finalized.connect(_check_and_seal)
