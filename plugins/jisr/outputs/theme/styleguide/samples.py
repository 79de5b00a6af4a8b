"""From an example to all samples of its language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from markupsafe import Markup

from jisr.core.i18n.languages import Language
from jisr.core.model.document import Words
from jisr.core.model.mirrors import fingerprint
from jisr.core.translation.translation_status import State
from jisr.outputs.theme.styleguide.examples import Example
from jisr.outputs.theme.styleguide.sample_data.sample_charts import attendance, cities, timeline
from jisr.outputs.theme.styleguide.sample_data.sample_entities import answers, commitments, roles
from jisr.outputs.theme.styleguide.sample_data.sample_events import attachments, event, hub
from jisr.outputs.theme.styleguide.sample_data.sample_page import bridge, headers, page_of
from jisr.outputs.theme.styleguide.sample_data.sample_rows import Setting, face, feeds, here, resolutions, row, words
from jisr.outputs.theme.styleguide.views import Part, Specimen

_KEY = "RWRx8sj+wzhxNYv8qfgbDziyZudPQpie74TzsZSHokK0sFY40reI0W/w"  # nobody has its secret half
_NUMBERS = {"missing": 3, "stale": 1, "unpinned": 2, "words": 420, "claimed": 1}
REGISTRATIONS = (
    ("announced", "ahead"),
    ("open", "open"),
    ("closing", "open"),
    ("closed", "closed"),
    ("happening", "closed"),
    ("past", "closed"),
)


def specimen(example: Example, setting: Setting) -> Specimen:
    """Give everything that the page shows of a language."""
    page = page_of(example, setting)
    return Specimen(
        language=example.language,
        groups=example["groups"],
        sentence=example["sentence"],
        page=page,
        headers=headers(example, page),
        parts=_parts(example, setting),
    )


def _parts(example: Example, setting: Setting) -> Part:
    """Give what components are called with, by the names that the template has for it."""
    others = setting.others(example.language) or (example,)
    statement, conference = row(example, "statements"), row(example, "conferences")
    post = _post(example)
    events = tuple(event(example, state, registration) for state, registration in REGISTRATIONS)
    return Part(
        "Parts",
        {
            "prose": example.prose,
            "resolved": example.resolved,
            "bridge": bridge(example, setting),
            "events": events,
            "hub": hub(example),
            "attachments": attachments(example),
            "conference": conference,
            "posts": (post, _post(others[0])),
            "groups": _groups(example, setting),
            "elsewhere": (row(others[0], "statements"), row(others[-1], "posts")),
            "stations": _stations(example),
            "timeline": timeline(example),
            "attendance": attendance(example),
            "cities": cities(example),
            "credits": _credits(example, setting),
            "cover": _cover(example, setting),
            "signatories": _signatories(example, setting),
            "commitments": commitments(example),
            "answers": answers(example),
            "roles": roles(example),
            "waiting": tuple((_missing(one), number) for number, one in zip((1, 2, 3, 11, 100), others, strict=False)),
            "feeds": feeds(example.language),
            "faces": _faces(),
            "name": _member_name(example, setting),
            "statement": statement,
            "other": others[0].language,
            "column": Part("BoardColumn", {"language": example.language, "url": here(example.language), **_NUMBERS}),
            "cells": tuple(_cells(example)),
            "pairs": tuple(_pairs(example, others[0])),
            "key": (_KEY, fingerprint(_KEY)),
        },
    )


def _post(example: Example) -> Part:
    said = example["post"]
    by = {"member": words(said["member"], example.language), "face": face(said["member"][0], example.language.script == "Arab")}
    return row(example, "posts", **by)


def _missing(example: Example) -> Part:
    return Part("LanguageLink", {"language": example.language, "url": here(example.language), "state": "existing"})


def _groups(example: Example, setting: Setting) -> tuple[Part, ...]:
    """Give a listing by years, and texts without one."""
    languages = tuple(_missing(one) for one in setting.others(example.language))
    conference = row(example, "conferences", place=words(example["conference"]["city"], example.language), languages=languages)
    years = ((2018, (conference,)), (2012, (row(example, "statements", languages=languages[:2]),)), (None, (_post(example),)))
    return tuple(Part("YearGroup", {"year": year, "rows": rows}) for year, rows in years)


def _stations(example: Example) -> tuple[Part, ...]:
    first, last = (words(place, example.language) for place in (example["statement"]["place"], example["conference"]["city"]))
    found = ((2012, first), (2017, first), (2018, last))
    return tuple(Part("Station", {"year": year, "words": said, "url": here(example.language)}) for year, said in found)


def _credits(example: Example, setting: Setting) -> tuple[Part, ...]:
    """Give who translated the statement into this language, and into another."""
    language, source = example.language, (setting.others(example.language) or (example,))[0].language
    name = Words(example["statement"]["translator"], _in_latin(example, setting))
    by = Part("Link", {"words": name, "url": "", "hreflang": ""})
    pairs = ((language, source), (source, language))
    return tuple(Part("Credit", {"language": one, "source": other, "by": (by,)}) for one, other in pairs)


def _in_latin(example: Example, setting: Setting) -> Language:
    """Give the language of a name in Latin letters: that of the page, or the first in that script."""
    latin = (one for one in (example.language, *setting.site.languages) if one.script == "Latn")
    return next(latin, example.language)


def _cover(example: Example, setting: Setting) -> Part:
    said = example["picture"]
    alt, credit = words(said["alt"], example.language), words(said["credit"], example.language)
    return Part("CoverView", {"url": setting.picture, "alt": alt, "credit": credit})


def _signatories(example: Example, setting: Setting) -> tuple[Part, ...]:
    """Give one who signed with an organisation named in another language, and one with a page of its own."""
    said = example["statement"]["signatory"]
    named = _foreign(said["organisation"], said["language"], example, setting)
    organisation = Part("Link", {"words": named, "url": here(example.language), "hreflang": ""})
    signed = ((said["name"], organisation, ""), (example["post"]["member"], None, here(example.language)))
    return tuple(
        Part("SignatoryView", {"name": words(name, example.language), "organisation": of, "url": url})
        for name, of, url in signed
    )


def _foreign(text: str, tag: str, example: Example, setting: Setting) -> Words:
    """Give words of another language, where the site has it."""
    known = (one for one in setting.site.languages if one.tag == tag)
    return Words(text, next(known, example.language))


def _faces() -> tuple[Part, ...]:
    """Give a face in each script."""
    return (face("ش", arabic=True), face("J", arabic=False))


def _cells(example: Example) -> Iterator[Part]:
    """Give a version of a text in each way in which it may stand."""
    for state in get_args(State):
        shown = state not in ("missing", "broken")
        stands = {"language": example.language, "state": state, "url": here(example.language) if shown else ""}
        fields = {"draft": state == "current", "count": 2, "total": 14, "words": 120}
        yield Part("BoardCell", stands | fields | {"by": ()})
    claimed = {"language": example.language, "state": "unpinned", "url": "", "draft": True}
    yield Part("BoardCell", claimed | {"by": (example["statement"]["translator"],)})


def _pairs(example: Example, other: Example) -> Iterator[Part]:
    """Give the first resolutions of the statement beside those of another language: as it was, changed, and new."""
    changes = ("", "changed", "new")
    for change, ours, theirs in zip(changes, resolutions(example), resolutions(other), strict=False):
        first, second = (
            Markup('<ol start="{}"><li>{}</li></ol>').format(one.fields["number"], one.fields["html"]) for one in (ours, theirs)
        )
        fields = {"anchor": ours.fields["anchor"], "change": change}
        yield Part("Pair", {"first": first, "second": Markup() if change == "new" else second, **fields})


def _member_name(example: Example, setting: Setting) -> Words:
    said = example["member"]
    return _foreign(said["own"], said["own_language"], example, setting)
