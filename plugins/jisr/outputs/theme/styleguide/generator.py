"""Hands the page to the writer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jisr.core.build.outputs import Page
from jisr.core.diagnostics.problems import ProblemsError
from jisr.core.i18n.catalogs import SOURCE
from jisr.core.i18n.languages import Language, Languages, languages
from jisr.core.model.document import Words
from jisr.core.model.site import Site
from jisr.core.urls import paths
from jisr.outputs.theme.styleguide.design_tokens import colours, spaces, steps
from jisr.outputs.theme.styleguide.examples import Reading, read_examples
from jisr.outputs.theme.styleguide.sample_data.sample_rows import Setting
from jisr.outputs.theme.styleguide.samples import specimen
from jisr.outputs.theme.styleguide.views import Part, StyleguideView

ADDRESS = "styleguide/"


class StyleguideGenerator:
    """Writes ``/styleguide/`` from the examples of the theme."""

    def __init__(self, context: dict[str, Any], settings: dict[str, Any], theme: str, **_: Any) -> None:
        self.context = context
        self.settings = settings
        self.theme = Path(theme)

    def generate_output(self, writer: Any) -> None:
        """Write the page where the theme has examples of a language of the site."""
        site, assets = self.context["site"], self.context["assets"]
        icon = self._url(assets["icon"], site)
        reading = Reading(self.settings["RENDER_BODY"], self.context["run"].shown, icon)
        try:
            examples = read_examples(self.theme / "examples", site.languages, reading)
        except ProblemsError as error:
            self.context["problems"].add(*error.problems)
            return
        if not examples or "styleguide" not in assets["sheets"]:
            return
        setting = Setting(site, self.context["messages"], examples, icon)
        css = (self.theme / "static" / "css" / "tokens.css").read_text("utf-8")
        own = (self.theme / "static" / "css" / "pages" / "styleguide.css").read_text("utf-8")
        tags = {one.language.tag for one in examples}
        view = StyleguideView(
            language=_english(site.languages),
            head=_head(),
            chrome=_chrome(site, self._url(assets["stylesheet"], site), icon, self._url("", site)),
            stylesheet=self._url(assets["sheets"]["styleguide"], site),
            colours=colours(css),
            steps=steps(css),
            spaces=spaces(own),
            specimens=tuple(specimen(one, setting) for one in examples),
            lacking=tuple(one for one in site.languages if one.tag not in tags),
        )
        writer.write(Page(ADDRESS, "styleguide.html", view))

    def _url(self, address: str, site: Site) -> str:
        return paths.relative(ADDRESS, address, site.policy.from_disk)


def _english(site: Languages) -> Language:
    """Give the language of the page itself, which is for those who work on the code."""
    return site[SOURCE] if SOURCE in site else languages((SOURCE,))[SOURCE]


def _head() -> Part:
    title, description = "Styleguide", "Every component of the theme in every language of the site."
    empty = {"canonical": "", "alternates": (), "feeds": (), "image": "", "image_alt": "", "structured": ""}
    return Part(
        "Head", {"title": title, "description": description, "indexed": False, "og_type": "website", "onion": "", **empty}
    )


def _chrome(site: Site, stylesheet: str, icon: str, home: str) -> Part:
    english = _english(site.languages)
    network: Words = site.network.words(site.network.names, english, site.languages)
    files = {"stylesheet": stylesheet, "icon": icon, "manifest": ""}
    return Part("Chrome", {"home_url": home, "network": network, "languages": (), **files})
