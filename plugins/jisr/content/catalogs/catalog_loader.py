"""Catalogues of the interface: read from .po at build time, and checked against the template of all messages."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.support import NullTranslations, Translations

from jisr.core.bidi.confusables import CONFUSABLE_MESSAGE, find_confusables, list_confusable_letters
from jisr.core.bidi.control_characters import find_controls
from jisr.core.build.resources import TRANSLATIONS
from jisr.core.diagnostics.problems import Problem, Problems, SourceLocation, phrase
from jisr.core.frozen import dataclass
from jisr.core.i18n.catalogs import Catalogs, FallbackCatalog
from jisr.core.i18n.languages import Language, Languages

_PO_LINE = re.compile(r'#.*|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)\s*)?"(?:[^"\\]|\\.)*"|\ufeff?')
_PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%[sdif]|\{[a-z_]*\}")


_MISSING = '"{message}" has no translation. {remedy}'
_WRITE_REMEDY = phrase("Write it after msgstr.")
_EXTRACT_REMEDY = phrase('Bring it in with "inv messages", then write it after msgstr.')
_EXTRA = '"{message}" is not used by any page. Take it out with "inv messages".'


@dataclass(frozen=True, slots=True)
class CatalogFolder:
    """The folder of the catalogues, and its name in messages.

    One with a ``messages.pot`` has all there is; one without holds what a site says otherwise than the package, or in more
    languages.
    """

    root: Path
    display_path: str

    @property
    def is_whole(self) -> bool:
        """Whether what it lacks is missing: it is no addition to the catalogues of the package."""
        return (self.root / "messages.pot").is_file() or self.root == TRANSLATIONS

    def catalog_paths(self, language: Language) -> tuple[Path, str]:
        """Return the path of a language's catalogue, to open and to show."""
        below = f"{language.tag}/LC_MESSAGES/messages.po"
        return self.root / below, f"{self.display_path}/{below}"


def load_messages(folder: CatalogFolder, languages: Languages, problems: Problems, strict: bool) -> Catalogs:
    """Return the catalogues of all languages; what is wrong in them goes to ``problems``.

    A missing catalogue or message is an error with ``strict``, else a warning, and readers see the words of the templates. What
    is missing is one warning a language in a build, and in all commands for a language that the package does not ship.
    """
    shipped = CatalogFolder(TRANSLATIONS, TRANSLATIONS.name)
    template = _read_template(folder if folder.is_whole else shipped)
    catalogues: dict[str, NullTranslations] = {}
    wrong: list[Problem] = []
    missing = 0
    for language in languages:
        path = folder.catalog_paths(language)[1]
        untranslated: NullTranslations = FallbackCatalog(language)
        beneath = None
        if not folder.is_whole and _is_shipped(language):
            beneath = _read_catalog(language, shipped, problems, strict)
            untranslated = _compile_catalog(beneath, untranslated) if beneath is not None else untranslated
            if not folder.catalog_paths(language)[0].is_file():
                catalogues[language.tag] = untranslated
                continue
        catalogue = _read_catalog(language, folder, problems, strict)
        if catalogue is None:
            catalogues[language.tag] = untranslated
            missing += len(template) if _is_shipped(language) else 0
            continue
        found = [one for one in _check_catalog(catalogue, template, path, strict) if beneath is None or one.text != _MISSING]
        missing += sum(problem.text == _MISSING for problem in found)
        wrong += found if strict and _is_shipped(language) else _group_missing(found)
        catalogues[language.tag] = _compile_catalog(catalogue, untranslated)
    problems.add(*wrong)
    return Catalogs(catalogues, missing, extra=sum(problem.text == _EXTRA for problem in wrong))


def _group_missing(problems: list[Problem]) -> Iterator[Problem]:
    """Return the problems of a catalogue with one warning for all messages without translation: an own mistake would drown."""
    missing = sorted(problem for problem in problems if problem.text == _MISSING)
    if len(missing) > 1:
        first = missing[0]
        text = '"{message}" and {number} other messages have no translation. {remedy}'
        yield Problem.warning(first.place, "catalogue", text, number=len(missing) - 1, **dict(first.values))
    for problem in problems:
        if problem.text != _MISSING:
            yield problem
        elif len(missing) == 1:
            yield replace(problem, severity="warning")


def _is_shipped(language: Language) -> bool:
    return (TRANSLATIONS / language.tag).is_dir()


def _read_template(folder: CatalogFolder) -> Catalog:
    try:
        return read_po(io.BytesIO((folder.root / "messages.pot").read_bytes()))
    except OSError:
        return Catalog()


