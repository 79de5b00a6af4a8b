"""Settings of Pelican: those that are honoured here, and a warning for each other one where a site states it.

Texts are not Pelican's articles and pages, so what Pelican says of those has nothing to act on. https://docs.getpelican.com/en/stable/settings.html
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from jisr.core.diagnostics.problems import Problem, SourceLocation

HONOURED = frozenset(
    """
    BIND JINJA_ENVIRONMENT JINJA_FILTERS JINJA_GLOBALS JINJA_TESTS LOG_FILTER MARKDOWN OUTPUT_PATH PATH PELICAN_CLASS PLUGINS
    PLUGIN_PATHS PORT SITENAME SITEURL THEME THEME_TEMPLATES_OVERRIDES TIMEZONE
    """.split()
)
"""The settings of Pelican that do here what they do there (``BIND`` and ``PORT`` for ``pelican --listen``)."""

UNLISTED = frozenset(
    """
    ARCHIVES_SAVE_AS ARCHIVES_URL ARTICLE_DIR AUTHOR AUTHORS_SAVE_AS AUTHORS_URL AUTHOR_FEED_ATOM_URL AUTHOR_FEED_RSS_URL
    AUTHOR_REGEX_SUBSTITUTIONS AUTHOR_SUBSTITUTIONS CATEGORIES_SAVE_AS CATEGORIES_URL CATEGORY_FEED_ATOM_URL CATEGORY_FEED_RSS
    CATEGORY_FEED_RSS_URL CATEGORY_REGEX_SUBSTITUTIONS CATEGORY_SUBSTITUTIONS DAY_ARCHIVE_URL DEFAULT_DATE DEFAULT_STATUS
    DISQUS_SITENAME EXTRA_TEMPLATES_PATHS FEED_ALL_ATOM_URL FEED_ALL_RSS FEED_ALL_RSS_URL FEED_ATOM FEED_ATOM_URL FEED_DOMAIN
    FEED_RSS FEED_RSS_URL FILES_TO_COPY GITHUB_URL GOOGLE_ANALYTICS INDEX_URL JINJA_EXTENSIONS LESS_GENERATOR LINKS
    LINKS_WIDGET_NAME MD_EXTENSIONS MENUITEMS MONTH_ARCHIVE_URL PAGE_DIR PAGINATED_DIRECT_TEMPLATES SITESUBTITLE
    SLUG_SUBSTITUTIONS SOCIAL SOCIAL_WIDGET_NAME STATIC_EXCLUDE_SOURCES SUMMARY_USE_FIRST_PARAGRAPH TAGS_SAVE_AS TAGS_URL
    TAG_CLOUD_MAX_ITEMS TAG_CLOUD_STEPS TAG_FEED_ATOM TAG_FEED_ATOM_URL TAG_FEED_RSS TAG_FEED_RSS_URL TAG_REGEX_SUBSTITUTIONS
    TAG_SUBSTITUTIONS TRANSLATION_FEED_ATOM_URL TRANSLATION_FEED_RSS TRANSLATION_FEED_RSS_URL TWITTER_USERNAME
    """.split()
)
"""Settings of Pelican and of its own themes that its defaults do not have."""

DERIVED = frozenset(["ARTICLE_EXCLUDES", "CSS_FILE", "FEED_DOMAIN", "PAGE_EXCLUDES"])
"""Settings that Pelican itself sets from others when it has read a file."""

OWN_OPTIONS = {
    "JINJA_ENVIRONMENT": frozenset(["auto_reload", "autoescape", "bytecode_cache", "cache_size", "loader"]),
    "MARKDOWN": frozenset(["output_format", "tab_length"]),
}
"""Parts of honoured settings that are decided here: every page is escaped, in HTML, and its templates are looked up once."""


def setting_problems(settings: Mapping[str, Any], path: str, pelican_defaults: Mapping[str, Any]) -> Iterator[Problem]:
    """Return a warning for each setting of Pelican that does nothing here, and an error for what cannot be honoured.

    ``path`` is the settings file; a file that it imports all names from is looked at, too. What no file assigns by its name
    was stated otherwise, as on the command line of Pelican: the place is then the beginning of the settings file.
    """
    without_effect = (pelican_defaults.keys() | UNLISTED) - HONOURED
    places = dict(_assignments(path))
    read = (without_effect & settings.keys()) - DERIVED
    changed = {name for name in read if settings[name] != pelican_defaults.get(name, ...)}
    for name in sorted(without_effect & (places.keys() | changed)):
        text = '"{name}" is a setting of Pelican that does nothing here. Take it out.'
        yield Problem.warning(places.get(name, SourceLocation(path)), "setting", text, name=name)
    for name, options in OWN_OPTIONS.items():
        value = settings.get(name)
        for option in sorted(options & value.keys()) if isinstance(value, Mapping) else ():
            text = '"{option}" in {name} does nothing here. Take it out.'
            yield Problem.warning(places.get(name, SourceLocation(path)), "setting", text, name=name, option=option)
    if settings.get("MARKDOWN"):
        yield from _extension_errors(settings["MARKDOWN"], places.get("MARKDOWN", SourceLocation(path)))


def _extension_errors(setting: object, place: SourceLocation) -> list[Problem]:
    from jisr.markdown.extensions import usable_extensions

    problems: list[Problem] = []
    usable_extensions(setting, lambda text, **values: problems.append(Problem.error(place, "setting", text, **values)))
    return problems


def _assignments(path: str, importing: tuple[Path, ...] = ()) -> Iterator[tuple[str, SourceLocation]]:
    """Return each name that a settings file assigns, and where; those of a file that it imports in their order.

    It imports from its own folder and from the working folder, as commands let it.
    """
    try:
        tree = ast.parse(Path(path).read_text("utf-8"))
    except (OSError, SyntaxError, ValueError):
        return
    for node in _statements(tree.body):
        if isinstance(node, ast.ImportFrom) and [one.name for one in node.names] == ["*"] and node.module:
            name = f"{node.module.replace('.', '/')}.py"
            imported = next((one for one in (Path(path).parent / name, Path(name)) if one.is_file()), None)
            if imported is not None and imported.resolve() not in (files := (*importing, Path(path).resolve())):
                yield from _assignments(str(imported), files)
        elif isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign) and node.value is not None:
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                if isinstance(target, ast.Name):
                    yield target.id, SourceLocation(path, node.lineno, node.value.col_offset + 1)


def _statements(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """Return the statements of a file, those of its conditions among them; functions and classes assign no setting."""
    for node in body:
        yield node
        if isinstance(node, ast.If | ast.With | ast.Try):
            yield from _statements(child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt))


def brings_code(settings: Mapping[str, Any]) -> bool:
    """Whether settings name code that is not ours and takes part in pages: it may read, change and remember what it likes."""
    environment = settings.get("JINJA_ENVIRONMENT") or {}
    return (
        not all(str(name).startswith("jisr.") for name in settings.get("PLUGINS") or ())
        or any(settings.get(name) for name in ("JINJA_FILTERS", "JINJA_GLOBALS", "JINJA_TESTS"))
        or bool(isinstance(environment, Mapping) and environment.get("extensions"))
        or brings_markdown_code(settings)
    )


def brings_markdown_code(settings: Mapping[str, Any]) -> bool:
    """Whether settings name extensions of Python-Markdown that are not its own: no version tells when they change."""
    setting = settings.get("MARKDOWN")
    if not setting:
        return False
    from jisr.markdown.extensions import is_foreign

    return is_foreign(setting)
