"""The reasons of failures, and the notes on feeds, as phrases that can be translated.

Reasons pass between processes, are saved and reported as plain English sentences; here they are parsed when somebody
reads them.
"""

from __future__ import annotations

from jisr.core.diagnostics.error_reasons import match_message, parse_reason
from jisr.core.diagnostics.problems import Phrase, phrase
from jisr.ingest.fetch.request_reasons import REQUEST_REASONS

_KNOWN_REASONS = tuple(
    one.text
    for one in (
        # Of requests.
        *REQUEST_REASONS,
        phrase("it wants a password ({status})"),
        phrase("it does not let us in ({status})"),
        phrase("there is nothing at this address ({status})"),
        phrase("its server has a fault ({status})"),
        phrase("it gave no feed ({status})"),
        phrase("it says that it is gone for ever ({status})"),
        phrase("it asks us to come later ({status})"),
        phrase("it did not answer within {seconds} seconds"),
        phrase("there was no time left to ask it, since others of its host were slow"),
        phrase("it said on {day} that it is gone for ever, and is not asked any more"),
        phrase("it is not asked before {moment} UTC: {reason}"),
        phrase("it failed"),
        phrase("it leads to a login page"),
        # Of a body that is no feed.
        phrase("it is empty"),
        phrase("it has more than {size} MB"),
        phrase("it is no text: a compressed file, a document or a picture"),
        phrase("it says that it is packed with {name}, and cannot be unpacked"),
        phrase("it is packed with {name}, which we did not ask for"),
        phrase("it is packed more than twice"),
        phrase("it begins as {encoding} and is not"),
        phrase("its letters make no words in any encoding that we know, whatever it says of itself"),
        phrase("its letters were lost before it was sent: it holds replacement characters in their place"),
        phrase("its letters were converted twice and cannot be put right"),
        phrase("its JSON is broken near line {line}"),
        phrase("its JSON cannot be read"),
        phrase("it is JSON, but no JSON Feed: it has no items"),
        phrase("it is JSON, but no JSON Feed: it has neither a version nor a title"),
        phrase("its elements lie more than {number} deep in one another"),
        phrase("it declares more than {number} namespaces"),
        phrase("it has more than {number} tags"),
        phrase("one of its tags has more than {number} attributes"),
        phrase("it has more than {number} references to characters"),
        phrase("it is a web page, not a feed"),
        phrase('it begins with "{name}": this is no feed that we know'),
        phrase("its XML is broken near line {line} and could not be mended"),
        phrase("it has no markup: this is no feed"),
        phrase("it has no elements: this is no feed"),
        phrase("it has neither a title nor entries"),
        # Of this program.
        phrase("it confuses its reader ({error})"),
        phrase("it kept its reader busy for more than {seconds} seconds"),
        phrase("it made its reader stop"),
        phrase("its posts cannot be written ({reason})"),
        phrase("a fault"),
        # Of a list of removed posts.
        phrase("it is not YAML"),
        phrase("it is not a list of posts, each with guid, original, title, day or reason"),
        # What was odd in a feed that was read.
        phrase("it is in {encoding}, which it does not say"),
        phrase("it was converted to UTF-8 twice"),
        phrase("it ends in the middle of a character"),
        phrase("{count} broken characters were left out"),
        phrase("what stands before its first tag was left out"),
        phrase("it declares entities, which are not read"),
        phrase("it holds characters that XML does not have"),
        phrase("its XML is broken and was mended"),
        phrase("it ends in the middle of an entry, which was left out"),
        phrase("it has {number} entries, of which the newest {most} were read"),
        phrase("{count} entries with more than {size} KB were cut"),
        phrase("{count} entries say nothing and were left out"),
        phrase("{count} entries have a date that cannot be read or be true: new ones stand at the day they are first seen"),
        phrase("{count} entries have a date in numbers that may be two days, and no other date of the feed says which"),
        phrase("{count} entries could not be made safe and were left out"),
        phrase("{count} parts of its platform, such as buttons, forms and closing lines, were left out"),
        phrase("{count} links told who follows them, and lead to the same pages without that"),
        phrase("entries share an id, which is none: their links were taken"),
    )
)


def parse_feed_reason(reason: str) -> Phrase:
    """Return a reason as a phrase with its values; an unknown one is its own text.

    >>> parse_feed_reason("its server has a fault (503)").values
    (('status', '503'),)
    >>> parse_feed_reason("it is not asked before 2026-11-21 09:00 UTC: its name is not known").values[1][1].text
    'its name is not known'
    >>> print(parse_feed_reason("حدث {خطأ}"))
    حدث {خطأ}
    """
    match = match_message(reason, _KNOWN_REASONS)
    if match is None:
        return parse_reason(reason)  # of the system, within one of ours
    values = {name: parse_feed_reason(str(value)) if name == "reason" else value for name, value in match.values}
    return phrase(match.text, **values)
