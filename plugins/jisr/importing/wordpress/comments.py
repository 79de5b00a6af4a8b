"""The comments of a post: those of readers that were approved, without what would tell who they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, timezone

from jisr.core.diagnostics.problems import Phrase, phrase
from jisr.importing.old_site import Note, OldReply, OldSite
from jisr.importing.wordpress.post_content import to_html
from jisr.importing.wordpress.wxr_reader import WxrElement
from jisr.ingest.sanitize.sanitizer import plain_title


def read_replies(one: WxrElement, site: OldSite) -> Iterator[OldReply]:
    """Return the replies to a post; what stays behind is noted."""
    shown: dict[str, tuple[Mapping[str, str], datetime]] = {}
    for comment in one.comments:
        identity, moment = comment.get("wp:comment_id", ""), _comment_moment(comment)
        if (why := _why_not(comment)) is not None:
            site.leave("reply", f"comment {identity}", why)
        elif moment is None:
            site.leave("reply", f"comment {identity}", phrase("it has no date"))
        else:
            shown[identity] = (comment, moment)
    for identity, (known, moment) in shown.items():
        answers = known.get("wp:comment_parent", "0").strip()
        if answers not in ("0", "") and answers not in shown:
            site.doubts.append(Note(f"comment {identity}", phrase("what it answers does not come: it stands by itself")))
        content = to_html(known.get("wp:comment_content", ""), {}, Counter(), Counter())
        address = known.get("wp:comment_author_url", "").strip()
        name = plain_title(known.get("wp:comment_author", ""))
        yield OldReply(identity, name, moment, content, address, answers if answers in shown else "")


def _why_not(comment: Mapping[str, str]) -> Phrase | None:
    approved = comment.get("wp:comment_approved", "1").strip()
    if comment.get("wp:comment_type", "").strip() in ("pingback", "trackback"):
        return phrase("it is a note of another site, no reply")
    if comment.get("wp:comment_type", "").strip() not in ("", "comment"):
        return phrase("it is no reply of a reader")
    if approved != "1":
        return {"0": phrase("it waits for approval"), "spam": phrase("it is spam"), "trash": phrase("it is in the trash")}.get(
            approved, phrase("it was not approved")
        )
    if not comment.get("wp:comment_content", "").strip():
        return phrase("it says nothing")
    return None


def _comment_moment(comment: Mapping[str, str]) -> datetime | None:
    return read_moment(comment.get("wp:comment_date", ""), comment.get("wp:comment_date_gmt", ""))


def read_moment(local: str, utc: str) -> datetime | None:
    """Return a local time with the offset that its time in UTC shows; None where it is none.

    >>> read_moment("2012-02-10 00:30:00", "2012-02-09 21:30:00").isoformat(), read_moment("0000-00-00 00:00:00", "")
    ('2012-02-10T00:30:00+03:00', None)
    """
    try:
        day = datetime.fromisoformat(local.strip())
    except ValueError:
        return None
    if day.year < 1971:
        return None
    try:
        difference = day - datetime.fromisoformat(utc.strip())
    except ValueError:
        return day
    minutes = round(difference.total_seconds() / 900) * 15
    return day.replace(tzinfo=timezone(timedelta(minutes=minutes))) if abs(minutes) <= 14 * 60 else day
