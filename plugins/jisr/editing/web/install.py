"""``inv editor``: installs the program of the web editor with npm and bundles it, so that the site serves all of it.

``program/package-lock.json`` pins every package with a hash of its content: npm refuses anything else.
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


def run_install_command(settings: str) -> int:
    """Build the program, print its folder, and return 0. Raises ProblemsError where that fails."""
    print(build_program(program_home(settings)))
    return 0


def program_home(settings: str) -> Path:
    """Return the folder of the built programs of a site: ``.editor`` next to its settings file."""
    return Path(settings).resolve().parent / ".editor"


def find_program(home: Path) -> Path | None:
    """Return the folder of the program built from the current sources, or None where there is none."""
    folder = home / _source_digest()
    return folder if folder.is_dir() else None


def _source_digest() -> str:
    """Return a digest of the sources of the program."""
    digest = hashlib.sha256()
    for file in sorted(PROGRAM_SOURCES.iterdir()):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]


def build_program(home: Path) -> Path:
    """Build the program unless it exists, and return its folder. Raises ProblemsError where that fails."""
    if folder := find_program(home):
        return folder
    npm = shutil.which("npm")
    if npm is None:
        text = "The web editor is fetched and built by npm, which is not here. Install Node.js 18 or later, with npm."
        raise ProblemsError(Problem.error(SourceLocation("npm"), "editor", text))
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home) as temporary:
        work = Path(temporary) / "program"
        shutil.copytree(PROGRAM_SOURCES, work)
        for step in _NPM_COMMANDS:
            _run_npm([npm, *step], work)
        for old in home.iterdir():
            if old.name != Path(temporary).name:
                shutil.rmtree(old, ignore_errors=True)
        (work / "built").rename(home / _source_digest())
    return home / _source_digest()


def _run_npm(command: list[str], folder: Path) -> None:
    result = subprocess.run(  # noqa: S603 (fixed arguments)
        command, cwd=folder, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False
    )
    if result.returncode:
        lines = (result.stderr.strip() or result.stdout.strip()).splitlines()
        text = "npm failed: {reason}. Nothing was changed; try again, or ask a maintainer."
        reason = lines[-1] if lines else str(result.returncode)
        raise ProblemsError(Problem.error(SourceLocation("npm"), "editor", text, reason=reason))
