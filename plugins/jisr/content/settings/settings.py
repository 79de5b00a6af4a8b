"""The settings file, read once into values, with a problem for each setting that is wrong."""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from jisr.content.settings.channel_settings import read_channels
from jisr.content.settings.menu_settings import read_navigation
from jisr.content.settings.mirror_settings import read_mirrors
from jisr.core.diagnostics.problems import Problem, Problems, ProblemsError, SourceLocation, phrase
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Languages, UnknownLanguageError, build_languages
from jisr.core.model.channels import Channels
from jisr.core.model.mirrors import MirrorSettings
from jisr.core.model.site import BUNDLE_FORMS, Navigation, NetworkSettings, SitePolicy
from jisr.core.schema.kinds import COLLECTION_KINDS, DEFAULT_KINDS, Kinds
from jisr.core.schema.validation_context import suggest_word
from jisr.core.urls.feed_specs import FEED_FORMATS, FEED_GROUPS


@dataclass(frozen=True, slots=True)
class FetchReportFile:
    """The report of the last run of ``inv fetch``, and the place of its name in the settings."""

    file: Path
    place: SourceLocation


@dataclass(frozen=True, slots=True)
class Configuration:
    """The settings that concern texts and pages."""

    url: str
    timezone: ZoneInfo
    languages: Languages
    kinds: Kinds
    network: NetworkSettings
    policy: SitePolicy
    feed_report: FetchReportFile | None
    mirrors: MirrorSettings
    channels: Channels
    navigation: Navigation
    navigation_places: Mapping[str, SourceLocation]  # of its settings
    bundle_folder: Path | None = None  # where publishing laid what readers take away


@dataclass(frozen=True, slots=True)
class _SettingsReader:
    """The settings, and the place of each of them in its file."""

    settings: Mapping[str, Any]
    path: str
    lines: Mapping[str, SourceLocation]
    problems: Problems
    strict: bool

    def place(self, name: str) -> SourceLocation:
        return self.lines.get(name, SourceLocation(self.path))

    def error(self, name: str, text: str, **values: object) -> Problem:
        problem = Problem.error(self.place(name), "setting", text, name=name, **values)
        self.problems.add(problem)
        return problem

    def lack(self, name: str, text: str, **values: object) -> None:
        """Report what is incomplete: an error where the site is checked, else a warning."""
        make = Problem.error if self.strict else Problem.warning
        self.problems.add(make(self.place(name), "setting", text, name=name, **values))


def configure(settings: Mapping[str, Any], path: str, problems: Problems, strict: bool) -> Configuration:
    """Return the configuration of a site; what is wrong goes to ``problems``.

    ``path`` is the settings file as it was named. With ``strict`` a text that a language lacks is an error, else a warning.
    Raises ProblemsError where no site can be made: no usable languages.
    """
    reader = _SettingsReader(settings, path, _assignment_places(path), problems, strict)
    languages, kinds = _read_languages(reader), _read_kinds(reader)
    _check_processes(reader)
    return Configuration(
        url=_read_url(reader),
        timezone=_read_timezone(reader),
        languages=languages,
        kinds=kinds,
        network=_read_network(reader, languages),
        feed_report=_read_report_setting(reader),
        policy=_read_policy(reader, kinds),
        mirrors=read_mirrors(settings, reader.error),
        navigation=read_navigation(settings, languages, kinds, reader.error, reader.lack),
        navigation_places={name: reader.place(name) for name in ("MENU", "FOOTER", "HOME")},
        channels=read_channels(settings, languages, kinds, reader.error),
        bundle_folder=Path(settings["BUNDLE_FOLDER"]) if settings.get("BUNDLE_FOLDER") else None,
    )


def setting_place(name: str, path: str) -> SourceLocation:
    """Return the line of the settings that states a name, or the first."""
    try:
        lines = Path(path).read_text("utf-8").splitlines()
    except (OSError, ValueError):
        lines = []
    statement = re.compile(rf"{name}\s*[:=]")
    return SourceLocation(path, next((number for number, line in enumerate(lines, 1) if statement.match(line)), 1))


def _assignment_places(path: str) -> dict[str, SourceLocation]:
    """Return the place of the assignment of each name in a Python file."""
    try:
        tree = ast.parse(Path(path).read_text("utf-8"))
    except (OSError, SyntaxError, ValueError):
        return {}
    return {
        target.id: SourceLocation(path, node.lineno, node.value.col_offset + 1)
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }


