"""All samples of a language, built from its example."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from markupsafe import Markup

from jisr.core.i18n.languages import Language
from jisr.core.model.document import LocalizedText
from jisr.core.model.mirrors import fingerprint
from jisr.core.translation.translation_status import TranslationState
from jisr.outputs.theme.styleguide.examples import Example
from jisr.outputs.theme.styleguide.sample_data.sample_charts import sample_attendance, sample_city_map, sample_timeline
from jisr.outputs.theme.styleguide.sample_data.sample_entities import (
    sample_answers,
    sample_commitments,
    sample_roles,
    sample_share,
    sample_thread,
)
from jisr.outputs.theme.styleguide.sample_data.sample_events import sample_attachments, sample_event, sample_hub
from jisr.outputs.theme.styleguide.sample_data.sample_page import sample_bridge, sample_headers, sample_page
from jisr.outputs.theme.styleguide.sample_data.sample_rows import (
    SampleContext,
    language_anchor,
    make_words,
    sample_face,
    sample_feeds,
    sample_language_link,
    sample_resolutions,
    sample_row,
)
from jisr.outputs.theme.styleguide.views import LanguageSamples, SampleView

_SAMPLE_KEY = "RWRx8sj+wzhxNYv8qfgbDziyZudPQpie74TzsZSHokK0sFY40reI0W/w"  # its secret key was not kept
_REPLY_COUNTS = {"shown": 5, "imported": 3, "waiting": 2, "held": 1, "closed": 4}
_COLUMN_COUNTS = {"missing": 3, "stale": 1, "unpinned": 2, "words": 420, "claimed": 1}
REGISTRATIONS = (
    ("announced", "ahead"),
    ("open", "open"),
    ("closing", "open"),
    ("closed", "closed"),
    ("happening", "closed"),
    ("past", "closed"),
)


def build_language_samples(example: Example, context: SampleContext) -> LanguageSamples:
    """Return the section of a language on the page."""
    page = sample_page(example, context)
    return LanguageSamples(
        language=example.language,
        groups=example["groups"],
        sentence=example["sentence"],
        page=page,
        headers=sample_headers(example, page),
        parts=_build_parts(example, context),
    )


def _build_parts(example: Example, context: SampleContext) -> SampleView:
    """Return the arguments of components, by the names that the template has for them."""
    others = context.others(example.language) or (example,)
    return SampleView(
        "Parts",
        **_text_parts(example, context),
        **_listing_parts(example, context, others),
        **_entity_parts(example, context),
        thread=sample_thread(example, others),
        share=sample_share(example),
        **_translation_parts(example, others),
    )


def _text_parts(example: Example, context: SampleContext) -> dict[str, object]:
    """Return the parts of the page of a text."""
    return {
        "prose": example.prose,
        "resolved": example.resolutions_html,
        "bridge": sample_bridge(example, context),
        "events": tuple(sample_event(example, state, registration) for state, registration in REGISTRATIONS),
        "hub": sample_hub(example),
        "attachments": sample_attachments(example),
        "credits": _sample_credits(example, context),
        "cover": _sample_cover(example, context),
        "signatories": _sample_signatories(example, context),
        "offer": SampleView("OfferView", form="zip", url="#", size=412, unit="kB", digest="9f86d081884c7d65" * 4),
        "newest": (SampleView("Link", words=make_words(example["statement"]["title"], example.language), url="", hreflang=""),),
    }


def _listing_parts(example: Example, context: SampleContext, others: tuple[Example, ...]) -> dict[str, object]:
    """Return rows, groups and charts of listings."""
    return {
        "statement": sample_row(example, "statements"),
        "conference": sample_row(example, "conferences"),
        "posts": (_sample_post(example), _sample_post(others[0])),
        "groups": _sample_year_groups(example, context),
        "elsewhere": (sample_row(others[0], "statements"), sample_row(others[-1], "posts")),
        "stations": _sample_stations(example),
        "timeline": sample_timeline(example),
        "attendance": sample_attendance(example),
        "cities": sample_city_map(example),
        "feeds": sample_feeds(example.language),
    }


def _entity_parts(example: Example, context: SampleContext) -> dict[str, object]:
    """Return commitments, roles and members, and the key that copies are verified with."""
    return {
        "commitments": sample_commitments(example),
        "answers": sample_answers(example),
        "roles": sample_roles(example),
        "faces": (sample_face("ش", arabic=True), sample_face("J", arabic=False)),
        "name": _make_foreign_words(example["member"]["own"], example["member"]["own_language"], example, context),
        "key": (_SAMPLE_KEY, fingerprint(_SAMPLE_KEY)),
    }


def _translation_parts(example: Example, others: tuple[Example, ...]) -> dict[str, object]:
    """Return the parts of the translation board and of texts side by side."""
    counts = zip((1, 2, 3, 11, 100), others, strict=False)
    column = {"language": example.language, "url": language_anchor(example.language), **_COLUMN_COUNTS}
    return {
        "waiting": tuple((sample_language_link(one.language), count) for count, one in counts),
        "waiting_texts": tuple(_sample_waiting_texts(others[0])),
        "other": others[0].language,
        "column": SampleView("BoardColumn", **column),
        "reply_numbers": SampleView("BoardReplies", language=example.language, **_REPLY_COUNTS),
        "cells": tuple(_sample_cells(example)),
        "pairs": tuple(_sample_pairs(example, others[0])),
    }


def _sample_post(example: Example) -> SampleView:
    member = example["post"]["member"]
    face = sample_face(member[0], example.language.script == "Arab")
    return sample_row(example, "posts", member=make_words(member, example.language), face=face)


def _sample_year_groups(example: Example, context: SampleContext) -> tuple[SampleView, ...]:
    """Return a listing by years, with a text without a date at the end."""
    languages = tuple(sample_language_link(one.language) for one in context.others(example.language))
    city = make_words(example["conference"]["city"], example.language)
    conference = sample_row(example, "conferences", place=city, languages=languages)
    statement = sample_row(example, "statements", languages=languages[:2])
    years = ((2018, conference), (2012, statement), (None, _sample_post(example)))
    groups = tuple(SampleView("YearGroup", year=year, rows=(row,), pinned=False) for year, row in years)
    return (SampleView("YearGroup", year=None, rows=(statement,), pinned=True), *groups)


def _sample_stations(example: Example) -> tuple[SampleView, ...]:
    first, last = example["statement"]["place"], example["conference"]["city"]
    stations = ((year, make_words(place, example.language)) for year, place in ((2012, first), (2017, first), (2018, last)))
    url = language_anchor(example.language)
    return tuple(SampleView("Station", year=year, words=place, url=url, state="past") for year, place in stations)


def _sample_credits(example: Example, context: SampleContext) -> tuple[SampleView, ...]:
    """Return the translators of the statement into this language, and into another."""
    language, source = example.language, (context.others(example.language) or (example,))[0].language
    name = LocalizedText(example["statement"]["translator"], _latin_script_language(example, context))
    by = SampleView("Link", words=name, url="", hreflang="")
    pairs = ((language, source), (source, language))
    return tuple(SampleView("TranslationCredit", language=one, source=other, by=(by,)) for one, other in pairs)


def _latin_script_language(example: Example, context: SampleContext) -> Language:
    """Return the language of a name in Latin script: that of the section, or the first in that script."""
    latin = (one for one in (example.language, *context.site.languages) if one.script == "Latn")
    return next(latin, example.language)


def _sample_cover(example: Example, context: SampleContext) -> SampleView:
    picture = example["picture"]
    alt, caption, credit = (make_words(picture[name], example.language) for name in ("alt", "caption", "credit"))
    element = Markup('<img src="{}" alt="{}" width="96" height="96">').format(context.picture, alt.text)
    return SampleView("CoverView", picture=element, caption=caption, credit=credit)


def _sample_signatories(example: Example, context: SampleContext) -> tuple[SampleView, ...]:
    """Return a signatory with an organisation named in another language, and one with a page."""
    person = example["statement"]["signatory"]
    name = _make_foreign_words(person["organisation"], person["language"], example, context)
    organisation = SampleView("Link", words=name, url=language_anchor(example.language), hreflang="")
    signatories = ((person["name"], organisation, ""), (example["post"]["member"], None, language_anchor(example.language)))
    return tuple(
        SampleView("SignatoryView", name=make_words(words, example.language), organisation=of, url=url)
        for words, of, url in signatories
    )


def _make_foreign_words(text: str, tag: str, example: Example, context: SampleContext) -> LocalizedText:
    """Return a text in another language, if the site has that language."""
    matches = (one for one in context.site.languages if one.tag == tag)
    return LocalizedText(text, next(matches, example.language))


def _sample_waiting_texts(other: Example) -> Iterator[SampleView]:
    """Return a text that waits for a translator, and one that somebody is at work on."""
    translators = (make_words(other["statement"]["translator"], other.language),)
    for kind, by, mail in (("statements", (), "mailto:translate@example.org"), ("conferences", translators, "")):
        fields = {
            "anchor": f"{other.language.tag}-{kind}-waits",
            "words": 420,
            "by": by,
            "mail": mail,
            "po_url": language_anchor(other.language),
            "lag": None,
        }
        yield SampleView("WaitingText", row=sample_row(other, kind), **fields)


def _sample_cells(example: Example) -> Iterator[SampleView]:
    """Return a version of a text in each translation state, and one that is being translated."""
    counts = {"language": example.language, "count": 2, "total": 14, "words": 120}
    for state in get_args(TranslationState):
        url = "" if state in ("missing", "broken") else language_anchor(example.language)
        yield SampleView("BoardCell", **counts | {"state": state, "url": url, "draft": state == "current", "by": ()})
    translators = (example["statement"]["translator"],)
    yield SampleView("BoardCell", **counts | {"state": "unpinned", "url": "", "draft": True, "by": translators})


def _sample_pairs(example: Example, other: Example) -> Iterator[SampleView]:
    """Return the first resolutions of the statement with those of another language: unchanged, changed, and new."""
    changes = ("", "changed", "new")
    for change, ours, theirs in zip(changes, sample_resolutions(example), sample_resolutions(other), strict=False):
        item = Markup('<ol start="{}"><li>{}</li></ol>')
        first, second = (item.format(one.fields["number"], one.fields["html"]) for one in (ours, theirs))
        fields = {"anchor": ours.fields["anchor"], "change": change}
        yield SampleView("AlignedPair", first=first, second=Markup() if change == "new" else second, **fields)
