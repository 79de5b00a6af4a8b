"""The page for those who translate into a language: what waits, how to do it, whom to write to."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from jisr.core.build.queries import query
from jisr.core.model.document import Contact, Document, LocalizedText
from jisr.core.model.index_pages import find_index_page, list_texts
from jisr.core.model.site import Site
from jisr.core.translation.staleness import compute_staleness
from jisr.core.translation.translation_status import count_document_words
from jisr.core.urls import paths
from jisr.pages.document.contact_details import contact_view
from jisr.pages.document.text_page import translation_lag
from jisr.pages.layout import LayoutInputs, breadcrumbs, page_fields
from jisr.pages.links import Linker
from jisr.pages.rows import index_links, listing_row
from jisr.pages.views.entity_views import WaitingText
from jisr.pages.views.page_views import TranslateView

_MOST_STALE = 50
_SHORTEST = 3


def translate_view(number: int, linker: Linker, inputs: LayoutInputs) -> TranslateView:
    """Return the texts that a language lacks, newest first, and its translations that lag behind; where they are many, a year.

    Posts of members need not be translated; they stand apart, since their pages invite to it all the same.
    """
    site, language = linker.site, linker.language
    documents = site.ask(find_index_page, "translate", language.tag, str(number))
    waiting = [_waiting_text(document, linker) for document in documents]
    texts = [one for one in waiting if one.row.kind != "posts"]
    contact = site.ask(find_contact, language.tag)
    title = inputs.label("translate", language)
    return TranslateView(
        **page_fields(linker, title.text, inputs, breadcrumbs(linker, inputs, last=title)),
        pages=index_links("translate", number, linker),
        texts=tuple(texts),
        posts=tuple(one for one in waiting if one.row.kind == "posts"),
        shortest=tuple(sorted(texts, key=lambda one: (one.words, one.anchor))[:_SHORTEST]) if len(texts) > _SHORTEST else (),
        stale=tuple(_stale_texts(site.ask(find_stale_translations, language.tag), linker)) if number == 1 else (),
        contact=contact_view(contact, linker) if contact else None,
        editor_url=linker.url(f"{paths.ADMIN}{language.tag}/") if inputs.has_web_editor else "",
        has_po_files=site.policy.po_files,
    )


@query
def find_contact(site: Site, tag: str) -> Document | None:
    """Return the page with the means of contact, in a language or the best there is; None where it states none."""
    texts = site.get("pages", "contact")
    best = texts.best_for(site.languages[tag]) if texts else None
    return best if best and best.contact != Contact() else None


@query
def find_stale_translations(site: Site, tag: str) -> tuple[Document, ...]:
    """Return the listed translations into a language whose source has changed since, the first of them by kind and id."""
    stale = (one for one in list_texts(site, tag) if (found := compute_staleness(one, site.sets[one.key])) and found.changes)
    return tuple(stale)[:_MOST_STALE]


def _waiting_text(document: Document, linker: Linker) -> WaitingText:
    drafts = linker.site.sets_with_drafts.get(document.key)
    draft = drafts.get(linker.language.tag) if drafts else None
    return WaitingText(
        row=listing_row(document, linker),
        anchor=paths.text_anchor(*document.key),
        words=count_document_words(document, linker.site.bodies),
        by=tuple(LocalizedText(name, linker.language) for name in draft.translation.by) if draft and draft.translation else (),
        mail=_mail_link(document, linker),
        po_url=linker.url(paths.po_file(linker.language.tag, *document.key)) if linker.site.policy.po_files else "",
    )


def _stale_texts(documents: Iterable[Document], linker: Linker) -> Iterable[WaitingText]:
    for document in documents:
        if lag := translation_lag(document, linker):
            row, mail = listing_row(document, linker), _mail_link(document, linker)
            yield WaitingText(row, paths.text_anchor(*document.key), lag=lag, mail=mail)


def _mail_link(document: Document, linker: Linker) -> str:
    """Return the link that begins a letter about the translation of a text, or an empty string where there is no address."""
    contact = linker.site.ask(find_contact, linker.language.tag)
    address = contact.contact.email or contact.contact.mailing_list if contact else ""
    subject = f"{'/'.join(document.key)} → {linker.language.tag}"
    return f"mailto:{address}?subject={quote(subject)}" if address else ""
