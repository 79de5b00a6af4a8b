"""``inv editor``: fetches the program of the web editor and bundles it, so that the site serves all of it by itself.

``program/package-lock.json`` pins every package with the hash of what is in it: npm refuses anything else.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path

from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation

PROGRAM_SOURCES = Path(__file__).parent / "program"
_NPM_COMMANDS = (("ci", "--ignore-scripts", "--no-audit", "--no-fund"), ("run", "--silent", "build", "--", "built"))


def home(settings: str) -> Path:
    """Return the folder of built programs of a site: ``.editor`` beside its settings file."""
    return Path(settings).resolve().parent / ".editor"


def find_program(home: Path) -> Path | None:
    """Return the folder of the program as it was built from the sources of today, or None where it was not."""
    folder = home / _source_digest()
    return folder if folder.is_dir() else None


def _source_digest() -> str:
    """Return a name for what the sources say."""
    said = hashlib.sha256()
    for file in sorted(PROGRAM_SOURCES.iterdir()):
        said.update(file.name.encode() + b"\0" + file.read_bytes())
    return said.hexdigest()[:12]


def build_program(home: Path) -> Path:
    """Build the program where it isn't there, and give its folder. Raises ProblemsError where that fails."""
    if standing := find_program(home):
        return standing
    npm = shutil.which("npm")
    if npm is None:
        text = "The web editor is fetched and built by npm, which is not here. Install Node.js 18 or later, with npm."
        raise ProblemsError(Problem.error(SourceLocation("npm"), "editor", text))
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home) as aside:
        work = Path(aside) / "program"
        shutil.copytree(PROGRAM_SOURCES, work)
        for step in _NPM_COMMANDS:
            _run_npm([npm, *step], work)
        for old in home.iterdir():
            if old.name != Path(aside).name:
                shutil.rmtree(old, ignore_errors=True)
        (work / "built").rename(home / _source_digest())
    return home / _source_digest()


def _run_npm(command: list[str], folder: Path) -> None:
    done = subprocess.run(  # noqa: S603 (our own words)
        command, cwd=folder, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False
    )
    if done.returncode:
        lines = (done.stderr.strip() or done.stdout.strip()).splitlines()
        text = "npm failed: {reason}. Nothing was changed; try again, or ask a maintainer."
        raise ProblemsError(
            Problem.error(SourceLocation("npm"), "editor", text, reason=lines[-1] if lines else str(done.returncode))
        )
