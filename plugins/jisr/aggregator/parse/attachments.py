"""Recordings, documents, films and pictures that stand beside the text of an entry, in RSS, Atom and JSON Feed."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from mimetypes import MimeTypes
from typing import Any
from urllib.parse import unquote, urljoin

from lxml import etree

from jisr.aggregator.model import AttachedFile
from jisr.core.urls.media_endings import PICTURES, ending_pattern
from jisr.ingest.sanitize.embeds import embedded_page_url
from jisr.ingest.sanitize.media import is_tracker, media_caption, names_file, picture_key
from jisr.ingest.sanitize.safe_urls import absolute_web_url

MAX_ATTACHMENTS = 30
"""The maximum of attachments of an entry."""

MEDIA_NAMESPACES = frozenset(("http://search.yahoo.com/mrss/", "http://search.yahoo.com/mrss"))
_MAX_TITLE_LENGTH = 500
_LEAST_SIZE = 1000  # bytes; feeds state 0 or 1 where they do not know
_PICTURE = re.compile(rf"{ending_pattern(PICTURES)}(?:[?#].*)?$", re.IGNORECASE)
_BLOGGER_FILM = re.compile(r"^(?:www\.)?blogger\.com/video\.g")  # whose frame shows what is attached
_ADDRESSES = re.compile(r'(?:href|src)="([^"]*)"')
_DOCUMENT_TYPE = re.compile(
    r"(?:audio|video|image)/|application/(?:pdf|epub|msword|rtf|vnd\.(?!\S*(?:xml|json)\b))", re.IGNORECASE
)
_PODCAST_NAMESPACE = re.compile(
    r"https?://(?:www\.)?podcastindex\.org/namespace/|https?://github\.com/Podcastindex-org/", re.IGNORECASE
)
_ITUNES_NAMESPACE = "http://www.itunes.com/dtds/podcast-1.0.dtd"
_TORRENT = "application/x-bittorrent"  # the same film or recording for those who share it
_PAGE = "text/html"  # the type of what an entry is about: it is no recording of the entry
_UNITS = ((1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "KB"))
_ENDINGS = MimeTypes()  # without the tables of the operating system, which differ between machines
_TYPES = {
    "audio/mpeg": "MP3",
    "audio/ogg": "OGG",
    "audio/x-m4a": "M4A",
    "audio/mp4": "M4A",
    "video/quicktime": "MOV",
    "image/jpeg": "JPEG",
    "text/vtt": "VTT",
    _PAGE: "",
}


def read_attachments(entry: Any) -> tuple[AttachedFile, ...]:
    """Return the attachments of an element of RSS, RDF or Atom, in their order, with addresses as stated."""
    found = [*_linked_files(entry), *_media_files(entry), *_podcast_texts(entry)]
    others = [one for one in found if one.media_type != _TORRENT]
    found = others if any(not is_picture(one) for one in others) else found
    thumbnails = (one for one in entry.iter() if _is_media(one, "thumbnail") and one.get("url"))
    found = found or [AttachedFile(one.get("url"), media_type="image/") for one in thumbnails][:1]
    if not any(map(is_picture, found)):
        found += [_attachment(url, "", "image/", "") for one in entry if (url := _episode_picture(one))][:1]
    return tuple([*found, *_related_pages(entry)][:MAX_ATTACHMENTS])


def read_json_attachments(entry: Mapping[str, Any]) -> tuple[AttachedFile, ...]:
    """Return the attachments of an item of a JSON Feed, its pictures first."""
    pictures = [entry.get("image"), entry.get("banner_image")]
    found = [AttachedFile(url, media_type="image/") for url in pictures if isinstance(url, str)]
    files = entry.get("attachments")
    for file in files if isinstance(files, list) else ():
        if isinstance(file, dict) and isinstance(file.get("url"), str):
            size, title = file.get("size_in_bytes"), file.get("title")
            found.append(
                AttachedFile(
                    file["url"],
                    " ".join(title.split())[:_MAX_TITLE_LENGTH] if isinstance(title, str) else "",
                    str(file.get("mime_type") or "").lower(),
                    int(size) if isinstance(size, int | float) and 0 < size < 1e13 else 0,
                )
            )
    subject = entry.get("external_url")
    found += [_attachment(subject, "", _PAGE, "")] if isinstance(subject, str) and entry.get("url") else []
    return tuple(found[:MAX_ATTACHMENTS])


def resolve_attachments(attachments: Iterable[AttachedFile], link: str, *bases: str) -> tuple[AttachedFile, ...]:
    """Return attachments with absolute addresses, each once; a film is its page, and none where that is ``link``."""
    unique: dict[str, AttachedFile] = {}
    for one in attachments:
        url = next(filter(None, (embedded_page_url({"src": one.url}, base) for base in (*filter(None, bases), ""))), "")
        if not url and one.media_type.startswith(("audio/", "video/")):
            url = absolute_web_url(one.url, *filter(None, bases))  # what counts its listeners is a recording all the same
        if url and (not is_tracker(url) or not is_picture(one)) and (url != link or names_file(url)):
            unique.setdefault(picture_key(url), replace(one, url=url))
    return tuple(unique.values())


def is_picture(attachment: AttachedFile) -> bool:
    """Whether an attachment is a picture, by its type, or by its name where it has none."""
    return attachment.media_type.startswith("image/") or (not attachment.media_type and bool(_PICTURE.search(attachment.url)))


def main_recording(attachments: Iterable[AttachedFile]) -> str:
    """Return the address of the first attachment that is no picture, the original of an entry without a page."""
    return next((one.url for one in attachments if not is_picture(one) and not one.media_type.startswith("text/")), "")


def attachments_html(attachments: Iterable[AttachedFile], safe_html: str) -> str:
    """Return the attachments that a safe text does not show as HTML: pictures, and links with type and size.

    >>> attachments_html([AttachedFile("https://example.org/12.mp3", "", "audio/mpeg", 12_345_678)], "")
    '<p><a href="https://example.org/12.mp3">12.mp3</a> (MP3 · 12.3 MB)</p>'
    """
    shown = {picture_key(html.unescape(url)) for url in _ADDRESSES.findall(safe_html)}
    parts = []
    for one in attachments:
        url, title = html.escape(one.url), html.escape(one.title)
        is_same_film = one.media_type.startswith("video/") and any(map(_BLOGGER_FILM.search, shown))
        if picture_key(one.url) in shown or is_same_film:
            continue
        if is_picture(one):
            parts.append(f'<p><img src="{url}" alt="{title}"></p>')
        else:
            caption = title or html.escape(media_caption({}, one.url))
            parts.append(f'<p><a href="{url}">{caption}</a>{_format_details(one)}</p>')
    return "".join(parts)


def _format_details(one: AttachedFile) -> str:
    """Return the type and size of an attachment in parentheses, as far as they are known."""
    extension = (_ENDINGS.guess_extension(one.media_type) or "").removeprefix(".").upper()
    unit, name = next((unit for unit in _UNITS if one.size >= unit[0]), (1, ""))
    size = f"{one.size / unit:.1f} {name}".replace(".0 ", " ") if one.size >= _LEAST_SIZE else ""
    details = " · ".join(filter(None, (_TYPES.get(one.media_type, extension), size)))
    return f" ({details})" if details else ""


def _linked_files(entry: Any) -> Iterator[AttachedFile]:
    """Yield enclosures of RSS, RDF and Atom, and a content of Atom that stands at another address."""
    for element in entry:
        name = _local_name(element)
        relation, media_type = element.get("rel", "alternate").lower(), element.get("type", "")
        is_document = relation == "alternate" and _DOCUMENT_TYPE.match(media_type)
        if name == "enclosure" or (name == "link" and (relation == "enclosure" or is_document)):
            values = {key.rpartition("}")[2].lower(): value for key, value in element.attrib.items()}
            url = values.get("url") or values.get("href") or values.get("resource") or ""
            yield _attachment(
                _with_base(url, element), values.get("title", ""), values.get("type", ""), values.get("length", "")
            )
        elif name == "content" and element.get("src") and not element.get("type", "").endswith(("html", "xml")):
            yield _attachment(_with_base(element.get("src"), element), "", element.get("type", ""), "")


def _related_pages(entry: Any) -> Iterator[AttachedFile]:
    """Yield the pages that an entry of Atom is about or was found on."""
    for element in entry:
        is_page = element.get("type", _PAGE).lower() in (_PAGE, "application/xhtml+xml")
        if _local_name(element) == "link" and element.get("rel", "").lower() in ("related", "via") and is_page:
            yield _attachment(_with_base(element.get("href", ""), element), element.get("title", ""), _PAGE, "")


def _podcast_texts(entry: Any) -> Iterator[AttachedFile]:
    """Yield the text of a recording, of several forms the one for readers, and its chapters."""
    parts = [one for one in entry if isinstance(one.tag, str) and _PODCAST_NAMESPACE.match(etree.QName(one).namespace or "")]
    transcripts = [one for one in parts if _local_name(one) == "transcript" and one.get("url")]
    best = sorted(transcripts, key=lambda one: (one.get("type", "") != _PAGE, one.get("type") == "application/json"))[:1]
    for element in (*best, *(one for one in parts if _local_name(one) == "chapters" and one.get("url"))):
        url = element.get("url").strip()
        yield _attachment(
            _with_base(url, element), unquote(url.partition("?")[0].rpartition("/")[2]), element.get("type") or "text/plain", ""
        )


def _with_base(url: str, element: Any) -> str:
    """Return an address with the ``xml:base`` of its element or of those around it."""
    try:
        return urljoin(element.base or "", url.strip()) if url.strip() else ""
    except ValueError:
        return url


def _media_files(entry: Any) -> Iterator[AttachedFile]:
    """Yield the files of Media RSS (https://www.rssboard.org/media-rss), of several forms of one file the default."""
    groups = [one for one in entry.iter() if _is_media(one, "group")]
    single = [one for one in entry.iter() if _is_media(one, "content") and not _is_media(one.getparent(), "group")]
    chosen = [form for group in groups for form in _default_forms(group)]
    for element in (*single, *chosen):
        medium = element.get("medium", "").strip().lower()
        players = [one for one in (*element, *element.getparent()) if _is_media(one, "player")]
        url = element.get("url") or next((one.get("url") for one in players if one.get("url")), "")
        media_type = element.get("type") or (f"{medium}/" if medium in ("image", "audio", "video") else "")
        yield _attachment(url, _media_title(element), media_type, element.get("fileSize", ""))


def _episode_picture(element: Any) -> str:
    """Return the address of the picture of an episode in iTunes' and podcasts' own form, "" for any other element."""
    namespace = etree.QName(element).namespace or "" if isinstance(element.tag, str) else ""
    is_own = namespace.lower() == _ITUNES_NAMESPACE or _PODCAST_NAMESPACE.match(namespace)
    return (
        _with_base(element.get("href") or element.get("url") or "", element)
        if is_own and _local_name(element) == "image"
        else ""
    )


def _default_forms(group: Any) -> list[Any]:
    """Return one form of each kind of file in a group."""
    kinds: dict[str, Any] = {}
    for form in sorted((one for one in group if _is_media(one, "content")), key=lambda one: one.get("isDefault") != "true"):
        kinds.setdefault(form.get("medium") or form.get("type", "").partition("/")[0], form)
    return list(kinds.values())


def _media_title(element: Any) -> str:
    """Return the words of a file: its description, else its title."""
    for name in ("description", "title"):
        for child in element:
            if _is_media(child, name) and (words := " ".join("".join(child.itertext()).split())):
                return " ".join(re.sub(r"<[^<>]{0,500}>", " ", words).split())
    return ""


def _attachment(url: str, title: str, media_type: str, size: str) -> AttachedFile:
    number = int(size) if size.strip().isascii() and size.strip().isdecimal() and len(size) <= 13 else 0
    return AttachedFile(
        url.strip()[:2000], " ".join(title.split())[:_MAX_TITLE_LENGTH], media_type.partition(";")[0].strip().lower(), number
    )


def _is_media(element: Any, name: str) -> bool:
    return element is not None and _local_name(element) == name and etree.QName(element).namespace in MEDIA_NAMESPACES


def _local_name(element: Any) -> str:
    return etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""
