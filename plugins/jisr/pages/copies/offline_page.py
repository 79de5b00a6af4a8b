"""The page on reading without a network: what can be taken away, and what a browser may keep."""

from __future__ import annotations

from collections.abc import Iterator

from jisr.core.build.queries import query
from jisr.core.model.document import Document, LocalizedText, round_size
from jisr.core.model.site import BUNDLE_FORMS, Site, sort_newest_first
from jisr.core.urls import paths
from jisr.pages.layout import LayoutInputs, breadcrumbs, page_fields
from jisr.pages.links import Linker
from jisr.pages.views.component_views import Link, OfferView
from jisr.pages.views.page_views import OfflineView

NEWEST = 10  # texts that a browser keeps with the home


@query
def find_newest(site: Site, tag: str) -> tuple[Document, ...]:
    """Return the newest texts of a language that have a day."""
    language = site.languages[tag]
    documents = (one for kind in site.kinds if kind.dated for one in site.collection(kind.name, language)[:NEWEST])
    return tuple(sort_newest_first(documents, site.timezone)[:NEWEST])


def offline_view(linker: Linker, inputs: LayoutInputs) -> OfflineView:
    """Return what the site offers to take away, and the texts that a browser may keep."""
    language, title = linker.language, inputs.label("offline", linker.language)
    script = inputs.keeping_script
    fields = page_fields(linker, title.text, inputs, breadcrumbs(linker, inputs, last=title), runs_script=bool(script))
    newest = linker.site.ask(find_newest, language.tag) if script else ()
    return OfflineView(
        **fields,
        offers=tuple(_offers(linker)),
        newest=tuple(_text_link(one) for one in newest),
        home=paths.home(language.tag),
        script=linker.url(script) if script else "",
        worker=linker.url(paths.WORKER) if script else "",
    )


def _text_link(document: Document) -> Link:
    """Return a text with its address from the root, by which a browser keeps it."""
    address = paths.text(document.language.tag, *document.key)
    return Link(LocalizedText(document.title, document.language), address)


def _offers(linker: Linker) -> Iterator[OfferView]:
    for form in BUNDLE_FORMS:
        file = linker.site.bundles.get(paths.bundle(linker.language.tag, form))
        if file is not None:
            size, unit = round_size(file.size)
            yield OfferView(form, linker.url(file.address), size, unit, file.digest)
