"""The pages that samples belong to: what surrounds them, and what components ask of the page itself."""

from __future__ import annotations

from collections.abc import Mapping

from jisr.core.i18n.ui_strings import translate_label
from jisr.core.model.document import LocalizedText
from jisr.outputs.theme.styleguide.examples import Example
from jisr.outputs.theme.styleguide.sample_data.sample_entities import sample_contact
from jisr.outputs.theme.styleguide.sample_data.sample_events import sample_event
from jisr.outputs.theme.styleguide.sample_data.sample_rows import (
    SampleContext,
    language_anchor,
    make_words,
    sample_face,
    sample_feeds,
    sample_link,
    sample_resolutions,
    sample_row,
)
from jisr.outputs.theme.styleguide.views import SampleView

MENU = ("statements", "conferences", "news", "members")
FOOTER = ("subscribe", "resolutions", "timeline", "search")


def _sample_language_links(example: Example, setting: SampleContext) -> tuple[SampleView, ...]:
    """Return the language bar: the last of the other languages lacks the page."""
    last = setting.others(example.language)[-1:]
    missing = {one.language.tag for one in last}
    states = {one: "missing" if one.tag in missing else "existing" for one in setting.site.languages}
    states[example.language] = "current"
    return tuple(
        SampleView("LanguageLink", {"language": one, "url": f"#{one.tag}", "state": states[one]})
        for one in setting.site.languages
    )


def _sample_chrome(example: Example, setting: SampleContext) -> SampleView:
    network, language = setting.site.network, example.language

    def stated(of: Mapping[str, str]) -> LocalizedText:
        return network.text_in(of, language, setting.site.languages)

    def items(names: tuple[str, ...]) -> tuple[SampleView, ...]:
        labels = ((name, translate_label(name, setting.messages, language)) for name in names)
        return tuple(
            SampleView("MenuItem", {"url": language_anchor(language), "name": name, "words": said, "current": name == names[0]})
            for name, said in labels
        )

    return SampleView(
        "Chrome",
        {
            "home_url": language_anchor(language),
            "network": stated(network.names),
            "purpose": stated(network.purposes),
            "note": stated(network.notes),
            "languages": _sample_language_links(example, setting),
            "menu": items(MENU),
            "breadcrumb": _sample_breadcrumb(example, setting),
            "contact_url": language_anchor(language),
            "feed_url": language_anchor(language),
            "manifest": "",
            "footer": items(FOOTER),
        },
    )


def _sample_breadcrumb(example: Example, setting: SampleContext) -> tuple[SampleView, ...]:
    language = example.language
    above = [(language_anchor(language), translate_label(name, setting.messages, language)) for name in ("home", "statements")]
    steps = [*above, ("", make_words(example["statement"]["title"], language))]
    return tuple(SampleView("Crumb", {"url": url, "name": "", "words": said}) for url, said in steps)


def sample_bridge(example: Example, setting: SampleContext) -> tuple[SampleView, ...]:
    """Return the statement's titles in the other languages: the last of them lacks it, Arabic has the original."""
    others = setting.others(example.language)
    return tuple(
        SampleView(
            "BridgeItem",
            {
                "language": one.language,
                "url": language_anchor(one.language),
                "title": "" if one is others[-1] and len(others) > 1 else one["statement"]["title"],
                "original": one.language.tag == "ar",
            },
        )
        for one in others
    )


def sample_page(example: Example, setting: SampleContext) -> SampleView:
    """Return a page that is a statement, a member, a listing and a home at once, for components that ask the page."""
    language, said = example.language, example["statement"]
    others = setting.others(language) or (example,)
    member = example["member"]
    return SampleView(
        "Page",
        {
            "language": language,
            "chrome": _sample_chrome(example, setting),
            "kind": "statements",
            "title": said["title"],
            "summary": said["summary"],
            "day": said["day"],
            "short": "https://example.org/s/hqvdpwk/",
            "facts": (),
            "authors": (sample_link(said["author"], language),),
            "topics": (sample_link(said["topic"], language),),
            "bridge": tuple(one for one in sample_bridge(example, setting) if one.fields["title"]),
            "beside": tuple(_sample_language_link(one) for one in others),
            "original_language": others[0].language,
            "original_url": language_anchor(others[0].language),
            "lag": _sample_lag(others[0], said["day"]),
            "statement": sample_row(example, "statements", place=make_words(said["place"], language)),
            "resolutions": sample_resolutions(example),
            "resolution_count": 8,
            "number": 2,
            "pages": 3,
            "previous_url": language_anchor(language),
            "next_url": language_anchor(language),
            "site": "https://insm.example.org",
            "writes_in": tuple(LocalizedText(one.own_name, one) for one in setting.site.languages),
            "city": make_words(member["city"], language),
            "feeds": sample_feeds(language),
            "contact": sample_contact(example),
            "organisations": (sample_link(example["post"]["member"], language),),
        },
    )


def _sample_language_link(example: Example) -> SampleView:
    return SampleView(
        "LanguageLink", {"language": example.language, "url": language_anchor(example.language), "state": "existing"}
    )


def _sample_lag(other: Example, day: object) -> SampleView:
    """Return how far the text lags behind its original."""
    fields = {"count": 2, "total": 14, "day": day, "url": language_anchor(other.language), "language": other.language}
    return SampleView("Lag", fields)


def sample_headers(example: Example, page: SampleView) -> tuple[SampleView, ...]:
    """Return a page of each kind whose head differs: a statement, a conference, a post of a member."""
    language = example.language
    held, post = example["conference"], example["post"]
    conference = {
        "kind": "conferences",
        "title": held["title"],
        "summary": held["summary"],
        "event": sample_event(example, "past"),
    }
    written = {
        "kind": "posts",
        "title": post["title"],
        "day": post["day"],
        "authors": (),
        "topics": (),
        "member": sample_link(post["member"], language),
        "face": sample_face(post["member"][0], language.script == "Arab"),
    }
    return (page, *(SampleView("Page", {**page.fields, **more}) for more in (conference, written)))
