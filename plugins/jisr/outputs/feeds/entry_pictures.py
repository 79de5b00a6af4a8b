"""The pictures of an entry that its fields name, with the words below them: its cover, and its photos."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from jisr.core.bidi.runs import isolate_as_html
from jisr.core.i18n.catalogs import Catalogs
from jisr.core.i18n.languages import Language
from jisr.core.i18n.ui_strings import translate_sentence
from jisr.core.model.document import Cover, Document, LocalizedText
from jisr.core.model.site import Site
from jisr.core.urls import paths
from jisr.pages.media_markup import describe_picture


def format_cover(document: Document, site: Site, messages: Catalogs) -> Markup:
    """Return the cover of a text as a figure where words belong to it; without them, its enclosure says it all."""
    cover = document.cover
    return _format_figure(cover, document, site, messages) if cover and (cover.caption or cover.credit) else Markup()


def format_photos(document: Document, site: Site, messages: Catalogs) -> Markup:
    """Return the photos of a text as figures."""
    return Markup().join(_format_figure(one, document, site, messages) for one in document.photos)


def _format_figure(given: Cover, document: Document, site: Site, messages: Catalogs) -> Markup:
    picture = site.pictures.get(paths.bundle_file_path(*document.key, given.file))
    if picture is None:
        return Markup()
    shown = picture.shared
    sides = f' width="{shown.width}" height="{shown.height}"' if shown.width else ""
    attributes = Markup(describe_picture(given.alt, document.language) + sides)  # noqa: S704 (escaped there)
    image = Markup('<img src="{}"{}>').format(paths.absolute_url(site.url, shown.address), attributes)
    below = Markup(" ").join(_words_below(given, document.language, messages))
    return Markup("<figure>{}{}</figure>\n").format(image, Markup("<figcaption>{}</figcaption>").format(below) if below else "")


def _words_below(given: Cover, language: Language, messages: Catalogs) -> Iterator[Markup]:
    """Return the caption of a picture, and who took it."""
    if given.caption:
        yield _format_words(given.caption, language)
    if given.credit:
        yield translate_sentence("picture", messages, language) % {"name": _format_words(given.credit, language)}


def _format_words(words: LocalizedText, language: Language) -> Markup:
    own = words.language
    html = isolate_as_html(words.text, own.direction)
    return html if own == language else Markup('<bdi lang="{}" dir="{}">{}</bdi>').format(own.tag, own.direction, html)
