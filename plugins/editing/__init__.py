"""Commands for those who write and translate: a new text, a translation, and what is missing or stale; and the web editor.

In PLUGINS this room writes the web editor, ``/admin/``. Its commands are no part of a build.
"""

from __future__ import annotations

SHOWS_WORDS = False  # its files show titles alone, and one that changes is a whole build


def _generator(_pelican: object) -> object:
    from plugins.editing.web.generator import EditorGenerator

    return EditorGenerator


def register() -> None:
    """Connect the room to Pelican."""
    from pelican.plugins import signals

    signals.get_generators.connect(_generator)
