"""Checks of pages: links resolve, versions link each other, heads are complete."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urldefrag, urlsplit

from jisr.core.diagnostics.problems import Problem, SourceLocation
from jisr.publishing.checks.built_site import BuiltPage, BuiltSite

_LATER_PAGE = re.compile(r"/page/\d+/index\.html$")
_DIRECTIONS = ("ltr", "rtl")


def check_page(page: BuiltPage, site: BuiltSite) -> Iterator[Problem]:
    """Return the problems of a page of a built site."""
    yield from _check_links(page, site)
    if page.is_attachment:
        return
    yield from _check_head(page, site)
    for inline in dict.fromkeys(page.inline):
        text = '"{what}" stands in the page, and the policy that servers send forbids it: it does nothing. Take it out.'
        yield Problem.warning(SourceLocation(page.path), "page-inline", text, what=inline)
    yield from _check_alternates(page, site)


def _check_head(page: BuiltPage, site: BuiltSite) -> Iterator[Problem]:
    place = SourceLocation(page.path)
    if not page.title:
        text = "The page has no title. Give the text one, or mend the template."
        yield Problem.error(place, "page-title", text)
    if not page.language or page.direction not in _DIRECTIONS:
        text = 'The page says lang="{lang}" dir="{dir}". It needs the tag of a language and "ltr" or "rtl": mend the template.'
        yield Problem.error(place, "page-language", text, lang=page.language, dir=page.direction)
    if page.is_missing or page.is_redirect or (page.is_hidden and not page.canonical):
        return
    if page.canonical != site.absolute_url(page.path):
        text = '"{link}" is the canonical link, and the page stands at "{url}". Mend SITEURL or the template.'
        yield Problem.error(place, "page-canonical", text, link=page.canonical, url=site.absolute_url(page.path))


def _check_links(page: BuiltPage, site: BuiltSite) -> Iterator[Problem]:
    place = SourceLocation(page.path)
    for link in page.links:
        target = site.resolve(link, page.path)
        if target is None:
            continue
        if target not in site.files:
            text = '"{link}" leads to no file of the site. Mend the link, or bring back what it leads to.'
            yield Problem.error(place, "page-link", text, link=link)
            continue
        anchor = unquote(urldefrag(link).fragment).partition("=")[0]  # what follows is a value for the script of that page
        if anchor and anchor != "top" and target in site.pages and anchor not in site.pages[target].anchors:
            text = '"{link}" names a part that the page it leads to does not have. Mend what follows the #, or take it out.'
            yield Problem.error(place, "page-anchor", text, link=link)


def _check_alternates(page: BuiltPage, site: BuiltSite) -> Iterator[Problem]:
    """Return a problem for each pair of versions that do not link each other (https://developers.google.com/search/docs/specialty/international)."""
    place, alternates = SourceLocation(page.path), dict(page.alternates)
    for tag, link in page.alternates:
        target = site.resolve(link)
        other = site.pages.get(target or "")
        if other is None or not urlsplit(link).scheme:
            text = '"{link}" is said to be this page in "{tag}", and is no page of the site. Mend SITEURL or the template.'
            yield Problem.error(place, "page-alternate", text, link=link, tag=tag)
        elif tag != "x-default" and (other.language != tag or set(other.alternates) != set(page.alternates)):
            text = '"{link}" is said to be this page in "{tag}", and does not say the same of this page. Mend the template.'
            yield Problem.error(place, "page-alternate", text, link=link, tag=tag)
    if _has_versions(page) and (alternates.get(page.language) != site.absolute_url(page.path) or "x-default" not in alternates):
        text = 'The page does not name itself as "{tag}", or nothing as "x-default", among its languages. Mend the template.'
        yield Problem.error(place, "page-alternate", text, tag=page.language)


def _has_versions(page: BuiltPage) -> bool:
    """Whether a page must link its versions: it is below a language, and search engines may index it."""
    is_exempt = page.is_missing or page.is_redirect or page.is_hidden or _LATER_PAGE.search(page.path)
    return not is_exempt and page.path.startswith(f"{page.language}/")
