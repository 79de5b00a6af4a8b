"""Git, run in the repository of a site: its settings start no program there, and nobody is asked for anything."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path


def run_git(
    folder: Path, *words: str, given: bytes = b"", inherited: Mapping[str, str] | None = None, seconds: float | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run git in a folder, with what it reads as ``given``, in this environment or the one ``inherited``.

    Raises OSError where there is no git, subprocess.SubprocessError where it takes longer than ``seconds``.
    """
    command = ["git", "-c", "core.fsmonitor=false", "-C", str(folder), *words]
    environment = {**(os.environ if inherited is None else inherited), "LC_ALL": "C"}
    environment |= {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
    return subprocess.run(command, input=given, capture_output=True, timeout=seconds, check=False, env=environment)  # noqa: S603


def ask_git(folder: Path, *words: str, seconds: float | None = None) -> str | None:
    """Return what git says in a folder; None where there is no git, it fails, or it takes too long."""
    try:
        done = run_git(folder, *words, seconds=seconds)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None
