"""Resolutions of statements: anchors and numbers to cite them by, and the state of those that are commitments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from jisr.core.model.body import Resolution
from jisr.core.model.document import Day, Document, LocalizedText, TranslationSet
from jisr.core.model.events import end_of_day
from jisr.core.model.site import Commitment, ResolutionReply, to_timestamp

_ITEM_EDGE = re.compile(r"<li\b[^>]*>|</li>")
_RESOLUTION_ITEM = re.compile(r'<li\b[^>]*? ?\bid="(r(?:\d+-)?(\d+))"[^>]*>(?:\s*<p\b[^>]*>)?')


def anchor_to_number(anchor: str) -> str:
    """Return the number by which a resolution is cited: 5 of the first list, 2.5 of the second.

    >>> anchor_to_number("r5"), anchor_to_number("r2-5")
    ('5', '2.5')
    """
    return anchor.removeprefix("r").replace("-", ".")


def find_list_heading(resolutions: Iterable[Resolution], anchor: str) -> str:
    """Return the heading by which a resolution is called: that of its list, where a statement has lists below several.

    >>> items = [Resolution(1, "r1", "", "Findings"), Resolution(1, "r2-1", "", "Joint actions")]
    >>> find_list_heading(items, "r2-1"), find_list_heading(items[:1], "r1")
    ('Joint actions', '')
    """
    headings = {one.anchor: one.heading for one in resolutions}
    return headings.get(anchor, "") if len(set(headings.values())) > 1 else ""


def find_item_name(statement: Document, anchor: str) -> LocalizedText | None:
    """Return what a resolution is called ("joint action"), where its statement says so and of one of its lists alone."""
    in_list = int(anchor.removeprefix("r").rpartition("-")[0] or 1)
    name = next(iter(statement.resolution_names[in_list - 1 : in_list]), None)
    return name if name and [one.text for one in statement.resolution_names].count(name.text) == 1 else None


def link_item_numbers(
    html: str, label: str, notes: Mapping[str, str] | None = None, names: Mapping[str, str] | None = None
) -> Markup:
    """Return the body of a statement with the number of each resolution as a link to it; ``label`` has ``%(number)s``.

    ``names`` are by anchor those of resolutions that are called otherwise.

    The numbers are the same in every language, as the anchors are. A note of an anchor is added at the end of its resolution.

    >>> link_item_numbers('<li id="r5">نطالب</li>', "القرار %(number)s", {"r5": Markup("<p>نُفّذ</p>")})
    Markup('<li id="r5"><a class="numeral" href="#r5" aria-label="القرار 5">5 </a>نطالب<p>نُفّذ</p></li>')
    """
    body = _insert_notes(html, notes) if notes else html

    def link_number(item: re.Match[str]) -> str:
        name = escape((names or {}).get(item[1]) or label % {"number": item[2]})
        return f'{item[0]}<a class="numeral" href="#{item[1]}" aria-label="{name}">{item[2]} </a>'

    return Markup(_RESOLUTION_ITEM.sub(link_number, body))  # noqa: S704 (rendered by us)


def _insert_notes(html: str, notes: Mapping[str, str]) -> str:
    """Insert notes at the end of the items they belong to, after the lists inside these."""
    open_items: list[str] = []
    pieces, at = [], 0
    for tag in _ITEM_EDGE.finditer(html):
        if tag[0].startswith("</"):
            anchor = open_items.pop() if open_items else ""
            pieces += [html[at : tag.start()], notes.get(anchor, "")]
            at = tag.start()
        else:
            match = _RESOLUTION_ITEM.match(tag[0])
            open_items.append(match[1] if match else "")
    return "".join((*pieces, html[at:]))


def collect_commitments(sets: Iterable[TranslationSet], now: datetime, timezone: ZoneInfo) -> dict[str, tuple[Commitment, ...]]:
    """Return the commitments of each statement that has any, by its id: newest statement first, resolutions in their order.

    A commitment is a resolution with a due date or with an answer in a later text. Both are the same in all languages of a
    text, so they are read from the original.
    """
    originals = [one.original for one in sets if one.original.listed]
    replies = _collect_replies(originals, timezone)
    statements = [one for one in originals if one.kind == "statements"]
    ordered = sorted(statements, key=lambda one: (-to_timestamp(one.date, timezone), one.id))
    commitments = {one.id: tuple(_statement_commitments(one, replies, now, timezone)) for one in ordered}
    return {identity: items for identity, items in commitments.items() if items}


def commitment_state(due: Day | None, replies: tuple[ResolutionReply, ...], now: datetime, timezone: ZoneInfo) -> str:
    """Return the state of a commitment: ``kept`` if the last reply says so, ``overdue`` after its due day, else ``open``.

    >>> from datetime import date, timezone
    >>> commitment_state(date(2012, 12, 31), (), datetime(2012, 12, 31, 12, tzinfo=timezone.utc), ZoneInfo("Asia/Baghdad"))
    'open'
    >>> commitment_state(date(2012, 12, 31), (), datetime(2012, 12, 31, 21, tzinfo=timezone.utc), ZoneInfo("Asia/Baghdad"))
    'overdue'
    """
    if replies and replies[-1].kept:
        return "kept"
    return "overdue" if due is not None and now >= end_of_day(due, timezone) else "open"


def _statement_commitments(
    statement: Document, replies: dict[str, list[ResolutionReply]], now: datetime, timezone: ZoneInfo
) -> Iterator[Commitment]:
    due_dates = {promise.anchor: promise.due for promise in statement.promises}
    for resolution in statement.outline.resolutions:
        anchor = resolution.anchor
        answers = tuple(replies.get(f"{statement.id}#{anchor}", ()))
        if answers or anchor in due_dates:
            due = due_dates.get(anchor)
            yield Commitment(statement.id, anchor, commitment_state(due, answers, now, timezone), due, answers)


def _collect_replies(originals: Iterable[Document], timezone: ZoneInfo) -> dict[str, list[ResolutionReply]]:
    """Return the replies to each resolution, by ``<statement>#<anchor>``, oldest first."""
    replies: dict[str, list[ResolutionReply]] = {}
    documents = (one for one in originals if one.answers)
    for document in sorted(documents, key=lambda one: (to_timestamp(one.date, timezone), one.key)):
        for answer in document.answers:
            replies.setdefault(answer.resolution, []).append(ResolutionReply(document.key, document.date, answer.kept))
    return replies
