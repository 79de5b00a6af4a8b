"""Catalogues of the interface at run time, and the fallback where a message has no translation."""

from __future__ import annotations

from collections.abc import Mapping

from babel.support import NullTranslations
from markupsafe import Markup, escape

from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language

SOURCE_LANGUAGE = "en"  # of the messages in templates


class FallbackCatalog(NullTranslations):
    """A catalogue that returns source messages, marked with their language and direction unless that is the page's."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self.language = language

    def _mark_fallback(self, message: str) -> str:
        if self.language.tag == SOURCE_LANGUAGE:
            return message
        return Markup('<span lang="{}" dir="ltr">{}</span>').format(SOURCE_LANGUAGE, escape(message))

    def gettext(self, message: str) -> str:
        """Return the message itself."""
        return self._mark_fallback(message)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """Return the English form for a count."""
        return self._mark_fallback(singular if n == 1 else plural)

    def pgettext(self, context: str, message: str) -> str:
        """Return the message itself."""
        return self._mark_fallback(message)

    def npgettext(self, context: str, singular: str, plural: str, n: int) -> str:
        """Return the English form for a count."""
        return self._mark_fallback(singular if n == 1 else plural)


@dataclass(frozen=True, slots=True)
class Catalogs:
    """The catalogue of each language by its tag, and the numbers of missing and superfluous messages of all."""

    catalogues: Mapping[str, NullTranslations]
    missing: int = 0
    extra: int = 0

    def for_language(self, language: Language) -> NullTranslations:
        """Return the catalogue of a language."""
        return self.catalogues[language.tag]
