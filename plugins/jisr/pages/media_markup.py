"""Pictures, sound and films as pages show them: each in the widths and types there are, nothing before it is needed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from markupsafe import Markup, escape

from jisr.core.bidi.marks import mark_title
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.model.document import Document, LocalizedText
from jisr.core.model.pictures import DrawnPicture, Picture
from jisr.core.model.site import LinkTarget, Site
from jisr.core.urls import paths
from jisr.core.urls.recordings import is_subtitles, is_transcript, language_in

# How wide a picture is on a page, for browsers to choose by: those of the theme's styles.
SHEET = "(min-width: 84rem) 74rem, 92vw"
BESIDE_FACTS = "(min-width: 60rem) 58vw, 92vw"
COLUMN = "(min-width: 37rem) 33.75rem, 92vw"
GALLERY = "(min-width: 48rem) 16.5rem, 92vw"
_SMALL = "(prefers-reduced-data: reduce)"
_POSTER_WIDTH = 1000  # of the picture before a film, which has one width alone

Url = Callable[[str], str]
"""Formats an address as a page links it."""


@dataclass(frozen=True, slots=True)
class MediaWords:
    """What media of a body say of themselves, in the language of the page."""

    transcript: Markup = Markup("Transcript")
    language_name: Callable[[Language], str] = lambda language: language.own_name


def describe_picture(alt: LocalizedText, language: Language) -> str:
    """Return the attributes that say what a picture shows, to readers of a language."""
    words = mark_title(alt.text, alt.language)
    own = "" if alt.language.tag == language.tag else f' lang="{alt.language.tag}" dir="{alt.language.direction}"'
    return f' alt="{escape(words)}"{own}'


def format_picture(picture: Picture, attributes: str, url: Url, sizes: str, eager: bool = False) -> Markup:
    """Return the element of a picture; ``attributes`` are those of the image, ``sizes`` says how wide it is shown.

    A cover is loaded before all else (``eager``), any other picture when a reader comes near.
    """
    shown, small = picture.shared, picture.smallest()
    sides = f' width="{picture.original.width}" height="{picture.original.height}"' if picture.original.width else ""
    loading = 'loading="eager" fetchpriority="high"' if eager else 'loading="lazy" decoding="async"'
    image = f'<img src="{escape(url(shown.address))}"{attributes}{sides} {loading}>'
    sources = "".join(_format_source(kind, group, url, sizes) for kind, group in picture.by_type())
    if not sources:
        return Markup(image)  # noqa: S704 (addresses and words are escaped)
    saving = f'<source media="{_SMALL}" srcset="{escape(url(small.address))} {small.width}w" sizes="92vw">' if small else ""
    return Markup(f"<picture>{saving}{sources}{image}</picture>")  # noqa: S704 (likewise)


def _format_source(kind: str, group: tuple[DrawnPicture, ...], url: Url, sizes: str) -> str:
    addresses = [str(escape(url(one.address))) for one in group]
    if len(group) == 1:
        return f'<source type="{kind}" srcset="{addresses[0]}">'
    srcset = ", ".join(f"{address} {one.width}w" for address, one in zip(addresses, group, strict=True))
    return f'<source type="{kind}" srcset="{srcset}" sizes="{sizes}">'


@dataclass(frozen=True, slots=True)
class MediaWriter:
    """Writes the pictures and recordings of a body for a page."""

    document: Document
    site: Site
    url: Url
    words: MediaWords = MediaWords()

    def __call__(self, tag: str, target: LinkTarget, attributes: str) -> str | None:
        """Return a picture or recording; None for a file that is none."""
        folder = partial(paths.bundle_file_path, target.kind, target.id)
        if tag == "img":
            picture = self.site.pictures.get(folder(target.file))
            return str(format_picture(picture, attributes, self.url, COLUMN)) if picture else None
        own_first = sorted(target.companions, key=lambda name: self._language_of(name) != self.document.language)
        addresses = {name: folder(name) for name in own_first}
        poster = self._format_poster(addresses) if tag == "video" else ""
        tracks = "".join(self._format_track(name, at) for name, at in addresses.items() if is_subtitles(name))
        links = "".join(self._format_transcript(name, at) for name, at in addresses.items() if is_transcript(name))
        source = escape(self.url(folder(target.file)))
        attributes = attributes.replace(' controls=""', " controls")
        return f'<{tag}{attributes} src="{source}"{poster}>{tracks}</{tag}>{links}'

    def _format_poster(self, addresses: dict[str, str]) -> str:
        """Return the attributes of the picture that stands for a film until it is played."""
        picture = next(filter(None, map(self.site.pictures.get, addresses.values())), None)
        if picture is None:
            return ""
        last = [group for _, group in picture.by_type()][-1:]
        fitting = [one for one in (last[0] if last else ()) if one.width <= _POSTER_WIDTH]
        shown = fitting[-1] if fitting else picture.shared
        return (
            f' poster="{escape(self.url(shown.address))}" width="{picture.original.width}" height="{picture.original.height}"'
        )

    def _format_track(self, name: str, address: str) -> str:
        language = self._language_of(name)
        own = " default" if language == self.document.language else ""
        label = escape(self.words.language_name(language))
        return f'<track kind="captions" srclang="{language.tag}" label="{label}" src="{escape(self.url(address))}"{own}>'

    def _format_transcript(self, name: str, address: str) -> str:
        language = self._language_of(name)
        is_own = language == self.document.language
        other = "" if is_own else f" ({escape(self.words.language_name(language))})"
        mark = "" if is_own else f' hreflang="{language.tag}"'
        return f' <a class="transcript" href="{escape(self.url(address))}"{mark}>{self.words.transcript}{other}</a>'

    def _language_of(self, name: str) -> Language:
        """Return the language that a file names before its ending; without one it is that of the text."""
        tag = language_in(name)
        return next((one for one in self.site.languages if one.tag == tag), self.document.language)
