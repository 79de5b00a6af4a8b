"""Replies of readers to a text: one thread over all its versions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.model.body import REPLIES, Body
from jisr.core.model.channels import Channels
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
    status: str = "published"
    held: tuple[str, ...] = ()  # why a person must look at it before readers do

    @property
    def anchor(self) -> str:
        """The id of its place on the page."""
        return f"reply-{self.name}"

    @property
    def is_shown(self) -> bool:
        """Whether readers see it, where what it answers is shown."""
        return self.status == "published" and not self.held


@dataclass(frozen=True, slots=True)
class ThreadedReply:
    """A reply at its place in a thread: ``depth`` counts the replies that it is below, ``answered`` is the last of these."""

    reply: Reply
    depth: int
    answered: Reply | None


def split_shown(replies: Iterable[Reply]) -> tuple[tuple[Reply, ...], tuple[Reply, ...]]:
    """Return the replies that readers see, and those that wait: for a person, or for what they answer."""
    thread = tuple(replies)
    waiting = {one.name for one in thread if not one.is_shown}
    while waiting and (more := {one.name for one in thread if one.answers in waiting} - waiting):
        waiting |= more
    return tuple(one for one in thread if one.name not in waiting), tuple(one for one in thread if one.name in waiting)


def takes_replies(document: Document, channels: Channels, replies: Iterable[Reply]) -> bool:
    """Whether readers may answer a version: its own word decides, else its kind; a thread of an old site is only read."""
    wanted = document.replies.open is True or (document.kind in channels.reply_kinds and document.replies.open is None)
    return wanted and document.status == "published" and not any(one.imported for one in replies)


def last_day_of_replies(document: Document, channels: Channels) -> Day | None:
    """Return the last day on which readers may answer a text: the one that it states, else so many days after its own."""
    rules = document.replies
    if rules.until is not None or rules.open is not None or not channels.reply_days or document.date is None:
        return rules.until
    day = document.date.date() if isinstance(document.date, datetime) else document.date
    return day + timedelta(days=channels.reply_days)


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
