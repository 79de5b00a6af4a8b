"""Saved web pages: the text of each, without what surrounds it, its title, day and author as far as the page says them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from babel.dates import get_month_names

from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation, phrase
from jisr.core.i18n.numbers import to_ascii_digits
from jisr.importing.old_languages import language_of_words, tag_of_locale
from jisr.importing.old_site import NOWHERE, Note, OldBody, OldFile, OldSite, OldVersion, ReadOptions, split_url
from jisr.importing.wordpress.post_content import make_lists
from jisr.ingest.encoding.charset import UnreadableFeed, decode
from jisr.ingest.sanitize.node_tree import HtmlNode, parse_html, serialize_nodes, text_content
from jisr.ingest.sanitize.sanitizer import plain_title

_PAGES = frozenset([".html", ".htm", ".xhtml", ".mht"])
_TEXT_CLASSES = (
    "entry-content", "post-content", "post-body", "article-content", "article-body", "articlebody", "node-content",
    "field-name-body", "item-page", "story-body", "td-post-content", "texte", "crayon", "content-inner", "post",
)  # fmt: skip
_PARTS = ("chapo", "texte", "ps", "notes")  # of SPIP, in their order
_DEBRIS = re.compile(
    r"(?:^|[\s_-])(?:nav|navigation|menu|sidebar|share|sharing|social|comments?|comment-\w+|related|breadcrumbs?|footer|header|"
    r"widget|pagination|tags?|meta|byline|author-box|print|respond|sharedaddy|jp-relatedposts|addtoany\w*|toolbar|cookie\w*|"
    r"navigation-\w+|repondre|forum|partage|ariane|skip-link|screen-reader-text)(?:$|[\s_-])",
    re.IGNORECASE,
)
_DEBRIS_ELEMENTS = frozenset(["nav", "aside", "footer", "form", "script", "style", "noscript", "button", "iframe"])
_SUFFIX = re.compile(r"\s+(?:[|–—·»-]|::)\s+[^|–—·»]{2,60}$")
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->", re.IGNORECASE)
_DAY = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})|\d{1,2}(?:er)?\s+[^\W\d_]+\.?(?:\s+[^\W\d_]+)?\s+\d{4}"
    r"|[^\W\d_]+\s+\d{1,2},\s*\d{4}"
)
_LOCALES = ("en", "fr", "ar", "ar_IQ", "ar_DZ", "ar_MA", "ckb", "ku", "tr", "fa")
_DATELINE = 60  # characters of a line that says a place and a day
_LINE_END = re.compile(r"<br\b[^>]*>|</?(?:p|div|h\d|t[drh]|table|li|center|blockquote)\b[^>]*>")
_LEAST = 60  # characters of a text


@dataclass(slots=True)
class _Page:
    """A saved page as a tree, with what its head says."""

    path: str
    root: HtmlNode
    address: str
    metas: dict[str, str] = field(default_factory=dict)
    linked_data: list[Mapping[str, Any]] = field(default_factory=list)
    language: str = ""


def read_site(path: Path, options: ReadOptions) -> OldSite:
    """Return the texts of saved pages. Raises ProblemsError where there is none."""
    files = sorted(one for one in path.rglob("*") if one.suffix.lower() in _PAGES) if path.is_dir() else [path]
    files = [one for one in files if one.is_file() and not one.name.startswith(".")]
    if not files:
        text = '"{path}" holds no saved page. Name a folder of HTML files, or one of them.'
        raise ProblemsError(Problem.error(SourceLocation(str(path)), "import", text, path=path))
    bodies: dict[str, OldBody] = {}
    site = OldSite(NOWHERE, [], lambda: iter(bodies.values()))
    folder = path if path.is_dir() else path.parent
    site.media = folder
    for file in files:
        site.read["texts"] += 1
        name = file.relative_to(folder).as_posix()
        page = _read_page(file, name, site)
        version = _find_text(page, file, site, options, bodies) if page else None
        if version is not None:
            site.versions.append(version)
            site.read[f"language {version.tag}"] += 1
    _group_versions(site)
    return site


def _read_page(file: Path, name: str, site: OldSite) -> _Page | None:
    try:
        decoded = decode(file.read_bytes(), "text/html")
    except (OSError, UnreadableFeed) as error:
        site.leave("text", name, phrase("it cannot be read: {reason}", reason=str(error)))
        return None
    if decoded.encoding.lower().replace("-", "") != "utf8":
        site.changes["encodings"] += 1
    root = parse_html(decoded.text)
    saved = _SAVED_FROM.search(decoded.text)
    page = _Page(name, root, "", language=_html_language(decoded.text))
    for node in _walk(root):
        if node.name == "meta":
            key = (
                node.attributes.get("property") or node.attributes.get("name") or node.attributes.get("itemprop", "")
            ).lower()
            page.metas.setdefault(key, node.attributes.get("content", "").strip())
        elif node.name == "script" and "ld+json" in node.attributes.get("type", ""):
            page.linked_data += _linked_data(text_content(node))
        elif node.name == "link" and "canonical" in node.attributes.get("rel", "").lower():
            page.metas.setdefault("canonical", node.attributes.get("href", ""))
    page.address = page.metas.get("canonical") or page.metas.get("og:url") or (saved[1] if saved else "")
    return page


def _html_language(text: str) -> str:
    match = re.search(r"<html\b[^>]*?\slang\s*=\s*[\"']?([A-Za-z_-]{2,10})", text, re.IGNORECASE)
    return match[1] if match else ""


def _linked_data(text: str) -> list[Mapping[str, Any]]:
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        return []
    items = values if isinstance(values, list) else values.get("@graph", [values]) if isinstance(values, dict) else []
    return [one for one in items if isinstance(one, dict)]


def _find_text(page: _Page, file: Path, site: OldSite, options: ReadOptions, bodies: dict[str, OldBody]) -> OldVersion | None:
    """Return the version of a page, whose words go to ``bodies``; None where it has no text."""
    title = _title(page)
    day = _day(page)
    author = _author(page)
    nodes = _text_nodes(page.root)
    for node in nodes:
        _take_out_debris(node, site)
        _note_files(node, file, site)
    html = make_lists(serialize_nodes([child for node in nodes for child in _as_block(node)]), site.changes)
    words = " ".join(" ".join(text_content(node) for node in nodes).split())
    if len(words) < _LEAST or not title:
        site.leave("text", page.path, phrase("no text was found in it"))
        return None
    tag = language_of_words(f"{title}\n{words}", options.tags) or tag_of_locale(page.language, options.tags, words)
    if tag not in options.tags:
        site.doubts.append(Note(page.path, phrase("nothing says its language; it is taken for {tag}", tag=options.tags[0])))
        tag = options.tags[0]
    if day is None and (day := _day_of_lines(html)):
        why = phrase("its day, {day}, was found in its first lines", day=f"{day:%Y-%m-%d}")
        site.doubts.append(Note(page.path, why))
    elif day is None:
        site.doubts.append(Note(page.path, phrase("no day was found in it")))
    address = _address(page.address)
    slug = unquote(address.rstrip("/").rpartition("/")[2].partition("?")[0]) if address else file.stem
    bodies[page.path] = OldBody(page.path, html)
    kind = options.kinds.get(page.path) or options.kinds.get(str(Path(page.path).parent), "")
    return OldVersion(
        key=page.path, group=page.path, tag=tag, title=title, date=day, authors=(author,) if author else (),
        addresses=(address,) if address else (), slug=re.sub(r"\.\w+$", "", slug), kind=kind, label=page.path, sort="page",
    )  # fmt: skip


def _as_block(node: HtmlNode) -> list[HtmlNode | str]:
    return [HtmlNode("div", {key: node.attributes[key] for key in ("lang", "dir") if key in node.attributes}, node.children)]


def _address(url: str) -> str:
    parts = split_url(url)
    path = parts.path or "/"
    return "" if not url or (path == "/" and not parts.query) else f"{path}?{parts.query}" if parts.query else path


def _title(page: _Page) -> str:
    heading = next((text_content(one) for one in _walk(page.root) if one.name == "h1" and text_content(one).strip()), "")
    stated = next((str(one["headline"]) for one in page.linked_data if one.get("headline")), "")
    element = next((text_content(one) for one in _walk(page.root) if one.name == "title"), "")
    classed = next((text_content(one) for one in _walk(page.root) if _has_class(one, "entry-title", "post-title", "titre")), "")
    own = page.metas.get("og:title") or stated or classed or heading or _SUFFIX.sub("", element)
    return plain_title(own)


def _day(page: _Page) -> datetime | None:
    """Return the day of a page: of its metadata, of an element for it, of a line above its text."""
    stated = [
        page.metas.get(name, "") for name in ("article:published_time", "datepublished", "date", "dc.date", "dcterms.date")
    ]
    stated += [str(one.get("datePublished", "")) for one in page.linked_data]
    for node in _walk(page.root):
        if node.name == "time" or _has_class(node, "published", "entry-date", "post-date", "date", "info-publi", "submitted"):
            stated += [node.attributes.get("datetime", ""), node.attributes.get("title", ""), text_content(node)]
    return next((day for one in stated if one and (day := _parse_day(one))), None)


def _day_of_lines(html: str) -> datetime | None:
    """Return the day in one of the first lines of a text, where that is no sentence."""
    lines = [line for one in _LINE_END.split(html[:20_000]) if (line := plain_title(one))][:5]
    days = (_parse_day(re.sub(r"\s*/\s*", "/", line)) for line in lines if len(line) <= _DATELINE)
    return next(filter(None, days), None)


def _parse_day(text: str) -> datetime | None:
    plain = to_ascii_digits(text.strip())
    try:
        moment = datetime.fromisoformat(plain.replace("Z", "+00:00"))
    except ValueError:
        moment = None
    if moment is not None:
        return moment if moment.year > 1970 else None
    match = _DAY.search(plain)
    if not match:
        return None
    if match[1] or match[4]:
        year, month, day = (match[1], match[2], match[3]) if match[1] else (match[6], match[5], match[4])
        try:
            return datetime(int(year), int(month), int(day))  # noqa: DTZ001 (a page says a day, not an offset)
        except ValueError:
            return None
    return _named_day(match[0])


def _named_day(text: str) -> datetime | None:
    """Return a day whose month is a word, in a language of this site or of its neighbours.

    >>> [str(_named_day(one))[:10] for one in ("9 février 2012", "9 شباط 2012", "March 3, 2012", "٩ fog 2012")]
    ['2012-02-09', '2012-02-09', '2012-03-03', 'None']
    """
    words = text.casefold()
    names = _month_names()
    found = next((name for name in sorted(names, key=len, reverse=True) if name in words), "")
    numbers = [int(one) for one in re.findall(r"\d+", words)]
    if not found or len(numbers) != 2:
        return None
    day, year = numbers
    try:
        return datetime(year, names[found], day)  # noqa: DTZ001 (a page says a day, not an offset)
    except ValueError:
        return None


@cache
def _month_names() -> dict[str, int]:
    """Return the names of months by CLDR, with the numbers of the months."""
    return {
        name.casefold(): number
        for locale in _LOCALES
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, locale=locale).items()
        if len(name) > 2 and not name.isdigit()
    }


def _author(page: _Page) -> str:
    stated = page.metas.get("author", "")
    for one in page.linked_data:
        author = one.get("author")
        author = author[0] if isinstance(author, list) and author else author
        stated = stated or (str(author.get("name", "")) if isinstance(author, dict) else str(author or ""))
    if not stated:
        node = next((one for one in _walk(page.root) if _has_class(one, "author", "fn", "auteur", "byline", "vcard")), None)
        stated = text_content(node) if node else ""
    name = re.sub(
        r"^(?:(?:posted |written )?by|(?:publié |écrit )?par|(?:نشره|نُشر)?\s*بقلم|كتب(?:ها|ه)?|نووسینی|ji aliyê)[\s:]+",
        "",
        plain_title(stated),
        flags=re.IGNORECASE,
    )
    return name if 2 < len(name) < 60 and "@" not in name and not name.startswith("http") else ""


def _text_nodes(root: HtmlNode) -> list[HtmlNode]:
    """Return the elements that hold the text: by the classes of known systems, else the one with most words in paragraphs."""
    spip = [node for name in _PARTS for node in _walk(root) if _has_class(node, name)]
    if any(_has_class(node, "texte") for node in spip):
        return spip
    for name in _TEXT_CLASSES:
        found = [node for node in _walk(root) if _has_class(node, name) and len(text_content(node).strip()) >= _LEAST]
        if found:
            return [found[0]]
    article = next((node for node in _walk(root) if node.name == "article"), None)
    return [article or max(_walk(root), key=_weight)]


def _weight(node: HtmlNode) -> int:
    """Return how much text stands right in an element: its paragraphs and cells, without what is linked."""
    if node.name in ("p", "a", "li", "script", "style", "head", "nav", "footer", "aside"):
        return 0
    own = sum(len(child.strip()) for child in node.children if isinstance(child, str))
    for child in node.children:
        if isinstance(child, HtmlNode) and child.name in (
            "p",
            "blockquote",
            "ul",
            "ol",
            "font",
            "b",
            "strong",
            "i",
            "em",
            "span",
        ):
            linked = sum(len(text_content(one)) for one in _walk(child) if one.name == "a")
            own += len(text_content(child).strip()) - linked
    return own


def _take_out_debris(node: HtmlNode, site: OldSite) -> None:
    """Take out what a page has around a text: menus, forms, buttons to share, replies."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        kept: list[HtmlNode | str] = []
        for child in one.children:
            if isinstance(child, HtmlNode) and _is_debris(child):
                site.changes["parts of pages"] += 1
            else:
                kept.append(child)
                if isinstance(child, HtmlNode):
                    waiting.append(child)
        one.children = kept


