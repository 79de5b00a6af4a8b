"""The plan of an import: the kind, the id and the language of each text, its original, where its old addresses lead."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import unquote

from slugify import slugify

from jisr.core.diagnostics.problems import phrase
from jisr.core.schema.kinds import Kinds
from jisr.core.urls import paths
from jisr.importing.old_site import Note, OldSite, OldTopic, OldVersion, normal

_PLAIN_SLUG = re.compile(r"[a-z0-9]+(?:-+[a-z0-9]+)*")
_LONGEST_ID = 80
_FIRST = datetime.max.replace(tzinfo=UTC)


@dataclass(slots=True)
class PlannedText:
    """A text: its kind and id, and its versions by language; ``origin`` is the language of the original."""

    kind: str
    id: str
    versions: dict[str, OldVersion]
    origin: str
    group: str = ""  # what it is in the old system

    @property
    def folder(self) -> str:
        """Its folder below the content folder."""
        return f"{self.kind}/{self.id}"

    def address(self, tag: str) -> str:
        """Return the address of a version on this site."""
        return paths.text(tag, self.kind, self.id)


@dataclass(slots=True)
class ImportPlan:
    """All texts and topics, where each version and each old address is, and which addresses are aliases."""

    texts: list[PlannedText] = field(default_factory=list)
    topics: dict[str, tuple[str, OldTopic]] = field(default_factory=dict)  # key -> id and topic
    by_version: dict[str, tuple[PlannedText, str]] = field(default_factory=dict)
    places: dict[str, tuple[str, str, str]] = field(default_factory=dict)  # old address -> kind, id and language
    aliases: dict[tuple[str, str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    redirects: dict[str, str] = field(default_factory=dict)  # old address -> path of this site
    guids: dict[str, str] = field(default_factory=dict)  # key of a version -> its guid
    no_page: list[str] = field(default_factory=list)  # old addresses at which no page can lead on
    same: list[str] = field(default_factory=list)  # old addresses that are those of this site


@dataclass(slots=True)
class Taken:
    """What this site has already: ids by kind with the title of each, and addresses."""

    kinds: Kinds
    tags: tuple[str, ...]
    titles: Mapping[tuple[str, str], str] = field(default_factory=dict)
    addresses: Mapping[str, str] = field(default_factory=dict)  # -> what stands there, as "news/2012-x"
    ids: Mapping[str, str] = field(default_factory=dict)  # group or topic -> "kind/id" of an earlier import
    old: Mapping[str, str] = field(default_factory=dict)  # old address of a text that is here -> "kind/id"
    marks: Mapping[str, frozenset[str]] = field(default_factory=dict)  # "kind/id" -> its guids, else its titles


def make_plan(site: OldSite, taken: Taken) -> ImportPlan:
    """Return the plan of an import; doubts and what is left out go to the report of the site."""
    plan = ImportPlan()
    used = {(kind, identity) for kind, identity in taken.titles} - {_split(one) for one in taken.ids.values()}
    groups: dict[str, list[OldVersion]] = defaultdict(list)
    site.read["groups"] = sum(number > 1 for number in Counter(version.group for version in site.versions).values())
    for version in site.versions:
        if version.tag in taken.tags:
            groups[version.group].append(version)
        else:
            why = phrase('its language, "{tag}", is not one of this site; add it to LANGUAGES', tag=version.tag)
            site.leave("text", version.label, why)
    for group, versions in sorted(groups.items(), key=lambda one: _group_order(one[1])):
        for name, members in _by_language(group, versions, site):
            text = _plan_text(name, members, site, taken, used)
            plan.texts.append(text)
            plan.by_version.update({version.key: (text, tag) for tag, version in text.versions.items()})
    _plan_topics(site, taken, used, plan)
    _plan_guids(plan, site)
    return plan


def _split(place: str) -> tuple[str, str]:
    kind, _, identity = place.partition("/")
    return kind, identity


def _moment(version: OldVersion) -> datetime:
    date = version.date
    return _FIRST if date is None else date if date.tzinfo else date.replace(tzinfo=UTC)


def _group_order(versions: list[OldVersion]) -> tuple[datetime, str]:
    return min((_moment(one), one.key) for one in versions)


def _by_language(group: str, versions: list[OldVersion], site: OldSite) -> Iterator[tuple[str, dict[str, OldVersion]]]:
    """Return the versions of a text by language; a second one in a language is a text of its own."""
    members: dict[str, OldVersion] = {}
    for version in versions:
        if version.tag in members:
            why = phrase("its group has a text in {tag} already: it is a text of its own", tag=version.tag)
            site.doubts.append(Note(version.label, why))
            yield f"{group} {version.key}", {version.tag: version}
        else:
            members[version.tag] = version
    yield group, members


def _plan_text(
    group: str, members: dict[str, OldVersion], site: OldSite, taken: Taken, used: set[tuple[str, str]]
) -> PlannedText:
    stated = next((tag for tag, version in members.items() if version.is_original), "")
    order = {tag: number for number, tag in enumerate(taken.tags)}
    origin = stated or min(members, key=lambda tag: (_moment(members[tag]), order[tag]))
    original = members[origin]
    wish = next((one.kind for one in (original, *members.values()) if one.kind), "")
    kind = _choose_kind(wish, original, site, taken)
    if place := taken.ids.get(group) or _same_text(members, taken):
        kind, identity = _split(place)
    else:
        identity = _choose_id(kind, original, members, used)
    used.add((kind, identity))
    return PlannedText(kind, identity, members, origin, group)


def _same_text(members: Mapping[str, OldVersion], taken: Taken) -> str:
    """Return the text that an earlier import made of these versions, whose record is lost.

    It stood at their address and has their guid; one that has no guid has their title, and stood at all their addresses.
    """
    for one in members.values():
        places = [taken.old.get(normal(address), "") for address in one.addresses]
        for place in filter(None, places):
            if taken.marks[place] & ({one.guid, one.title} if len(set(places)) == 1 else {one.guid}) - {""}:
                return place
    return ""


def _choose_kind(wish: str, version: OldVersion, site: OldSite, taken: Taken) -> str:
    found = next((one.name for one in taken.kinds if wish in (one.name, one.singular)), "")
    if not found and wish.startswith("posts/"):
        return wish
    if wish and (not found or found in ("members", "topics", "workgroups", "organisations", "people", "posts")):
        site.doubts.append(
            Note(version.label, phrase('"{kind}" is no kind of text here: it is news; --map can say more', kind=wish))
        )
        found = ""
    kind = found or "news"
    if version.date is None and kind != "pages":
        why = phrase("it has no date: it is a page")
        site.doubts.append(Note(version.label, why))
        return "pages"
    return kind


def _choose_id(kind: str, original: OldVersion, members: Mapping[str, OldVersion], used: set[tuple[str, str]]) -> str:
    """Return an id: the year and the words of an address in Latin letters; a title is never one."""
    slugs = [original.slug, *(one.slug for tag, one in sorted(members.items()))]
    slug = next((one for one in map(_latin, slugs) if one), "")
    number = _latin(original.key.partition(" ")[0]) or "text"
    year = f"{original.date.year}-" if original.date and not kind.startswith("pages") else ""
    base = f"{year}{slug}" if slug and not (year and slug.startswith(year)) else slug or f"{year or 'page-'}{number}"
    base = base[:_LONGEST_ID].strip("-")
    if base in paths.RESERVED_SEGMENTS or not _PLAIN_SLUG.fullmatch(base):
        base = f"{base}-{number}".strip("-")
    kind_name, _, member = kind.partition("/")
    identity, count = base, 2
    while (kind_name, f"{member}/{identity}" if member else identity) in used or (
        kind == "pages" and identity in paths.RESERVED_SEGMENTS
    ):
        identity, count = f"{base}-{count}", count + 1
    return identity


def _latin(slug: str) -> str:
    """Return a slug that may be a folder's name: its own, in small letters; empty where it is in another script.

    >>> _latin("Water_and-Rivers"), _latin("بيان"), _latin("été-2012")
    ('water-and-rivers', '', 'ete-2012')
    """
    words = unquote(slug).strip()
    letters = [one for one in words if one.isalpha()]
    if not words or any(ord(one) > 0x24F for one in letters):
        return ""
    plain = slugify(words.replace("_", "-"))[:_LONGEST_ID].strip("-")
    return plain if _PLAIN_SLUG.fullmatch(plain) else ""


def _plan_topics(site: OldSite, taken: Taken, used: set[tuple[str, str]], plan: ImportPlan) -> None:
    named = {key for text in plan.texts for version in text.versions.values() for key in version.topics}
    for key, topic in sorted(site.topics.items()):
        names = {tag: name for tag, name in topic.names.items() if tag in taken.tags}
        site.read["topics"] += len(topic.names)
        if key not in named or not names:
            for name in topic.names.values():
                site.leave("topic", f"{key} ({name})", phrase("no text that comes is about it"))
            continue
        for tag in sorted(topic.names.keys() - names.keys()):
            why = phrase('its language, "{tag}", is not one of this site; add it to LANGUAGES', tag=tag)
            site.leave("topic", f"{key} ({topic.names[tag]})", why)
        topic.names = names
        place = taken.ids.get(f"topic {key}", "")
        base = _split(place)[1] or _latin(topic.slug) or f"topic-{_latin(key.partition(' ')[2]) or len(plan.topics) + 1}"
        base = f"topic-{base}" if base in paths.RESERVED_SEGMENTS else base
        if known := _same_topic(base, names, plan):
            plan.topics[key] = known
            for tag, name in names.items():
                known[1].addresses.setdefault(tag, []).extend(topic.addresses.get(tag, ()))
                site.leave("topic", f"{key} ({name})", phrase("it is one topic with {name}", name=f"topics/{known[0]}"))
            continue
        same = taken.titles.get(("topics", base), "").casefold()
        identity, count = base, 2
        while not place and ("topics", identity) in used and same not in map(str.casefold, names.values()):
            identity, count = f"{base}-{count}", count + 1
        used.add(("topics", identity))
        plan.topics[key] = (identity, topic)


def _same_topic(base: str, names: Mapping[str, str], plan: ImportPlan) -> tuple[str, OldTopic] | None:
    """Return the topic that has the same id and names: a category and a keyword may be one."""
    for identity, topic in plan.topics.values():
        shared = topic.names.keys() & names.keys()
        if identity == base and shared and all(topic.names[tag].casefold() == names[tag].casefold() for tag in shared):
            return (identity, topic)
    return None


def _plan_guids(plan: ImportPlan, site: OldSite) -> None:
    """Keep the guid of each text once: synchronised versions of one text share it, others do not."""
    holders: dict[str, str] = {}
    for text in plan.texts:
        for tag in (text.origin, *text.versions):
            version = text.versions[tag]
            if not version.guid or text.kind == "pages" or version.key in plan.guids:
                continue
            if holders.setdefault(version.guid, text.folder) != text.folder:
                why = phrase("its guid is that of {place} too, which keeps it", place=holders[version.guid])
                site.doubts.append(Note(version.label, why))
            elif len(version.guid) <= 2000 and version.guid.isprintable():
                plan.guids[version.key] = version.guid
