"""What the page shows: the tokens of the theme, and a specimen of every component for each language."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.outputs.theme.styleguide.design_tokens import Colour
from jisr.outputs.theme.styleguide.unique_ids import make_ids_unique


@dataclass(frozen=True, slots=True)
class SampleView:
    """A value that components ask by the names of its fields, as they ask the parts of a real page.

    Rooms don't import each other, so ``stands_for`` names the type of ``plugins/jisr/content`` that it stands for,
    and a test holds the fields against that type. What the type has and the part doesn't state is an error on the page.

    >>> SampleView("Crumb", {"url": "#ar", "words": "البيانات"}).words
    'البيانات'
    """

    view_name: str
    fields: Mapping[str, object]

    def __getattr__(self, name: str) -> object:
        """Return a field. Raises AttributeError where the part has none of that name."""
        try:
            return self.fields[name]
        except KeyError:
            raise AttributeError(name) from None


@dataclass(frozen=True, slots=True)
class LanguageSamples:
    """A language on the page.

    ``page`` is what its samples are rendered with as the page they stand in, ``headers`` are such pages of several kinds,
    and ``parts`` hold what components are called with.
    """

    language: Language
    groups: Mapping[str, str]
    sentence: str
    page: SampleView
    headers: tuple[SampleView, ...]
    parts: SampleView

    def with_unique_ids(self, html: Markup, name: str) -> Markup:
        """Return a sample as it can stand beside the samples of other languages: with ids of its own, below the headings here."""
        return make_ids_unique(html, f"{self.language.tag}-{name}")


@dataclass(frozen=True, slots=True)
class StyleguideView:
    """The page ``/styleguide/``: ``styleguide.html``."""

    language: Language
    head: SampleView
    chrome: SampleView
    stylesheet: str
    colours: tuple[Colour, ...]
    steps: tuple[str, ...]
    spaces: tuple[str, ...]
    specimens: tuple[LanguageSamples, ...]
    missing_languages: tuple[Language, ...]
