"""A web manifest for each language: what a device shows that keeps the site among its programs."""

from __future__ import annotations

import json

from jisr.core.i18n.languages import Language
from jisr.core.model.site import Site
from jisr.core.urls import paths

PAPER = "#f8f5ee"  # of the theme's tokens, as in the head of each page


def render_web_manifest(site: Site, language: Language, short: str, icon: str) -> bytes:
    """Return the manifest of a language (https://www.w3.org/TR/appmanifest/); its addresses are relative to it.

    It opens the language's home, and holds for the whole site: a reader who changes the language stays in it.
    """
    here = paths.manifest(language.tag)
    home = paths.relative_url(here, paths.home(language.tag), site.policy.from_disk)
    name = site.network.text_in(site.network.names, language, site.languages).text
    said = {
        "name": name,
        "short_name": short or name,
        "description": site.network.text_in(site.network.purposes, language, site.languages).text,
        "lang": language.tag,
        "dir": language.direction,
        "start_url": home,
        "scope": "../",
        "display": "minimal-ui",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [{"src": paths.relative_url(here, icon), "sizes": "any", "type": "image/svg+xml"}],
    }
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()
