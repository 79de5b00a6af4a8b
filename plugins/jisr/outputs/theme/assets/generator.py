"""The generator of the theme's files, whose addresses pages name."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from jisr.content.settings.colors import choose_colors, read_scheme, write_rules
from jisr.content.settings.settings import setting_place
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
            self.assets = bundle(theme, self._color_rules(context, theme))
        except (OSError, ValueError, RuntimeError) as error:
            path = context.run.display_path(theme / "static")
            text = "The stylesheet cannot be made: {reason}. Mend it, or undo its last change."
            context.problems.add(Problem.error(SourceLocation(path), "style", text, reason=error))
            return
        context.assets = ThemeAssets(self.assets.stylesheet, self.assets.icon, self.assets.sheets, self.assets.scripts)

    def _color_rules(self, context: BuildContext, theme: Path) -> str:
        """Return the rules of CSS with the colours that the site states; those that cannot be read are errors."""
        setting = context.settings.get("COLORS")
        if setting is None:
            return ""
        chosen, faults = choose_colors(setting, read_scheme((theme / "static" / "css" / "tokens.css").read_text("utf-8")))
        place = setting_place("COLORS", context.run.settings_path)
        context.problems.add(*(Problem.error(place, "setting", "{reason}", reason=one) for one in faults))
        return write_rules(chosen)

    def write(self, context: BuildContext, writer: Writer) -> None:
        """Write the theme's files."""
        files = self.assets.files if self.assets else {}
        for address in files:
            writer.write(address, partial(files.__getitem__, address))
