"""The feed of the replies of readers that are written in a language, newest first."""

from __future__ import annotations

import re
from dataclasses import replace

from markupsafe import Markup, escape

from jisr.core.build.queries import query
from jisr.core.i18n.dates import format_date
from jisr.core.i18n.languages import Language
from jisr.core.model.document import Document
from jisr.core.model.replies import Reply, as_document
from jisr.core.model.site import Site, to_timestamp
from jisr.core.urls import paths
from jisr.core.urls.feed_specs import FeedSpec
from jisr.core.urls.link_rewriting import rewrite_links
from jisr.core.urls.paging import ListPart
from jisr.outputs.feeds.bidi_text import add_bidi_characters, mark_plain_text
from jisr.outputs.feeds.entry_people import Person
from jisr.outputs.feeds.feed import FeedFiles, build_feed, with_update_time
from jisr.outputs.feeds.feed_entry import FeedEntry, FeedEntryContext, entry_time, shorten
from jisr.outputs.feeds.formats.atom import render_atom_entry
from jisr.outputs.feeds.formats.browser_view import render_browser_view, render_entry_link
from jisr.outputs.feeds.formats.channel import render_atom
from jisr.outputs.feeds.ids import EntryIdentity, strip_invalid_xml

_FRAGMENT_LINK = re.compile(r'(<a\b[^<>]*?\bhref=")#')


@query
def find_newest_replies(site: Site, tag: str) -> tuple[tuple[str, str, Reply], ...]:
    """Return the newest replies in a language to texts that are listed, each with kind and id of its text."""
    found = [
        (*key, reply)
        for key, replies in site.replies.items()
        if site.sets[key].listed
        for reply in replies
        if reply.language.tag == tag
    ]
    found.sort(key=lambda one: (-to_timestamp(one[2].date, site.timezone), one[0], one[1], one[2].name))
    return tuple(found[: site.policy.feed_entries])


def render_replies_feed(language: Language, context: FeedEntryContext, files: FeedFiles) -> bytes:
    """Return the feed of the replies in a language as Atom."""
    site = context.site
    entries = [
        _build_entry(reply, site.sets[kind, identity].best_for(language), site)
        for kind, identity, reply in site.ask(find_newest_replies, language.tag)
    ]
    spec = FeedSpec(paths.replies_feed(language.tag).rpartition("/")[0] + "/", language, "replies")
    home = paths.absolute_url(site.url, paths.home(language.tag))
    feed = with_update_time(build_feed(spec, site, context.messages, files), (one.updated for one in entries))
    feed = replace(feed, page=home, links=((feed.links[0][0], home), *feed.links[1:]))
    front = render_browser_view(feed, [render_entry_link(one) for one in entries]).encode()
    return render_atom(feed, ListPart(0), [front, *(render_atom_entry(one).encode() for one in entries)])


def _build_entry(reply: Reply, text: Document, site: Site) -> FeedEntry:
    """Return the entry of a reply; its link is its place on the page of the best version of its text."""
    language, moment = reply.language, entry_time(reply.date, site)
    iri = f"tag:{site.policy.tag_authority}:{text.kind}/{text.id}/replies/{reply.name}"
    url = f"{site.text_url(text)}#{reply.anchor}"
    return FeedEntry(
        identity=EntryIdentity(iri, iri),
        language=language,
        title=strip_invalid_xml(mark_plain_text(f"{reply.author}: {text.title}", language)),
        url=url,
        published=moment,
        updated=moment,
        day=format_date(reply.date, language),
        summary="",
        excerpt=strip_invalid_xml(mark_plain_text(shorten(reply.body.first_paragraph), language)),
        content=strip_invalid_xml(_render_content(reply, text, site)),
        authors=(Person(strip_invalid_xml(reply.author), reply.site),),
        translators=(),
        topics=(),
    )


def _render_content(reply: Reply, text: Document, site: Site) -> str:
    """Return the HTML of a reply in an element with its language and direction, its links whole."""
    language = reply.language
    url = escape(site.text_url(text))
    html = rewrite_links(
        as_document(reply, text), site, language, lambda address: paths.absolute_url(site.url, address), html=reply.body.html
    )
    whole = Markup(_FRAGMENT_LINK.sub(lambda match: f"{match[1]}{url}#", html))  # noqa: S704 (rendered by us)
    return add_bidi_characters(f'<div dir="{language.direction}" lang="{language.tag}">{whole}</div>', language.direction)
