"""The generator of the theme's files, whose addresses pages name."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from jisr.core.build.build_context import BuildContext, ThemeAssets
from jisr.core.build.outputs import Output, Writer
from jisr.core.diagnostics.problems import Problem, SourceLocation
from jisr.outputs.theme.assets.bundle import Assets, bundle


class AssetsGenerator(Output):
    """Bundles the stylesheets of the theme, and writes them with the files that they name."""

    def __init__(self) -> None:
        self.assets: Assets | None = None

    def read(self, context: BuildContext) -> None:
        """Bundle the stylesheets; one that is wrong, or names a file that isn't there, is an error."""
        theme = Path(context.settings["THEME"])
        try:
            self.assets = bundle(theme)
        except (OSError, ValueError, RuntimeError) as error:
            path = context.run.display_path(theme / "static")
            text = "The stylesheet cannot be made: {reason}. Mend it, or undo its last change."
            context.problems.add(Problem.error(SourceLocation(path), "style", text, reason=error))
            return
        context.assets = ThemeAssets(self.assets.stylesheet, self.assets.icon, self.assets.sheets, self.assets.scripts)

    def write(self, context: BuildContext, writer: Writer) -> None:
        """Write the theme's files."""
        files = self.assets.files if self.assets else {}
        for address in files:
            writer.write(address, partial(files.__getitem__, address))
