"""The commands: what ``inv check``, ``inv clean``, ``inv preview`` and ``inv publish`` do, each giving its exit code."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from jisr.build.console.message_languages import of_settings
from jisr.build.console.problem_report import report
from jisr.build.guarded_run import answered, asked_voice
from jisr.build.options import Options
from jisr.build.settings_file import read
from jisr.core.diagnostics.message_formatter import ENGLISH, Voice
from jisr.core.diagnostics.problems import ProblemsError


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
        from jisr.build.output.atomic_swap import refuse_output

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
        more = {"STRICT": True, "PLUGINS": [*dict.fromkeys([*settings["PLUGINS"], "jisr.publishing"])]}
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
        from jisr.build.pelican_run import Jisr

        Jisr(settings).run()
        return 0

    return answered(options, more, work)


def ask(options: Options, answer: Callable[[dict[str, Any]], int]) -> int:
    """Read all texts, drafts among them, and give the exit code of what ``answer`` does with the context that plugins share.

    The context has ``problems``, ``run`` and the settings, and ``site`` unless the settings allow none.
    """

    def work(settings: dict[str, Any]) -> int:
        from jisr.build.pelican_run import Jisr

        jisr = Jisr(settings)
        jisr.memory = jisr._remember()
        return answer(jisr.read())

    return answered(replace(options, output=None), {"DRAFTS": True}, work)
