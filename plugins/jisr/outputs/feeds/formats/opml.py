"""Lists of feeds, to be imported into a feed reader: OPML 2.0 (http://opml.org/spec2.opml)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from lxml import etree

from jisr.core.i18n.catalogs import Catalogs
from jisr.core.i18n.languages import Language
from jisr.core.i18n.ui_strings import translate_label, translate_sentence
from jisr.core.model.document import Document
from jisr.core.model.site import Site
from jisr.core.urls import paths
from jisr.core.urls.feed_specs import ATOM, FeedSpec, feed_specs, is_listed_feed
from jisr.outputs.feeds.feed import feed_title
from jisr.outputs.feeds.ids import strip_invalid_xml


def render_members_opml(site: Site, messages: Catalogs) -> bytes:
    """Return the feeds of the members' own blogs, each with the name of the member; members without a feed are left out."""
    language = next(iter(site.languages))
    members = [one.original for one in site.of_kind("members") if one.original.profile.feed and one.original.listed]
    return _render_document(translate_sentence("blogs", messages, language).striptags(), map(_member_outline, members))


def render_feeds_opml(language: Language, site: Site, messages: Catalogs) -> bytes:
    """Return the feeds of the site in a language, the main one first, the others in the groups of the Subscribe page."""
    own = [spec for spec in feed_specs(site) if spec.language == language and is_listed_feed(spec.collection, site)]
    name = feed_title(next(spec for spec in own if not spec.collection), site, messages)
    outlines = []
    for kind, group in groupby(own, key=lambda spec: spec.collection.partition("/")[0] if "/" in spec.collection else ""):
        feeds = [_feed_outline(spec, language, site, messages) for spec in group]
        outlines += [_group_outline(translate_label(kind, messages, language).text, feeds)] if kind else feeds
    return _render_document(name, outlines)


def _member_outline(member: Document) -> Any:
    profile = member.profile
    tag = profile.languages[0] if profile.languages else member.language.tag
    return _build_feed_outline(member.title, profile.feed, profile.site, tag)


def _feed_outline(spec: FeedSpec, language: Language, site: Site, messages: Catalogs) -> Any:
    folder = paths.absolute_url(site.url, spec.folder)
    return _build_feed_outline(feed_title(spec, site, messages), folder + ATOM.file, folder, language.tag)


def _build_feed_outline(title: str, feed: str, page: str, tag: str) -> Any:
    name = strip_invalid_xml(title)
    return _build_outline({"type": "rss", "text": name, "title": name, "xmlUrl": feed, "htmlUrl": page, "language": tag})


def _group_outline(name: str, feeds: Iterable[Any]) -> Any:
    outline = _build_outline({"text": name, "title": name})
    outline.extend(feeds)
    return outline


def _build_outline(attributes: dict[str, str]) -> Any:
    return etree.Element("outline", {name: value for name, value in attributes.items() if value})


def _render_document(name: str, outlines: Iterable[Any]) -> bytes:
    root = etree.Element("opml", {"version": "2.0"})
    etree.SubElement(etree.SubElement(root, "head"), "title").text = strip_invalid_xml(name)
    etree.SubElement(root, "body").extend(outlines)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))
