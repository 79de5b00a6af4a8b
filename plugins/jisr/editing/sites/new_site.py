"""``jisr new-site``: a folder with a whole small site, whose first text is there in each of its languages."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from jisr.content.settings.colors import choose_colors, read_scheme
from jisr.content.settings.settings import is_site_address
from jisr.core.build.resources import THEME
from jisr.core.diagnostics.error_reasons import parse_reason
from jisr.core.diagnostics.message_formatter import MessageFormatter
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation, phrase
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import UnknownLanguageError, build_languages, suggest_entry
from jisr.core.schema.kinds import DEFAULT_KINDS
from jisr.core.schema.validation_context import closest_match
from jisr.editing.sites.site_folder import SiteOptions, host_of, own_files, program_files, vendored_wheels, write_files
from jisr.editing.sites.wheels import WheelError, wheel_problem


@dataclass(frozen=True, slots=True)
class NewSiteOptions:
    """The options of the command as they are typed."""

    folder: str
    name: str
    languages: str
    url: str
    kinds: str = ""
    color: str = ""


def create_site(options: NewSiteOptions, today: date, formatter: MessageFormatter) -> int:
    """Write a new site and print where it is. Raises ProblemsError with all that is wrong with the options."""
    name, tags, kinds = " ".join(options.name.split()), _split(options.languages), _split(options.kinds)
    problems = [*_folder_problems(options.folder), *_name_problems(name), *_language_problems(tags, options.languages)]
    problems += [*_url_problems(options.url), *_kind_problems(kinds), *_color_problems(options.color)]
    if problems:
        raise ProblemsError(*problems)
    entries = {tag: entry for tag in tags if (entry := find_missing_entry(tag))}
    site = SiteOptions(name, tags, options.url, kinds, options.color, entries)
    try:
        files = program_files(tags, vendored_wheels()) | own_files(site, today)
    except WheelError as error:
        raise ProblemsError(wheel_problem(options.folder, error)) from None
    _write_folder(options.folder, files)
    text = "{folder} is a site. There, `jisr serve` shows it, and `jisr check` says what is wrong."
    print(formatter.format(phrase(text, folder=f"{options.folder.rstrip('/')}/")))
    return 0


def ask_missing(options: NewSiteOptions, ask: Callable[[str], str]) -> NewSiteOptions:
    """Return the options with the answers to what was not typed."""
    return replace(
        options,
        name=options.name or ask("Name of the network: "),
        languages=options.languages or ask("Languages, the first one first (as ar en): "),
        url=options.url or ask("Address (as https://example.org): "),
    )


def _split(typed: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\s,،]+", typed))


def _folder_problems(folder: str) -> Iterator[Problem]:
    path = Path(folder)
    if path.is_symlink() or (path.exists() and not path.is_dir()):
        text = '"{path}" is not a folder. Name a new one.'
        yield Problem.error(SourceLocation(folder), "folder", text, path=folder)
    elif path.is_dir() and any(path.iterdir()):
        text = '"{path}" is not empty. Name a new folder: what is there stays as it is.'
        yield Problem.error(SourceLocation(folder), "folder", text, path=folder)


def _name_problems(name: str) -> Iterator[Problem]:
    place = SourceLocation("--name")
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        yield Problem.error(place, "encoding", "The name is not text in UTF-8. Type it again.")
    if not name:
        yield Problem.error(place, "name", 'A site has a name. Write it, as --name "Water network".')


def find_missing_entry(tag: str) -> dict[str, str]:
    """Return the description that a site needs of a language of which CLDR knows little; an empty one of any other."""
    try:
        build_languages([tag])
    except (UnknownLanguageError, ValueError):
        return suggest_entry(tag)
    return {}


def _language_problems(tags: Sequence[str], typed: str) -> Iterator[Problem]:
    place, remedy = SourceLocation("--languages"), phrase('Write tags with spaces between them, as --languages "ar en".')
    if not tags:
        text = '"{value}" is not a list of languages. {remedy}'
        yield Problem.error(place, "language", text, value=typed, remedy=remedy)
    for tag in tags:
        try:
            build_languages([tag], {tag: entry} if (entry := find_missing_entry(tag)) else None)
        except (UnknownLanguageError, ValueError) as error:
            yield Problem.error(place, "language", "{reason} {remedy}", reason=error.args[0], remedy=remedy)
    for tag in dict.fromkeys(tag for tag in tags if tags.count(tag) > 1):
        yield Problem.error(place, "language", '"{tag}" is named twice. {remedy}', tag=tag, remedy=remedy)


def _url_problems(url: str) -> Iterator[Problem]:
    if not is_site_address(url) or not host_of(url):
        text = '"{value}" is not the address of a site. Write it whole, as --url https://example.org.'
        yield Problem.error(SourceLocation("--url"), "setting", text, value=url)


def _kind_problems(kinds: Sequence[str]) -> Iterator[Problem]:
    shipped = [kind.name for kind in DEFAULT_KINDS]
    for name in kinds:
        if name not in shipped:
            text = '"{value}" is not a kind of text.{hint} There are: {kinds}.'
            match = closest_match(name, shipped)
            hint = phrase(' Did you mean "{match}"?', match=match) if match else ""
            yield Problem.error(SourceLocation("--kinds"), "setting", text, value=name, hint=hint, kinds=", ".join(shipped))
    if kinds and set(kinds) <= set(shipped) and not any(kind.dated for kind in DEFAULT_KINDS if kind.name in kinds):
        text = "A site has a kind of texts with a date. Name one of them, as --kinds news."
        yield Problem.error(SourceLocation("--kinds"), "setting", text)


def _color_problems(color: str) -> Iterator[Problem]:
    if color:
        scheme = read_scheme((THEME / "static" / "css" / "tokens.css").read_text("utf-8"))
        for reason in choose_colors({"link": color}, scheme)[1]:
            yield Problem.error(SourceLocation("--color"), "setting", "{reason}", reason=reason)


def _write_folder(folder: str, files: Mapping[str, bytes]) -> None:
    """Write the files aside, and put them in place at one stroke. Raises ProblemsError where that cannot be."""
    target = Path(folder).absolute()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as aside:
            site = Path(aside, "site")
            write_files(site, files)
            site.replace(target)
    except OSError as error:
        text = '"{path}" cannot be written: {reason}. Nothing was changed.'
        reason = parse_reason(error.strerror)
        raise ProblemsError(Problem.error(SourceLocation(folder), "file", text, path=folder, reason=reason)) from None
