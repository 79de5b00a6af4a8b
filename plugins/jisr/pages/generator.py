"""The generator that reads all texts, builds the Site, and makes every page."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from jisr.content.attachments.attachment_checks import read_checked
from jisr.content.catalogs.catalog_loader import CatalogFolder, load_messages
from jisr.content.loader import ContentSource
from jisr.content.settings.defaults import own_catalogs
from jisr.content.settings.settings import configure
from jisr.content.site_builder import build_site
from jisr.core.build.build_context import BuildContext
from jisr.core.build.outputs import FileCopy, Output, Writer
from jisr.core.charts.site_map import parse_coastlines
from jisr.core.charts.svg import Waters
from jisr.pages.dispatch import build_page
from jisr.pages.document.qr_code import QrEncoder, draw_code, list_codes
from jisr.pages.layout import create_layout_inputs


class SiteGenerator(Output):
    """Sets ``site`` and ``messages`` of the context, then writes pages, their QR codes and the files of bundles."""

    splits_work = True

    def read(self, context: BuildContext) -> None:
        """Read everything; problems are collected."""
        settings, problems, run = context.settings, context.problems, context.run
        configuration = configure(settings, run.settings_path, problems, run.strict)
        library = ContentSource(
            root=Path(settings["PATH"]),
            display_path=run.content_path,
            languages=configuration.languages,
            kinds=configuration.kinds,
            render=context.hooks.render_body,
            timezone=configuration.timezone,
            now=run.now,
            channels=configuration.channels,
            keeps_markdown=configuration.policy.po_files,
            map_bundles=lambda function, bundles: context.map_texts(function, bundles, configuration.languages),
            keep_site=lambda assemble: context.keep_site(assemble, configuration.languages),
            drafts=run.drafts,
            draw=context.hooks.draw_pictures,
            clock=None if run.strict else run.clock,
        )
        translations = own_catalogs(settings, Path(run.settings_path).absolute().parent)
        folder = CatalogFolder(translations, run.display_path(translations))
        context.messages = load_messages(folder, configuration.languages, problems, run.strict)
        context.site = build_site(configuration, library, problems)

    def write(self, context: BuildContext, writer: Writer) -> None:
        """Write every page and every published file of a bundle."""
        site = context.site
        inputs = create_layout_inputs(context, _read_waters(Path(context.settings["THEME"])))
        for address in writer.claim(sorted(site.routes), are_pages=True):
            writer.write(address, partial(build_page, address, site, inputs))
        encoder = QrEncoder()
        for address, url in writer.claim(tuple(list_codes(site))):
            writer.write(address, partial(draw_code, url, encoder))
        for file in writer.claim(tuple(site.files.values())):
            writer.write(file.address, partial(FileCopy, file.source, read_checked))


def _read_waters(theme: Path) -> Waters:
    """Return the coasts and rivers that a theme draws on maps; one without any shows points alone."""
    coasts, rivers = (theme / "map" / name for name in ("land.txt", "rivers.txt"))
    return Waters(*(parse_coastlines(file.read_text("ascii")) if file.is_file() else () for file in (coasts, rivers)))
