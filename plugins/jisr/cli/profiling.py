"""A sampling profiler of a build: a thousand samples in a second of CPU, counted by stage."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import PurePosixPath
from types import FrameType

from jisr.build.options import Options
from jisr.core.build.resources import PACKAGE

SAMPLING_INTERVAL = 0.001  # seconds of CPU between two samples
_STAGES = {
    "build": "",
    "build/cache": "cache",
    "build/files": "writing",
    "build/files/snapshot.py": "cache",
    "build/manifest.py": "cache",
    "build/templates": "templates",
    "cli": "",
    "content": "reading",
    "content/assemble": "site",
    "content/assemble/inheritance.py": "reading",
    "content/assemble/translations.py": "reading",
    "content/site_builder.py": "site",
    "core": "",
    "markdown": "bodies",
    "outputs/structured_data": "JSON-LD",
    "pages": "views",
}
"""The stage of a file or folder of the package; an empty one works for its caller. Other folders are stages by name."""


def profile_call(work: Callable[[], int]) -> int:
    """Run a function and print where its CPU time went, the longest stage first. Returns what it returns, an exit code."""
    samples: Counter[str] = Counter()

    def take_sample(_: int, frame: FrameType | None) -> None:
        samples[find_stage(frame)] += 1

    before = signal.signal(signal.SIGPROF, take_sample)
    signal.setitimer(signal.ITIMER_PROF, SAMPLING_INTERVAL, SAMPLING_INTERVAL)
    try:
        code = work()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    print("\n".join(format_stages(samples)))
    return code


def format_stages(samples: Counter[str]) -> list[str]:
    """Return a table of stages with their share of the time.

    >>> format_stages(Counter({"views": 10, "bodies": 30}))
    ['bodies        75.0 %', 'views         25.0 %']
    """
    return [f"{name:12}{count / samples.total():>7.1%}".replace("%", " %") for name, count in samples.most_common()]


def find_stage(frame: FrameType | None) -> str:
    """Return the stage of a frame: that of the innermost one in a template, or in a file that is a stage."""
    return next(filter(None, map(stage_of_file, _frame_files(frame))), "starting")


def _frame_files(frame: FrameType | None) -> Iterator[str]:
    while frame is not None:
        yield frame.f_code.co_filename
        frame = frame.f_back


@cache
def stage_of_file(file: str) -> str:
    """Return the stage of a file; an empty one where it works for its caller.

    >>> [stage_of_file(f"{PACKAGE}/{path}") for path in ("core/i18n/dates.py", "pages/rows.py", "outputs/feeds/formats/rss.py")]
    ['', 'views', 'feeds']
    """
    if file.endswith(".html"):
        return "templates"
    path = PurePosixPath(file)
    if not path.is_relative_to(PACKAGE):
        return ""
    inside = path.relative_to(PACKAGE)
    for prefix in (inside, *inside.parents):
        if (stage := _STAGES.get(str(prefix))) is not None:
            return stage
    folders = inside.parts[:-1]
    return folders[1] if folders[:1] == ("outputs",) and len(folders) > 1 else "".join(folders[:1])


def profile(options: Options) -> int:
    """Build the whole site in one process, and print where the time went. Returns the exit code of the build."""
    from jisr.build.build import build_site

    return profile_call(lambda: build_site(options, PROCESSES=1))
