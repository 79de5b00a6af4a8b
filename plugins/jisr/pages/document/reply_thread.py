"""The replies to a text on its page: one thread over all versions, each reply in its language and direction."""

from __future__ import annotations

from jisr.content.assemble.authors import name_language
from jisr.core.i18n.catalogs import Catalogs
from jisr.core.model.document import Document, LocalizedText
from jisr.core.model.replies import Reply, as_document, order_thread
from jisr.core.urls import paths
from jisr.core.urls.link_rewriting import rewrite_links
from jisr.pages.document.reader_links import reply_form, reply_links
from jisr.pages.links import Linker
from jisr.pages.views.entity_views import ThreadEntry, ThreadView

_MOST_DEPTH = 3


def thread_view(document: Document, linker: Linker, messages: Catalogs) -> ThreadView:
    """Return the thread below a version of a text, the same below each."""
    site = linker.site
    replies = site.replies.get(document.key, ())
    entries = []
    for one in order_thread(replies):
        reply = one.reply
        body = rewrite_links(as_document(reply, document), site, reply.language, linker.url, html=reply.body.html)
        answered = _author(one.answered, linker) if one.answered else None
        url = f"#{one.answered.anchor}" if one.answered else ""
        depth = min(one.depth, _MOST_DEPTH)
        entries.append(
            ThreadEntry(
                reply.anchor, _author(reply, linker), reply.date, reply.language, body, reply.site, depth, answered, url
            )
        )
    imported = any(one.imported for one in replies)
    return ThreadView(
        tuple(entries),
        document.replies.open is False,
        imported,
        linker.url(paths.replies_feed(linker.language.tag)) if replies else "",
        reply_links(document, linker, messages),
        reply_form(document, linker),
    )


def _author(reply: Reply, linker: Linker) -> LocalizedText:
    return LocalizedText(reply.author, name_language(reply.author, reply.language, linker.site))
