"""Programs that carry files elsewhere: rsync, ssh, rclone."""

from __future__ import annotations

import shutil
import subprocess

from jisr.core.diagnostics.problems import Phrase, Problem, ProblemsError, SourceLocation, phrase

TIMEOUT = 3600  # seconds: a first upload over a slow line


def run_program(command: list[str], place: SourceLocation, told: Phrase | str) -> str:
    """Run a program and give what it prints.

    Raises ProblemsError where it is not installed or fails; ``told`` says what that means for what is served.
    """
    program = command[0]
    if shutil.which(program) is None:
        text = '"{program}" is not installed. Install it, or choose another target in PUBLISH.'
        raise ProblemsError(Problem.error(place, "publish", text, program=program))
    try:
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=TIMEOUT, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        text = '"{program}" did not end within {seconds} seconds. {told}'
        raise ProblemsError(Problem.error(place, "publish", text, program=program, seconds=TIMEOUT, told=told)) from None
    if done.returncode:
        text = '"{program}" ended with {status}: {reason}. {told}'
        reason = " ".join(done.stderr.split()[-60:]) or phrase("it says nothing")
        values = {"program": program, "status": done.returncode, "reason": reason, "told": told}
        raise ProblemsError(Problem.error(place, "publish", text, **values))
    return done.stdout
