"""What ``![words](target)`` shows: a picture, a recording to play, or a link to a film on another host."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from jisr.core.model.body import BodyReference
from jisr.core.urls.recordings import Film, find_film, recording_tag
from jisr.markdown.findings import Findings, LinePosition
from jisr.markdown.inline.link_targets import LinkDefinition, classify_target
from jisr.markdown.source_map import strip_marks

FILM_CLASS = "film"


def build_media(words: str, definition: LinkDefinition, findings: Findings) -> Element:
    """Return the element of a picture, a recording or a film."""
    target, position = strip_marks(definition.target), (definition.number, definition.column)
    where = classify_target(target)
    film = find_film(target.strip()) if where == "outside" else None
    if film is not None:
        return _build_film(words, film, findings, position)
    if tag := recording_tag(target) if where == "inside" else "":
        recording = Element(tag, {"controls": "", "preload": "none"})
        findings.set_link(recording, "src", target, position)
        if words:
            recording.set("aria-label", words)
        return recording
    image = Element("img")
    findings.set_link(image, "src", target, position)
    image.set("alt", words)
    return image


def _build_film(words: str, film: Film, findings: Findings, position: LinePosition) -> Element:
    """Return a link to a film, with the picture of its name where that lies beside the text: no frame asks its host."""
    link = Element("a", {"class": FILM_CLASS})
    findings.set_link(link, "href", film.page, position)
    picture = SubElement(link, "img", {"src": f"jisr-ref:{len(findings.references)}", "alt": ""})
    place = findings.source_map.location_at(*position)
    findings.references.append(BodyReference(film.name, place, embedded=True, optional=True))
    picture.tail = words or film.page.partition("://")[2].removeprefix("www.")
    return link


def unlink_film(element: Element | None) -> None:
    """Make a link to a film plain words: it stands in another link, and a link has none in it."""
    if element is not None and element.get("class") == FILM_CLASS:
        element.attrib.pop("href", "")
        element.tag = "span"


def build_figure(paragraph: Element) -> Element:
    """Return a figure for a paragraph that is a picture with a title, or a recording; any other paragraph as it is.

    The title is the caption; a recording without one has its words.
    """
    media = paragraph[0] if len(paragraph) == 1 else None
    if media is None or f"{paragraph.text or ''}{media.tail or ''}".strip():
        return paragraph
    caption = media.get("title", "")
    if media.tag in ("audio", "video"):
        caption = caption or media.get("aria-label", "")
    elif media.tag != "img" or not caption:
        return paragraph
    media.attrib.pop("title", None)
    media.tail = None
    figure = Element("figure", paragraph.attrib)
    figure.append(media)
    if caption:
        SubElement(figure, "figcaption").text = caption
    return figure
