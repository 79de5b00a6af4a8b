"""Runs work with a site's settings: whatever ends it becomes a message and an exit code."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jisr.build.console.message_languages import create_formatter, formatter_from_settings
from jisr.build.console.problem_report import report
from jisr.build.options import MESSAGES_SETTING, Options
from jisr.build.settings_file import load_settings
from jisr.core.diagnostics.error_reasons import parse_reason
from jisr.core.diagnostics.message_formatter import ENGLISH, MessageFormatter
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation


def requested_message_language(options: Options) -> MessageFormatter:
    """Return the voice to speak with before the settings are known. Raises ProblemsError where it has no catalogue."""
    return (
        create_formatter(options.message_language, SourceLocation("--say" if options.say else MESSAGES_SETTING))
        if options.message_language
        else ENGLISH
    )


def run_with_settings(options: Options, more: dict[str, Any] | None, work: Callable[[dict[str, Any]], int]) -> int:
    """Return the exit code of some work with the settings; whatever ends it is told as a message.

    ``more`` are settings beside those of the file; None says that there may be no file.
    """
    told = ENGLISH
    try:
        told = requested_message_language(options)
        none = more is None and not Path(options.settings).is_file()
        settings = {MESSAGES_SETTING: options.message_language} if none else load_settings(options, more or {})
        told = formatter_from_settings(settings)
        return work(settings)
    except ProblemsError as error:
        report(error.problems, told)
        return 1
    except SystemExit as end:
        return int(end.code or 0)
    except Exception as error:
        if os.environ.get("JISR_DEBUG"):
            raise
        report([_permission_problem(error) if isinstance(error, PermissionError) else internal_problem(error)], told)
        return 1


def _permission_problem(error: PermissionError) -> Problem:
    """Say which file the machine refuses to open."""
    path = os.path.relpath(str(error.filename or Path.cwd()))
    text = '"{path}" cannot be opened: {reason}. Give whoever runs this command the right to it.'
    return Problem.error(SourceLocation(path), "file", text, path=path, reason=parse_reason(error.strerror))


def internal_problem(error: Exception) -> Problem:
    """Say where our own code, or that of a plugin, failed: this is no fault of an editor's."""
    frames = traceback.extract_tb(error.__traceback__)
    file, line = (frames[-1].filename, frames[-1].lineno or 1) if frames else (__file__, 1)
    shown = os.path.relpath(file) if file.startswith(str(Path.cwd())) else file
    text = "{reason}. This is a fault of the program, not of a text: please tell a maintainer (JISR_DEBUG=1 shows more)."
    return Problem.error(SourceLocation(shown, line), "internal", text, reason=f"{type(error).__name__}: {error}")
