"""From an example to all samples of its language."""

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
from jisr.outputs.theme.styleguide.sample_data.sample_entities import sample_answers, sample_commitments, sample_roles
from jisr.outputs.theme.styleguide.sample_data.sample_events import sample_attachments, sample_event, sample_hub
from jisr.outputs.theme.styleguide.sample_data.sample_page import sample_bridge, sample_headers, sample_page
from jisr.outputs.theme.styleguide.sample_data.sample_rows import (
    SampleContext,
    language_anchor,
    make_words,
    sample_face,
    sample_feeds,
    sample_resolutions,
    sample_row,
)
from jisr.outputs.theme.styleguide.views import LanguageSamples, SampleView

_SAMPLE_KEY = "RWRx8sj+wzhxNYv8qfgbDziyZudPQpie74TzsZSHokK0sFY40reI0W/w"  # nobody has its secret half
_COLUMN_COUNTS = {"missing": 3, "stale": 1, "unpinned": 2, "words": 420, "claimed": 1}
REGISTRATIONS = (
    ("announced", "ahead"),
    ("open", "open"),
    ("closing", "open"),
    ("closed", "closed"),
    ("happening", "closed"),
    ("past", "closed"),
)


def build_language_samples(example: Example, setting: SampleContext) -> LanguageSamples:
    """Return everything that the page shows of a language."""
    page = sample_page(example, setting)
    return LanguageSamples(
        language=example.language,
        groups=example["groups"],
        sentence=example["sentence"],
        page=page,
        headers=sample_headers(example, page),
        parts=_build_parts(example, setting),
    )


def _build_parts(example: Example, setting: SampleContext) -> SampleView:
    """Return what components are called with, by the names that the template has for it."""
    others = setting.others(example.language) or (example,)
    statement, conference = sample_row(example, "statements"), sample_row(example, "conferences")
    post = _sample_post(example)
    events = tuple(sample_event(example, state, registration) for state, registration in REGISTRATIONS)
    return SampleView(
        "Parts",
        {
            "prose": example.prose,
            "resolved": example.resolutions_html,
            "bridge": sample_bridge(example, setting),
            "events": events,
            "hub": sample_hub(example),
            "attachments": sample_attachments(example),
            "conference": conference,
            "posts": (post, _sample_post(others[0])),
            "groups": _sample_year_groups(example, setting),
            "elsewhere": (sample_row(others[0], "statements"), sample_row(others[-1], "posts")),
            "stations": _sample_stations(example),
            "timeline": sample_timeline(example),
            "attendance": sample_attendance(example),
            "cities": sample_city_map(example),
            "credits": _sample_credits(example, setting),
            "cover": _sample_cover(example, setting),
            "signatories": _sample_signatories(example, setting),
            "commitments": sample_commitments(example),
            "answers": sample_answers(example),
            "roles": sample_roles(example),
            "waiting": tuple(
                (_missing_language_link(one), number) for number, one in zip((1, 2, 3, 11, 100), others, strict=False)
            ),
            "feeds": sample_feeds(example.language),
            "faces": _sample_faces(),
            "name": _sample_member_name(example, setting),
            "statement": statement,
            "other": others[0].language,
            "column": SampleView(
                "BoardColumn", {"language": example.language, "url": language_anchor(example.language), **_COLUMN_COUNTS}
            ),
            "cells": tuple(_sample_cells(example)),
            "pairs": tuple(_sample_pairs(example, others[0])),
            "key": (_SAMPLE_KEY, fingerprint(_SAMPLE_KEY)),
        },
    )


def _sample_post(example: Example) -> SampleView:
    said = example["post"]
    by = {
        "member": make_words(said["member"], example.language),
        "face": sample_face(said["member"][0], example.language.script == "Arab"),
    }
    return sample_row(example, "posts", **by)


def _missing_language_link(example: Example) -> SampleView:
    return SampleView(
        "LanguageLink", {"language": example.language, "url": language_anchor(example.language), "state": "existing"}
    )


def _sample_year_groups(example: Example, setting: SampleContext) -> tuple[SampleView, ...]:
    """Return a listing by years, and texts without one."""
    languages = tuple(_missing_language_link(one) for one in setting.others(example.language))
    conference = sample_row(
        example, "conferences", place=make_words(example["conference"]["city"], example.language), languages=languages
    )
    years = (
        (2018, (conference,)),
        (2012, (sample_row(example, "statements", languages=languages[:2]),)),
        (None, (_sample_post(example),)),
    )
    return tuple(SampleView("YearGroup", {"year": year, "rows": rows}) for year, rows in years)


