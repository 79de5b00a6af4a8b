"""Commands for editors and translators (new text, translation, status), and the web editor.

As a plugin in PLUGINS it writes the web editor, ``/admin/``. Its commands are not part of a build.
"""

from __future__ import annotations

from jisr.core.build.plugins import OutputPlugin

# It shows titles alone, and a title that changes is a whole build.
OUTPUT = OutputPlugin("jisr.editing.web.generator", "EditorGenerator")


def register() -> None:
    """Connect the output to Pelican."""
    from pelican.plugins import signals

    OUTPUT.connect(signals)
