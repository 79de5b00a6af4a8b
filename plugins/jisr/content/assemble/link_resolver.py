"""The resolver of links in bodies: relative links to their targets, or to a problem where there is none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field, replace
from urllib.parse import unquote

from jisr.content.read.discovery import Bundle
from jisr.core.diagnostics.problems import Problem
from jisr.core.frozen import dataclass
from jisr.core.model.body import REPLIES, BodyReference
from jisr.core.model.document import Document, TranslationSet
from jisr.core.model.site import LinkTarget
from jisr.core.schema.kinds import Kinds
from jisr.core.schema.validation_context import suggest_word
from jisr.core.urls.outside_addresses import outside_address
from jisr.core.urls.recordings import find_companions, find_still, recording_tag

_VERSION_FILE = re.compile(r"index\.([^.]+)\.md")
_SCHEDULED_LINK = '"{target}" leads to a text whose day has not come. Until then readers see these words without a link.'


class LinkError(Exception):
    """A link that leads nowhere: a code, a sentence with gaps, and the values of the gaps."""

    def __init__(self, code: str, text: str, **values: object) -> None:
        super().__init__(text)
        self.code, self.text, self.values = code, text, values


@dataclass(frozen=True, slots=True)
class LinkTargets:
    """The possible targets of links: every bundle, and the texts that are built."""

    kinds: Kinds
    bundles: Mapping[tuple[str, str], Bundle]
    sets: Mapping[tuple[str, str], TranslationSet]
    unreadable: frozenset[str]  # paths of files that could not be read: links to them are not reported
    scheduled: Mapping[tuple[str, str], TranslationSet] = field(default_factory=dict)  # whose day has not come, if forgiven
    drafts: frozenset[str] = frozenset()  # paths of drafts, which a preview shows
    unbuilt: Mapping[tuple[str, str], TranslationSet] = field(default_factory=dict)  # all texts, drafts among them


def resolve_links(document: Document, linkable: LinkTargets) -> tuple[tuple[LinkTarget, ...], list[Problem]]:
    """Return the target of each reference of a document, and a problem for each that has none."""
    targets, problems = [], []
    for reference in document.outline.references:
        target = LinkTarget()
        try:
            target = _resolve_reference(reference, document, linkable)
            if target.scheduled:
                problems.append(Problem.warning(reference.place, "link", _SCHEDULED_LINK, target=reference.target))
        except LinkError as error:
            values = {"target": reference.target, **error.values}
            if outside := outside_address(reference.target):
                text = '"{target}" is no file of this site. Write it whole, as {right}.'
                problems.append(Problem.error(reference.place, "link", text, target=reference.target, right=outside))
            elif right := _relative_target(reference, document, linkable):
                text = '"{target}" is not the way from this text. Write {right}.'
                if reference.target.startswith("/"):
                    text = '"{target}" begins at the site\'s root, which may be anywhere. Write {right}.'
                problems.append(Problem.error(reference.place, "link", text, target=reference.target, right=right))
            else:
                problems.append(Problem.error(reference.place, error.code, error.text, **values))
        targets.append(target)
    return tuple(targets), problems


def _resolve_reference(reference: BodyReference, document: Document, linkable: LinkTargets) -> LinkTarget:
    beside = linkable.bundles.get((document.kind, document.id))
    if reference.optional:
        still = find_still(reference.target, beside.files if beside else ())
        return LinkTarget(kind=document.kind, id=document.id, file=still) if still else LinkTarget()
    if beside and (name := unquote(reference.target.removeprefix("./"))) in beside.files:  # even one with # or ?
        return _bundle_file(beside, name)
    path, _, fragment = reference.target.partition("#")
    path, fragment = unquote(path), unquote(fragment)
    if "?" in path or "\\" in path:
        raise LinkError("link", '"{target}" cannot have a "?" or "\\". Link the folder of a text, or a file beside it.')
    if path == "" and document.id.endswith(f"/{REPLIES}"):
        raise LinkError("link", '"{target}" is no place in a reply. Write ../{target} for one in the text.')
    if path == "":
        _check_anchor(document, fragment)
        return LinkTarget(fragment=fragment)
    if path.startswith("/"):
        raise LinkError(
            "link",
            '"{target}" begins at the site\'s root, which may be anywhere. Link the folder of the text instead, as '
            "../../statements/2012-first-statement/.",
        )
    target = _resolve_path(_path_steps(document, path), fragment, document, linkable)
    if reference.embedded and not target.file:
        raise LinkError("file", '"{target}" is not a file that can be shown. Name a file that lies beside the text.')
    return target


def _relative_target(reference: BodyReference, document: Document, linkable: LinkTargets) -> str:
    """Return the right way for an address of the site, or one with backslashes or a query; empty where it leads nowhere."""
    path, mark, fragment = reference.target.replace("\\", "/").partition("#")
    right = path.partition("?")[0]
    if right.startswith("/") and not right.startswith("//"):
        steps = [step for step in right.split("/") if step]
        if steps and steps[0] in _language_tags(linkable):
            steps = steps[1:]
        if len(steps) == 1 and ("pages", steps[0]) in linkable.bundles:
            steps = ["pages", *steps]
        right = "../" * (1 + document.id.count("/") + 1) + "".join(f"{step}/" for step in steps[:-1]) + "".join(steps[-1:])
        right += "/" if path.endswith("/") and steps else ""
    whole = f"{right}{mark}{fragment}"
    if not right or whole == reference.target:
        return ""
    try:
        _resolve_reference(replace(reference, target=whole), document, linkable)
    except LinkError:
        return ""
    return whole


def _language_tags(linkable: LinkTargets) -> frozenset[str]:
    return frozenset(version.language.tag for bundle in linkable.bundles.values() for version in bundle.versions)


def _path_steps(document: Document, path: str) -> list[str]:
    """Return the steps from the content folder to the target of a path, which is relative to the folder of a text."""
    steps = [document.kind, *document.id.split("/")]
    for step in path.split("/"):
        if step == "..":
            if not steps:
                raise LinkError(
                    "link", '"{target}" leaves the content folder. Take a "../" out, or link a file that lies beside the text.'
                )
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    return steps


def _resolve_path(steps: list[str], fragment: str, document: Document, linkable: LinkTargets) -> LinkTarget:
    if not steps:
        return LinkTarget(kind="", id="", tag="home", fragment=fragment)
    kind = linkable.kinds.get(steps[0])
    if kind is None:
        names = [one.name for one in linkable.kinds]
        text = '"{target}" leads to "{step}", which is no kind of text. {hint}Count the "../" once more.'
        raise LinkError("link", text, step=steps[0], hint=suggest_word(steps[0], names))
    depth = 3 if kind.name == "posts" else 2
    if len(steps) == 1 and kind.listed:
        return LinkTarget(kind=kind.name, fragment=fragment)
    if kind.name == "posts" and len(steps) == 2:
        return _text_target("members", steps[1], "", fragment, document, linkable)
    identity, rest = "/".join(steps[1:depth]), steps[depth:]
    if len(rest) > 1 or not identity:
        raise LinkError("link", '"{target}" leads to nothing. Link the folder of a text, or a file beside it.')
    version = _VERSION_FILE.fullmatch(rest[0]) if rest else None
    if rest and not version:
        return _file_target(kind.name, identity, rest[0], linkable)
    return _text_target(kind.name, identity, version[1] if version else "", fragment, document, linkable)


def _file_target(kind: str, identity: str, name: str, linkable: LinkTargets) -> LinkTarget:
    bundle = _find_bundle(kind, identity, linkable)
    if name not in bundle.files:
        text = '"{name}" does not lie in {folder}. {hint}Add the file there, or mend its name.'
        raise LinkError("file", text, name=name, folder=bundle.path, hint=suggest_word(name, bundle.files))
    return _bundle_file(bundle, name)


def _bundle_file(bundle: Bundle, name: str) -> LinkTarget:
    """Return a file of a bundle as a target, with what belongs to it where it is a recording."""
    companions = find_companions(name, bundle.files) if recording_tag(name) else ()
    return LinkTarget(kind=bundle.kind.name, id=bundle.id, file=name, companions=companions)


def _find_bundle(kind: str, identity: str, linkable: LinkTargets) -> Bundle:
    bundle = linkable.bundles.get((kind, identity))
    if bundle is None:
        text = '"{target}" leads to "{id}", and there is no such text in {kind}. {hint}Mend the link, or take it out.'
        hint = suggest_word(identity, [other for one, other in linkable.bundles if one == kind])
        raise LinkError("link", text, id=identity, kind=kind, hint=hint)
    return bundle


def _text_target(kind: str, identity: str, tag: str, fragment: str, document: Document, linkable: LinkTargets) -> LinkTarget:
    bundle = _find_bundle(kind, identity, linkable)
    if tag and tag not in (tags := [version.language.tag for version in bundle.versions]):
        text = '"{target}" leads to a version that does not exist. "{id}" has: {tags}. Link one of them, or the folder alone.'
        raise LinkError("link", text, id=identity, tags=", ".join(tags))
    texts = linkable.sets.get((kind, identity))
    version = (texts.get(tag) if tag else texts.best_for(document.language)) if texts else None
    if version is None:
        if not linkable.unreadable.isdisjoint([one.path for one in bundle.versions]):
            return LinkTarget()
        if upcoming := linkable.scheduled.get((kind, identity)):
            _check_fragment(upcoming.get(tag) or upcoming.best_for(document.language), tag, fragment, linkable)
            return LinkTarget(kind=kind, id=identity, tag=tag, fragment=fragment, scheduled=True)
        raise _unbuilt_error(linkable.unbuilt.get((kind, identity)), tag)
    _check_fragment(version, tag, fragment, linkable)
    return LinkTarget(kind=kind, id=identity, tag=tag, fragment=fragment)


def _unbuilt_error(texts: TranslationSet | None, tag: str) -> LinkError:
    """Return the error of a link to a text that readers cannot see: it says the day of one that appears later."""
    version = (texts.get(tag) or texts.original) if texts else None
    if version and version.status != "draft" and version.date:
        text = '"{target}" leads to a text that appears on {day}. Add the link on that day, or take it out.'
        return LinkError("link", text, day=version.date)
    if version:
        text = (
            '"{target}" leads to a draft, which readers cannot see. Take "status: draft" out of {path}, or take the link out.'
        )
        return LinkError("link", text, path=version.path)
    return LinkError("link", '"{target}" leads to a draft, which readers cannot see. Publish it, or take the link out.')


def _check_fragment(version: Document, tag: str, fragment: str, linkable: LinkTargets) -> None:
    """Look for an anchor in a version; a draft may have no text yet, and readers then get another version."""
    if tag or version.path not in linkable.drafts:
        _check_anchor(version, fragment)


def _check_anchor(document: Document, fragment: str) -> None:
    if fragment and fragment not in document.outline.anchors:
        text = '"#{fragment}" is no place in {path}. {hint}Places are headings, resolutions (r1, r2 …) and what has an id.'
        hint = suggest_word(fragment, sorted(document.outline.anchors))
        raise LinkError("anchor", text, fragment=fragment, path=document.path, hint=hint)
