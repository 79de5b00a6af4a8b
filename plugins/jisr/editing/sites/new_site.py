"""``jisr new-site``: a folder with a whole small site, whose first text is there in each of its languages."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

import yaml

from jisr.content.settings.settings import is_site_address
from jisr.core.build.resources import PACKAGE
from jisr.core.diagnostics.error_reasons import parse_reason
from jisr.core.diagnostics.message_formatter import MessageFormatter
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation, phrase
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import UnknownLanguageError, build_languages
from jisr.core.translation.blocks import format_pin, version_blocks
from jisr.editing.source_edits import quote_yaml

_FOLDER = PACKAGE / "editing" / "sites"
_SOURCE_LANGUAGE = "en"
_AUTHORITY = re.compile(r"[a-z0-9.-]+")  # RFC 4151, 2.1

FirstWords = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class NewSiteOptions:
    """The options of the command as they are typed."""

    folder: str
    name: str
    languages: str
    url: str


def create_site(options: NewSiteOptions, today: date, formatter: MessageFormatter) -> int:
    """Write a new site and print where it is. Raises ProblemsError with all that is wrong with the options."""
    name, tags = " ".join(options.name.split()), tuple(re.findall(r"[^\s,]+", options.languages))
    problems = [*_folder_problems(options.folder), *_name_problems(name), *_language_problems(tags, options.languages)]
    problems += _url_problems(options.url)
    if problems:
        raise ProblemsError(*problems)
    _write_folder(options.folder, site_files(name, tags, options.url, today))
    text = "{folder} is a site. There, `jisr serve` shows it, and `jisr check` says what is wrong."
    print(formatter.format(phrase(text, folder=f"{options.folder.rstrip('/')}/")))
    return 0


def site_files(name: str, tags: Sequence[str], url: str, today: date) -> dict[str, str]:
    """Return the files of a new site, by their paths in it."""
    words: FirstWords = yaml.safe_load((_FOLDER / "first_words.yaml").read_text("utf-8"))
    values = {
        "name": quote_yaml(name),  # a double-quoted string of YAML, JSON and Python alike
        "heading": re.sub(r"([\\`*_\[\]<>&#])", r"\\\1", name),
        "tag": tags[0],
        "url": quote_yaml(url.rstrip("/")),
        "authority": quote_yaml(f"{_host(url)},{today.year}"),
        "languages": f"({', '.join(map(quote_yaml, tags))}{',' if len(tags) == 1 else ''})",
        "names": _language_lines(dict.fromkeys(tags, name)),
        "purposes": _language_lines({tag: _words_in(tag, words)["purpose"] for tag in tags}),
        "notes": _language_lines({tag: _words_in(tag, words)["note"] for tag in tags}),
    }
    templates = sorted((_FOLDER / "template").glob("*.txt"))
    files = {file.name.removesuffix(".txt"): Template(file.read_text("utf-8")).substitute(values) for file in templates}
    for tag in tags:
        files[f"content/news/welcome/index.{tag}.md"] = _first_text(tag, tags[0], name, url, today, words)
    return files


def _first_text(tag: str, original: str, name: str, url: str, today: date, words: FirstWords) -> str:
    """Return the first text in a language: an original, or a translation that is pinned to it."""
    title, body = _title_and_body(tag, name, url, words)
    field = f"date: {today.isoformat()}"
    if tag != original:
        source_title, source_body = _title_and_body(original, name, url, words)
        field = f'translation: {{of: {original}, pin: "{format_pin(version_blocks(source_title, "", source_body))}"}}'
    return f"---\ntitle: {quote_yaml(title)}\n{field}\n---\n\n{body}\n"


def _title_and_body(tag: str, name: str, url: str, words: FirstWords) -> tuple[str, str]:
    """Return what the first text says; in a language that the package has no words of, the name and the address."""
    own = words.get(tag)
    return (own["title"], own["body"]) if own else (name, f"<{url}>")


def _words_in(tag: str, words: FirstWords) -> Mapping[str, str]:
    return words.get(tag, words[_SOURCE_LANGUAGE])


def _language_lines(texts: Mapping[str, str]) -> str:
    return "\n".join(f"    {quote_yaml(tag)}: {quote_yaml(text)}," for tag, text in texts.items())


def _host(url: str) -> str:
    """Return the host of an address in ASCII; nothing where it has none that can vouch for the ids of feeds."""
    try:
        host = (urlsplit(url).hostname or "").encode("idna").decode()
    except (ValueError, UnicodeError):
        return ""
    return host if _AUTHORITY.fullmatch(host) else ""


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


def _language_problems(tags: Sequence[str], typed: str) -> Iterator[Problem]:
    place, remedy = SourceLocation("--languages"), phrase('Write tags with spaces between them, as --languages "ar en".')
    if not tags:
        text = '"{value}" is not a list of languages. {remedy}'
        yield Problem.error(place, "language", text, value=typed, remedy=remedy)
    for tag in tags:
        try:
            build_languages([tag])
        except (UnknownLanguageError, ValueError) as error:
            yield Problem.error(place, "language", "{reason} {remedy}", reason=error.args[0], remedy=remedy)
    for tag in dict.fromkeys(tag for tag in tags if tags.count(tag) > 1):
        yield Problem.error(place, "language", '"{tag}" is named twice. {remedy}', tag=tag, remedy=remedy)


def _url_problems(url: str) -> Iterator[Problem]:
    if not is_site_address(url) or not _host(url):
        text = '"{value}" is not the address of a site. Write it whole, as --url https://example.org.'
        yield Problem.error(SourceLocation("--url"), "setting", text, value=url)


def _write_folder(folder: str, files: Mapping[str, str]) -> None:
    """Write the files aside, and put them in place at one stroke. Raises ProblemsError where that cannot be."""
    target = Path(folder).absolute()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as aside:
            site = Path(aside, "site")
            for path, text in files.items():
                (site / path).parent.mkdir(parents=True, exist_ok=True)
                (site / path).write_text(text, "utf-8", newline="\n")
            site.replace(target)
    except OSError as error:
        text = '"{path}" cannot be written: {reason}. Nothing was changed.'
        reason = parse_reason(error.strerror)
        raise ProblemsError(Problem.error(SourceLocation(folder), "file", text, path=folder, reason=reason)) from None