def _sample_stations(example: Example) -> tuple[SampleView, ...]:
    first, last = (
        make_words(place, example.language) for place in (example["statement"]["place"], example["conference"]["city"])
    )
    found = ((2012, first), (2017, first), (2018, last))
    return tuple(
        SampleView("Station", {"year": year, "words": said, "url": language_anchor(example.language)}) for year, said in found
    )


def _sample_credits(example: Example, setting: SampleContext) -> tuple[SampleView, ...]:
    """Return who translated the statement into this language, and into another."""
    language, source = example.language, (setting.others(example.language) or (example,))[0].language
    name = LocalizedText(example["statement"]["translator"], _latin_script_language(example, setting))
    by = SampleView("Link", {"words": name, "url": "", "hreflang": ""})
    pairs = ((language, source), (source, language))
    return tuple(SampleView("Credit", {"language": one, "source": other, "by": (by,)}) for one, other in pairs)


def _latin_script_language(example: Example, setting: SampleContext) -> Language:
    """Return the language of a name in Latin letters: that of the page, or the first in that script."""
    latin = (one for one in (example.language, *setting.site.languages) if one.script == "Latn")
    return next(latin, example.language)


def _sample_cover(example: Example, setting: SampleContext) -> SampleView:
    said = example["picture"]
    alt, credit = make_words(said["alt"], example.language), make_words(said["credit"], example.language)
    return SampleView("CoverView", {"url": setting.picture, "alt": alt, "credit": credit})


def _sample_signatories(example: Example, setting: SampleContext) -> tuple[SampleView, ...]:
    """Return one who signed with an organisation named in another language, and one with a page of its own."""
    said = example["statement"]["signatory"]
    named = _make_foreign_words(said["organisation"], said["language"], example, setting)
    organisation = SampleView("Link", {"words": named, "url": language_anchor(example.language), "hreflang": ""})
    signed = ((said["name"], organisation, ""), (example["post"]["member"], None, language_anchor(example.language)))
    return tuple(
        SampleView("SignatoryView", {"name": make_words(name, example.language), "organisation": of, "url": url})
        for name, of, url in signed
    )


def _make_foreign_words(text: str, tag: str, example: Example, setting: SampleContext) -> LocalizedText:
    """Return words of another language, where the site has it."""
    known = (one for one in setting.site.languages if one.tag == tag)
    return LocalizedText(text, next(known, example.language))


def _sample_faces() -> tuple[SampleView, ...]:
    """Return a face in each script."""
    return (sample_face("ش", arabic=True), sample_face("J", arabic=False))


def _sample_cells(example: Example) -> Iterator[SampleView]:
    """Return a version of a text in each way in which it may stand."""
    for state in get_args(TranslationState):
        shown = state not in ("missing", "broken")
        stands = {"language": example.language, "state": state, "url": language_anchor(example.language) if shown else ""}
        fields = {"draft": state == "current", "count": 2, "total": 14, "words": 120}
        yield SampleView("BoardCell", stands | fields | {"by": ()})
    claimed = {"language": example.language, "state": "unpinned", "url": "", "draft": True}
    yield SampleView("BoardCell", claimed | {"by": (example["statement"]["translator"],)})


def _sample_pairs(example: Example, other: Example) -> Iterator[SampleView]:
    """Return the first resolutions of the statement beside those of another language: as it was, changed, and new."""
    changes = ("", "changed", "new")
    for change, ours, theirs in zip(changes, sample_resolutions(example), sample_resolutions(other), strict=False):
        first, second = (
            Markup('<ol start="{}"><li>{}</li></ol>').format(one.fields["number"], one.fields["html"]) for one in (ours, theirs)
        )
        fields = {"anchor": ours.fields["anchor"], "change": change}
        yield SampleView("Pair", {"first": first, "second": Markup() if change == "new" else second, **fields})


def _sample_member_name(example: Example, setting: SampleContext) -> LocalizedText:
    said = example["member"]
    return _make_foreign_words(said["own"], said["own_language"], example, setting)
