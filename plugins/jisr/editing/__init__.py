"""Commands for those who write and translate: a new text, a translation, and what is missing or stale; and the web editor.

In PLUGINS this room writes the web editor, ``/admin/``. Its commands are no part of a build.
"""

from __future__ import annotations

from jisr.core.build.plugins import connect_plugin

SHOWS_WORDS = False  # its files show titles alone, and one that changes is a whole build


def register() -> None:
    """Connect the room to Pelican."""
    from pelican.plugins import signals

    connect_plugin(signals, f"{__name__}.web", "EditorGenerator")
