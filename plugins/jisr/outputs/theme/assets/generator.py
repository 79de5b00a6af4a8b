"""The generator of the theme's files, whose addresses pages name."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from jisr.core.build.build_context import BuildContext, LogoAsset, ThemeAssets
from jisr.core.build.outputs import Output, Writer
from jisr.core.diagnostics.problems import Problem, SourceLocation
from jisr.outputs.theme.assets.bundle import Assets, bundle
from jisr.outputs.theme.assets.own_look import OwnLook, logo_address, read_own_look


class AssetsGenerator(Output):
    """Bundles the stylesheets of the theme with what a site has of its own, and writes them with the files that they name."""

    def __init__(self) -> None:
        self.assets: Assets | None = None

    def read(self, context: BuildContext) -> None:
        """Bundle the stylesheets; one that is wrong, or names a file that isn't there, is an error."""
        theme = Path(context.settings["THEME"])
        try:
            look = read_own_look(context, theme)
            self.assets = bundle(theme, look.rules, look.files, look.sheet)
        except (OSError, ValueError, RuntimeError) as error:
            path = context.run.display_path(theme / "static")
            text = "The stylesheet cannot be made: {reason}. Mend it, or undo its last change."
            context.problems.add(Problem.error(SourceLocation(path), "style", text, reason=error))
            return
        context.assets = _describe_assets(self.assets, look)

    def write(self, context: BuildContext, writer: Writer) -> None:
        """Write the theme's files."""
        files = self.assets.files if self.assets else {}
        for address in files:
            writer.write(address, partial(files.__getitem__, address))


def _describe_assets(assets: Assets, look: OwnLook) -> ThemeAssets:
    """Return the addresses of what pages name: those of the theme, and what the site has in their place."""
    default, logo = ThemeAssets(assets.stylesheet, assets.icon, assets.sheets, assets.scripts), look.logo
    values: dict[str, Any] = {"papers": (look.colors.light.get("paper", ""), look.colors.dark.get("paper", ""))}
    if logo is None:
        return replace(default, **values)
    values["logo"] = LogoAsset()
    if "header" in logo.places:
        width = max(1, round(logo.file.width * logo.height / logo.file.height))
        values["logo"] = LogoAsset(logo_address(logo.file), (width, logo.height), logo.with_name)
    if "icon" in logo.places:
        is_drawing = logo.icon.media_type == "image/svg+xml"
        sides = (0, 0) if is_drawing else (logo.icon.width, logo.icon.height)
        values |= {"icon": logo_address(logo.icon), "icon_type": logo.icon.media_type, "icon_sides": sides}
    if "feeds" in logo.places:
        values["feed_icon"] = logo_address(logo.icon)
    return replace(default, **values)
