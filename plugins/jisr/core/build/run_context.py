"""One run of a command: its moment, how strict it is, and how it calls files in messages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from jisr.core.frozen import dataclass


@dataclass(frozen=True, slots=True)
class RunContext:
    """What a run knows beside the settings.

    ``strict``: what is incomplete is an error (``inv check``, ``inv publish``), else a warning. ``drafts``: they are built,
    for a preview. ``clock``: what the machine's clock says, for a site that is built as it stood on a day that was stated.
    ``content_path`` and ``settings_path`` are the paths as they were given.
    """

    now: datetime
    working_folder: Path  # the working folder, to which shown paths are relative
    content_path: str
    settings_path: str
    strict: bool = False
    drafts: bool = False
    clock: datetime | None = None

    def display_path(self, path: Path) -> str:
        """Return a path as it is best understood: relative to the working folder where it is inside."""
        try:
            return path.relative_to(self.working_folder).as_posix()
        except ValueError:
            return path.as_posix()


def build_time(environment: Mapping[str, str], clock: datetime) -> datetime:
    """Return the moment of a run: SOURCE_DATE_EPOCH where it is set, else the clock's.

    See https://reproducible-builds.org/specs/source-date-epoch/. Raises ValueError where it isn't a number of seconds.

    >>> build_time({"SOURCE_DATE_EPOCH": "0"}, datetime(2026, 1, 1, tzinfo=UTC)).year
    1970
    """
    stated = environment.get("SOURCE_DATE_EPOCH", "")
    if not stated:
        return clock
    try:
        return datetime.fromtimestamp(int(stated), UTC)
    except (ValueError, OverflowError, OSError):
        raise ValueError(stated) from None
