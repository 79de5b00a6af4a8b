"""Generator of the assets, whose addresses pages link."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jisr.core.diagnostics.problems import Problem, SourceLocation
from jisr.outputs.theme.assets.bundle import Assets, bundle


class AssetsGenerator:
    """Puts ``assets`` into Pelican's context."""

    def __init__(self, context: dict[str, Any], settings: dict[str, Any], theme: str, **_: Any) -> None:
        self.context = context
        self.theme = Path(theme)
        self.assets: Assets | None = None

    def generate_context(self) -> None:
        """Bundle the stylesheets; an invalid one, or one that names a missing file, is added to ``problems``."""
        try:
            self.assets = bundle(self.theme)
        except (OSError, ValueError, RuntimeError) as error:
            path = self.context["run"].display_path(self.theme / "static")
            text = "The stylesheet cannot be made: {reason}. Mend it, or undo its last change."
            self.context["problems"].add(Problem.error(SourceLocation(path), "style", text, reason=error))
            return
        self.context["assets"] = {
            "stylesheet": self.assets.stylesheet,
            "icon": self.assets.icon,
            "sheets": self.assets.sheets,
        }

    def generate_output(self, writer: Any) -> None:
        """Write the assets."""
        for file in self.assets.files if self.assets else ():
            writer.write(file)