def _is_debris(node: HtmlNode) -> bool:
    names = f"{node.attributes.get('class', '')} {node.attributes.get('id', '')}"
    return node.name in _DEBRIS_ELEMENTS or node.name == "h1" or bool(_DEBRIS.search(names))


def _note_files(node: HtmlNode, file: Path, site: OldSite) -> None:
    """Remember the pictures of a text, which lie beside the saved page."""
    for one in _walk(node):
        source = one.attributes.get("src", "")
        if one.name == "img" and source and "://" not in source and not source.startswith("data:"):
            relative = (file.parent / unquote(source.partition("?")[0])).resolve()
            if site.media and relative.is_relative_to(site.media.resolve()):
                path = relative.relative_to(site.media.resolve()).as_posix()
                one.attributes["src"] = f"{site.home}/{path}"
                site.read["files"] += f"{site.home}/{path}" not in site.files
                site.files[f"{site.home}/{path}"] = OldFile(f"{site.home}/{path}", one.attributes.get("alt", ""))


def _group_versions(site: OldSite) -> None:
    """Note pages that may be one text: nothing in saved pages says it."""
    seen: dict[tuple[str, object], OldVersion] = {}
    for version in site.versions:
        key = (version.slug.lower(), version.date.date() if version.date else None)
        other = seen.setdefault(key, version)
        if other is not version and other.tag != version.tag and version.slug:
            why = phrase("it may be a translation of {other}: both have one name and day", other=other.label)
            site.doubts.append(Note(version.label, why))


def _has_class(node: HtmlNode, *names: str) -> bool:
    return not set(names).isdisjoint(node.attributes.get("class", "").lower().split())


def _walk(root: HtmlNode) -> Iterator[HtmlNode]:
    """Return an element and all in it, in the order of the page."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += [child for child in reversed(node.children) if isinstance(child, HtmlNode)]
