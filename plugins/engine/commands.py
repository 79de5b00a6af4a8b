"""The commands: what ``inv build``, ``inv check`` and ``inv clean`` do, each giving its exit code."""

from __future__ import annotations

import ast
import os
import shutil
import sys
import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from plugins.core.problems import Place, Problem, ProblemsError
from plugins.core.reasons import reason
from plugins.core.voices import ENGLISH, Voice
from plugins.engine import resting, standing
from plugins.engine.options import MESSAGES, ROOT, Options
from plugins.engine.reporting import report
from plugins.engine.voices import of_settings, voice


def asked_voice(options: Options) -> Voice:
    """Give the voice to speak with before the settings are known. Raises ProblemsError where it has no catalogue."""
    return voice(options.messages, Place("--say" if options.say else MESSAGES)) if options.messages else ENGLISH


def build(options: Options, **more: Any) -> int:
    """Build the whole site, with more settings. Gives 0, or 1 where anything is wrong, and then the output is as it was."""

    def work(settings: dict[str, Any]) -> int:
        file = standing.place(options)
        last = standing.recall(file)
        try:
            note = resting.begin(settings, options, last)
        except OSError:
            note = None  # what cannot be read is told by the build
        from plugins.engine.generator import Jisr

        jisr = Jisr(settings)
        jisr.run()
        if note is not None:
            resting.keep(note, file, jisr, last)
        return 0

    return answered(options, {"DRAFTS": options.drafts, **more}, work)


def check(options: Options) -> int:
    """Read and check everything, and write nothing. What is incomplete counts as an error here."""
    return run(options, {"CHECK_ONLY": True, "STRICT": True})


def preview(options: Options, pack: Callable[[Path, Voice], int]) -> int:
    """Build the site, drafts among it, with links that open from a folder; give the exit code of what packs that folder."""

    def work(settings: dict[str, Any]) -> int:
        code = run(options, {"FROM_DISK": True, "DRAFTS": True})
        return code or pack(Path(settings["OUTPUT_PATH"]), of_settings(settings))

    return answered(options, {}, work)


def speaking(options: Options, answer: Callable[[Voice], int]) -> int:
    """Give the exit code of ``answer``, which needs nothing of a site but the language to speak; there may be no settings."""
    return answered(options, None, lambda settings: answer(of_settings(settings)))


def clean(options: Options) -> int:
    """Remove the output folder and the cache. Gives 0 also where there is none."""
    told = ENGLISH
    try:
        told = asked_voice(options)
        settings = read(options, {})
        told = of_settings(settings)
        from plugins.engine.switching import refuse_output

        output = Path(settings["OUTPUT_PATH"])
        refuse_output(output, settings)
    except ProblemsError as error:
        report(error.problems, told)
        return 1
    for folder in (output, Path(options.settings).resolve().parent / ".cache"):
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def publishing(options: Options, answer: Callable[[dict[str, Any], Callable[[str | None], int]], int]) -> int:
    """Give the exit code of ``answer`` for the settings with a ``VOICE``, and for what builds the site as it is published.

    That takes a folder, or None for the output of the settings; it is strict, and checks and seals what it wrote.
    """

    def work(settings: dict[str, Any]) -> int:
        more = {"STRICT": True, "PLUGINS": [*dict.fromkeys([*settings["PLUGINS"], "plugins.publishing"])]}
        told = settings | {"VOICE": of_settings(settings)}
        return answer(told, lambda folder: run(replace(options, output=folder or options.output), more))

    return answered(options, {}, work)


def building(options: Options, answer: Callable[[dict[str, Any], Callable[[str | None], int]], int]) -> int:
    """Give the exit code of ``answer`` for the settings, and for what builds the site into a folder, as ``inv build`` does."""

    def work(settings: dict[str, Any]) -> int:
        return answer(settings, lambda folder: run(replace(options, output=folder or options.output), {}))

    return answered(options, {}, work)


def run(options: Options, more: dict[str, Any]) -> int:
    """Build the whole site with more settings, of which nothing but bodies and pages is kept; give the exit code."""

    def work(settings: dict[str, Any]) -> int:
        from plugins.engine.generator import Jisr

        Jisr(settings).run()
        return 0

    return answered(options, more, work)


