"""The text that a command line names: by its file, by its folder, or as ``<kind>/<id>``."""

from __future__ import annotations

import re
from pathlib import Path

from jisr.core.frozen import dataclass

_INDEX_NAME = re.compile(r"index\.([^.]+)\.md")


@dataclass(frozen=True, slots=True)
class NamedText:
    """A text as it was named: its kind, its id, and the language of the file, or an empty string for all."""

    kind: str
    id: str
    tag: str = ""

    @property
    def file_stem(self) -> str:
        """The beginning of the names of files that are made of it."""
        return self.id.replace("/", "-")


def parse_text_path(path: str, content: Path) -> NamedText:
    """Return the text that a path names; whether there is one is for the caller to see.

    >>> parse_text_path("statements/2012-x/", Path("content"))
    NamedText(kind='statements', id='2012-x', tag='')
    >>> parse_text_path("content/posts/dijla/walk/index.ar.md", Path("content"))
    NamedText(kind='posts', id='dijla/walk', tag='ar')
    """
    steps = _split_path(path, content)
    index = _INDEX_NAME.fullmatch(steps[-1]) if steps else None
    return NamedText((steps[:1] or [""])[0], "/".join(steps[1:-1] if index else steps[1:]), index[1] if index else "")


def _split_path(path: str, root: Path) -> list[str]:
    try:
        return list(Path(path).resolve().relative_to(root.resolve()).parts)
    except (ValueError, OSError):
        return [step for step in path.split("/") if step not in ("", ".")]
