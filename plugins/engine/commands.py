"""The commands: what ``inv build``, ``inv check`` and ``inv clean`` do, each giving its exit code."""

from __future__ import annotations

import ast
import os
import shutil
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plugins.core.problems import Place, Problem, ProblemsError
from plugins.engine import resting, standing
from plugins.engine.reporting import report

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Options:
    """What a command line states; what it doesn't comes from the settings."""

    settings: str = "pelicanconf.py"
    content: str | None = None
    output: str | None = None
    siteurl: str | None = None
    drafts: bool = False


@dataclass(frozen=True, slots=True)
class Noting:
    """Where a build notes what it was made from, and the note of the last one."""

    file: Path
    last: standing.Note | None


def build(options: Options) -> int:
    """Build the site, unless it stands as it would be built. Gives 0, or 1 where anything is wrong: the output is as it was."""
    file = standing.place(options.settings, (options.content, options.output, options.siteurl, options.drafts))
    note = standing.recall(file)
    if note is not None and standing.stands(note, options.settings, _roots(options)):
        report(resting.warnings(note))
        print(f"Nothing changed: {note.shown}/ stands as it was built")
        return 0
    return _run(options, {"DRAFTS": options.drafts}, Noting(file, note))


def check(options: Options) -> int:
    """Read and check everything, and write nothing. What is incomplete counts as an error here."""
    return _run(options, {"CHECK_ONLY": True, "STRICT": True}, None)


def clean(options: Options) -> int:
    """Remove the output folder and the cache. Gives 0 also where there is none."""
    try:
        settings = read(options, {})
        sources = (Path(settings["PATH"]), Path(settings["THEME"]), Path(options.settings).resolve().parent)
        from plugins.engine.switching import refuse_output

        output = Path(settings["OUTPUT_PATH"])
        refuse_output(output, sources)
    except ProblemsError as error:
        report(error.problems)
        return 1
    for folder in (output, Path(options.settings).resolve().parent / ".cache"):
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def _run(options: Options, more: dict[str, Any], noting: Noting | None) -> int:
    try:
        settings = read(options, more)
        note = noting and standing.note_of(_sources(settings, options), options.settings, _roots(options), noting.last)
        from plugins.engine.generator import Jisr

        jisr = Jisr(settings)
        jisr.run()
        if noting and note:
            resting.keep(note, noting.file, jisr, noting.last)
    except ProblemsError as error:
        report(error.problems)
        return 1
    except SystemExit as end:
        return int(end.code or 0)
    except Exception as error:
        if os.environ.get("JISR_DEBUG"):
            raise
        report([_internal(error)])
        return 1
    return 0


def _roots(options: Options) -> tuple[Path, Path]:
    """Give the folders that a settings file imports from."""
    return Path(options.settings).resolve().parent, ROOT


def _sources(settings: dict[str, Any], options: Options) -> list[str]:
    """Give all that a site is made from: texts, theme, catalogues, code, settings."""
    folders = (settings["PATH"], settings["THEME"], settings.get("TRANSLATIONS") or "", ROOT / "plugins")
    files = {Path(options.settings).resolve(), ROOT / "pelicanconf.py"}
    found = [Path(folder).absolute() for folder in folders if folder]
    return [str(path) for path in (*found, *sorted(files)) if path.exists()]


def _internal(error: Exception) -> Problem:
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
    override = {name: value for name, value in stated.items() if value} | more
    if options.siteurl is not None:
        override["SITEURL"] = options.siteurl
    sys.path[:0] = map(str, _roots(options))
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