def read_languages(settings: Mapping[str, Any], path: str) -> Languages:
    """Return the languages that settings name. Raises ProblemsError where one of them is none."""
    return _read_languages(_SettingsReader(settings, path, _assignment_places(path), Problems(), strict=True))


def _read_languages(reader: _SettingsReader) -> Languages:
    tags = reader.settings.get("LANGUAGES")
    if not isinstance(tags, tuple | list) or not tags or not all(isinstance(tag, str) for tag in tags):
        text = '"{value}" is not a list of language tags. Write LANGUAGES = ("ar", "ckb").'
        raise ProblemsError(reader.error("LANGUAGES", text, value=tags))
    try:
        return build_languages(tags, reader.settings.get("LANGUAGE_REGISTRY") or {}, _read_fallbacks(reader))
    except UnknownLanguageError as error:
        hint = phrase(' Did you mean "{match}"?', match=error.suggestion) if error.suggestion else ""
        text = (
            '"{tag}" is not a language that is known here.{hint} Mend the tag, or describe the language in LANGUAGE_REGISTRY.'
        )
        raise ProblemsError(reader.error("LANGUAGES", text, tag=error.identifier, hint=hint)) from None
    except (ValueError, TypeError) as error:
        raise ProblemsError(reader.error("LANGUAGES", "{reason}", reason=error.args[0] if error.args else error)) from None


def _read_fallbacks(reader: _SettingsReader) -> dict[str, tuple[str, ...]]:
    """Return for a language those whose versions its readers are offered where it lacks a text, in order."""
    value = reader.settings.get("FALLBACKS") or {}
    if not isinstance(value, Mapping) or not all(_is_list_of_tags(tags) for tags in value.values()):
        text = '"{value}" does not say which languages stand in for which. Write FALLBACKS = {{"kmr": ("en", "ar")}}, or {{}}.'
        reader.error("FALLBACKS", text, value=value)
        return {}
    return {str(tag): tuple(others) for tag, others in value.items()}


def _is_list_of_tags(value: object) -> bool:
    return isinstance(value, tuple | list) and all(isinstance(tag, str) for tag in value)


def _read_url(reader: _SettingsReader) -> str:
    url = str(reader.settings.get("SITEURL") or "").rstrip("/")
    if not is_site_address(url):
        text = '"{value}" is not the address of a site. Write SITEURL (or --siteurl) whole, as https://example.org.'
        reader.error("SITEURL", text, value=reader.settings.get("SITEURL") or "")
        return "http://localhost:8000"
    return url


def is_site_address(url: str) -> bool:
    """Whether an address can be that of a site: whole, without a query.

    >>> is_site_address("https://example.org/شبكة"), is_site_address("example.org")
    (True, False)
    """
    try:
        parts = urlsplit(url)
    except ValueError:  # brackets that hold no IPv6 address
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not parts.query and not parts.fragment


