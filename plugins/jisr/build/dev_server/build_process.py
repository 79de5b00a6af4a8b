"""The process that builds for the preview: it keeps the site in memory, and lives until code or settings change."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable, Collection, Sequence
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from pathlib import Path

from jisr.build.build import Builder
from jisr.build.files.snapshot import FileChanges, find_changes, find_changes_of
from jisr.build.manifest import LastBuild, is_expired, is_of_later_day
from jisr.build.options import Options


@dataclass(frozen=True, slots=True)
class BuildResult:
    """How a build ended: its exit code, the paths that changed in the output (None: all), and what it printed."""

    code: int
    changed: list[str] | None
    output: str
    problems: str


@dataclass(slots=True)
class BuildProcess:
    """The process, as the watcher calls it."""

    process: subprocess.Popen[str]

    def build(
        self, changed: Collection[str], open_pages: Collection[str], on_open_pages: Callable[[list[str]], None]
    ) -> BuildResult | None:
        """Build after files changed; ``on_open_pages`` is called with the paths of open pages once they are written.

        Returns None where the process ended before that.
        """
        assert self.process.stdin is not None and self.process.stdout is not None  # noqa: S101 (both are pipes)
        try:
            self.process.stdin.write(json.dumps([sorted(changed), list(open_pages)]) + "\n")
            self.process.stdin.flush()
            while answer := self.process.stdout.readline():
                values = json.loads(answer)
                if isinstance(values, dict):
                    return BuildResult(**values)
                on_open_pages(values)
        except (OSError, ValueError):
            pass
        return None

    def end(self) -> None:
        """End the process, and wait for that."""
        with suppress(OSError):
            if self.process.stdin is not None:
                self.process.stdin.close()
        self.process.kill()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()


def start_build_process(options: Options) -> BuildProcess:
    """Start a process that builds with these options."""
    command = [sys.executable, "-m", "jisr.cli", "build", "--for-preview", *options.arguments]
    process = subprocess.Popen(  # noqa: S603 (our own)
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, stderr=subprocess.DEVNULL
    )
    return BuildProcess(process)


def run_build_process(options: Options) -> int:
    """Run as the process: for each line of changed files and open pages, build, and write a line with the result."""
    answers = sys.stdout
    builder = Builder(options)

    def tell_open_pages(paths: list[str]) -> None:
        print(json.dumps(paths), file=answers, flush=True)

    builder.on_open_pages = tell_open_pages
    for line in sys.stdin:
        changed, pages = json.loads(line)
        builder.open_pages = tuple(pages)
        output, problems = io.StringIO(), io.StringIO()
        with redirect_stdout(output), redirect_stderr(problems):
            code, paths = build_in_memory(builder, changed)
        values = {"code": code, "changed": paths, "output": output.getvalue(), "problems": problems.getvalue()}
        print(json.dumps(values), file=answers, flush=True)
    return 0


def build_in_memory(builder: Builder, changed: Sequence[str]) -> tuple[int, list[str] | None]:
    """Build after some files changed (any, where none is named). Returns the exit code, and what changed in the output."""
    last = _find_last_build(builder, changed)
    if last is not None and last.is_unchanged:
        return 0, []
    if last is not None and builder.run_for_words(last):
        return 0, _changed_paths(builder)
    code = builder.run(last)
    return code, _changed_paths(builder) if code == 0 else None


def _find_last_build(builder: Builder, changed: Sequence[str]) -> LastBuild | None:
    """Return the last build of this process, whose output nothing else has touched; in the first round that on the disk."""
    if builder.manifest is None or builder.memory is None or not Path(builder.memory.output_folder).is_dir():
        return builder.find_last_build()
    if is_of_later_day(builder.manifest):
        return None
    builder.start()
    known = find_changes_of(builder.manifest.sources, changed) if changed else None
    sources = known if known is not None else find_changes(builder.manifest.sources)
    return LastBuild(builder.manifest, sources, FileChanges(), is_expired(builder.manifest))


def _changed_paths(builder: Builder) -> list[str] | None:
    commit = builder.jisr.commit if builder.jisr else None
    return sorted(commit.paths) if commit and builder.memory else None
