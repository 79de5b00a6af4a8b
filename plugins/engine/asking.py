"""Commands that ask something of all texts and render no page: ``inv new``, ``inv translate``, ``inv status``."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from plugins.core.problems import ProblemsError
from plugins.core.voices import ENGLISH
from plugins.engine.commands import asked_voice, internal, read
from plugins.engine.options import Options
from plugins.engine.reporting import report
from plugins.engine.voices import of_settings


def ask(options: Options, answer: Callable[[dict[str, Any]], int]) -> int:
    """Read all texts, drafts among them, and give the exit code of what ``answer`` does with the context that rooms share.

    The context has ``problems``, ``run`` and the settings, and ``site`` unless the settings allow none.
    """
    told = ENGLISH
    try:
        told = asked_voice(options)
        settings = read(replace(options, output=None), {"DRAFTS": True})
        told = of_settings(settings)
        from plugins.engine.generator import Jisr

        jisr = Jisr(settings)
        jisr.memory = jisr._remember()
        return answer(jisr.read())
    except ProblemsError as error:
        report(error.problems, told)
        return 1
    except SystemExit as end:
        return int(end.code or 0)
    except Exception as error:
        if os.environ.get("JISR_DEBUG"):
            raise
        report([internal(error)], told)
        return 1
