"""The options of a command line."""

from __future__ import annotations

import os
from pathlib import Path

from jisr.core.frozen import dataclass

MESSAGES_SETTING = "MESSAGES_LANG"  # the setting, and the variable of the environment, that names the language of messages


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a command line; settings apply where one is None."""

    settings: str = "pelicanconf.py"
    content: str | None = None
    output: str | None = None
    siteurl: str | None = None
    drafts: bool = False
    say: str | None = None  # the language of messages

    @property
    def message_language(self) -> str:
        """The language of messages that the command line or the environment names, or an empty string."""
        return self.say or os.environ.get(MESSAGES_SETTING, "")

    @property
    def arguments(self) -> list[str]:
        """These options on the command line of another process."""
        values = {"--content": self.content, "--output": self.output, "--siteurl": self.siteurl, "--say": self.say}
        words = ["--settings", self.settings, *(["--drafts"] if self.drafts else [])]
        return [*words, *(word for name, value in values.items() if value is not None for word in (name, value))]

    @property
    def import_roots(self) -> tuple[Path, Path]:
        """The folders that a settings file imports from."""
        return Path(self.settings).resolve().parent, Path.cwd()

    @property
    def imported_settings(self) -> tuple[Path, ...]:
        """The files that a second site's settings import as ``pelicanconf``."""
        files = (folder / "pelicanconf.py" for folder in self.import_roots)
        return tuple(file for file in files if file != Path(self.settings).resolve())
