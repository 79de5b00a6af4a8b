"""The pages that samples belong to: what surrounds them, and what components ask of the page itself."""

from __future__ import annotations

from collections.abc import Mapping

from jisr.core.i18n.ui_strings import label
from jisr.core.model.document import Words
from jisr.outputs.theme.styleguide.examples import Example
from jisr.outputs.theme.styleguide.sample_data.sample_entities import contact
from jisr.outputs.theme.styleguide.sample_data.sample_events import event
from jisr.outputs.theme.styleguide.sample_data.sample_rows import Setting, face, feeds, here, link, resolutions, row, words
from jisr.outputs.theme.styleguide.views import Part

MENU = ("statements", "conferences", "news", "members")
FOOTER = ("subscribe", "resolutions", "timeline", "search")


def _languages(example: Example, setting: Setting) -> tuple[Part, ...]:
    """Give the language bar: the last of the other languages lacks the page."""
    last = setting.others(example.language)[-1:]
    missing = {one.language.tag for one in last}
    states = {one: "missing" if one.tag in missing else "existing" for one in setting.site.languages}
    states[example.language] = "current"
    return tuple(
        Part("LanguageLink", {"language": one, "url": f"#{one.tag}", "state": states[one]}) for one in setting.site.languages
    )


def _chrome(example: Example, setting: Setting) -> Part:
    network, language = setting.site.network, example.language

    def stated(of: Mapping[str, str]) -> Words:
        return network.words(of, language, setting.site.languages)

    def items(names: tuple[str, ...]) -> tuple[Part, ...]:
        labels = ((name, label(name, setting.messages, language)) for name in names)
        return tuple(
            Part("MenuItem", {"url": here(language), "name": name, "words": said, "current": name == names[0]})
            for name, said in labels
        )

    return Part(
        "Chrome",
        {
            "home_url": here(language),
            "network": stated(network.names),
            "purpose": stated(network.purposes),
            "note": stated(network.notes),
            "languages": _languages(example, setting),
            "menu": items(MENU),
            "breadcrumb": _breadcrumb(example, setting),
            "contact_url": here(language),
            "feed_url": here(language),
            "manifest": "",
            "footer": items(FOOTER),
        },
    )


def _breadcrumb(example: Example, setting: Setting) -> tuple[Part, ...]:
    language = example.language
    above = [(here(language), label(name, setting.messages, language)) for name in ("home", "statements")]
    steps = [*above, ("", words(example["statement"]["title"], language))]
    return tuple(Part("Crumb", {"url": url, "name": "", "words": said}) for url, said in steps)


def bridge(example: Example, setting: Setting) -> tuple[Part, ...]:
    """Give the statement's titles in the other languages: the last of them lacks it, Arabic has the original."""
    others = setting.others(example.language)
    return tuple(
        Part(
            "BridgeItem",
            {
                "language": one.language,
                "url": here(one.language),
                "title": "" if one is others[-1] and len(others) > 1 else one["statement"]["title"],
                "original": one.language.tag == "ar",
            },
        )
        for one in others
    )


def page_of(example: Example, setting: Setting) -> Part:
    """Give a page that is a statement, a member, a listing and a home at once, for components that ask the page."""
    language, said = example.language, example["statement"]
    others = setting.others(language) or (example,)
    member = example["member"]
    return Part(
        "Page",
        {
            "language": language,
            "chrome": _chrome(example, setting),
            "kind": "statements",
            "title": said["title"],
            "summary": said["summary"],
            "day": said["day"],
            "short": "https://example.org/s/hqvdpwk/",
            "event": None,
            "face": None,
            "member": None,
            "authors": (link(said["author"], language),),
            "topics": (link(said["topic"], language),),
            "bridge": tuple(one for one in bridge(example, setting) if one.fields["title"]),
            "beside": tuple(_link_to(one) for one in others),
            "original_language": others[0].language,
            "original_url": here(others[0].language),
            "lag": _lag(others[0], said["day"]),
            "statement": row(example, "statements", place=words(said["place"], language)),
            "resolutions": resolutions(example),
            "resolution_count": 8,
            "number": 2,
            "pages": 3,
            "previous_url": here(language),
            "next_url": here(language),
            "site": "https://insm.example.org",
            "writes_in": tuple(Words(one.own_name, one) for one in setting.site.languages),
            "city": words(member["city"], language),
            "feeds": feeds(language),
            "contact": contact(example),
            "organisations": (link(example["post"]["member"], language),),
        },
    )


def _link_to(example: Example) -> Part:
    return Part("LanguageLink", {"language": example.language, "url": here(example.language), "state": "existing"})


def _lag(other: Example, day: object) -> Part:
    """Give how far the text lags behind its original."""
    fields = {"count": 2, "total": 14, "day": day, "url": here(other.language), "language": other.language}
    return Part("Lag", fields)


def headers(example: Example, page: Part) -> tuple[Part, ...]:
    """Give a page of each kind whose head differs: a statement, a conference, a post of a member."""
    language = example.language
    held, post = example["conference"], example["post"]
    conference = {"kind": "conferences", "title": held["title"], "summary": held["summary"], "event": event(example, "past")}
    written = {
        "kind": "posts",
        "title": post["title"],
        "day": post["day"],
        "authors": (),
        "topics": (),
        "member": link(post["member"], language),
        "face": face(post["member"][0], language.script == "Arab"),
    }
    return (page, *(Part("Page", {**page.fields, **more}) for more in (conference, written)))
