"""The small parts that many samples share: rows, faces, feeds; every link leads to the beginning of its language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from markupsafe import Markup

from jisr.core.frozen import dataclass
from jisr.core.i18n.catalogs import Messages
from jisr.core.i18n.languages import Language
from jisr.core.model.document import Words
from jisr.core.model.site import Site
from jisr.core.urls.feed_specs import FORMS
from jisr.outputs.theme.styleguide.examples import Example
from jisr.outputs.theme.styleguide.views import Part


@dataclass(frozen=True, slots=True)
class Setting:
    """What specimens are made from beside their own example."""

    site: Site
    messages: Messages
    examples: tuple[Example, ...]
    picture: str

    def others(self, language: Language) -> tuple[Example, ...]:
        """Give the examples of the other languages."""
        return tuple(one for one in self.examples if one.language != language)


def here(language: Language) -> str:
    """Give the link to the beginning of a language on the page."""
    return f"#{language.tag}"


def words(text: str, language: Language) -> Words:
    """Give words of a language."""
    return Words(str(text), language)


def link(text: str, language: Language, hreflang: str = "") -> Part:
    """Give a link."""
    return Part("Link", {"words": words(text, language), "url": here(language), "hreflang": hreflang})


def face(letter: str, arabic: bool) -> Part:
    """Give the face of a member."""
    return Part("Face", {"letter": letter, "arabic": arabic})


def row(example: Example, kind: str, **more: object) -> Part:
    """Give a text of an example as a listing shows it."""
    language = example.language
    name = {"statements": "statement", "conferences": "conference", "posts": "post"}[kind]
    said: Mapping[str, Any] = example[name]
    fields: dict[str, object] = {
        "title": words(said["title"], language),
        "url": here(language),
        "kind": kind,
        "day": said.get("day", date(2018, 8, 10)),
        "until": date(2018, 8, 11) if kind == "conferences" else None,
        "summary": words(said["summary"], language),
        "languages": (),
        "face": None,
        "member": None,
        "place": None,
        "state": "",
    }
    return Part("Row", {**fields, **more})


def resolutions(example: Example) -> tuple[Part, ...]:
    """Give the resolutions of an example's statement."""
    url = here(example.language)
    return tuple(
        Part(
            "ResolutionView",
            {
                "number": number,
                "anchor": anchor,
                "html": Markup(html),  # noqa: S704 (rendered by us)
                "url": url,
                "cited": str(number),
                "absolute": f"https://example.org/{example.language.tag}/statements/2012-first-bloggers-conference/#{anchor}",
            },
        )
        for number, anchor, html in example.resolutions
    )


def feeds(language: Language) -> tuple[Part, ...]:
    """Give feeds as a member's facts name them."""
    return tuple(Part("FeedLink", {"title": form.name, "url": here(language), "type": form.type}) for form in FORMS)
