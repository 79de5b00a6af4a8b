"""One run of a command: its moment, how strict it is, and the paths that messages show."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from jisr.core.frozen import dataclass


@dataclass(frozen=True, slots=True)
class RunContext:
    """The options of a run that are no settings of the site.

    ``strict``: incomplete texts and catalogues are an error (``inv check``, ``inv publish``), else a warning. ``drafts``: they
    are built, for a preview. ``check_only``: nothing is written. ``clock``: the time of the machine, where the site is built
    for another moment. ``content_path`` and ``settings_path`` are the paths as the command line has them.
    """

    now: datetime
    working_folder: Path  # to which the paths of messages are relative
    content_path: str
    settings_path: str
    strict: bool = False
    drafts: bool = False
    clock: datetime | None = None
    check_only: bool = False

    def display_path(self, path: Path) -> str:
        """Return a path as messages show it: relative to the working folder where it is inside."""
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
    seconds = environment.get("SOURCE_DATE_EPOCH", "")
    if not seconds:
        return clock
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        raise ValueError(seconds) from None
