"""Views of the style guide: design tokens, and samples of every component for each language."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.outputs.theme.styleguide.design_tokens import Colour
from jisr.outputs.theme.styleguide.unique_ids import make_ids_unique


class SampleView:
    """Sample data with the fields of a view of a real page.

    ``view_name`` is the class of ``jisr.pages.views`` with these fields, which a test compares: a component that needs a field
    of that class which is missing here raises an error.

    >>> SampleView("BreadcrumbItem", url="#ar", words="البيانات").words
    'البيانات'
    """

    def __init__(self, view_name: str, /, **fields: object) -> None:
        self.view_name, self.fields = view_name, fields

    def __getattr__(self, name: str) -> object:
        """Return a field. Raises AttributeError where there is none of that name."""
        try:
            return self.fields[name]
        except KeyError:
            raise AttributeError(name) from None


@dataclass(frozen=True, slots=True)
class LanguageSamples:
    """The section of a language on the page.

    ``page`` is the page that samples are rendered with, ``headers`` are such pages of several kinds, and ``parts`` hold the
    arguments of components.
    """

    language: Language
    groups: Mapping[str, str]
    sentence: str
    page: SampleView
    headers: tuple[SampleView, ...]
    parts: SampleView

    def with_unique_ids(self, html: Markup, name: str) -> Markup:
        """Return a sample with unique ids and with heading levels below those of the page."""
        return make_ids_unique(html, f"{self.language.tag}-{name}")


@dataclass(frozen=True, slots=True)
class StyleguideView:
    """The page ``/styleguide/``: ``styleguide.html``."""

    language: Language
    head: SampleView
    chrome: SampleView
    colours: tuple[Colour, ...]
    steps: tuple[str, ...]
    spaces: tuple[str, ...]
    specimens: tuple[LanguageSamples, ...]
    missing_languages: tuple[Language, ...]
