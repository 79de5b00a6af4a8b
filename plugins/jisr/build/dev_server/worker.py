"""A process that keeps the site of the last build open, so that a saved text is on the screen at once.

It lives until anything but the words of texts changes: after every whole build there is a new one.
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
from jisr.build.files.snapshot import take_snapshot
from jisr.build.options import Options

_PAGES_WRITTEN = "true\n"  # the first of two answers


@dataclass(slots=True)
class PreviewWorker:
    """The process, as the watcher calls it."""

    process: subprocess.Popen[str]

    def rebuild(self, paths: Iterable[str], pages_written: Callable[[], None]) -> str | None:
        """Write what shows changed files, and return the message of that; None where a whole build is needed.

        ``pages_written`` is called as soon as their pages are written.
        """
        try:
            assert self.process.stdin is not None and self.process.stdout is not None  # noqa: S101 (both are pipes)
            self.process.stdin.write(json.dumps(sorted(paths)) + "\n")
            self.process.stdin.flush()
            answer = self.process.stdout.readline()
            if answer == _PAGES_WRITTEN:
                pages_written()
                answer = self.process.stdout.readline()
        except OSError:
            return None
        message: str | None = json.loads(answer) if answer else None
        return message

    def end(self) -> None:
        """End the process, and wait for that."""
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
    """Run as the worker: for each line of paths write a line with the message; end where a whole build is needed."""
    from jisr.build.incremental.update import IncrementalBuilder

    file = manifest.manifest_path(options)
    last = manifest.load_manifest(file)
    if last is None or not last.site_stamp:
        return 0
    builder = IncrementalBuilder(last, file)
    for line in sys.stdin:
        paths = _changed_paths(json.loads(line), last)
        if paths is None or not manifest.is_valid(last):
            message = None
        else:
            message = builder.rebuild(paths, lambda: print(_PAGES_WRITTEN, end="", flush=True)) if paths else ""
        print(json.dumps(message), flush=True)
        if message is None:
            break
    return 0


def _changed_paths(paths: Iterable[str], last: manifest.BuildManifest) -> list[str] | None:
    """Return the files whose bytes changed; None where one is new or gone. A temporary file of an editor is no change."""
    changed = []
    for path in paths:
        before = last.sources.state(path)
        if before is None and not Path(path).exists():
            continue
        now = take_snapshot([path]).single_files.get(path)
        if not before or now is None:
            return None
        if now[2] != before[2]:
            changed.append(path)
    return changed
