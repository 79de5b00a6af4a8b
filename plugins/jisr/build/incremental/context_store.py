"""The context of a build, stored in ``.cache/`` for a build after the words of a text changed."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from jisr.build.cache.site_store import SiteExtras, SiteStore, write_site_store
from jisr.build.console.message_languages import create_phrase_renderer, formatter_from_settings
from jisr.content.catalogs.catalog_loader import CatalogFolder, load_messages
from jisr.core.build.build_context import BuildContext, Hooks
from jisr.core.build.outputs import Output
from jisr.core.build.plugins import OutputPlugin, find_output
from jisr.core.build.run_context import RunContext
from jisr.core.diagnostics.problems import Problems

if TYPE_CHECKING:  # an incremental build does without Pelican
    from jisr.build.pelican_run import Jisr

_RUN_FIELDS = ("content_path", "settings_path", "strict", "drafts")


def site_store_path(manifest_file: Path) -> Path:
    """Return the file in which the site of a build is stored."""
    return manifest_file.with_suffix(".sqlite")


def store_context(manifest_file: Path, jisr: Jisr) -> str:
    """Store the site and the context of a build, where every plugin declares whether its files show words.

    Returns the stamp of the store; an empty one where nothing is stored.
    """
    try:
        list(_word_plugins(jisr.plugin_names))
    except LookupError:
        return ""
    context = jisr.build_context
    settings = {name: value for name, value in jisr.settings.items() if name.isupper() and _is_plain_value(value)}
    shared = {
        "settings": settings | {"PATH": jisr.path, "THEME": jisr.theme, "OUTPUT_PATH": jisr.output_path},
        "run": {name: getattr(context.run, name) for name in _RUN_FIELDS},
        "working_folder": str(context.run.working_folder),
        "plugins": jisr.plugin_names,
        "assets": context.assets,
        "can_draw_cards": context.hooks.can_draw_cards,
    }
    stamp = secrets.token_hex(8)
    is_stored = write_site_store(site_store_path(manifest_file), stamp, context.site, SiteExtras(jisr.text_files, shared))
    return stamp if is_stored else ""


def restore_context(store: SiteStore) -> tuple[BuildContext, list[Output]]:
    """Return the context of a stored build, and the outputs that show words, whose hooks it has.

    Raises LookupError where a plugin doesn't declare whether its files show words.
    """
    shared, site = store.shared, store.site
    settings: dict[str, Any] = shared["settings"]
    run = RunContext(now=site.now, working_folder=Path(shared["working_folder"]), **shared["run"])
    hooks = Hooks(render_phrase=create_phrase_renderer(), can_draw_cards=shared["can_draw_cards"])
    context = BuildContext(settings, run, formatter=formatter_from_settings(settings), hooks=hooks)
    context.site, context.assets = site, shared["assets"]
    translations = Path(settings["TRANSLATIONS"])
    # The whole build reported the problems of the catalogues.
    context.messages = load_messages(CatalogFolder(translations, str(translations)), site.languages, Problems(), strict=False)
    outputs = [plugin.load()() for plugin in _word_plugins(shared["plugins"])]
    for output in outputs:
        output.offer_hooks(context)
    return context, outputs


def _word_plugins(packages: list[str]) -> Iterator[OutputPlugin]:
    """Return the plugins that show words. Raises LookupError where one declares nothing."""
    for package in packages:
        plugin = find_output(package)
        if plugin.shows_words:
            yield plugin


def _is_plain_value(value: object) -> bool:
    if type(value) is dict:
        return all(_is_plain_value(one) for pair in value.items() for one in pair)
    if type(value) in (list, tuple):
        return all(map(_is_plain_value, cast(list[object], value)))
    return value is None or type(value) in (str, int, float, bool)
