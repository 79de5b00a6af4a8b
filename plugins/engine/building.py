"""The cheapest way to what a whole build gives: none where the output stands as it would be built, else a whole build."""

from __future__ import annotations

import sys

from plugins.engine import standing
from plugins.engine.options import Options


def build(options: Options) -> int:
    """Build the site, unless it stands as it would be built. Gives 0, or 1 where anything is wrong: the output is as it was.

    Neither Pelican nor Babel is imported to find that nothing changed: that costs more than a look at all files.
    """
    note = standing.recall(standing.place(options))
    if note is not None and standing.stands(note, options):
        for line in note.warnings:
            print(line, file=sys.stderr)
        print(note.unchanged)
        return 0
    from plugins.engine import commands

    return commands.build(options)
