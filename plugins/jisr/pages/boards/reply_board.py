"""What those who decide on replies see: how many are shown, wait, or are held, in each language; which texts are closed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from jisr.core.model.document import Document, LocalizedText
from jisr.core.model.replies import Reply, takes_replies
from jisr.core.model.site import Site
from jisr.pages.links import Linker
from jisr.pages.views.entity_views import BoardReplies, BoardThread


def board_replies(site: Site) -> tuple[BoardReplies, ...]:
    """Return the numbers of each language; none where the site has no replies, and takes none."""
    waiting = [one for thread in site.waiting_replies.values() for one in thread]
    names = {one.path for one in waiting}
    shown = [one for thread in site.replies.values() for one in thread if one.path not in names]
    if not (shown or waiting or site.channels.replies):
        return ()
    counts = {
        "shown": _count(one for one in shown if not one.imported),
        "imported": _count(one for one in shown if one.imported),
        "waiting": _count(one for one in waiting if not one.held),
        "held": _count(one for one in waiting if one.held),
        "closed": Counter(one.language.tag for one in _closed_versions(site)),
    }
    return tuple(
        BoardReplies(language, **{name: found[language.tag] for name, found in counts.items()}) for language in site.languages
    )


def _count(replies: Iterator[Reply]) -> Counter[str]:
    return Counter(one.language.tag for one in replies)


def _closed_versions(site: Site) -> Iterator[Document]:
    """Yield the versions that could be answered and are closed: by a day, by their own word, or since an old site had them."""
    for texts in site.sets.values():
        thread = site.replies.get(texts.key, ())
        for one in texts.versions:
            is_meant = one.kind in site.channels.reply_kinds or bool(thread)
            if is_meant and one.listed and not takes_replies(one, site.channels, thread):
                yield one


def board_threads(linker: Linker) -> Iterator[BoardThread]:
    """Yield the texts with replies that wait for a person, without a word of these: anybody reads this page."""
    site = linker.site
    for key, thread in sorted(site.waiting_replies.items()):
        texts = site.get(*key)
        document = next((one for one in texts.versions if one.listed), None) if texts else None
        if document is not None:
            title = LocalizedText(document.title, document.language)
            held, waiting = _count(one for one in thread if one.held), _count(one for one in thread if not one.held)
            cells = (BoardReplies(one, waiting=waiting[one.tag], held=held[one.tag]) for one in site.languages)
            shown = tuple(one for one in cells if one.waiting or one.held)
            yield BoardThread(*key, title, linker.text_url(document), shown)
