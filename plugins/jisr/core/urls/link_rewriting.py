"""Resolution of the links of a body for a reader of a language."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup, escape

from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.model.body import REFERENCE_PREFIX, replace_media, resolve_references
from jisr.core.model.document import Document
from jisr.core.model.site import LinkTarget, Site
from jisr.core.urls import paths

Embedder = Callable[[str, LinkTarget, str], str | None]
"""Writes a picture or recording of a body, from its tag, its file and its other attributes; None where it stays as it is."""


@dataclass(frozen=True, slots=True)
class LinkDestination:
    """The address of a link, and the language of its page (None for a file)."""

    address: str
    language: Language | None = None


def resolve_link(target: LinkTarget, document: Document, site: Site, reader: Language) -> LinkDestination:
    """Return the destination of a link of a document for a reader of a language.

    A link to a folder leads to the version in the reader's language, or to the original.
    """
    mark = f"#{target.fragment}" if target.fragment else ""
    if target.file:
        return LinkDestination(paths.bundle_file_path(target.kind, target.id, target.file))
    if target.tag == "home":
        return LinkDestination(paths.home(reader.tag) + mark, reader)
    if not target.kind:
        own = paths.text(document.language.tag, document.kind, document.id)
        return LinkDestination(own + mark, document.language)
    if not target.id:
        return LinkDestination(paths.listing(reader.tag, target.kind) + mark, reader)
    return _resolve_text_link(target, site, reader, mark)


def _resolve_text_link(target: LinkTarget, site: Site, reader: Language, mark: str) -> LinkDestination:
    family = paths.family(target.kind, target.id)
    if not target.tag and (address := site.family_address(family, reader)) is not None:
        return LinkDestination(address + mark, reader)
    texts = site.sets[target.kind, target.id]
    version = texts.get(target.tag) or texts.best_for(reader)
    return LinkDestination(paths.text(version.language.tag, target.kind, target.id) + mark, version.language)


def rewrite_links(
    document: Document,
    site: Site,
    reader: Language,
    url: Callable[[str], str],
    mark: Callable[[Language], str] = lambda language: "",
    html: str | None = None,
    embed: Embedder = lambda tag, target, attributes: None,
) -> Markup:
    """Return the body of a document with its links resolved; ``url`` formats their addresses.

    A link to a page in another language than the reader's has ``hreflang`` and is followed by ``mark`` of that language; a
    link to a text dated in the future becomes plain text. ``html`` is a part of the body, for use instead of the whole;
    ``embed`` writes what the body shows of files.
    """
    text = site.bodies[document.path].html if html is None else html
    if REFERENCE_PREFIX not in text:
        return Markup(text)  # noqa: S704 (rendered by us)
    targets = site.targets[document.path]
    destinations = [None if target.scheduled else resolve_link(target, document, site, reader) for target in targets]
    references = document.outline.references

    def media(tag: str, number: int, rest: str) -> str | None:
        target = targets[number]
        return embed(tag, target, rest) if target.file else "" if references[number].optional else None

    text = replace_media(text, media)
    embedded = [reference.embedded for reference in references]

    def foreign_language(number: int) -> Language | None:
        destination = destinations[number]
        language = destination.language if destination else None
        return language if language is not None and language != reader and targets[number].kind else None

    def attributes(number: int) -> str | None:
        destination = destinations[number]
        return _format_attribute(url(destination.address), embedded[number], foreign_language(number)) if destination else None

    def suffix(number: int) -> str:
        language = foreign_language(number)
        return mark(language) if language is not None else ""

    return Markup(resolve_references(text, attributes, suffix))  # noqa: S704 (rendered by us)


def _format_attribute(url: str, embedded: bool, language: Language | None) -> str:
    name = "src" if embedded else "href"
    hreflang = f' hreflang="{language.tag}"' if language is not None else ""
    return f'{name}="{escape(url)}"{hreflang}'
