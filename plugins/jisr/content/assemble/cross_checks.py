"""The checks across files: events, references to other texts, drafts that are named, resolutions that are answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from jisr.content.loaded_texts import LoadedTexts, TextKey
from jisr.content.read.discovery import Bundle
from jisr.core.diagnostics.problems import Problem, SourceLocation, phrase
from jisr.core.model.document import Day, Document, Event
from jisr.core.model.events import end_of_day, event_timezone
from jisr.core.model.site import sort_newest_first, to_datetime
from jisr.core.schema.validation_context import Reference, suggest_word

MOST_PINNED = 3  # texts that stand first in a language: with more of them, none does
_REFERENCE_REMEDIES = {
    "topics": phrase("A topic is a folder in content/topics; mend the id, or add the topic."),
    "members": phrase("A member is a folder in content/members; mend the id, or add the member."),
    "statements": phrase("A statement is a folder in content/statements; mend the id."),
    "workgroups": phrase("A workgroup is a folder in content/workgroups; mend the id, or add the workgroup."),
    "organisations": phrase("An organisation is a folder in content/organisations; mend the id, or add the organisation."),
}
_REFERENCE_CODES = {
    "topics": "topic",
    "members": "member",
    "statements": "document",
    "workgroups": "workgroup",
    "organisations": "organisation",
}
_DRAFT_REFERENCE = '"{name}" is a draft, which readers cannot see. Publish it, or take it out here.'
_LATER_REFERENCE = '"{name}" is a text that appears on {day}. Name it on that day, or take it out here.'
_PINNED = (
    '"{value}" would pin one text more than {most} in {tag}, where these are: {others}. '
    "Take the line out, or the one of another."
)
_DRAFT_MEMBER = (
    '"{name}" is a draft, which readers cannot see, and this folder holds posts of it. Publish it, or make this a draft.'
)


def event_problems(document: Document, default: ZoneInfo) -> Iterator[Problem]:
    """Return a problem for each field of an event that contradicts another, where the file states at least a part of it.

    What a translation inherits as a whole is reported in its original alone.
    """
    event = document.event
    if event is None or "event" not in document.locations:
        return
    if event.timezone and not _is_zone(event.timezone):
        text = '"{value}" is not a time zone. {hint}Write its name, as Asia/Baghdad.'
        near = suggest_word(event.timezone, sorted(available_timezones()))
        yield Problem.error(document.location_of("event.timezone"), "timezone", text, value=event.timezone, hint=near)
    zone = event_timezone(event, default)
    for first, last in (("start", "end"), ("registration.opens", "registration.closes")):
        begin, end = _event_days(event)[first], _event_days(event)[last]
        if begin and end and end_of_day(end, zone) <= to_datetime(begin, zone):
            text = '"{end}" is before "{begin}", where {first} stands. Mend one of the two.'
            place = _field_place(document, last, first)
            yield Problem.error(place, "date", text, end=end, begin=begin, first=first)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _event_days(event: Event) -> dict[str, Day | None]:
    return {
        "start": event.start,
        "end": event.end,
        "registration.opens": event.registration.opens,
        "registration.closes": event.registration.closes,
    }


def _field_place(document: Document, *names: str) -> SourceLocation:
    fields = (f"event.{name}" for name in names if f"event.{name}" in document.locations)
    return document.location_of(next(fields, "event"))


def reference_problems(texts: LoadedTexts) -> Iterator[Problem]:
    """Return a problem for each topic, member, statement or file that a version names and that isn't there."""
    for bundle in texts.bundles.values():
        for file in bundle.versions:
            for reference in texts.mentions.get(file.path, ()):
                yield from _unknown_reference(reference, bundle, texts)
        member = bundle.id.split("/")[0]
        if bundle.kind.name == "posts" and ("members", member) not in texts.bundles:
            yield _unknown_member(bundle, member, texts)


def _unknown_reference(reference: Reference, bundle: Bundle, texts: LoadedTexts) -> Iterator[Problem]:
    if reference.field == "member":
        return  # it must be the folder's, which has a message of its own
    if not reference.kind:
        if reference.name not in bundle.files:
            text = '"{name}" does not lie in {folder}. {hint}Add the file there, or mend its name.'
            hint = suggest_word(reference.name, bundle.files)
            yield Problem.error(reference.place, "file", text, name=reference.name, folder=bundle.path, hint=hint)
    elif (reference.kind, reference.name) not in texts.bundles:
        ids = [identity for kind, identity in texts.bundles if kind == reference.kind]
        text = '"{name}" is not known. {hint}{remedy}'
        code = _REFERENCE_CODES[reference.kind]
        hint, remedy = suggest_word(reference.name, ids), _REFERENCE_REMEDIES[reference.kind]
        yield Problem.error(reference.place, code, text, name=reference.name, hint=hint, remedy=remedy)


def _unknown_member(bundle: Bundle, member: str, texts: LoadedTexts) -> Problem:
    ids = [identity for kind, identity in texts.bundles if kind == "members"]
    text = (
        '"{member}" is not a member, and this folder holds posts of one. {hint}Rename the folder, or add '
        "content/members/{member}."
    )
    return Problem.error(SourceLocation(bundle.versions[0].path), "member", text, member=member, hint=suggest_word(member, ids))


