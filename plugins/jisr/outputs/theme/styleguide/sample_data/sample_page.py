"""Sample pages: the layout around samples, and the fields that components read from the page itself."""

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
    sample_language_link,
    sample_link,
    sample_resolutions,
    sample_row,
)
from jisr.outputs.theme.styleguide.views import SampleView

MENU = ("statements", "conferences", "news", "members")
FOOTER = {"find": ("resolutions", "timeline", "search"), "follow": ("subscribe",), "take part": ("translate",)}


def _sample_language_links(example: Example, context: SampleContext) -> tuple[SampleView, ...]:
    """Return the language bar; the page is missing in the last of the other languages."""
    languages, last = tuple(context.site.languages), context.others(example.language)[-1:]
    missing = {one.language.tag for one in last}
    states = {one: "missing" if one.tag in missing else "existing" for one in languages} | {example.language: "current"}
    return tuple(SampleView("LanguageLink", language=one, url=f"#{one.tag}", state=states[one]) for one in languages)


def _sample_chrome(example: Example, context: SampleContext) -> SampleView:
    network, language = context.site.network, example.language
    url = language_anchor(language)

    def localize(texts: Mapping[str, str]) -> LocalizedText:
        return network.text_in(texts, language, context.site.languages)

    def items(names: tuple[str, ...]) -> tuple[SampleView, ...]:
        labels = ((name, translate_label(name, context.messages, language)) for name in names)
        return tuple(
            SampleView("MenuItem", url=url, name=name, words=label, current=name == names[0]) for name, label in labels
        )

    return SampleView(
        "PageLayout",
        home_url=url,
        search_url=url,
        network=localize(network.names),
        purpose=localize(network.purposes),
        note=localize(network.notes),
        languages=_sample_language_links(example, context),
        menu=items(MENU),
        breadcrumb=_sample_breadcrumb(example, context),
        contact_url=url,
        translate_url=url,
        feed_url=url,
        manifest="",
        sheets={},
        logo=None,
        papers=("", ""),
        footer=tuple(SampleView("FooterLinks", name=name, words=None, items=items(names)) for name, names in FOOTER.items()),
        channels=(),
    )


def _sample_breadcrumb(example: Example, context: SampleContext) -> tuple[SampleView, ...]:
    language = example.language
    labels = [translate_label(name, context.messages, language) for name in ("home", "statements")]
    title = make_words(example["statement"]["title"], language)
    steps = [*((language_anchor(language), label) for label in labels), ("", title)]
    return tuple(SampleView("BreadcrumbItem", url=url, name="", words=words) for url, words in steps)


def sample_bridge(example: Example, context: SampleContext) -> tuple[SampleView, ...]:
    """Return the titles of the statement in the other languages; it is missing in the last, the original is Arabic."""
    others = context.others(example.language)
    return tuple(
        SampleView(
            "BridgeItem",
            language=one.language,
            url=language_anchor(one.language),
            title="" if one is others[-1] and len(others) > 1 else one["statement"]["title"],
            original=one.language.tag == "ar",
        )
        for one in others
    )


def sample_page(example: Example, context: SampleContext) -> SampleView:
    """Return a page with the fields of a statement, a member, a listing and a home page, for components that read the page."""
    language, statement = example.language, example["statement"]
    others = context.others(language) or (example,)
    member = example["member"]
    return SampleView(
        "Page",
        language=language,
        chrome=_sample_chrome(example, context),
        kind="statements",
        title=statement["title"],
        summary=statement["summary"],
        day=statement["day"],
        short="https://example.org/s/hqvdpwk/",
        facts=(),
        authors=(sample_link(statement["author"], language),),
        issuers=(sample_link(example["post"]["member"], language),),
        topics=(sample_link(statement["topic"], language),),
        bridge=tuple(one for one in sample_bridge(example, context) if one.fields["title"]),
        beside=tuple(sample_language_link(one.language) for one in others),
        original_language=others[0].language,
        original_url=language_anchor(others[0].language),
        lag=_sample_lag(others[0], statement["day"]),
        statement=sample_row(example, "statements", place=make_words(statement["place"], language)),
        resolutions=sample_resolutions(example),
        is_latest=True,
        resolution_count=8,
        pages=(("2026", language_anchor(language)), ("2025", ""), ("2024", language_anchor(language))),
        previous_url=language_anchor(language),
        next_url=language_anchor(language),
        site="https://insm.example.org",
        writes_in=tuple(LocalizedText(one.own_name, one) for one in context.site.languages),
        city=make_words(member["city"], language),
        feeds=sample_feeds(language),
        contact=sample_contact(example),
        organisations=(sample_link(example["post"]["member"], language),),
    )


def _sample_lag(other: Example, day: object) -> SampleView:
    """Return the lag of the text behind its original."""
    fields = {"count": 2, "total": 14, "day": day, "url": language_anchor(other.language), "language": other.language}
    return SampleView("TranslationLag", **fields)


def sample_headers(example: Example, page: SampleView) -> tuple[SampleView, ...]:
    """Return a page of each kind that has a header of its own: a statement, a conference, a post of a member."""
    language = example.language
    conference, post = example["conference"], example["post"]
    conference_fields = {
        "kind": "conferences",
        "title": conference["title"],
        "summary": conference["summary"],
        "event": sample_event(example, "past"),
        "authors": (),
    }
    post_fields = {
        "kind": "posts",
        "title": post["title"],
        "day": post["day"],
        "authors": (),
        "issuers": (),
        "topics": (),
        "member": sample_link(post["member"], language),
        "face": sample_face(post["member"][0], language.script == "Arab"),
    }
    return (page, *(SampleView("Page", **page.fields | more) for more in (conference_fields, post_fields)))
