"""The cheapest way to what a whole build gives: nothing to do, a few pages to mend, or all of it."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

from jisr.build import manifest
from jisr.build.options import Options


def build(options: Options) -> int:
    """Build the site, unless it stands as it would be built. Returns 0, or 1 where anything is wrong: the output is as it was.

    Neither Pelican nor Babel is imported to find that nothing changed: that costs more than a look at all files.
    """
    file = manifest.manifest_path(options)
    note, begun = manifest.load_manifest(file), time.time_ns()
    changed = manifest.find_changed_sources(note, options) if note is not None else None
    if note is not None and changed is not None:
        said = _rebuild_changed(note, file, changed) if changed else note.unchanged_message
        if said is not None:
            if not changed:
                note.mark_verified(begun, file)
            for line in note.warnings:
                print(line, file=sys.stderr)
            print(said)
            return 0
    return build_whole(options)


def build_whole(options: Options, **more: Any) -> int:
    """Build the whole site, with more settings. Returns 0, or 1 where anything is wrong, and then the output is as it was."""
    from jisr.build import manifest_writer
    from jisr.build.guarded_run import run_with_settings

    def work(settings: dict[str, Any]) -> int:
        file = manifest.manifest_path(options)
        last = manifest.load_manifest(file)
        try:
            note = manifest_writer.start_manifest(settings, options, last)
        except OSError:
            note = None  # what cannot be read is told by the build
        from jisr.build.pelican_run import Jisr

        jisr = Jisr(settings)
        jisr.run()
        if note is not None:
            manifest_writer.write_manifest(note, file, jisr, last)
        return 0

    return run_with_settings(options, {"DRAFTS": options.drafts, **more}, work)


def _rebuild_changed(note: manifest.BuildManifest, file: Path, changed: list[str]) -> str | None:
    """Write what changed without a whole build, and give what is to be said; whatever goes wrong, None."""
    from jisr.build.incremental.update import IncrementalBuilder

    try:
        return IncrementalBuilder(note, file).rebuild(changed)
    except Exception:
        if os.environ.get("JISR_DEBUG"):
            raise
        return None
