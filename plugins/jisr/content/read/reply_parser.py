"""The parser of replies: a file each, checked like a text, and what a reply may not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from jisr.content.read.discovery import ReplyFile
from jisr.content.read.front_matter import parse_front_matter
from jisr.content.read.version_parser import read_source_file
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Languages
from jisr.core.model.body import REPLIES, BodyRenderer, MarkdownSource, prefix_ids
from jisr.core.model.replies import Reply
from jisr.core.model.site import to_timestamp
from jisr.core.schema.kinds import REPLY
from jisr.core.schema.validation import validate
from jisr.core.schema.validation_context import FrontMatterValidation, suggest_word

_PERSONAL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@.]+|\d{1,3}(?:\.\d{1,3}){3}")  # an e-mail or IP address

_STATED_RELATION = re.compile(r'(<a\b[^<>]*?)\srel="[^"]*"')
_OUTSIDE_LINK = re.compile(r'(<a(?![^<>]*\srel=)[^<>]*\shref="https?:[^"]*")')


@dataclass(frozen=True, slots=True)
class ParsedReplies:
    """The replies to a text, oldest first, and what is wrong in them."""

    replies: tuple[Reply, ...]
    problems: tuple[Problem, ...]


def parse_replies(files: Sequence[ReplyFile], languages: Languages, render: BodyRenderer, timezone: ZoneInfo) -> ParsedReplies:
    """Return the replies in files; one with an error is left out."""
    replies: dict[str, Reply] = {}
    places: dict[str, SourceLocation] = {}
    problems: list[Problem] = []
    for file in files:
        try:
            reply, place, wrong = _parse_reply(file, languages, render)
        except ProblemsError as error:
            problems += error.problems
            continue
        problems += wrong
        if reply is not None:
            replies[file.name], places[file.name] = reply, place
    problems += _answer_problems(replies, places, [one.name for one in files])
    ordered = sorted(replies.values(), key=lambda one: (to_timestamp(one.date, timezone), one.name))
    return ParsedReplies(tuple(ordered), tuple(problems))


def _parse_reply(
    file: ReplyFile, languages: Languages, render: BodyRenderer
) -> tuple[Reply | None, SourceLocation, list[Problem]]:
    """Return a reply, None where it lacks something; the place where it names what it answers; what is wrong in it.

    Raises ProblemsError where the file cannot be read or split.
    """
    source = read_source_file(file.source, file.path)
    form = FrontMatterValidation(file.language, languages)
    validate(REPLY, parse_front_matter(source.front_matter, file.path), form)
    place = SourceLocation(file.path)
    for field in REPLY.fields:
        if field.required and field.name not in form.locations:
            text = '"{name}" is missing. Add a line {name}: … to the front matter of the reply.'
            form.error(place, field.name, text, name=field.name)
    values = form.values
    if _PERSONAL.fullmatch(values.get("author", "")):
        text = '"{value}" is an address of a person, which is never published. Write the name of the author.'
        form.error(form.locations["author"], "author", text, value=values["author"])
    body = render(MarkdownSource(source.body, file.language, REPLIES, file.path, source.body_line))
    problems = [*form.problems, *body.problems]
    if not body.html.strip():
        text = '"{name}" says nothing. Write the words of the reply below the front matter, or remove the file.'
        problems.append(Problem.error(place, "empty", text, name=file.source.name))
    if not {"author", "date"} <= values.keys():
        return None, place, problems
    html = _STATED_RELATION.sub(r"\1", prefix_ids(body.html, f"reply-{file.name}-"))
    html = _OUTSIDE_LINK.sub(r'\1 rel="ugc nofollow"', html)
    body = replace(body, html=html, problems=(), part_lines=())
    return Reply(file.name, file.language, file.path, body=body, **values), form.locations.get("answers", place), problems


def _answer_problems(
    replies: Mapping[str, Reply], places: Mapping[str, SourceLocation], names: Sequence[str]
) -> Iterator[Problem]:
    """Return a problem for each reply that answers none, or that comes back to itself."""
    for name, reply in replies.items():
        if reply.answers and reply.answers not in names:
            text = '"{answers}" is no reply to this text. {hint}Write the name of the file of a reply, without its language.'
            hint = suggest_word(reply.answers, names)
            yield Problem.error(places[name], "answers", text, answers=reply.answers, hint=hint)
        elif _is_circular(name, replies):
            text = '"{answers}" leads in a circle back to "{name}". Let each reply name one that was there before.'
            yield Problem.error(places[name], "answers", text, answers=reply.answers, name=name)


def _is_circular(name: str, replies: Mapping[str, Reply]) -> bool:
    visited: set[str] = set()
    one = replies[name].answers
    while one in replies and one not in visited and one != name:
        visited.add(one)
        one = replies[one].answers
    return one == name
