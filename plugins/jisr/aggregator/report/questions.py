"""What an editor is asked about a member's blog itself: where it is now, and whether its author agreed."""

from __future__ import annotations

from jisr.aggregator.model import FeedSource
from jisr.aggregator.post_model import ReviewItem
from jisr.aggregator.report.patches import set_feed_field
from jisr.aggregator.state import FeedState
from jisr.core.diagnostics.problems import Phrase, phrase


def member_review_items(source: FeedSource, memory: FeedState, text: str) -> tuple[ReviewItem, ...]:
    """Return what is asked of a member's file, each with the file as it could be; ``text`` is what it holds now."""
    found: list[ReviewItem] = []
    if memory.sightings and not memory.gone:
        url = memory.sightings[-1].url
        found.append(ReviewItem("moved", source.member, source.path, _describe_move(memory), set_feed_field(text, url)))
    elif memory.address:
        said = phrase('The feed of "{stated}" is {url}. Write feed: {url}.', stated=memory.stated, url=memory.address)
        found.append(ReviewItem("found", source.member, source.path, said, set_feed_field(text, memory.address)))
    if source.full_text and not source.consent:
        words = (
            '"{member}" is shown in full, and its file does not say since when its author agrees. Write consent: and the day.'
        )
        found.append(ReviewItem("consent", source.member, source.path, phrase(words, member=source.member)))
    return tuple(found)


def _describe_move(memory: FeedState) -> Phrase:
    seen = memory.sightings[-1]
    if memory.is_confirmed_move(seen.url):
        days = phrase("on {count} days, and is asked there now", count=len(seen.days))
    else:
        days = phrase("on {day}", day=seen.days[-1])
    text = '"{stated}" said that it moved for good to {url} ({days}). Write feed: {url}, if the blog is there.'
    return phrase(text, stated=memory.stated, url=seen.url, days=days)
