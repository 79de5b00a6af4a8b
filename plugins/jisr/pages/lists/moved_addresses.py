"""The pages at the paths of old addresses, for hosts without rules for them: one leads on, or says where each has gone."""

from __future__ import annotations

from jisr.core.model.document import LocalizedText
from jisr.core.urls import paths
from jisr.pages.layout import LayoutInputs
from jisr.pages.links import Linker
from jisr.pages.views.component_views import Link
from jisr.pages.views.page_views import MovedView, RedirectView


def moved_page(path: str, linker: Linker, inputs: LayoutInputs) -> tuple[str, RedirectView | MovedView]:
    """Return the template and the view of the page at the path of old addresses."""
    icon, stylesheet = linker.url(inputs.icon), linker.url(inputs.stylesheet)
    entries = linker.site.redirects[path]
    rows = tuple((old, _link(target, linker)) for old, target in sorted(entries))
    if len({link.url for _, link in rows}) == 1:
        link = rows[0][1]
        return "redirect.html", RedirectView(linker.language, link.words, link.url, icon, stylesheet)
    return "moved.html", MovedView(linker.language, rows, icon, stylesheet)


def _link(address: str, linker: Linker) -> Link:
    """Return a link to a page or file, with the title of the text that stands there."""
    site = linker.site
    route = site.routes.get(paths.split_fragment(address)[0])
    kind, _, identity = route.family.partition("/") if route else ("", "", "")
    texts = site.get(kind, identity) if identity else site.get("pages", kind)
    document = texts.get(route.language.tag) if texts and route and route.language else None
    if document is None:
        return Link(LocalizedText(f"/{address}", linker.language), linker.url(address))
    foreign = document.language.tag if document.language != linker.language else ""
    return Link(LocalizedText(document.title, document.language), linker.url(address), foreign)
