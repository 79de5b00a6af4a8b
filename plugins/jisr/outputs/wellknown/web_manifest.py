"""Web manifests, one for each language: what a device shows where the site is installed as an app."""

from __future__ import annotations

import json

from jisr.core.build.build_context import ThemeAssets
from jisr.core.i18n.languages import Language
from jisr.core.model.site import Site
from jisr.core.urls import paths


def render_web_manifest(site: Site, language: Language, short_name: str, assets: ThemeAssets) -> bytes:
    """Return the manifest of a language (https://www.w3.org/TR/appmanifest/); its addresses are relative to it.

    It opens the home page of the language; its scope is the whole site, so that a reader who changes the language stays in it.
    """
    address = paths.manifest(language.tag)
    home = paths.relative_url(address, paths.home(language.tag), site.policy.from_disk)
    name = site.network_name(language)
    sizes = "x".join(map(str, assets.icon_sides)) if all(assets.icon_sides) else "any"
    manifest = {
        "name": name,
        "short_name": short_name or name,
        "description": site.network.text_in(site.network.purposes, language, site.languages).text,
        "lang": language.tag,
        "dir": language.direction,
        "start_url": home,
        "scope": "../",
        "display": "minimal-ui",
        "background_color": assets.papers[0],
        "theme_color": assets.papers[0],
        "icons": [{"src": paths.relative_url(address, assets.icon), "sizes": sizes, "type": assets.icon_type}],
    }
    return (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()
