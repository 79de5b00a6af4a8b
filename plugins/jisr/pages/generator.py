"""The generator that reads all texts, makes the Site, and gives every page."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from jisr.content.catalogs.catalog_loader import CatalogFolder, load_messages
from jisr.content.loader import ContentSource
from jisr.content.settings.settings import configure
from jisr.content.site_builder import build_site
from jisr.core.build.outputs import CopyOutput
from jisr.core.charts.site_map import Ring, parse_coastlines
from jisr.pages.dispatch import build_page
from jisr.pages.layout import create_layout_inputs


class SiteGenerator:
    """Puts ``site`` and ``messages`` into Pelican's context, then hands pages and files of bundles to the writer."""

    splits_work = True  # it asks the writer which of them are its turn

    def __init__(self, context: dict[str, Any], settings: dict[str, Any], **_: Any) -> None:
        self.context = context
        self.settings = settings

    def generate_context(self) -> None:
        """Read everything; problems are collected in ``context["problems"]``."""
        settings, problems, run = self.settings, self.context["problems"], self.context["run"]
        configuration = configure(settings, run.settings_path, problems, run.strict)
        library = ContentSource(
            root=Path(settings["PATH"]),
            display_path=run.content_path,
            languages=configuration.languages,
            kinds=configuration.kinds,
            render=settings["RENDER_BODY"],
            timezone=configuration.timezone,
            now=run.now,
            map_bundles=partial(self.context["over"], languages=configuration.languages),
            drafts=run.drafts,
            clock=None if run.strict else run.clock,
        )
        translations = Path(settings["TRANSLATIONS"])
        folder = CatalogFolder(translations, run.display_path(translations))
        self.context["messages"] = load_messages(folder, configuration.languages, problems, run.strict)
        self.context["site"] = build_site(configuration, library, problems)

    def generate_output(self, writer: Any) -> None:
        """Hand over every page and every published file of a bundle."""
        site, assets = self.context["site"], self.context["assets"]
        land = _read_coastline(Path(self.settings["THEME"]))
        surroundings = create_layout_inputs(assets, self.context["messages"], self.settings, land)
        for address in writer.splitter.claim(sorted(site.routes), writer.progress.step):
            writer.write(build_page(site.routes[address], site, surroundings))
        for file in writer.splitter.claim(site.files):
            writer.write(CopyOutput(file.address, file.source))


def _read_coastline(theme: Path) -> tuple[Ring, ...]:
    """Return the coasts that a theme draws on maps; one without any shows points alone."""
    file = theme / "map" / "land.txt"
    return parse_coastlines(file.read_text("ascii")) if file.is_file() else ()