def _read_catalog(language: Language, folder: CatalogFolder, problems: Problems, strict: bool) -> Catalog | None:
    path, display_path = folder.catalog_paths(language)
    unreadable = '"{line}" cannot be read as a catalogue. Each entry is msgid "…" and below it msgstr "…".'
    try:
        data = path.read_bytes()
        if broken := _broken_line(data):
            number, line = broken
            problems.add(Problem.error(SourceLocation(display_path, number), "catalogue", unreadable, line=line))
            return None
        return read_po(io.BytesIO(data), language.locale, ignore_obsolete=True, abort_invalid=True)
    except OSError:
        text = 'The catalogue does not exist. Make it with "{command}", then translate each msgid in it.'
        command = "inv messages" if folder.is_whole else f"inv messages {language.tag}"
        make = Problem.error if strict and _is_shipped(language) else Problem.warning
        problems.add(make(SourceLocation(display_path), "catalogue", text, command=command))
    except PoFileError as error:
        place = SourceLocation(display_path, int(getattr(error, "lineno", 0) or 0) + 1)
        problems.add(Problem.error(place, "catalogue", unreadable, line=getattr(error, "line", "") or ""))
    except UnicodeDecodeError as error:
        text = "The byte {byte} is not UTF-8. Save the catalogue again in UTF-8."
        place = SourceLocation(display_path, path.read_bytes().split(error.object)[0].count(b"\n") + 1)
        problems.add(Problem.error(place, "catalogue", text, byte=f"0x{error.object[error.start]:02X}"))
    except ValueError as error:
        text = "The catalogue cannot be read: {reason}. Mend its header, or undo its last change."
        problems.add(Problem.error(SourceLocation(display_path), "catalogue", text, reason=error))
    return None


def _broken_line(data: bytes) -> tuple[int, str] | None:
    """Return number and text of the first line that is none of a catalogue: Babel 2.18 drops a letter at a missing quote."""
    for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
        if not _PO_LINE.fullmatch(line.strip()):
            return number, line
    return None


def _compile_catalog(catalogue: Catalog, untranslated: NullTranslations) -> NullTranslations:
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    buffer.seek(0)
    translations = Translations(buffer)
    translations.add_fallback(untranslated)
    return translations


def _check_catalog(catalogue: Catalog, template: Catalog, path: str, strict: bool) -> Iterator[Problem]:
    make = Problem.error if strict else Problem.warning
    for expected in template:
        translation = catalogue.get(expected.id, expected.context) if expected.id else None
        if expected.id and (translation is None or translation.fuzzy or not _is_complete(translation, catalogue)):
            place = SourceLocation(path, (translation.lineno if translation else None) or 1)
            remedy = _WRITE_REMEDY if translation else _EXTRACT_REMEDY
            yield make(place, "catalogue", _MISSING, message=_singular(expected), remedy=remedy)
    for message in catalogue:
        if message.id:
            yield from _check_placeholders(message, path)
            yield from _check_characters(message, path)
            if template and catalogue and len(template) and template.get(message.id, message.context) is None:
                yield make(SourceLocation(path, message.lineno or 1), "catalogue", _EXTRA, message=_singular(message))


def _check_characters(message: Message, path: str) -> Iterator[Problem]:
    """Return a problem for each control that reorders or hides text, and for each word of two alphabets that look alike."""
    place = SourceLocation(path, message.lineno or 1)
    for string in filter(None, _message_strings(message)):
        for _, character, name in find_controls(string):
            text = 'U+{point:} ({name}) stands in "{string}": it is invisible and changes what is read. Take it out.'
            yield Problem.error(place, "bidi", text, point=f"{ord(character):04X}", name=name, string=string)
        for _, word in find_confusables(string):
            yield Problem.warning(place, "lookalike", CONFUSABLE_MESSAGE, word=word, letters=list_confusable_letters(word))


def _is_complete(message: Message, catalogue: Catalog) -> bool:
    strings = _message_strings(message)
    forms = catalogue.num_plurals if isinstance(message.id, tuple | list) else 1
    return len(strings) >= forms and all(strings[:forms])


def _message_strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def _singular(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _check_placeholders(message: Message, path: str) -> Iterator[Problem]:
    """Return a problem for each gap of a translation that the message doesn't fill, or that it loses."""
    sources = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    placeholders = {gap for source in sources for gap in _PLACEHOLDER.findall(source)}
    place = SourceLocation(path, message.lineno or 1)
    for string in filter(None, _message_strings(message)):
        gaps = set(_PLACEHOLDER.findall(string))
        for gap in sorted(gaps - placeholders):
            text = '"{gap}" in "{string}" is never filled in. Use the gaps of the msgid: {known}.'
            names = ", ".join(sorted(placeholders)) or phrase("it has none")
            yield Problem.error(place, "placeholder", text, gap=gap, string=string, known=names)
        for gap in sorted(placeholders - gaps) if isinstance(message.id, str) else ():
            text = '"{gap}" of the msgid is missing in "{string}". Put it where the sentence needs it.'
            yield Problem.error(place, "placeholder", text, gap=gap, string=string)
