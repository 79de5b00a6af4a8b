"""The parser of a version: front matter validated, body rendered, nothing inherited yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jisr.content.read.discovery import Bundle, VersionFile
from jisr.content.read.file_encoding import decode
from jisr.content.read.front_matter import parse_front_matter
from jisr.content.read.source_file import SourceFile, parse_source_file
from jisr.core.diagnostics.error_reasons import parse_reason
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation, phrase
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language, Languages
from jisr.core.model.body import Body, BodyRenderer, MarkdownSource
from jisr.core.schema.field_types import Kind
from jisr.core.schema.validation import validate
from jisr.core.schema.validation_context import FrontMatterValidation, Reference
from jisr.core.translation.blocks import TextBlock, version_blocks


@dataclass(frozen=True, slots=True)
class ParsedVersion:
    """The content of one file: the values of its own fields, their places, its references to other texts, its body."""

    kind: Kind
    id: str
    language: Language
    path: str
    values: Mapping[str, Any]
    places: Mapping[str, SourceLocation]
    mentions: tuple[Reference, ...]
    body: Body
    body_source: MarkdownSource
    problems: tuple[Problem, ...]

    @property
    def is_original(self) -> bool:
        """Whether the file has no ``translation`` field."""
        return "translation" not in self.places

    def place(self, name: str) -> SourceLocation:
        """Return the place of a field, or the beginning of the file."""
        return self.places.get(name, SourceLocation(self.path))

    @property
    def blocks(self) -> tuple[TextBlock, ...]:
        """Its blocks, to be compared with the pins of its translations."""
        title, summary = (self.values[name].text if name in self.values else "" for name in ("title", "summary"))
        return version_blocks(title, summary, self.body_source.text, self.body_source.first_line)


def parse_version(bundle: Bundle, version: VersionFile, languages: Languages, render: BodyRenderer) -> ParsedVersion:
    """Return the content of a version's file, with all that is wrong in it.

    Raises ProblemsError where the file cannot be read or split.
    """
    file = read_source_file(version.source, version.path)
    form = FrontMatterValidation(version.language, languages)
    validate(bundle.kind, parse_front_matter(file.front_matter, version.path), form)
    source = MarkdownSource(file.body, version.language, bundle.kind.name, version.path, file.body_line)
    body = render(source)
    is_fetched = not form.locations.keys().isdisjoint(("original", "fetched"))  # others' words, whose signs a converter wrote
    told = body.problems if not is_fetched else tuple(one for one in body.problems if one.code != "leftover")
    return ParsedVersion(
        kind=bundle.kind,
        id=bundle.id,
        language=version.language,
        path=version.path,
        values=form.values,
        places=form.locations,
        mentions=tuple(form.references),
        body=body,
        body_source=source,
        problems=(*form.problems, *told),
    )


def read_source_file(source: Path, path: str) -> SourceFile:
    """Return a file split at its ``---`` lines. Raises ProblemsError where it cannot be read or split."""
    try:
        data = source.read_bytes()
    except OSError as error:
        text = "The file cannot be read: {reason}."
        reason = parse_reason(error.strerror)
        raise ProblemsError(Problem.error(SourceLocation(path), "file", text, reason=reason)) from None
    return parse_source_file(decode(data, path), path)


def missing_field_problems(version: ParsedVersion, is_sole_original: bool) -> Iterator[Problem]:
    """Return a problem for each required field that a file must state itself and doesn't.

    Of several versions without a ``translation`` field all but one are translations, which inherit what they do not state.
    """
    for one in version.kind.fields:
        if one.required and one.name not in version.places and (is_sole_original or not one.inherited):
            text = '"{name}" is missing. Add a line {name}: … to the front matter{example}.'
            example = phrase(", as date: 2012-02-09") if one.name == "date" else ""
            yield Problem.error(SourceLocation(version.path), one.name, text, name=one.name, example=example)
