"""Settings of Pelican that concern templates, passed on to Jinja: those that begin with JINJA_, and folders of overrides."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, FileSystemLoader, PrefixLoader, StrictUndefined

from jisr.build.templates.bytecode_cache import open_bytecode_cache
from jisr.build.templates.component_cache import ThemeEnvironment
from jisr.content.settings.pelican_settings import OWN_OPTIONS
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation

_EXTENSIONS = ("jinja2.ext.i18n", "jinja2.ext.do")


def create_environment(settings: Mapping[str, Any]) -> ThemeEnvironment:
    """Return Jinja for the theme of a site, with what its settings say of Jinja, but without filters and globals yet.

    Raises ProblemsError where the settings cannot be used.
    """
    values = dict(_mapping(settings, "JINJA_ENVIRONMENT"))
    extensions = values.pop("extensions", None) or ()
    options = {name: value for name, value in values.items() if name not in OWN_OPTIONS["JINJA_ENVIRONMENT"]}
    templates = Path(settings["THEME"]) / "templates"
    site_folders = (Path.cwd(), Path(settings.get("SETTINGS_SHOWN") or "").parent, Path(settings["PATH"]).parent, templates)
    # What a filter, a test or an extension of others does at the time of compiling, no key of cached byte code can tell.
    cacheable = not (extensions or settings.get("JINJA_FILTERS") or settings.get("JINJA_TESTS"))
    try:
        return ThemeEnvironment(
            loader=_loader(templates, settings),
            autoescape=True,
            bytecode_cache=open_bytecode_cache(options, site_folders) if cacheable else None,
            extensions=[*_EXTENSIONS, *extensions],
            **{"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True, **options},
        )
    except (TypeError, ValueError, AssertionError, ImportError, AttributeError) as error:
        raise ProblemsError(_setting_error(settings, "JINJA_ENVIRONMENT", f"{type(error).__name__}: {error}")) from None


def extend_environment(environment: ThemeEnvironment, settings: Mapping[str, Any]) -> None:
    """Add the filters, globals and tests of the settings, which take the place of ours of the same name.

    Raises ProblemsError where a setting is not what it must be.
    """
    environment.filters.update(_mapping(settings, "JINJA_FILTERS"))
    environment.globals.update(_mapping(settings, "JINJA_GLOBALS"))
    environment.tests.update(_mapping(settings, "JINJA_TESTS"))


def _loader(templates: Path, settings: Mapping[str, Any]) -> BaseLoader:
    """Return what finds templates: in the folders of the site first, and as ``!theme/page.html`` in the theme alone."""
    overrides = settings.get("THEME_TEMPLATES_OVERRIDES") or ()
    theme = FileSystemLoader(templates)
    if not overrides:
        return theme
    return ChoiceLoader([FileSystemLoader([*overrides, templates]), PrefixLoader({"!theme": theme})])


def _mapping(settings: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = settings.get(name) or {}
    if not isinstance(value, Mapping):
        raise ProblemsError(_setting_error(settings, name, f"{type(value).__name__} is no dict"))
    return value


def _setting_error(settings: Mapping[str, Any], name: str, reason: str) -> Problem:
    place = SourceLocation(str(settings.get("SETTINGS_SHOWN") or "pelicanconf.py"))
    text = "{name} cannot be used: {reason}. Mend it, or take it out."
    return Problem.error(place, "setting", text, name=name, reason=reason.rstrip("."))
