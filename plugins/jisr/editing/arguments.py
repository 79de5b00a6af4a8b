"""Arguments of the commands for editors: a text by its file, its folder or as kind/id; a kind, a new id, a language."""

from __future__ import annotations

import re
from pathlib import Path

from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation
from jisr.core.i18n.languages import Language
from jisr.core.model.document import Document, TranslationSet
from jisr.core.schema.field_types import Kind
from jisr.core.schema.validation_context import did_you_mean, suggest_language_tag, suggest_word
from jisr.core.urls import paths
from jisr.core.urls.file_names import name_fault
from jisr.editing.editing_context import EditingContext

_INDEX = re.compile(r"index\.([^.]+)\.md")
_ID = re.compile(r"[a-z0-9]+(-+[a-z0-9]+)*")


def find_text(argument: str, context: EditingContext) -> tuple[TranslationSet, Document]:
    """Return a text and one of its versions: that of the file in the argument, else the original.

    Raises ProblemsError where there is no such text, or where it cannot be read.
    """
    parts = _content_path_parts(argument, context) or [part for part in argument.split("/") if part not in ("", ".")]
    index = _INDEX.fullmatch(parts[-1]) if parts else None
    kind, identity = _text_key(parts[:-1] if index else parts, argument, context)
    texts = context.site.get(kind, identity)
    if texts is None:
        raise ProblemsError(*_unknown_text(kind, identity, argument, context))
    tag = index[1] if index else texts.origin
    version = texts.get(tag)
    if version is None:
        path = context.display_path_of(kind, identity, tag)
        text = '"{path}" is not there, or has an error. Its versions: {tags}.'
        problem = Problem.error(SourceLocation(path), "file", text, path=path, tags=", ".join(texts.tags))
        raise ProblemsError(*(file_errors(kind, identity, context) or (problem,)))
    return texts, version


def _content_path_parts(argument: str, context: EditingContext) -> list[str]:
    """Return the parts of a path below the content folder; none where it is not below it."""
    try:
        return list(Path(argument).resolve().relative_to(context.root.resolve()).parts)
    except (ValueError, OSError):
        return []


def _text_key(parts: list[str], argument: str, context: EditingContext) -> tuple[str, str]:
    if len(parts) < 2:
        text = '"{path}" is no text. Name its file or folder, or write <kind>/<id>, as statements/2012-first-statement.'
        raise ProblemsError(Problem.error(SourceLocation(argument), "path", text, path=argument))
    return find_kind(parts[0], context).name, "/".join(parts[1:])


def _unknown_text(kind: str, identity: str, argument: str, context: EditingContext) -> tuple[Problem, ...]:
    ids = [texts.id for texts in context.site.of_kind(kind)]
    text = '"{id}" is no text of "{kind}". {hint}Begin it with inv new {kind} {id}, or name one that is there.'
    problem = Problem.error(SourceLocation(argument), "path", text, id=identity, kind=kind, hint=suggest_word(identity, ids))
    return file_errors(kind, identity, context) or (problem,)


def file_errors(kind: str, identity: str, context: EditingContext) -> tuple[Problem, ...]:
    """Return the errors in the files of a text."""
    folder = f"{context.display_path_of(kind, identity)}/"
    return tuple(problem for problem in context.errors if problem.place.path.startswith(folder))


def find_kind(name: str, context: EditingContext) -> Kind:
    """Return a kind by the name of its folder or its singular. Raises ProblemsError where there is none."""
    kinds = {word: kind for kind in context.site.kinds for word in (kind.name, kind.singular) if word}
    if name in kinds:
        return kinds[name]
    names = [kind.name for kind in context.site.kinds]
    text = '"{kind}" is not a kind of text. {hint}There are: {kinds}.'
    place = SourceLocation(f"{context.display_path}/{name}")
    raise ProblemsError(Problem.error(place, "kind", text, kind=name, hint=suggest_word(name, kinds), kinds=", ".join(names)))


def find_language(tag: str, context: EditingContext, path: str) -> Language:
    """Return a language of the site by its tag. Raises ProblemsError where there is none."""
    if tag in context.site.languages:
        return context.site.languages[tag]
    tags = context.site.languages.tags
    if not tag:
        missing = "The language of the text is not stated. Name one of these with --lang: {tags}."
        raise ProblemsError(Problem.error(SourceLocation(path), "language", missing, tags=", ".join(tags)))
    text, hint = '"{tag}" is not a language of this site. {hint}Name one of: {tags}.', suggest_language_tag(tag, tags)
    raise ProblemsError(Problem.error(SourceLocation(path), "language", text, tag=tag, hint=hint, tags=", ".join(tags)))


def check_new_id(kind: Kind, identity: str, context: EditingContext) -> str:
    """Return the id of a new text, without slashes at its ends. Raises ProblemsError where it is not valid."""
    path = context.display_path_of(kind.name, identity)
    parts = identity.strip("/").split("/")
    if kind.name == "posts":
        _check_member(parts, path, identity, context)
    elif len(parts) > 1:
        text = '"{id}" has a "/", and only posts lie in a folder of their member. Leave it out.'
        raise ProblemsError(Problem.error(SourceLocation(path), "name", text, id=identity))
    for part in parts:
        _check_segment(part, path)
    return "/".join(parts)


def _check_segment(part: str, path: str) -> None:
    if not _ID.fullmatch(part):
        text = '"{id}" cannot be an id: it is part of the address in every language. {hint}Use a-z, 0-9 and "-" only.'
        near = re.sub(r"[^a-z0-9]+", "-", part.lower()).strip("-") if part.isascii() else ""
        raise ProblemsError(Problem.error(SourceLocation(path), "name", text, id=part, hint=did_you_mean(near)))
    if why := name_fault(part):
        text = '"{id}" cannot be a folder on every computer: {reason}. Choose another id.'
        raise ProblemsError(Problem.error(SourceLocation(path), "name", text, id=part, reason=why))
    if part in paths.RESERVED_SEGMENTS:
        text = '"{id}" is taken: the site itself uses this address. Choose another id.'
        raise ProblemsError(Problem.error(SourceLocation(path), "address", text, id=part))


def _check_member(parts: list[str], path: str, identity: str, context: EditingContext) -> None:
    if len(parts) != 2:
        text = '"{id}" says no member. A post is <member>/<id>, as dijla/first-post.'
        raise ProblemsError(Problem.error(SourceLocation(path), "member", text, id=identity))
    if not context.folder("members", parts[0]).is_dir() or not _ID.fullmatch(parts[0]):
        ids = [texts.id for texts in context.site.of_kind("members")]
        text = '"{member}" is not a member. {hint}Name the folder of one in {folder}, or make it with inv new member.'
        folder, hint = f"{context.display_path}/members", suggest_word(parts[0], ids)
        raise ProblemsError(Problem.error(SourceLocation(path), "member", text, member=parts[0], hint=hint, folder=folder))
