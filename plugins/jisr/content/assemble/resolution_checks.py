"""Whether the resolutions that texts promise or answer are there."""

from __future__ import annotations

from collections.abc import Iterator

from jisr.content.loader import LoadedTexts
from jisr.core.diagnostics.problems import Problem, phrase
from jisr.core.model.document import Document
from jisr.core.schema.validation_context import suggest_word


def resolution_problems(texts: LoadedTexts) -> Iterator[Problem]:
    """Return a problem for each resolution that a version names in ``answers`` or ``promises`` and that isn't there."""
    for one in texts.sets.values():
        for document in one.versions:
            if "answers" in document.locations:
                yield from _answer_problems(document, texts)
            if "promises" in document.locations:
                yield from _promise_problems(document)


def _answer_problems(document: Document, texts: LoadedTexts) -> Iterator[Problem]:
    mentions = [one for one in texts.mentions.get(document.path, ()) if one.field in ("answers", "answers.resolution")]
    for mention, answer in zip(mentions, document.answers, strict=False):
        identity, _, anchor = answer.resolution.partition("#")
        statement = texts.sets.get(("statements", identity))
        anchors = [one.anchor for one in statement.original.body.resolutions] if statement else []
        if statement and anchor not in anchors:
            text = '"{anchor}" is no resolution of "{id}". {hint}It has: {anchors}.'
            there = ", ".join(anchors) or phrase("none")
            yield Problem.error(
                mention.place, "answer", text, anchor=anchor, id=identity, hint=suggest_word(anchor, anchors), anchors=there
            )
        if ("statements", identity) == document.key:
            text = '"{value}" is a resolution of this text itself. Name that of an earlier statement.'
            yield Problem.error(mention.place, "answer", text, value=answer.resolution)


def _promise_problems(document: Document) -> Iterator[Problem]:
    anchors = [one.anchor for one in document.body.resolutions]
    for promise in document.promises:
        if promise.anchor not in anchors:
            text = '"{number}" is no resolution of this text. {hint}Write the number of one: 6, or 2-1 in the second list.'
            number = promise.anchor.removeprefix("r")
            near = suggest_word(number, [one.removeprefix("r") for one in anchors])
            yield Problem.error(document.location_of("promises"), "promise", text, number=number, hint=near)
