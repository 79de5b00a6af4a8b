"""Defaults of settings for sites of Jisr, where Pelican's own are those of a blog.

``from jisr.content.settings.defaults import *`` gives them to a settings file that adds to one of them, as to ``PLUGINS``.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jisr.core.build import resources

__all__ = ("PELICAN_CLASS", "PLUGINS", "THEME", "TRANSLATIONS")

OWN_TEMPLATES = "themes/templates"  # beside the settings: they take the place of templates of the same name
PELICAN_CLASS = "jisr.Jisr"  # stated by a site that is also built by the command pelican, which reads no other default
THEME = str(resources.THEME)
TRANSLATIONS = str(resources.TRANSLATIONS)
PLUGINS = [
    "jisr.markdown",
    "jisr.outputs.theme.assets",
    "jisr.outputs.structured_data",
    "jisr.pages",
    "jisr.outputs.social_cards",
    "jisr.outputs.images",
    "jisr.checks",
    "jisr.outputs.feeds",
    "jisr.outputs.calendars",
    "jisr.outputs.text",
    "jisr.outputs.offline",
    "jisr.outputs.sitemap",
    "jisr.outputs.wellknown",
    "jisr.outputs.search",
    "jisr.outputs.opendata.json_schema",
    "jisr.outputs.opendata",
    "jisr.outputs.theme.styleguide",
    "jisr.editing",
]
_DEFAULTS: dict[str, Any] = {
    "PELICAN_CLASS": PELICAN_CLASS,
    "PLUGINS": PLUGINS,
    "THEME": THEME,
    "TRANSLATIONS": TRANSLATIONS,
    "FALLBACKS": {"kmr": ("en", "ar"), "fr": ("en", "ar")},
    "MARKDOWN": {},  # Pelican's default names extensions of Python-Markdown that our own parser has the place of
    "JINJA_ENVIRONMENT": {},
}


def apply_defaults(settings: dict[str, Any], pelican_defaults: Mapping[str, Any], folder: Path) -> None:
    """Complete settings in place: what a site leaves at Pelican's default takes ours, and paths of templates become absolute.

    ``folder`` is that of the settings file, from which a site's paths are meant; its ``translations/`` and
    ``themes/templates/`` are used where they are there.

    >>> settings = {"SITENAME": "جسر", "PLUGINS": None}
    >>> apply_defaults(settings, {"PLUGINS": None}, Path("/site"))
    >>> settings["PLUGINS"] == PLUGINS, settings["SITENAME"]
    (True, 'جسر')
    """
    for name, value in _DEFAULTS.items():
        if settings.get(name) == pelican_defaults.get(name):
            settings[name] = value.copy() if isinstance(value, list | dict) else value
    if own_catalogs(settings, folder).is_dir():
        settings["TRANSLATIONS"] = str(own_catalogs(settings, folder))
    if not settings.get("THEME_TEMPLATES_OVERRIDES") and (folder / OWN_TEMPLATES).is_dir():
        settings["THEME_TEMPLATES_OVERRIDES"] = [OWN_TEMPLATES]
    overrides = settings.get("THEME_TEMPLATES_OVERRIDES") or ()
    if isinstance(overrides, list | tuple):
        settings["THEME_TEMPLATES_OVERRIDES"] = [str(folder / str(path)) for path in overrides]


def own_catalogs(settings: Mapping[str, Any], folder: Path) -> Path:
    """Return the folder of a site's own catalogues, which may be not there: the one that it states, else ``translations/``."""
    stated = settings["TRANSLATIONS"]
    return folder / "translations" if stated == TRANSLATIONS else Path(stated)
