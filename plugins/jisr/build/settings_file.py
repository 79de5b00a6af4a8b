"""The settings file, completed by Pelican's defaults. Pelican is imported on demand: that costs more than to read the file."""

from __future__ import annotations

import ast
import sys
import traceback
from pathlib import Path
from typing import Any

from jisr.build.options import MESSAGES_SETTING, Options
from jisr.content.settings.defaults import apply_defaults
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation


def read_pelican_settings(path: str, override: dict[str, Any]) -> dict[str, Any]:
    """Return the settings of a file completed by our defaults and Pelican's, with ``override`` in their place.

    Raises ProblemsError where there is no content folder, and whatever the file itself raises.
    """
    from pelican.settings import DEFAULT_CONFIG, read_settings

    try:
        settings = dict(read_settings(path, override=override))
        apply_defaults(settings, DEFAULT_CONFIG, Path(path).resolve().parent)
        return settings
    except ValueError as error:
        if "containing the content" not in str(error):
            raise
        folder = override.get("CONTENT_SHOWN") or "content"
        text = (
            '"{path}" is not a folder. Name the folder of the texts with --content, or let inv new make it with a first text.'
        )
        if Path(folder).exists():
            text = '"{path}" is not a folder. Name the folder of the texts with --content.'
        raise ProblemsError(Problem.error(SourceLocation(folder), "content", text, path=folder)) from None


def make_content_folder(options: Options) -> Path | None:
    """Make the folder of the texts, which the command line or the settings file names, and return it; None where it is there.

    What is wrong with the settings is told by whoever reads them next.
    """
    from pelican.settings import get_settings_from_file

    folder = Path(options.content or "")
    if not options.content:
        sys.path[:0] = map(str, options.import_roots)
        try:
            stated = get_settings_from_file(options.settings).get("PATH") or "content"
        except Exception:  # noqa: BLE001 (settings are Python and may raise anything)
            return None
        folder = Path(options.settings).resolve().parent / stated
    if folder.exists():
        return None
    try:
        folder.mkdir(parents=True)
    except OSError:
        return None
    return folder


def load_settings(options: Options, overrides: dict[str, Any]) -> dict[str, Any]:
    """Return the settings of a file, with those of the command line and ``overrides`` in their place.

    Raises ProblemsError where the file is missing, is not Python, or fails.
    """
    file = Path(options.settings)
    if not file.is_file():
        text = '"{path}" is not a settings file. Name one with --settings, as --settings pelicanconf.py.'
        raise ProblemsError(Problem.error(SourceLocation(options.settings), "setting", text, path=options.settings))
    from_options = {
        "PATH": options.content and str(Path(options.content).absolute()),
        "OUTPUT_PATH": options.output and str(Path(options.output).absolute()),
        "CONTENT_SHOWN": options.content,
        "SETTINGS_SHOWN": options.settings,
    }
    from_options[MESSAGES_SETTING] = options.message_language
    override = {name: value for name, value in from_options.items() if value} | overrides
    if options.siteurl is not None:
        override["SITEURL"] = options.siteurl
    sys.path[:0] = map(str, options.import_roots)
    return _read_settings_file(file, options.settings, override)


def _read_settings_file(file: Path, path: str, override: dict[str, Any]) -> dict[str, Any]:
    try:
        ast.parse(file.read_text("utf-8"))
        return read_pelican_settings(str(file), override)
    except ProblemsError:
        raise
    except SyntaxError as error:
        place = SourceLocation(path, error.lineno or 1, error.offset or 1)
        text = "The settings are not Python: {reason}. Mend this line, or undo its last change."
        raise ProblemsError(Problem.error(place, "setting", text, reason=error.msg)) from None
    except UnicodeDecodeError as error:
        text = "The settings cannot be read: {reason}. Save the file in UTF-8."
        raise ProblemsError(Problem.error(SourceLocation(path), "setting", text, reason=error)) from None
    except Exception as error:  # noqa: BLE001 (settings are Python and may raise anything; an editor sees a message)
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename) == file.absolute()]
        place = SourceLocation(path, (frames[-1].lineno or 1) if frames else 1)
        text = "The settings cannot be read: {reason}. Mend this line, or undo its last change."
        reason = f"{type(error).__name__}: {error}"
        raise ProblemsError(Problem.error(place, "setting", text, reason=reason)) from None
