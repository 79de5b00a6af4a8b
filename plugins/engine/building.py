"""The cheapest way to what a whole build gives: nothing to do, a few pages to mend, or all of it."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from plugins.engine import standing
from plugins.engine.options import Options


def build(options: Options) -> int:
    """Build the site, unless it stands as it would be built. Gives 0, or 1 where anything is wrong: the output is as it was.

    Neither Pelican nor Babel is imported to find that nothing changed: that costs more than a look at all files.
    """
    file = standing.place(options)
    note, begun = standing.recall(file), time.time_ns()
    changed = standing.changed(note, options) if note is not None else None
    if note is not None and changed is not None:
        said = _mended(note, file, changed) if changed else note.unchanged
        if said is not None:
            if not changed:
                note.settle(begun, file)
            for line in note.warnings:
                print(line, file=sys.stderr)
            print(said)
            return 0
    from plugins.engine import commands

    return commands.build(options)


def profile(options: Options) -> int:
    """Build the whole site in one process, and print where the time went. Gives what ``build`` gives."""
    from plugins.engine.profiling import profiled

    def work() -> int:
        from plugins.engine import commands

        return commands.build(options, PROCESSES=1)

    return profiled(work)


def _mended(note: standing.Note, file: Path, changed: list[str]) -> str | None:
    """Write what changed without a whole build, and give what is to be said; whatever goes wrong, None."""
    from plugins.engine.mending import Mender

    try:
        return Mender(note, file).mend(changed)
    except Exception:
        if os.environ.get("JISR_DEBUG"):
            raise
        return None
