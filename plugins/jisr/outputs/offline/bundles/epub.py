"""The texts of a language as a book: EPUB 3 (https://www.w3.org/TR/epub-33/), the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby
from pathlib import Path

from jisr.content.atomic_write import replace_atomically
from jisr.content.write.reproducible_zip import sort_names, write_zip
from jisr.core.build.build_context import BuildContext
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.i18n.ui_strings import translate_label
from jisr.core.model.document import Document, LocalizedText
from jisr.core.model.events import display_year, listing_date, sort_by_day
from jisr.core.model.site import Site, sort_newest_first, to_datetime
from jisr.core.urls import paths
from jisr.core.urls.media_types import media_type
from jisr.outputs.offline.bundles.page_links import absolute_link, parse_link
from jisr.outputs.offline.bundles.xhtml import render_article

_MIMETYPE = "application/epub+zip"
_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_STYLE = """html { line-height: 1.7; }
body { margin: 1em; }
h1, h2, h3 { line-height: 1.4; }
img { max-width: 100%; height: auto; }
li { margin-block: 0.3em; }
blockquote { margin-inline: 1.5em; }
table { border-collapse: collapse; }
th, td { border: 1px solid; padding: 0.3em 0.6em; }
.kicker, .byline, .soft, .credits, .source, figcaption { font-size: 0.9em; }
.kicker span + span::before, .byline span + span::before { content: " · "; }
.credits div, .facts div { margin-block: 0.3em; }
dt { font-weight: bold; }
.facts { border: 1px solid; padding: 0 1em; }
"""
_PICTURES = ("image/jpeg", "image/png", "image/gif", "image/svg+xml")  # what every reading system shows


@dataclass(frozen=True, slots=True)
class Chapter:
    """A text in the book: its name there, and the path of its page in the built folder."""

    document: Document
    name: str
    page: str


@dataclass(frozen=True, slots=True)
class Section:
    """The texts of a kind, by year where they have a day."""

    words: LocalizedText
    years: tuple[tuple[str, tuple[Chapter, ...]], ...]


def write_book(target: Path, context: BuildContext, language: Language, folder: Path) -> None:
    """Write the book of a language from the pages of a built folder. Raises OSError."""
    sections = list_sections(context, language)
    book = _Book(context.site, language, folder, sections)
    entries = book.render()
    names = ["mimetype", *sort_names(entries.keys() - {"mimetype"})]
    replace_atomically(target, lambda file: write_zip(file, ((name, entries[name]) for name in names), ("mimetype",)))


def list_sections(context: BuildContext, language: Language) -> tuple[Section, ...]:
    """Return the listed texts of a language: kinds in the order of the site, then years and texts with the newest first."""
    site, sections = context.site, []
    for kind in site.kinds:
        versions = [one for texts in site.of_kind(kind.name) if (one := texts.get(language.tag)) and one.listed]
        if not versions:
            continue
        if kind.dated:
            ordered = sort_by_day(sort_newest_first(versions, site.timezone), site)
            groups = groupby(ordered, key=lambda one: display_year(one, site))
        else:
            groups = groupby(sorted(versions, key=lambda one: (one.title.casefold(), one.id)), key=lambda _: None)
        years = tuple((str(year or ""), tuple(map(_chapter, group))) for year, group in groups)
        sections.append(Section(translate_label(kind.name, context.messages, language), years))
    return tuple(sections)


def _chapter(document: Document) -> Chapter:
    tag, (kind, identity) = document.language.tag, document.key
    name = f"{kind}-{identity.replace('/', '-')}.xhtml"
    return Chapter(document, name, paths.output_path(paths.text(tag, kind, identity)))


class _Book:
    """The files of a book."""

    def __init__(self, site: Site, language: Language, folder: Path, sections: tuple[Section, ...]) -> None:
        self.site, self.language, self.folder, self.sections = site, language, folder, sections
        self.chapters = [one for section in sections for _, group in section.years for one in group]
        self.names = {one.page: one.name for one in self.chapters}
        self.pictures: dict[str, str] = {}  # path in the folder -> name in the book

    def render(self) -> dict[str, bytes]:
        """Return all files of the book by name."""
        texts = {one.name: self._render_chapter(one) for one in self.chapters}
        files = {f"book/{name}": (self.folder / path).read_bytes() for path, name in self.pictures.items()}
        texts |= {"title.xhtml": self._render_title(), "contents.xhtml": self._render_contents(), "style.css": _STYLE}
        texts["package.opf"] = self._render_package()
        whole = {"mimetype": _MIMETYPE, "META-INF/container.xml": _CONTAINER}
        whole |= {f"book/{name}": text for name, text in texts.items()}
        return files | {name: text.encode() for name, text in whole.items()}

    def _page(self, title: str, body: str, name: str = "") -> str:
        tag, direction = self.language.tag, self.language.direction
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
            f'<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="{tag}" '
            f'xml:lang="{tag}" dir="{direction}">\n<head>\n<title>{_plain(title)}</title>\n'
            f'<link rel="stylesheet" type="text/css" href="style.css"/>\n</head>\n<body{name}>\n{body}\n</body>\n</html>\n'
        )

    def _render_chapter(self, chapter: Chapter) -> str:
        html = (self.folder / chapter.page).read_text("utf-8")
        page = chapter.page
        body = render_article(html, lambda value: self._link(page, value), lambda value: self._picture(page, value))
        address = self.site.text_url(chapter.document)
        source = f'<p class="source"><a href="{escape(address)}"><bdi dir="ltr">{_plain(address)}</bdi></a></p>'
        return self._page(chapter.document.title, f"{body}\n{source}")

    def _link(self, page: str, value: str) -> str | None:
        link = parse_link(page, value)
        if link is None:
            return value if value.startswith(("http:", "https:", "mailto:", "tel:", "#")) else None
        name = self.names.get(link.path)
        if name is None:
            return absolute_link(self.site.url, link)
        return name + link.fragment if link.path != page or not link.fragment else link.fragment

    def _picture(self, page: str, value: str) -> str | None:
        """Return the name of a picture in the book; one that not all reading systems show stays out."""
        link = parse_link(page, value)
        if link is None or media_type(link.path) not in _PICTURES or not (self.folder / link.path).is_file():
            return None
        ending = link.path.rpartition(".")[2].lower()
        return self.pictures.setdefault(link.path, f"picture-{len(self.pictures) + 1}.{ending}")

    def _render_title(self) -> str:
        site, language = self.site, self.language
        name = site.network_name(language)
        purpose = site.network.text_in(site.network.purposes, language, site.languages)
        said = f'<p lang="{purpose.language.tag}" xml:lang="{purpose.language.tag}" dir="{purpose.language.direction}">'
        words = f"{said}{_plain(purpose.text)}</p>\n" if purpose.text else ""
        url = f"{site.url}/{language.tag}/"
        return self._page(name, f'<h1>{_plain(name)}</h1>\n{words}<p><a href="{escape(url)}"><bdi dir="ltr">'
                          f"{_plain(url)}</bdi></a></p>")  # fmt: skip

    def _render_contents(self) -> str:
        name = _plain(self.site.network_name(self.language))
        items = "".join(map(self._render_section, self.sections)) or '<li><a href="title.xhtml">1</a></li>\n'
        return self._page(name, f'<nav epub:type="toc" id="toc">\n<h1>{name}</h1>\n<ol>\n{items}</ol>\n</nav>')

    def _render_section(self, section: Section) -> str:
        lang, direction = section.words.language.tag, section.words.language.direction
        label = f'<span lang="{lang}" xml:lang="{lang}" dir="{direction}">{_plain(section.words.text)}</span>'
        years = []
        for year, chapters in section.years:
            links = "".join(f'<li><a href="{one.name}">{_plain(one.document.title)}</a></li>\n' for one in chapters)
            years.append(f"<li><span>{year}</span>\n<ol>\n{links}</ol>\n</li>\n" if year else links)
        return f"<li>{label}\n<ol>\n{''.join(years)}</ol>\n</li>\n"

    def _render_package(self) -> str:
        language, site = self.language, self.site
        days = [day for one in self.chapters if (day := one.document.modified or listing_date(one.document))]
        epoch = f"{site.policy.tag_authority.partition(',')[2][:4]}-01-01"
        moment = max((to_datetime(day, site.timezone).date().isoformat() for day in days), default=epoch)
        title = _plain(site.network_name(language))
        items = "\n".join(self._manifest_items())
        names = ["title.xhtml", "contents.xhtml", *(one.name for one in self.chapters)]
        spine = "\n".join(f'<itemref idref="{_identifier(name)}"/>' for name in names)
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="{language.tag}" '
            f'dir="{language.direction}">\n<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
            f'<dc:identifier id="id">tag:{escape(site.policy.tag_authority)}:bundles/{language.tag}</dc:identifier>\n'
            f"<dc:title>{title}</dc:title>\n<dc:language>{language.tag}</dc:language>\n<dc:publisher>{title}</dc:publisher>\n"
            f"<dc:source>{_plain(site.url)}/{language.tag}/</dc:source>\n"
            f'<meta property="dcterms:modified">{moment}T00:00:00Z</meta>\n</metadata>\n<manifest>\n{items}\n</manifest>\n'
            f'<spine page-progression-direction="{language.direction}">\n{spine}\n</spine>\n</package>\n'
        )

    def _manifest_items(self) -> Iterator[str]:
        yield '<item id="contents.xhtml" href="contents.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        yield '<item id="style.css" href="style.css" media-type="text/css"/>'
        for name in ("title.xhtml", *(one.name for one in self.chapters), *self.pictures.values()):
            yield f'<item id="{_identifier(name)}" href="{name}" media-type="{media_type(name)}"/>'


def _identifier(name: str) -> str:
    """Return the id of a file in the package: a name of XML, which begins with no digit."""
    return name if name[0].isalpha() else f"n-{name}"


def _plain(text: str) -> str:
    return escape(text, quote=False)
