"""Runs a function with the settings of a site: every error becomes a message and an exit code."""

from __future__ import annotations

import contextlib
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jisr.build.console.message_languages import create_formatter, formatter_from_settings
from jisr.build.console.problem_report import report
from jisr.build.options import MESSAGES_SETTING, Options
from jisr.build.settings_file import load_settings
from jisr.core.diagnostics.error_reasons import CANNOT_WRITE, parse_reason
from jisr.core.diagnostics.message_formatter import ENGLISH, MessageFormatter
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation


def requested_formatter(options: Options) -> MessageFormatter:
    """Return the formatter before the settings are read. Raises ProblemsError where its language has no catalogue."""
    place = SourceLocation("--say" if options.say else MESSAGES_SETTING)
    return create_formatter(options.message_language, place) if options.message_language else ENGLISH


def run_with_settings(options: Options, overrides: dict[str, Any] | None, work: Callable[[dict[str, Any]], int]) -> int:
    """Return the exit code of a function of the settings; any error is reported as a message.

    ``overrides`` replace settings of the file; with None there may be no file.
    """
    formatter = ENGLISH
    try:
        formatter = requested_formatter(options)
        is_missing = overrides is None and not Path(options.settings).is_file()
        settings = {MESSAGES_SETTING: options.message_language} if is_missing else load_settings(options, overrides or {})
        formatter = formatter_from_settings(settings)
        return work(settings)
    except ProblemsError as error:
        report(error.problems, formatter)
        return 1
    except SystemExit as end:
        return int(end.code or 0)
    except BrokenPipeError:
        _drop_output()
        return 1
    except Exception as error:
        if os.environ.get("JISR_DEBUG"):
            raise
        report([_system_problem(error) or internal_problem(error)], formatter)
        return 1


def _drop_output() -> None:
    """Write what is left of the output to nowhere: whoever read it has left, as ``| head`` does, and nothing is wrong."""
    with contextlib.suppress(OSError, ValueError):
        output = sys.stdout.fileno()
        os.dup2(os.open(os.devnull, os.O_WRONLY), output)


def _system_problem(error: Exception) -> Problem | None:
    """Return the problem of a file that the system refuses to open, or of a disk that is full; None for any other error."""
    if isinstance(error, OSError) and error.errno in CANNOT_WRITE:
        path, reason = os.path.relpath(str(error.filename2 or Path.cwd())), parse_reason(error.strerror)
        text = '"{path}" cannot be written: {reason}. Make room there, and run the command again.'
        return Problem.error(SourceLocation(path), "file", text, path=path, reason=reason)
    if not isinstance(error, PermissionError):
        return None
    path = os.path.relpath(str(error.filename or Path.cwd()))
    text = '"{path}" cannot be opened: {reason}. Give whoever runs this command the right to it.'
    return Problem.error(SourceLocation(path), "file", text, path=path, reason=parse_reason(error.strerror))


def internal_problem(error: Exception) -> Problem:
    """Return the problem of an error in our own code or that of a plugin, with its line: no editor can mend it."""
    frames = traceback.extract_tb(error.__traceback__)
    file, line = (frames[-1].filename, frames[-1].lineno or 1) if frames else (__file__, 1)
    path = os.path.relpath(file) if file.startswith(str(Path.cwd())) else file
    text = "{reason}. This is a fault of the program, not of a text: please tell a maintainer (JISR_DEBUG=1 shows more)."
    return Problem.error(SourceLocation(path, line), "internal", text, reason=f"{type(error).__name__}: {error}")
