"""A process that holds the site of the last build open, so that a saved text is on the screen at once.

It lives as long as what it was made from but for the texts: after every whole build there is a new one.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from jisr.build import manifest
from jisr.build.options import Options

_PAGES_WRITTEN = "true\n"  # the first of two answers: the pages are written


@dataclass(slots=True)
class PreviewWorker:
    """The process, as the preview sees it."""

    process: subprocess.Popen[str]

    def rebuild(self, changed: Iterable[str], shown: Callable[[], None]) -> str | None:
        """Write what some changed files are shown by, and give what is to be said; None where a whole build is needed.

        ``shown`` is called as soon as their pages are written.
        """
        try:
            assert self.process.stdin is not None and self.process.stdout is not None  # noqa: S101 (both are pipes)
            self.process.stdin.write(json.dumps(sorted(changed)) + "\n")
            self.process.stdin.flush()
            answer = self.process.stdout.readline()
            if answer == _PAGES_WRITTEN:
                shown()
                answer = self.process.stdout.readline()
        except OSError:
            return None
        said: str | None = json.loads(answer) if answer else None
        return said

    def end(self) -> None:
        """Let the process end, and wait for that."""
        with suppress(OSError):
            if self.process.stdin is not None:
                self.process.stdin.close()
        self.process.kill()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()


def start_worker(options: Options) -> PreviewWorker:
    """Start a worker for the site that was just built with these options."""
    command = [sys.executable, "-m", "jisr.cli", "mend", *options.arguments]
    process = subprocess.Popen(  # noqa: S603 (our own)
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, stderr=subprocess.DEVNULL
    )
    return PreviewWorker(process)


def run_worker(options: Options) -> int:
    """Be the worker: for each line of paths say what was done, in a line; end where a whole build is needed."""
    from jisr.build.incremental.update import IncrementalBuilder

    file = manifest.manifest_path(options)
    note = manifest.load_manifest(file)
    if note is None or not note.site_stamp:
        return 0
    mender = IncrementalBuilder(note, file)
    for line in sys.stdin:
        changed = _changed_paths(json.loads(line), note)
        said = (
            None
            if changed is None or not manifest.is_valid(note)
            else mender.rebuild(changed, _announce_pages)
            if changed
            else ""
        )
        print(json.dumps(said), flush=True)
        if said is None:
            break
    return 0


def _announce_pages() -> None:
    print(_PAGES_WRITTEN, end="", flush=True)


def _changed_paths(paths: Iterable[str], note: manifest.BuildManifest) -> list[str] | None:
    """Return the files whose bytes changed; None where one is new or gone. What an editor wrote aside and removed is nothing."""
    found = []
    for path in paths:
        known = note.sources.state(path)
        if known is None and not Path(path).exists():
            continue
        now = manifest.snapshot([path]).single_files.get(path)
        if not known or now is None:
            return None
        if now[2] != known[2]:
            found.append(path)
    return found
