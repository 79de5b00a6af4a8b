"""The language in which a new post is taken, or the question to an editor. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from jisr.aggregator.model import FeedSource, ReviewItem, SafeItem
from jisr.aggregator.report.review_items import LanguageQuestion, ask_language
from jisr.aggregator.select.curation_rules import is_pinned
from jisr.aggregator.select.identity import effective_title
from jisr.ingest.language.identification import detect_language, identify


def find_language(safe_item: SafeItem, source: FeedSource, site_languages: Sequence[str]) -> tuple[str, ReviewItem | None]:
    """Return the language of a post, and a question where that is uncertain, or none of the site.

    A post that an editor pinned is taken in the first language of its member then.
    """
    text, hint = f"{safe_item.title}\n{safe_item.body}", safe_item.item.language
    found = identify(text, hint, source.languages)
    if found.tag in site_languages:
        return found.tag, None
    stated = (*source.languages, hint.strip().lower().partition("-")[0], *site_languages)
    pinned = next(tag for tag in stated if tag in site_languages)
    if is_pinned(safe_item, source.rules):
        return pinned, None
    candidates = source.languages or site_languages if len(source.languages) != 1 else ()
    helpful = [tag for tag in candidates if tag in site_languages and detect_language(text, hint, (tag,)) == tag]
    target = safe_item.item.link or safe_item.item.guid
    question = LanguageQuestion(effective_title(safe_item), target, found, pinned, helpful[0] if helpful else "")
    return found.tag, ask_language(source, question)