def _read_timezone(reader: _SettingsReader) -> ZoneInfo:
    name = reader.settings.get("TIMEZONE")
    try:
        return ZoneInfo(str(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        reader.error("TIMEZONE", '"{value}" is not a time zone. Write its name, as TIMEZONE = "Asia/Baghdad".', value=name)
        return ZoneInfo("UTC")


def _read_kinds(reader: _SettingsReader) -> Kinds:
    shipped = {kind.name: kind for kind in DEFAULT_KINDS}
    names = reader.settings.get("KINDS") or tuple(shipped)
    for name in names:
        if name not in shipped:
            match = difflib.get_close_matches(str(name), shipped, n=1)
            text = '"{value}" is not a kind of text.{hint} There are: {kinds}.'
            hint = phrase(' Did you mean "{match}"?', match=match[0]) if match else ""
            reader.error("KINDS", text, value=name, hint=hint, kinds=", ".join(shipped))
    return Kinds(tuple(shipped[name] for name in names if name in shipped))


def _read_network(reader: _SettingsReader, languages: Languages) -> NetworkSettings:
    return NetworkSettings(
        names=_texts_by_language("NETWORK_NAMES", reader, languages),
        purposes=_texts_by_language("NETWORK_PURPOSES", reader, languages, may_be_empty=True),
        notes=_texts_by_language("NETWORK_NOTES", reader, languages, may_be_empty=True),
        short_name=str(reader.settings.get("SITENAME") or ""),
    )


def _texts_by_language(name: str, reader: _SettingsReader, languages: Languages, may_be_empty: bool = False) -> dict[str, str]:
    """Return a setting that has a text per language, in their order; one that is stated as empty may be none."""
    value = reader.settings.get(name)
    if not isinstance(value, Mapping) or not all(isinstance(text, str) for text in value.values()):
        example = ", ".join(f'"{language.tag}": "…"' for language in languages)
        reader.error(name, '"{name}" is not a text per language. Write {name} = {{{example}}}.', example=example)
        return {}
    for language in languages:
        if not value.get(language.tag) and not (may_be_empty and language.tag in value):
            reader.lack(name, '"{name}" has no text in "{tag}". Add a line "{tag}": "…" to it.', tag=language.tag)
    return {tag: value[tag] for tag in languages.tags if value.get(tag)}


_POLICY_LIMITS = {
    "page_size": ("PAGE_SIZE", 50, 1, 1000),
    "other_language_limit": ("ELSEWHERE", 10, 0, 10),
    "posts_on_home": ("POSTS_ON_HOME", 3, 0, 20),
    "closing_days": ("CLOSING_DAYS", 3, 0, 60),
    "feed_entries": ("FEED_ENTRIES", 20, 1, 10_000),
}


def _read_policy(reader: _SettingsReader, kinds: Kinds) -> SitePolicy:
    numbers = {}
    for field, (name, default, least, most) in _POLICY_LIMITS.items():
        value = reader.settings.get(name, default)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            text = '"{value}" is not a whole number from {least} to {most}. Write {name} = {default}.'
            reader.error(name, text, value=value, least=least, most=most, default=default)
            value = default
        numbers[field] = value
    return SitePolicy(
        **numbers,
        from_disk=bool(reader.settings.get("FROM_DISK", False)),
        po_files=bool(reader.settings.get("PO_FILES", False)),
        short_addresses=bool(reader.settings.get("SHORT_ADDRESSES", False)),
        side_by_side=_side_by_side_kinds(reader, kinds),
        all_pairs_side_by_side=_all_pairs_side_by_side(reader),
        feed_archives=_feed_archive_formats(reader),
        archived_feeds=_archived_feeds(reader, kinds),
        posts_in_feed=bool(reader.settings.get("POSTS_IN_FEED", False)),
        posts_in_topics=bool(reader.settings.get("POSTS_IN_TOPICS", True)),
        tag_authority=_tag_authority(reader),
        hub=_websub_hub(reader),
        bundles=_bundle_forms(reader),
    )


def _bundle_forms(reader: _SettingsReader) -> tuple[str, ...]:
    """Return the forms in which publishing offers the texts of each language."""
    value = reader.settings.get("BUNDLES", ())
    if isinstance(value, str) or not isinstance(value, tuple | list) or not set(value) <= set(BUNDLE_FORMS):
        text = '"{value}" names no bundles. Write BUNDLES = ("zip", "epub", "zim"), fewer, or () for none.'
        reader.error("BUNDLES", text, value=value)
        return ()
    return tuple(form for form in BUNDLE_FORMS if form in value)


def _side_by_side_kinds(reader: _SettingsReader, kinds: Kinds) -> tuple[str, ...]:
    """Return the kinds whose versions are shown side by side: of those whose texts have pages of their own."""
    value = reader.settings.get("SIDE_BY_SIDE", ())
    kind_names = [kind.name for kind in kinds if kind.name not in COLLECTION_KINDS]
    if isinstance(value, str) or not isinstance(value, tuple | list):
        text = '"{value}" is not a list of kinds. Write SIDE_BY_SIDE = ("statements",), or () for none.'
        reader.error("SIDE_BY_SIDE", text, value=value)
        return ()
    for name in value:
        if name not in kind_names:
            text = '"{value}" is not a kind that can be read side by side. {hint}There are: {kinds}.'
            hint = suggest_word(str(name), kind_names)
            reader.error("SIDE_BY_SIDE", text, value=name, hint=hint, kinds=", ".join(kind_names))
    return tuple(dict.fromkeys(name for name in value if name in kind_names))


def _all_pairs_side_by_side(reader: _SettingsReader) -> bool:
    """Return whether any two versions of a text are shown side by side."""
    value = reader.settings.get("SIDE_BY_SIDE_PAIRS", "translations")
    if value not in ("translations", "all"):
        text = (
            '"{value}" says no pairs. Write SIDE_BY_SIDE_PAIRS = "translations" for a translation and what it was translated '
            'from, or "all" for any two versions of a text.'
        )
        reader.error("SIDE_BY_SIDE_PAIRS", text, value=value)
    return bool(value == "all")


def _feed_archive_formats(reader: _SettingsReader) -> tuple[str, ...]:
    """Return the formats in which feeds have an archive."""
    formats = tuple(feed_format.suffix for feed_format in FEED_FORMATS)
    value = reader.settings.get("FEED_ARCHIVES", SitePolicy().feed_archives)
    if isinstance(value, str) or not isinstance(value, tuple | list) or not set(value) <= set(formats):
        text = '"{value}" names no formats of feeds. Write FEED_ARCHIVES = ("atom", "rss", "json"), fewer, or () for none.'
        reader.error("FEED_ARCHIVES", text, value=value)
        return formats
    return tuple(suffix for suffix in formats if suffix in value)


def _archived_feeds(reader: _SettingsReader, kinds: Kinds) -> tuple[str, ...]:
    """Return the groups of feeds that have an archive."""
    value = reader.settings.get("ARCHIVED_FEEDS")
    if value is None:
        return SitePolicy().archived_feeds
    if isinstance(value, str) or not isinstance(value, tuple | list):
        text = '"{value}" is not a list of feeds. Write ARCHIVED_FEEDS = ("site", "languages", "posts"), or () for none.'
        reader.error("ARCHIVED_FEEDS", text, value=value)
        return ()
    groups = [*FEED_GROUPS, *(kind.name for kind in kinds if kind.dated)]
    for name in value:
        if name not in groups:
            text = '"{value}" names no feeds that can have archives. {hint}There are: {names}.'
            reader.error("ARCHIVED_FEEDS", text, value=name, hint=suggest_word(str(name), groups), names=", ".join(groups))
    return tuple(value)


def _check_processes(reader: _SettingsReader) -> None:
    """Report a number of processes that is none."""
    value = reader.settings.get("PROCESSES", 1)
    if type(value) is not int or value < 1:
        text = '"{value}" is no number of processes. Write PROCESSES = 1, 2 or more, or leave it out: the machine decides then.'
        reader.error("PROCESSES", text, value=value)


def _tag_authority(reader: _SettingsReader) -> str:
    """Return the authority of the tag URIs in feeds, with its date (RFC 4151, 2.1)."""
    value = str(reader.settings.get("TAG_AUTHORITY") or "")
    if re.fullmatch(r"[a-z0-9.-]+,\d{4}(-\d\d(-\d\d)?)?", value):
        return value
    text = (
        '"{value}" cannot stand in the ids of feeds. Write a domain of yours and a year in which you had it, as '
        'TAG_AUTHORITY = "example.org,2009", and never change it.'
    )
    reader.error("TAG_AUTHORITY", text, value=value)
    return "example.org,2009"


def _read_report_setting(reader: _SettingsReader) -> FetchReportFile | None:
    """Return the report of the last run of ``inv fetch``, or None where the settings name none."""
    value = reader.settings.get("FETCH_REPORT") or ""
    if not isinstance(value, str):
        reader.error("FETCH_REPORT", '"{value}" is not a path. Write FETCH_REPORT = ".cache/fetch/report.json".', value=value)
        return None
    place = reader.place("FETCH_REPORT")
    return FetchReportFile(Path(reader.path).resolve().parent / value, place) if value else None


def _websub_hub(reader: _SettingsReader) -> str:
    """Return the hub that notifies subscribers of changes (https://www.w3.org/TR/websub/), or an empty string."""
    value = str(reader.settings.get("WEBSUB_HUB") or "")
    parts = urlsplit(value)
    if value and (parts.scheme not in ("http", "https") or not parts.netloc or re.search(r"\s", value)):
        text = '"{value}" is not the address of a hub. Write WEBSUB_HUB whole, as https://hub.example.org/, or leave it out.'
        reader.error("WEBSUB_HUB", text, value=value)
        return ""
    return value
