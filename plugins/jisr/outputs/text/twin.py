"""The text twin of a version of a text: all that its page says, as plain text."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from jisr.core.i18n.catalogs import Catalogs
from jisr.core.i18n.language_names import in_language_phrase, language_name
from jisr.core.i18n.languages import Language
from jisr.core.i18n.lists import format_list
from jisr.core.i18n.ui_strings import SENTENCES
from jisr.core.model.document import Document, LocalizedText, select_attachments
from jisr.core.model.site import Site
from jisr.core.urls import paths
from jisr.core.urls.contact_addresses import group_fingerprint
from jisr.core.urls.link_rewriting import rewrite_links
from jisr.outputs.text.line_writer import LineWriter
from jisr.outputs.text.short_message import CUT_SIGNS, shorten
from jisr.outputs.text.text_lines import render_plain_text


def render_twin(document: Document, site: Site, messages: Catalogs) -> str:
    """Return the plain text of a version: title, short message, facts, body, and where it comes from; it ends in a newline."""
    twin = _Twin(document, site, messages)
    summary = document.summary or document.outline.first_paragraph or document.title
    message = shorten(summary, document.language)
    parts = [
        twin.line(document.title),
        "\n".join([twin.words(SENTENCES["sms"]), message]),
        "\n".join(twin.facts()),
        twin.line(document.summary) if document.summary and message.endswith(CUT_SIGNS) else "",
        render_plain_text(rewrite_links(document, site, document.language, twin.absolute_url, twin.mark), twin.direction),
        *twin.lists(),
        "\n".join(twin.origin()),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


class _Twin(LineWriter):
    """The lines of a twin, in the language of its text; its messages are those of the page's templates."""

    def __init__(self, document: Document, site: Site, messages: Catalogs) -> None:
        super().__init__(document.language, site, messages)
        self.document = document

    def mark(self, language: Language) -> str:
        """Return the name of the language of a linked page, in brackets."""
        return f" ({Markup.escape(language_name(language, self.language))})"

    def facts(self) -> Iterator[str]:
        """Return who wrote it, when, where, about what, and its address."""
        document, language = self.document, self.language
        yield from self.when_and_where(document)
        yield from self.byline(document)
        topics = [self._name("topics", one) for one in document.topics]
        if topics:
            yield self.words("Topics: %(names)s", names=format_list(topics, language))
        yield from self._contact()
        yield self.fact(SENTENCES["address"], self.url(paths.text(language.tag, *document.key)))

    def _name(self, kind: str, identity: str) -> str:
        texts = self.site.get(kind, identity)
        best = texts.best_for(self.language) if texts else None
        return self.text(best.title, best.language) if best else identity

    def _contact(self) -> Iterator[str]:
        contact, profile = self.document.contact, self.document.profile
        yield from self.where(contact.place)
        for value in (contact.email, contact.mailing_list, contact.phone, profile.site):
            if value:
                yield self.line(value)
        if contact.signal:
            yield self.line(f"Signal: {contact.signal}")
        if contact.fingerprint:
            yield self.line(f"OpenPGP: {group_fingerprint(contact.fingerprint)}")

    def lists(self) -> Iterator[str]:
        """Return the programme, who signed it, and its files."""
        document = self.document
        event = document.event
        if event is not None and not isinstance(event.programme, str) and event.programme:
            items = (self._item(one.title, one.time, *(LocalizedText(name, self.language) for name in one.speakers))
                     for one in event.programme)  # fmt: skip
            yield "\n".join([self.words("Programme"), *items])
        if document.signatories:
            names = (self._item(LocalizedText(one.name, self.language), one.organisation) for one in document.signatories)
            yield "\n".join([self.words("Signed by"), *names])
        files = select_attachments(document.attachments, self.language.tag)
        if files:
            addresses = ((one, paths.bundle_file_path(document.kind, document.id, one.file)) for one in files)
            lines = (f"- {self.text(one.title.text, one.title.language)} {self.url(address)}" for one, address in addresses)
            yield "\n".join([self.words("Files"), *(self.mark_line(one) for one in lines)])

    def _item(self, first: LocalizedText, *others: LocalizedText | None) -> str:
        words = " · ".join(self.text(one.text, one.language) for one in (first, *others) if one)
        return self.mark_line(f"- {words}")

    def origin(self) -> Iterator[str]:
        """Return where it was first published, who translated it from what, its changes, and its other languages."""
        document, language, site = self.document, self.language, self.site
        texts = site.sets[document.key]
        if document.provenance.original:
            yield self.words("First published at %(link)s", link=self.text(document.provenance.original))
        if document.translation is not None:
            yield self.fact("Original language", self.text(language_name(site.languages[texts.origin], language)))
            if document.translation.by:
                names = format_list([self.text(one) for one in document.translation.by], language)
                yield self.fact("Translation %(in_language)s", names, in_language=in_language_phrase(language, language))
        if document.modified:
            yield self.fact("Last changed", self.day(document.modified))
        if document.expires:
            yield self.fact("Valid until", self.day(document.expires))
        others = [one for one in texts.listed if one.language != language]
        if others:
            yield self.words("In other languages")
        for one in others:
            address = self.url(paths.text(one.language.tag, *one.key))
            name = self.text(one.language.own_name, one.language)
            yield self.mark_line(f"- {name}: {address}")
