"""New sites: a whole one, and one made of a fork of the program's repository."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from datetime import UTC, date, datetime

from jisr.build.console.problem_report import report
from jisr.build.options import Options
from jisr.cli.commands import run_with_site, run_without_site
from jisr.cli.tasks import ask_at_terminal
from jisr.core.build.run_context import build_time
from jisr.core.diagnostics.message_formatter import MessageFormatter
from jisr.editing.model.generated_files import write_model_files
from jisr.editing.sites.fork.fork_conversion import UnforkOptions, convert_fork
from jisr.editing.sites.new_site import NewSiteOptions, ask_missing, create_site

_NO_SETTINGS = ""  # those of a folder that is no site yet are none of ours


def create_new(options: NewSiteOptions, say: str | None) -> int:
    """Write a new site, asking at a terminal for what was not typed. Returns the exit code."""
    if sys.stdin.isatty():
        options = ask_missing(options, ask_at_terminal)
    elif not options.languages:
        options = replace(options, languages="en")
    code = run_without_site(Options(_NO_SETTINGS, say=say), lambda formatter: create_site(options, _today(), formatter))
    return code or _write_model(options.folder, say)


def create_of_fork(folder: str, base: str, write: bool, say: str | None) -> int:
    """Show the site that comes of a fork, and write it where that is wanted. Returns the exit code."""
    options = UnforkOptions(folder, base, write, ask_at_terminal if sys.stdin.isatty() else None)

    def work(formatter: MessageFormatter) -> int:
        return _write_model(folder, say) if convert_fork(options, _today(), report, formatter) else 0

    return run_without_site(Options(_NO_SETTINGS, say=say), work)


def _today() -> date:
    return build_time(os.environ, datetime.now(UTC)).date()


def _write_model(folder: str, say: str | None) -> int:
    return run_with_site(Options(f"{folder}/pelicanconf.py", say=say), write_model_files)
