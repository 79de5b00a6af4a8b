"""What ``inv editor`` does, giving its exit code."""

from __future__ import annotations

from plugins.editing.web.building import build


def main() -> int:
    """Build the program, and print where it is. Gives 0; raises ProblemsError where that fails."""
    print(build())
    return 0
