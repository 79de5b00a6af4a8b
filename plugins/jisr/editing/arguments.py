"""The text that an editor names: by its file, by its folder, or as kind/id."""

from __future__ import annotations

import re
from pathlib import Path

from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation
from jisr.core.model.document import Document, TranslationSet
from jisr.core.schema.validation_context import suggest_word
from jisr.editing.editing_context import EditingContext
from jisr.editing.text_reference import find_kind

_INDEX = re.compile(r"index\.([^.]+)\.md")


def find_text(named: str, desk: EditingContext) -> tuple[TranslationSet, Document]:
    """Return a text and the version of it that is meant: that of the file that was named, else the original.

    Raises ProblemsError where there is no such text, or where it cannot be read.
    """
    parts = _content_path_parts(named, desk) or [part for part in named.split("/") if part not in ("", ".")]
    index = _INDEX.fullmatch(parts[-1]) if parts else None
    kind, identity = _text_key(parts[:-1] if index else parts, named, desk)
    texts = desk.site.get(kind, identity)
    if texts is None:
        raise ProblemsError(*_unknown_text(kind, identity, named, desk))
    tag = index[1] if index else texts.origin
    version = texts.get(tag)
    if version is None:
        path = desk.display_path_of(kind, identity, tag)
        text = '"{path}" is not there, or has an error. Its versions: {tags}.'
        problem = Problem.error(SourceLocation(path), "file", text, path=path, tags=", ".join(texts.tags))
        raise ProblemsError(*(_file_errors(kind, identity, desk) or (problem,)))
    return texts, version


def _content_path_parts(named: str, desk: EditingContext) -> list[str]:
    try:
        return list(Path(named).resolve().relative_to(desk.root.resolve()).parts)
    except (ValueError, OSError):
        return []


def _text_key(parts: list[str], named: str, desk: EditingContext) -> tuple[str, str]:
    if len(parts) < 2:
        text = '"{path}" is no text. Name its file or folder, or write <kind>/<id>, as statements/2012-first-statement.'
        raise ProblemsError(Problem.error(SourceLocation(named), "path", text, path=named))
    return find_kind(parts[0], desk).name, "/".join(parts[1:])


def _unknown_text(kind: str, identity: str, named: str, desk: EditingContext) -> tuple[Problem, ...]:
    known = [texts.id for texts in desk.site.of_kind(kind)]
    text = '"{id}" is no text of "{kind}". {hint}Begin it with inv new {kind} {id}, or name one that is there.'
    problem = Problem.error(SourceLocation(named), "path", text, id=identity, kind=kind, hint=suggest_word(identity, known))
    return _file_errors(kind, identity, desk) or (problem,)


def _file_errors(kind: str, identity: str, desk: EditingContext) -> tuple[Problem, ...]:
    """Return the errors in the files of a text, for which it could not be read."""
    folder = f"{desk.display_path_of(kind, identity)}/"
    return tuple(problem for problem in desk.errors if problem.place.path.startswith(folder))
