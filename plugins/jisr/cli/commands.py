"""The commands: what ``inv check``, ``inv clean``, ``inv preview`` and ``inv publish`` do, each giving its exit code."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from jisr.build.console.message_languages import formatter_from_settings
from jisr.build.console.problem_report import report
from jisr.build.guarded_run import requested_message_language, run_with_settings
from jisr.build.options import Options
from jisr.build.settings_file import load_settings
from jisr.core.diagnostics.message_formatter import ENGLISH, MessageFormatter
from jisr.core.diagnostics.problems import ProblemsError


def check(options: Options) -> int:
    """Read and check everything, and write nothing. What is incomplete counts as an error here."""
    return run_build(options, {"CHECK_ONLY": True, "STRICT": True})


def preview(options: Options, pack: Callable[[Path, MessageFormatter], int]) -> int:
    """Build the site, drafts among it, with links that open from a folder; give the exit code of what packs that folder."""

    def work(settings: dict[str, Any]) -> int:
        code = run_build(options, {"FROM_DISK": True, "DRAFTS": True})
        return code or pack(Path(settings["OUTPUT_PATH"]), formatter_from_settings(settings))

    return run_with_settings(options, {}, work)


def run_without_site(options: Options, answer: Callable[[MessageFormatter], int]) -> int:
    """Return the exit code of ``answer``, which needs nothing of a site but the language to speak; there may be no settings."""
    return run_with_settings(options, None, lambda settings: answer(formatter_from_settings(settings)))


def clean(options: Options) -> int:
    """Remove the output folder and the cache. Returns 0 also where there is none."""
    told = ENGLISH
    try:
        told = requested_message_language(options)
        settings = load_settings(options, {})
        told = formatter_from_settings(settings)
        from jisr.build.files.atomic_swap import validate_output_folder

        output = Path(settings["OUTPUT_PATH"])
        validate_output_folder(output, settings)
    except ProblemsError as error:
        report(error.problems, told)
        return 1
    for folder in (output, Path(options.settings).resolve().parent / ".cache"):
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def run_with_publishing_build(options: Options, answer: Callable[[dict[str, Any], Callable[[str | None], int]], int]) -> int:
    """Return the exit code of ``answer`` for the settings with a ``VOICE``, and for what builds the site as it is published.

    That takes a folder, or None for the output of the settings; it is strict, and checks and seals what it wrote.
    """

    def work(settings: dict[str, Any]) -> int:
        more = {"STRICT": True, "PLUGINS": [*dict.fromkeys([*settings["PLUGINS"], "jisr.publishing"])]}
        told = settings | {"VOICE": formatter_from_settings(settings)}
        return answer(told, lambda folder: run_build(replace(options, output=folder or options.output), more))

    return run_with_settings(options, {}, work)


def run_with_build(options: Options, answer: Callable[[dict[str, Any], Callable[[str | None], int]], int]) -> int:
    """Return the exit code of ``answer`` for the settings, and for what builds the site into a folder, as ``inv build`` does."""

    def work(settings: dict[str, Any]) -> int:
        return answer(settings, lambda folder: run_build(replace(options, output=folder or options.output), {}))

    return run_with_settings(options, {}, work)


def run_build(options: Options, more: dict[str, Any]) -> int:
    """Build the whole site with more settings, of which nothing but bodies and pages is kept; give the exit code."""

    def work(settings: dict[str, Any]) -> int:
        from jisr.build.pelican_run import Jisr

        Jisr(settings).run()
        return 0

    return run_with_settings(options, more, work)


def ask(options: Options, answer: Callable[[dict[str, Any]], int]) -> int:
    """Read all texts, drafts among them, and give the exit code of what ``answer`` does with the context that plugins share.

    The context has ``problems``, ``run_build`` and the settings, and ``site`` unless the settings allow none.
    """

    def work(settings: dict[str, Any]) -> int:
        from jisr.build.pelican_run import Jisr

        jisr = Jisr(settings)
        jisr.render_cache = jisr._load_cache()
        return answer(jisr.read())

    return run_with_settings(replace(options, output=None), {"DRAFTS": True}, work)
