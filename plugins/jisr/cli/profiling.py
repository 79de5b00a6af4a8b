"""Where the time of a build goes: looked at a thousand times in a second of CPU, and told by stage."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

from jisr.build.options import Options
from jisr.core.build.resources import PACKAGE

SAMPLING_INTERVAL = 0.001  # seconds of CPU between two looks
_PLUGINS_DIR = str(PACKAGE)
_READING_MODULES = frozenset("assembling decoding discovery frontmatter inheritance plainly reading versions".split())
_STAGES = {
    ("engine", "memory"): "fingerprints",
    ("engine", "keeping"): "memory",
    ("engine", "standing"): "memory",
    ("engine", "resting"): "memory",
    ("engine", "switching"): "writing",
    ("engine", "writer"): "writing",
    ("engine", "templates"): "templates",
    ("engine", "compiling"): "templates",
    ("markup", ""): "bodies",
    ("metadata", ""): "JSON-LD",
    ("multilingual", ""): "views",
}
"""What a room, or a file of it, does in a build. A room that isn't here is a stage by its own name."""


def profile_call(work: Callable[[], int]) -> int:
    """Return the exit code of some work, and print where its CPU time went, the longest stage first."""
    seen: Counter[str] = Counter()

    def look(_: int, frame: FrameType | None) -> None:
        seen[find_stage(frame)] += 1

    before = signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, SAMPLING_INTERVAL, SAMPLING_INTERVAL)
    try:
        code = work()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    print("\n".join(format_stages(seen)))
    return code


def format_stages(seen: Counter[str]) -> list[str]:
    """Return a table of stages with their share of the time.

    >>> format_stages(Counter({"views": 10, "bodies": 30}))
    ['bodies        75.0 %', 'views         25.0 %']
    """
    return [f"{name:12}{count / seen.total():>7.1%}".replace("%", " %") for name, count in seen.most_common()]


def find_stage(frame: FrameType | None) -> str:
    """Return the stage that a frame belongs to: that of the innermost one in a template or in a room that is a stage."""
    for file in _frame_files(frame):
        if file.suffix == ".html":
            return "templates"
        if str(file).startswith(_PLUGINS_DIR) and (found := _stage_of_file(file)):
            return found
    return "starting"


def _frame_files(frame: FrameType | None) -> Iterator[Path]:
    while frame is not None:
        yield Path(frame.f_code.co_filename)
        frame = frame.f_back


def _stage_of_file(file: Path) -> str:
    """Return the stage of a file of ours; nothing where it works for whoever calls it."""
    room, name = file.parent.name, file.stem
    if room in ("core", "plugins"):
        return ""
    if room == "multilingual" and name in _READING_MODULES:
        return "reading"
    found = _STAGES.get((room, name)) or _STAGES.get((room, ""), room)
    return "" if found == "engine" else found


def profile(options: Options) -> int:
    """Build the whole site in one process, and print where the time went. Returns what ``build`` gives."""
    from jisr.build.build import build_whole

    return profile_call(lambda: build_whole(options, PROCESSES=1))
