"""Running of external programs: rsync, ssh, rclone."""

from __future__ import annotations

import shutil
import subprocess

from jisr.core.diagnostics.problems import Phrase, Problem, ProblemsError, SourceLocation, phrase

TIMEOUT = 3600  # seconds; enough for a first upload over a slow connection


def run_program(command: list[str], place: SourceLocation, note: Phrase | str) -> str:
    """Run a program and return its output.

    Raises ProblemsError where it is not installed or fails; ``note`` states the consequence for the served site.
    """
    program = command[0]
    if shutil.which(program) is None:
        text = '"{program}" is not installed. Install it, or choose another target in PUBLISH.'
        raise ProblemsError(Problem.error(place, "publish", text, program=program))
    try:
        result = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=TIMEOUT, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        text = '"{program}" did not end within {seconds} seconds. {told}'
        raise ProblemsError(Problem.error(place, "publish", text, program=program, seconds=TIMEOUT, told=note)) from None
    if result.returncode:
        text = '"{program}" ended with {status}: {reason}. {told}'
        reason = " ".join(result.stderr.split()[-60:]) or phrase("it says nothing")
        values = {"program": program, "status": result.returncode, "reason": reason, "told": note}
        raise ProblemsError(Problem.error(place, "publish", text, **values))
    return result.stdout