def draft_problems(texts: LoadedTexts, author_ids: Mapping[str, tuple[str, ...]]) -> Iterator[Problem]:
    """Return a problem for each draft that a built version names in its fields, or whose folder holds a post."""
    for translations in texts.sets.values():
        for document in translations.versions:
            yield from _draft_references(document, texts, author_ids.get(document.path, ()))
        member = translations.id.split("/")[0]
        if translations.kind == "posts" and _is_draft("members", member, texts):
            yield Problem.error(SourceLocation(translations.versions[0].path), "draft", _DRAFT_MEMBER, name=member)


def _draft_references(document: Document, texts: LoadedTexts, author_ids: tuple[str, ...]) -> Iterator[Problem]:
    for reference in texts.mentions.get(document.path, ()):
        if reference.field == "event.documents" and (reference.kind, reference.name) in texts.scheduled:
            continue  # a conference may name the statement that will come of it: it is linked from its day on
        if reference.kind and reference.field != "member" and _is_draft(reference.kind, reference.name, texts):
            waiting = texts.complete_sets.get((reference.kind, reference.name))
            if waiting and waiting.original.date and waiting.original.status != "draft":
                day = waiting.original.date
                yield Problem.error(reference.place, "draft", _LATER_REFERENCE, name=reference.name, day=day)
            else:
                yield Problem.error(reference.place, "draft", _DRAFT_REFERENCE, name=reference.name)
    for identity in author_ids:
        if "authors" in document.locations and _is_draft("members", identity, texts):
            yield Problem.error(document.location_of("authors"), "draft", _DRAFT_REFERENCE, name=identity)


def _is_draft(kind: str, identity: str, texts: LoadedTexts) -> bool:
    """Whether a text exists, could be read, and is not built in any language."""
    bundle = texts.bundles.get((kind, identity))
    if bundle is None or (kind, identity) in texts.sets:
        return False
    return texts.unreadable.isdisjoint(version.path for version in bundle.versions)


def resolution_problems(texts: LoadedTexts) -> Iterator[Problem]:
    """Return a problem for each resolution that a version names in ``answers`` or ``promises`` and that isn't there."""
    for translations in texts.sets.values():
        for document in translations.versions:
            if "answers" in document.locations:
                yield from _answer_problems(document, texts)
            if "promises" in document.locations:
                yield from _promise_problems(document)


def _answer_problems(document: Document, texts: LoadedTexts) -> Iterator[Problem]:
    references = [one for one in texts.mentions.get(document.path, ()) if one.field in ("answers", "answers.resolution")]
    for reference, answer in zip(references, document.answers, strict=False):
        identity, _, anchor = answer.resolution.partition("#")
        statement = texts.sets.get(("statements", identity))
        anchors = [one.anchor for one in statement.original.outline.resolutions] if statement else []
        if statement and anchor not in anchors:
            text = '"{anchor}" is no resolution of "{id}". {hint}It has: {anchors}.'
            hint, others = suggest_word(anchor, anchors), ", ".join(anchors) or phrase("none")
            yield Problem.error(reference.place, "answer", text, anchor=anchor, id=identity, hint=hint, anchors=others)
        if ("statements", identity) == document.key:
            text = '"{value}" is a resolution of this text itself. Name that of an earlier statement.'
            yield Problem.error(reference.place, "answer", text, value=answer.resolution)


def _promise_problems(document: Document) -> Iterator[Problem]:
    anchors = [one.anchor for one in document.outline.resolutions]
    for promise in document.promises:
        if promise.anchor not in anchors:
            text = '"{number}" is no resolution of this text. {hint}Write the number of one ({numbers}), or take it out.'
            numbers = ", ".join(one.removeprefix("r") for one in anchors) or phrase("none")
            number = promise.anchor.removeprefix("r")
            near = suggest_word(number, [one.removeprefix("r") for one in anchors])
            yield Problem.error(document.location_of("promises"), "promise", text, number=number, hint=near, numbers=numbers)


def guid_problems(texts: LoadedTexts) -> Iterator[Problem]:
    """Return a problem for each guid that two texts of one member have, or two texts written here: it is the id of one."""
    holders: dict[tuple[str, str], TextKey] = {}
    for key in sorted(texts.complete_sets):
        for document in texts.complete_sets[key].versions:
            guid, owner = document.provenance.guid.strip(), document.provenance.member if document.kind == "posts" else ""
            holder = holders.setdefault((owner, guid), key)
            if guid and holder != key:
                text = '"{guid}" is the guid of "{other}" too. Take the line out of the text that did not have it first.'
                place = document.location_of("guid")
                yield Problem.error(place, "guid", text, guid=guid, other="/".join(holder))


def pin_problems(texts: LoadedTexts, zone: ZoneInfo) -> Iterator[Problem]:
    """Return a problem for each text that is pinned although three newer ones are, in any of its languages."""
    pinned: dict[str, list[Document]] = {}
    for translations in texts.sets.values():
        for document in translations.listed:
            if document.pinned:
                pinned.setdefault(document.language.tag, []).append(document)
    reported: set[TextKey] = set()
    for tag, documents in pinned.items():
        newest = sort_newest_first(documents, zone)
        for document in newest[MOST_PINNED:]:
            if document.key not in reported:
                reported.add(document.key)
                place = document.locations.get("pinned") or texts.sets[document.key].original.location_of("pinned")
                others = ", ".join("/".join(one.key) for one in newest[:MOST_PINNED])
                yield Problem.error(place, "pinned", _PINNED, value="true", most=MOST_PINNED, tag=tag, others=others)
