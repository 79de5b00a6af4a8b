"""The words of an old text as Markdown: sanitized HTML, links to texts that come along, files beside the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape, unescape
from urllib.parse import urljoin

from jisr.content.write.reply_writer import hide_emails, without_headings
from jisr.importing.old_site import normal, split_url
from jisr.importing.store.footnote_signs import mark_footnotes, write_notes
from jisr.importing.store.media_library import MediaLibrary
from jisr.importing.store.typed_markup import clean_markup
from jisr.importing.text_plan import ImportPlan
from jisr.ingest.sanitize.node_tree import HtmlNode, text_content
from jisr.ingest.sanitize.sanitizer import sanitize_html
from jisr.ingest.to_markdown.converter import html_to_markdown

MOST_BYTES = 20_000_000  # of one text: what is longer is no text
_HREF = re.compile(r'(<a\b[^>]*?\shref=")([^"]*)(")')
_PART_LINK = re.compile(r'<a href="([^"]*#[^"]*)"[^>]*>(.*?)</a>', re.DOTALL)  # to a place on its own page
_IMAGE = re.compile(r'<img src="([^"]*)"(?: alt="([^"]*)")?>')
_LINKED_IMAGE = re.compile(r'<a href="([^"]*)">\s*(<img src="[^"]*"(?: alt="[^"]*")?>)\s*</a>')
_PLACEHOLDER = re.compile(r"https://ref\.invalid/(\d+)")
_SPACES = re.compile("[\u00a0\u202f]|&nbsp;|&#160;|&#xA0;", re.IGNORECASE)
_CAPTION = "\ue004"  # before the words below a picture
_CAPTIONED = re.compile(rf"(?P<picture>!\[[^\n]*\]\([^()\s]+)\)\n\n[ >]*{_CAPTION}(?P<words>.*)")
_LONE_CAPTION = re.compile(f"{_CAPTION}(.*)")
_BOLD_LINE = re.compile(r"\*\*(.*)\*\*\\?")
_HEADING = re.compile(r"#{1,6} (.*)")


@dataclass(slots=True)
class BodyContext:
    """What all texts of an import share: the plan, the files, the address of the old site, what was changed."""

    plan: ImportPlan
    media: MediaLibrary
    home: str
    changes: Counter[str] = field(default_factory=Counter)
    doubt: Callable[[str, str], None] = lambda what, url: None  # a link to the old site that leads to nothing that comes


@dataclass(slots=True)
class BodyWriter:
    """Turns the HTML of one version; ``folder`` is that of its text, and ``files`` are the names that lie beside it."""

    context: BodyContext
    folder: str
    tag: str
    title: str
    depth: int = 2  # of the folder below the content folder
    links: list[str] = field(default_factory=list)
    files: set[str] = field(default_factory=set)

    def convert(self, html: str, base: str, is_reply: bool = False) -> str:
        """Return HTML that is not trusted as Markdown of this site."""
        changes = self.context.changes
        spaced = _SPACES.sub(" ", html)
        changes["no-break spaces"] += html != spaced
        prepare = without_headings if is_reply else self._prepare
        safe = sanitize_html(spaced, base or "https://old.invalid/", "keep", prepare, max_bytes=MOST_BYTES)
        safe = _PART_LINK.sub(lambda match: match[2] if unescape(match[1]).partition("#")[0] == base else match[0], safe)
        safe = _LINKED_IMAGE.sub(self._unlink_image, safe)
        safe = _IMAGE.sub(lambda match: self._image(match, is_reply), safe)
        safe = _HREF.sub(lambda match: f"{match[1]}{escape(self._link(unescape(match[2])))}{match[3]}", safe)
        markdown = html_to_markdown(safe)
        markdown = _CAPTIONED.sub(_add_caption, write_notes(markdown))
        markdown = _LONE_CAPTION.sub(r"_\1_", markdown)
        markdown = _PLACEHOLDER.sub(lambda match: self.links[int(match[1])], markdown)
        if is_reply:
            return hide_emails(markdown)
        return self._without_title(markdown)

    def _prepare(self, root: HtmlNode) -> None:
        """Make captions paragraphs of their own, and footnotes those of Markdown."""
        self.context.changes["footnotes"] += mark_footnotes(root)
        clean_markup(root, self.context.changes)
        for node in _walk(root):
            if node.name == "figure":
                self._describe(node)
            if node.name == "figcaption" and text_content(node).strip():
                is_plain = not any(one.name in ("a", "br", "p", "img") for one in _walk(node)[1:])
                words = " ".join(text_content(node).split())
                node.name, node.children = "p", [f"{_CAPTION}{words}"] if is_plain else [HtmlNode("em", {}, node.children)]
                self.context.changes["captions"] += 1

    def _describe(self, figure: HtmlNode) -> None:
        """Give a picture that has no words of its own those below it."""
        nodes = _walk(figure)
        caption = next((text_content(one) for one in nodes if one.name == "figcaption" and text_content(one).strip()), "")
        for one in nodes:
            if one.name == "img" and not self.context.media.words_of(
                one.attributes.get("src", ""), one.attributes.get("alt", "")
            ):
                one.attributes["alt"] = " ".join(caption.split())[:200]

    def _without_title(self, markdown: str) -> str:
        """Return a text without a heading at its beginning that says its title again."""
        first, _, rest = markdown.partition("\n")
        heading = _HEADING.fullmatch(first) or _BOLD_LINE.fullmatch(first)
        if heading and _plain(heading[1]) == _plain(self.title):
            self.context.changes["doubled titles"] += 1
            return rest.lstrip("\n")
        return markdown

    def _unlink_image(self, match: re.Match[str]) -> str:
        """Return a picture without a link to itself, to its larger form or to its own page."""
        target = unescape(match[1])
        known = self.context.media.find(target) or self.context.media.page_of(target)
        return match[2] if known else match[0]

    def _image(self, match: re.Match[str], is_reply: bool) -> str:
        url, alt = unescape(match[1]), unescape(match[2] or "")
        words = self.context.media.words_of(url, alt)
        name = "" if is_reply else self.context.media.place(url, self.folder)
        if name:
            self.files.add(name)
            return f'<img src="{escape(name)}" alt="{escape(words)}">'
        self.context.changes["pictures as links"] += 1
        return f'<a href="{escape(url)}">{escape(words or alt or url)}</a>'

    def _link(self, url: str) -> str:
        """Return an address as it is, or a mark for one that leads to a text or a file of this site."""
        target = self._target(url)
        if target is None:
            return url
        self.links.append(target)
        self.context.changes["links"] += 1
        return f"https://ref.invalid/{len(self.links) - 1}"

    def _target(self, url: str) -> str | None:
        parts, home = split_url(url), split_url(self.context.home)
        if not self.context.home or parts.netloc.removeprefix("www.") != home.netloc.removeprefix("www."):
            return None
        address = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        place = self.context.plan.places.get(normal(address))
        up = "../" * self.depth
        if place is not None:
            kind, identity, tag = place
            return f"{up}{kind}/{identity}/" if tag == self.tag else f"{up}{kind}/{identity}/index.{tag}.md"
        if name := self.context.media.place(url, self.folder):
            self.files.add(name)
            return name
        if normal(address) == normal(home.path or "/"):
            return up
        if split_url(url).path not in self.context.media.refused:  # which is named already
            self.context.doubt(self.folder, url)
        return None


def _add_caption(match: re.Match[str]) -> str:
    """Return a picture with its caption, which is its title in Markdown."""
    words = re.sub(r'(?<!\\)"', r"\"", match["words"])
    return f'{match["picture"]} "{words}")'


def _walk(root: HtmlNode) -> list[HtmlNode]:
    found, waiting = [], [root]
    while waiting:
        node = waiting.pop()
        found.append(node)
        waiting += [child for child in node.children if isinstance(child, HtmlNode)]
    return found


def _plain(text: str) -> str:
    return "".join(one for one in text if one.isalnum()).casefold()


def absolute(url: str, home: str) -> str:
    """Return an address of the old site whole."""
    try:
        return urljoin(f"{home}/", url)
    except ValueError:
        return ""
