"""Replies of readers to a text: one thread over all its versions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.model.body import REPLIES, Body
from jisr.core.model.document import Day, Document


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply to a text, or to another reply, in the language in which it was written.

    ``name`` is that of its file, and of its place on the page; ``answers`` is the name of the reply that it answers.
    """

    name: str
    language: Language
    path: str
    author: str
    date: Day
    body: Body
    answers: str = ""
    site: str = ""
    imported: bool = False

    @property
    def anchor(self) -> str:
        """The id of its place on the page."""
        return f"reply-{self.name}"


@dataclass(frozen=True, slots=True)
class ThreadedReply:
    """A reply at its place in a thread: ``depth`` counts the replies that it is below, ``answered`` is the last of these."""

    reply: Reply
    depth: int
    answered: Reply | None


def order_thread(replies: Iterable[Reply]) -> tuple[ThreadedReply, ...]:
    """Return replies, which are oldest first, with the answers to each below it."""
    answers: dict[str, list[Reply]] = {}
    for reply in replies:
        answers.setdefault(reply.answers, []).append(reply)
    thread: list[ThreadedReply] = []
    waiting = [ThreadedReply(one, 0, None) for one in reversed(answers.get("", ()))]
    while waiting:
        one = waiting.pop()
        thread.append(one)
        below = reversed(answers.get(one.reply.name, ()))
        waiting += [ThreadedReply(reply, one.depth + 1, one.reply) for reply in below]
    return tuple(thread)


def as_document(reply: Reply, text: Document) -> Document:
    """Return a reply as a version of a text in its own folder, from which its links lead."""
    return replace(
        text, id=f"{text.id}/{REPLIES}", path=reply.path, language=reply.language, outline=reply.body.outline, aliases=()
    )
