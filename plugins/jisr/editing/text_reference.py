"""The kind, id and language that an editor names: what they mean, or what to write instead."""

from __future__ import annotations

import re

from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation
from jisr.core.i18n.languages import Language
from jisr.core.schema.kinds import Kind
from jisr.core.schema.validation_context import did_you_mean, suggest_language_tag, suggest_word
from jisr.core.urls import paths
from jisr.editing.editing_context import EditingContext

_ID = re.compile(r"[a-z0-9]+(-+[a-z0-9]+)*")


def find_kind(name: str, desk: EditingContext) -> Kind:
    """Return a kind by the name of its folder or its singular. Raises ProblemsError where there is none."""
    known = {word: kind for kind in desk.site.kinds for word in (kind.name, kind.singular) if word}
    if name in known:
        return known[name]
    names = [kind.name for kind in desk.site.kinds]
    text = '"{kind}" is not a kind of text. {hint}There are: {kinds}.'
    place = SourceLocation(f"{desk.display_path}/{name}")
    raise ProblemsError(Problem.error(place, "kind", text, kind=name, hint=suggest_word(name, known), kinds=", ".join(names)))


def find_language(tag: str, desk: EditingContext, path: str) -> Language:
    """Return a language of the site by its tag. Raises ProblemsError where it has none of that tag."""
    if tag in desk.site.languages:
        return desk.site.languages[tag]
    tags = desk.site.languages.tags
    if not tag:
        missing = "The language of the text is not stated. Name one of these with --lang: {tags}."
        raise ProblemsError(Problem.error(SourceLocation(path), "language", missing, tags=", ".join(tags)))
    text = '"{tag}" is not a language of this site. {hint}Name one of: {tags}.'
    problem = Problem.error(
        SourceLocation(path), "language", text, tag=tag, hint=suggest_language_tag(tag, tags), tags=", ".join(tags)
    )
    raise ProblemsError(problem)


def check_new_id(kind: Kind, identity: str, desk: EditingContext) -> str:
    """Return an id that a new text of a kind may have. Raises ProblemsError where it may not."""
    path = desk.display_path_of(kind.name, identity)
    parts = identity.strip("/").split("/")
    if kind.name == "posts":
        _check_member(parts, path, identity, desk)
    elif len(parts) > 1:
        text = '"{id}" has a "/", and only posts lie in a folder of their member. Leave it out.'
        raise ProblemsError(Problem.error(SourceLocation(path), "name", text, id=identity))
    for part in parts:
        _check_name(part, path)
    return "/".join(parts)


def _check_name(part: str, path: str) -> None:
    if not _ID.fullmatch(part):
        text = '"{id}" cannot be an id: it is part of the address in every language. {hint}Use a-z, 0-9 and "-" only.'
        near = re.sub(r"[^a-z0-9]+", "-", part.lower()).strip("-") if part.isascii() else ""
        proposed = did_you_mean(near)
        raise ProblemsError(Problem.error(SourceLocation(path), "name", text, id=part, hint=proposed))
    if part in paths.RESERVED_SEGMENTS:
        text = '"{id}" is taken: the site itself uses this address. Choose another id.'
        raise ProblemsError(Problem.error(SourceLocation(path), "address", text, id=part))


def _check_member(parts: list[str], path: str, identity: str, desk: EditingContext) -> None:
    if len(parts) != 2:
        text = '"{id}" says no member. A post is <member>/<id>, as dijla/first-post.'
        raise ProblemsError(Problem.error(SourceLocation(path), "member", text, id=identity))
    if not (desk.folder("members", parts[0])).is_dir() or not _ID.fullmatch(parts[0]):
        known = [texts.id for texts in desk.site.of_kind("members")]
        text = '"{member}" is not a member. {hint}Name the folder of one in {folder}, or make it with inv new member.'
        folder = f"{desk.display_path}/members"
        problem = Problem.error(
            SourceLocation(path), "member", text, member=parts[0], hint=suggest_word(parts[0], known), folder=folder
        )
        raise ProblemsError(problem)
