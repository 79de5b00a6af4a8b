"""The languages that messages can be told in: those that have a catalogue; that of English has singulars alone."""

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
from jisr.core.diagnostics.message_formatter import ENGLISH, Tell, Voice, untranslated
from jisr.core.diagnostics.problems import Phrase, Place, Problem, ProblemsError
from jisr.core.i18n.languages import Language, languages
from jisr.core.schema.validation_context import tag_hint


def tags() -> tuple[str, ...]:
    """Give the languages that messages can be told in."""
    found = {file.parts[-3] for file in TRANSLATIONS.glob("*/LC_MESSAGES/problems.po")}
    return (ENGLISH.tag, *sorted(found - {ENGLISH.tag}))


def voice(tag: str, place: Place) -> Voice:
    """Give the voice of a language.

    Raises ProblemsError, for the ``place`` that names the language, where there is no catalogue for it.
    """
    known = tags()
    if tag not in known:
        text = '"{tag}" is not a language that messages are told in. {hint}Choose one of: {tags}.'
        problem = Problem.error(place, "language", text, tag=tag, hint=tag_hint(tag, known), tags=", ".join(known))
        raise ProblemsError(problem)
    return Voice(tag, languages((tag,))[tag].direction, _catalogue(tag))


def _catalogue(tag: str) -> Translations:
    with (TRANSLATIONS / tag / "LC_MESSAGES" / "problems.po").open("rb") as file:
        catalogue = read_po(file, charset="utf-8")
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    buffer.seek(0)
    return Translations(buffer)


def of_settings(settings: Mapping[str, Any]) -> Voice:
    """Give the voice that settings ask for, English where they ask for none. Raises ProblemsError as ``voice`` does."""
    return voice(str(settings.get("MESSAGES_LANG") or ENGLISH.tag), Place(settings.get("SETTINGS_SHOWN") or "pelicanconf.py"))


def telling() -> Tell:
    """Give what tells phrases on pages, each in the language of its page, and in English where that has no catalogue.

    A catalogue is read when a page first needs it.
    """
    known = frozenset(tags())
    speaking = cache(lambda language: Voice(language.tag, language.direction, _catalogue(language.tag)))

    def tell(said: Phrase, language: Language) -> Markup:
        if language.tag not in known:
            return untranslated(said, language)
        voice: Voice = speaking(language)
        return voice.markup(said)

    return tell
