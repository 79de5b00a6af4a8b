"""The languages of messages: those that have a catalogue; that of English has singulars alone."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import cache
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from markupsafe import Markup

from jisr.core.build.resources import TRANSLATIONS
from jisr.core.diagnostics.message_formatter import ENGLISH, MessageFormatter, PhraseRenderer, render_untranslated
from jisr.core.diagnostics.problems import Phrase, Problem, ProblemsError, SourceLocation
from jisr.core.i18n.languages import Language, build_languages
from jisr.core.schema.validation_context import suggest_language_tag


def available_languages() -> tuple[str, ...]:
    """Return the tags of languages that messages can be in."""
    tags = {file.parts[-3] for file in TRANSLATIONS.glob("*/LC_MESSAGES/problems.po")}
    return (ENGLISH.tag, *sorted(tags - {ENGLISH.tag}))


def create_formatter(tag: str, place: SourceLocation) -> MessageFormatter:
    """Return the formatter of messages in a language.

    Raises ProblemsError, for the ``place`` that names the language, where it has no catalogue.
    """
    tags = available_languages()
    if tag not in tags:
        text = '"{tag}" is not a language that messages are told in. {hint}Choose one of: {tags}.'
        problem = Problem.error(place, "language", text, tag=tag, hint=suggest_language_tag(tag, tags), tags=", ".join(tags))
        raise ProblemsError(problem)
    return MessageFormatter(tag, build_languages((tag,))[tag].direction, _read_catalog(tag))


def _read_catalog(tag: str) -> Translations:
    with (TRANSLATIONS / tag / "LC_MESSAGES" / "problems.po").open("rb") as file:
        catalogue = read_po(file, charset="utf-8")
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    buffer.seek(0)
    return Translations(buffer)


def formatter_from_settings(settings: Mapping[str, Any]) -> MessageFormatter:
    """Return the formatter that settings name, else that of English. Raises ProblemsError as ``create_formatter`` does."""
    place = SourceLocation(settings.get("SETTINGS_SHOWN") or "pelicanconf.py")
    return create_formatter(str(settings.get("MESSAGES_LANG") or ENGLISH.tag), place)


def create_phrase_renderer() -> PhraseRenderer:
    """Return a function that renders a phrase on a page in the language of the page, or in English where that has no catalogue.

    A catalogue is read when a page first needs it.
    """
    tags = frozenset(available_languages())
    formatter_of = cache(lambda language: MessageFormatter(language.tag, language.direction, _read_catalog(language.tag)))

    def render_phrase(phrase: Phrase, language: Language) -> Markup:
        if language.tag not in tags:
            return render_untranslated(phrase, language)
        formatter: MessageFormatter = formatter_of(language)
        return formatter.format_html(phrase)

    return render_phrase