def answered(options: Options, more: dict[str, Any] | None, work: Callable[[dict[str, Any]], int]) -> int:
    """Give the exit code of some work with the settings; whatever ends it is told as a message.

    ``more`` are settings beside those of the file; None says that there may be no file.
    """
    told = ENGLISH
    try:
        told = asked_voice(options)
        none = more is None and not Path(options.settings).is_file()
        settings = {MESSAGES: options.messages} if none else read(options, more or {})
        told = of_settings(settings)
        return work(settings)
    except ProblemsError as error:
        report(error.problems, told)
        return 1
    except SystemExit as end:
        return int(end.code or 0)
    except Exception as error:
        if os.environ.get("JISR_DEBUG"):
            raise
        report([_forbidden(error) if isinstance(error, PermissionError) else internal(error)], told)
        return 1


def _forbidden(error: PermissionError) -> Problem:
    """Say which file the machine refuses to open."""
    path = os.path.relpath(str(error.filename or ROOT))
    text = '"{path}" cannot be opened: {reason}. Give whoever runs this command the right to it.'
    return Problem.error(Place(path), "file", text, path=path, reason=reason(error.strerror))


def internal(error: Exception) -> Problem:
    """Say where our own code, or that of a plugin, failed: this is no fault of an editor's."""
    frames = traceback.extract_tb(error.__traceback__)
    file, line = (frames[-1].filename, frames[-1].lineno or 1) if frames else (__file__, 1)
    shown = os.path.relpath(file, ROOT) if file.startswith(str(ROOT)) else file
    text = "{reason}. This is a fault of the program, not of a text: please tell a maintainer (JISR_DEBUG=1 shows more)."
    return Problem.error(Place(shown, line), "internal", text, reason=f"{type(error).__name__}: {error}")


def read(options: Options, more: dict[str, Any]) -> dict[str, Any]:
    """Give the settings of a file, with what the command line states in their place.

    Raises ProblemsError where the file is missing, is not Python, or fails.
    """
    file = Path(options.settings)
    if not file.is_file():
        text = '"{path}" is not a settings file. Name one with --settings, as --settings pelicanconf.py.'
        raise ProblemsError(Problem.error(Place(options.settings), "setting", text, path=options.settings))
    stated = {
        "PATH": options.content and str(Path(options.content).absolute()),
        "OUTPUT_PATH": options.output and str(Path(options.output).absolute()),
        "CONTENT_SHOWN": options.content,
        "SETTINGS_SHOWN": options.settings,
    }
    stated[MESSAGES] = options.messages
    override = {name: value for name, value in stated.items() if value} | more
    if options.siteurl is not None:
        override["SITEURL"] = options.siteurl
    sys.path[:0] = map(str, options.roots)
    return _settings(file, options.settings, override)


def _settings(file: Path, shown: str, override: dict[str, Any]) -> dict[str, Any]:
    try:
        ast.parse(file.read_text("utf-8"))
        from plugins.engine.reader import read_pelican_settings

        return read_pelican_settings(str(file), override)
    except ProblemsError:
        raise
    except SyntaxError as error:
        place = Place(shown, error.lineno or 1, error.offset or 1)
        text = "The settings are not Python: {reason}. Mend this line, or undo its last change."
        raise ProblemsError(Problem.error(place, "setting", text, reason=error.msg)) from None
    except UnicodeDecodeError as error:
        text = "The settings cannot be read: {reason}. Save the file in UTF-8."
        raise ProblemsError(Problem.error(Place(shown), "setting", text, reason=error)) from None
    except Exception as error:  # noqa: BLE001 (settings are Python and may raise anything; an editor sees a message)
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename) == file.absolute()]
        place = Place(shown, (frames[-1].lineno or 1) if frames else 1)
        text = "The settings cannot be read: {reason}. Mend this line, or undo its last change."
        reason = f"{type(error).__name__}: {error}"
        raise ProblemsError(Problem.error(place, "setting", text, reason=reason)) from None
