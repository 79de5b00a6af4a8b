"""The generator of the styleguide."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from jisr.core.build.build_context import BuildContext, ThemeAssets
from jisr.core.build.outputs import Output, Page, Writer
from jisr.core.i18n.catalogs import SOURCE_LANGUAGE
from jisr.core.i18n.languages import Language, Languages, build_languages
from jisr.core.model.document import LocalizedText
from jisr.core.model.site import Site
from jisr.core.urls import paths
from jisr.outputs.theme.styleguide.design_tokens import parse_colours, parse_font_sizes, parse_spaces
from jisr.outputs.theme.styleguide.examples import ExampleContext, list_examples, read_examples
from jisr.outputs.theme.styleguide.sample_data.sample_rows import SampleContext
from jisr.outputs.theme.styleguide.samples import build_language_samples
from jisr.outputs.theme.styleguide.views import SampleView, StyleguideView
from jisr.pages.layout import logo_view

STYLEGUIDE_ADDRESS = "styleguide/"


class StyleguideGenerator(Output):
    """Writes ``/styleguide/`` from the examples of the theme."""

    def write(self, context: BuildContext, writer: Writer) -> None:
        """Write the page where the theme has examples of a language of the site."""
        theme = Path(context.settings["THEME"])
        if "styleguide" in context.assets.sheets and list_examples(theme / "examples", context.site.languages):
            writer.write(STYLEGUIDE_ADDRESS, partial(_build_page, context, theme))


def _build_page(context: BuildContext, theme: Path) -> Page:
    """Return the page. Raises ProblemsError where an example is invalid."""
    site, assets = context.site, context.assets
    icon = _link(assets.icon, site)
    example_context = ExampleContext(context.hooks.render_body, context.run.display_path, icon)
    examples = read_examples(theme / "examples", site.languages, example_context)
    sample_context = SampleContext(site, context.messages, examples, icon)
    css = (theme / "static" / "css" / "tokens.css").read_text("utf-8")
    own = (theme / "static" / "css" / "pages" / "styleguide.css").read_text("utf-8")
    tags = {one.language.tag for one in examples}
    view = StyleguideView(
        language=_page_language(site.languages),
        head=_build_head(),
        chrome=_build_chrome(site, assets, partial(_link, site=site)),
        colours=parse_colours(css),
        steps=parse_font_sizes(css),
        spaces=parse_spaces(own),
        specimens=tuple(build_language_samples(one, sample_context) for one in examples),
        missing_languages=tuple(one for one in site.languages if one.tag not in tags),
    )
    return Page("styleguide.html", view)


def _link(address: str, site: Site) -> str:
    return paths.relative_url(STYLEGUIDE_ADDRESS, address, site.policy.from_disk)


def _page_language(site: Languages) -> Language:
    """Return the language of the page itself, which is for those who work on the code."""
    return site[SOURCE_LANGUAGE] if SOURCE_LANGUAGE in site else build_languages((SOURCE_LANGUAGE,))[SOURCE_LANGUAGE]


def _build_head() -> SampleView:
    title, description = "Styleguide", "Every component of the theme in every language of the site."
    empty = {"canonical": "", "alternates": (), "feeds": (), "image": "", "image_alt": "", "structured": ""}
    own = {"window": "", "twin": "", "keep": "", "indexed": False, "og_type": "website", "onion": "", "runs_script": False}
    return SampleView("PageHead", title=title, description=description, **own, **empty)


def _build_chrome(site: Site, assets: ThemeAssets, link: Callable[[str], str]) -> SampleView:
    english = _page_language(site.languages)
    network: LocalizedText = site.network.text_in(site.network.names, english, site.languages)
    sheets = {"stylesheet": link(assets.stylesheet), "sheets": {name: link(one) for name, one in assets.sheets.items()}}
    looks = {"icon": link(assets.icon), "logo": logo_view(assets.logo, link), "papers": assets.papers}
    return SampleView("PageLayout", home_url=link(""), network=network, languages=(), manifest="", **sheets, **looks)
