"""The cheapest build with the result of a whole one: of nothing, of a few pages, or of everything."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

from jisr.build import manifest
from jisr.build.options import Options


def build(options: Options) -> int:
    """Build the site, unless nothing changed. Returns 0, or 1 where anything is wrong: the output is then as it was.

    Neither Pelican nor Babel is imported to find that nothing changed: that costs more than a look at all files.
    """
    file = manifest.manifest_path(options)
    last, started = manifest.load_manifest(file), time.time_ns()
    sources = manifest.find_changed_sources(last, options) if last is not None else None
    if last is not None and sources is not None:
        message = _rebuild_changed(last, file, sources) if sources else last.unchanged_message
        if message is not None:
            if not sources:
                last.mark_verified(started, file)
            for line in last.warnings:
                print(line, file=sys.stderr)
            print(message)
            return 0
    return build_whole(options)


def build_whole(options: Options, **overrides: Any) -> int:
    """Build the whole site, with some settings overridden.

    Returns 0, or 1 where anything is wrong: the output is then as it was.
    """
    from jisr.build.guarded_run import run_with_settings

    def work(settings: dict[str, Any]) -> int:
        file = manifest.manifest_path(options)
        last = manifest.load_manifest(file)
        try:
            current = manifest.start_manifest(settings, options, last)
        except OSError:
            current = None  # the build reports the file that cannot be read
        from jisr.build.pelican_run import Jisr

        jisr = Jisr(settings)
        jisr.run()
        if current is not None:
            manifest.complete_manifest(current, file, jisr, last)
        return 0

    return run_with_settings(options, {"DRAFTS": options.drafts, **overrides}, work)


def _rebuild_changed(last: manifest.BuildManifest, file: Path, sources: list[str]) -> str | None:
    """Write what shows changed sources, and return the message of that; after any error None."""
    from jisr.build.incremental.update import IncrementalBuilder

    try:
        return IncrementalBuilder(last, file).rebuild(sources)
    except Exception:
        if os.environ.get("JISR_DEBUG"):
            raise
        return None
