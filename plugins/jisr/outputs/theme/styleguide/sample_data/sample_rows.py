"""Small parts that many samples share: rows, faces, feeds; every link leads to the section of its language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from markupsafe import Markup

from jisr.core.frozen import dataclass
from jisr.core.i18n.catalogs import Catalogs
from jisr.core.i18n.languages import Language
from jisr.core.model.document import LocalizedText
from jisr.core.model.site import Site
from jisr.core.urls.feed_specs import FEED_FORMATS
from jisr.outputs.theme.styleguide.examples import Example
from jisr.outputs.theme.styleguide.views import SampleView


@dataclass(frozen=True, slots=True)
class SampleContext:
    """Data that samples need in addition to their own example."""

    site: Site
    messages: Catalogs
    examples: tuple[Example, ...]
    picture: str

    def others(self, language: Language) -> tuple[Example, ...]:
        """Return the examples of the other languages."""
        return tuple(one for one in self.examples if one.language != language)


def language_anchor(language: Language) -> str:
    """Return the link to the section of a language on the page."""
    return f"#{language.tag}"


def make_words(text: str, language: Language) -> LocalizedText:
    """Return a text as localized text."""
    return LocalizedText(str(text), language)


def sample_link(text: str, language: Language, hreflang: str = "") -> SampleView:
    """Return a link."""
    return SampleView("Link", words=make_words(text, language), url=language_anchor(language), hreflang=hreflang)


def sample_language_link(language: Language) -> SampleView:
    """Return a link to the page in a language, where it exists."""
    return SampleView("LanguageLink", language=language, url=language_anchor(language), state="existing")


def sample_face(letter: str, arabic: bool) -> SampleView:
    """Return the face of a member."""
    return SampleView("Face", letter=letter, arabic=arabic)


def sample_row(example: Example, kind: str, **more: object) -> SampleView:
    """Return the listing row of a text of an example."""
    language = example.language
    name = {"statements": "statement", "conferences": "conference", "posts": "post"}[kind]
    data: Mapping[str, Any] = example[name]
    fields: dict[str, object] = {
        "title": make_words(data["title"], language),
        "url": language_anchor(language),
        "kind": kind,
        "day": data.get("day", date(2018, 8, 10)),
        "until": date(2018, 8, 11) if kind == "conferences" else None,
        "summary": make_words(data["summary"], language),
        "languages": (),
        "face": None,
        "member": None,
        "place": None,
        "state": "",
        "translate_url": language_anchor(language),
        "count": len(example.resolutions) if kind == "statements" else 0,
    }
    return SampleView("ListingRow", **fields | more)


def sample_resolutions(example: Example) -> tuple[SampleView, ...]:
    """Return the resolutions of an example's statement."""
    url = language_anchor(example.language)
    return tuple(
        SampleView(
            "ResolutionView",
            number=number,
            anchor=anchor,
            html=Markup(html),  # noqa: S704 (rendered by this program)
            url=url,
            cited=str(number),
            heading="",
            name="",
            absolute=f"https://example.org/{example.language.tag}/statements/2012-first-bloggers-conference/#{anchor}",
        )
        for number, anchor, html in example.resolutions
    )


def sample_feeds(language: Language) -> tuple[SampleView, ...]:
    """Return feeds as on the page of a member."""
    url = language_anchor(language)
    return tuple(SampleView("FeedLink", title=form.name, url=url, type=form.media_type) for form in FEED_FORMATS)
