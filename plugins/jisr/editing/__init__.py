"""Commands for editors and translators (new text, translation, status), and the web editor.

As a plugin in PLUGINS it writes the web editor, ``/admin/``. Its commands are not part of a build.
"""

from __future__ import annotations

from jisr.core.build.plugins import connect_plugin

SHOWS_WORDS = False  # its files show titles alone, and one that changes is a whole build


def register() -> None:
    """Connect the plugin to Pelican."""
    from pelican.plugins import signals

    connect_plugin(signals, f"{__name__}.web", "EditorGenerator")
