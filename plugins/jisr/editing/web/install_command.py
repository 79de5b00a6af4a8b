"""What ``inv editor`` does, giving its exit code."""

from __future__ import annotations

from jisr.editing.web.install import build_program, home


def main(settings: str) -> int:
    """Build the program, and print where it is. Returns 0; raises ProblemsError where that fails."""
    print(build_program(home(settings)))
    return 0
