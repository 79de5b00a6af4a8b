"""The rendered body of a text: HTML whose links are references, which each page resolves to addresses, and its outline."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from jisr.core.diagnostics.problems import Problem, SourceLocation
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language


@dataclass(frozen=True, slots=True)
class MarkdownSource:
    """The Markdown of one version of a text, and its place in a file."""

    text: str
    language: Language
    kind: str
    path: str
    first_line: int = 1


@dataclass(frozen=True, slots=True)
class BodyReference:
    """A link, image or file in a body: its target as typed, and its place."""

    target: str
    place: SourceLocation
    embedded: bool = False  # an image or other media, part of the page
    optional: bool = False  # a picture that is shown where one of this name, in any type, lies beside the text


@dataclass(frozen=True, slots=True)
class Resolution:
    """An item of an ordered list of a statement: its number, its anchor, its HTML, the heading above its list."""

    number: int
    anchor: str
    html: str
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """The parts of a body that other pages than its own need: links, anchors, resolutions, the first paragraph."""

    references: tuple[BodyReference, ...] = ()
    anchors: frozenset[str] = frozenset()
    resolutions: tuple[Resolution, ...] = ()
    first_paragraph: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """A rendered body.

    In ``html`` every ``href`` or ``src`` that is not an address on another host reads ``jisr-ref:<n>``, where
    ``n`` is an index into ``references``: the address of a link depends on the page that shows the body. The parts of a
    body are its top-level elements, or the items of a top-level list.
    """

    html: str
    references: tuple[BodyReference, ...] = ()
    anchors: frozenset[str] = frozenset()
    resolutions: tuple[Resolution, ...] = ()
    first_paragraph: str = ""
    part_lines: tuple[int, ...] = ()  # the line of each part in the file, 0 where it is unknown
    problems: tuple[Problem, ...] = ()
    markdown: str = ""  # what it was made from, where translators get that, and the line of the file on which that begins
    first_line: int = 1

    @property
    def outline(self) -> Outline:
        """Its parts that other pages need."""
        return Outline(self.references, self.anchors, self.resolutions, self.first_paragraph)

    def __reduce__(self) -> tuple[Any, ...]:
        """Return the pickled form, HTML as bytes: a pickled string caches its UTF-8 form, and bodies are most of a site."""
        outline = (self.references, self.anchors, self.resolutions, self.first_paragraph)
        rest = (self.part_lines, self.problems, self.markdown, self.first_line)
        return unpickle_body, (self.html.encode("utf-8", "surrogatepass"), *outline, *rest)


def unpickle_body(html: bytes, *rest: Any) -> Body:
    """Return a body from its pickled form."""
    return Body(html.decode("utf-8", "surrogatepass"), *rest)


REPLIES = "replies"  # the kind of the source of a reply, and the folder in which replies to a text lie

BodyRenderer = Callable[[MarkdownSource], Body]

REFERENCE_PREFIX = "jisr-ref:"  # of a link that is not resolved yet

# Only inside a tag: text may look like a reference, and quotes in text are not escaped.
_TAG_CONTENT = r'(?:[^<>"]|"[^"]*")*'
_ATTRIBUTE = re.compile(rf'(<[a-zA-Z]{_TAG_CONTENT}?\s)(href|src)="jisr-ref:(\d+)"')
_LINK = re.compile(rf'(<a\s{_TAG_CONTENT}?)(?<=\s)href="jisr-ref:(\d+)"({_TAG_CONTENT}>)(.*?</a>)', re.DOTALL)
_IMAGE = re.compile(rf'<(img)(\s{_TAG_CONTENT}?)src="jisr-ref:(\d+)"({_TAG_CONTENT})>')
_RECORDING = re.compile(rf'<(audio|video)(\s{_TAG_CONTENT}?)src="jisr-ref:(\d+)"({_TAG_CONTENT})></\1>')
_SPAN_ATTRIBUTES = re.compile(r'\s(?:lang|dir|id)="[^"]*"')


_TAG = re.compile(rf"<[a-zA-Z]{_TAG_CONTENT}>")
_ID = re.compile(r'(\s(?:id="|href="#))')


def prefix_ids(html: str, prefix: str) -> str:
    """Return HTML whose ids, and whose links to them, begin with a prefix: it stands on a page beside other HTML.

    >>> prefix_ids('<a id="fnref-1" href="#fn-1">1</a> <i>id="x"</i>', "a-")
    '<a id="a-fnref-1" href="#a-fn-1">1</a> <i>id="x"</i>'
    """
    return _TAG.sub(lambda tag: _ID.sub(rf"\g<1>{prefix}", tag[0]), html)


def resolve_references(html: str, attributes: Callable[[int], str | None], mark: Callable[[int], str]) -> str:
    """Return HTML with each reference replaced by the attribute ``attributes(n)``, and ``mark(n)`` inserted after its link.

    Where the attribute is None, the link is removed and its text stays, with its language and direction.

    >>> resolve_references('<a href="jisr-ref:0">بيان</a>', lambda n: 'href="../"', lambda n: " (ar)")
    '<a href="../">بيان</a> (ar)'
    >>> resolve_references('<p>href="jisr-ref:0"</p>', lambda n: "", lambda n: "")
    '<p>href="jisr-ref:0"</p>'
    >>> resolve_references('<a lang="ckb" href="jisr-ref:0" title="x">بەیان</a>', lambda n: None, lambda n: "")
    '<span lang="ckb">بەیان</span>'
    """

    def link(match: re.Match[str]) -> str:
        number = int(match[2])
        attribute = attributes(number)
        if attribute is None:
            span_attributes = "".join(_SPAN_ATTRIBUTES.findall(match[1] + match[3]))
            words = match[4].removesuffix("</a>")
            return f"<span{span_attributes}>{words}</span>" if span_attributes else words
        return match[1] + attribute + match[3] + match[4] + mark(number)

    linked = _LINK.sub(link, html)
    if REFERENCE_PREFIX not in linked:
        return linked
    return _ATTRIBUTE.sub(lambda match: match[1] + (attributes(int(match[3])) or ""), linked)


def replace_media(html: str, embed: Callable[[str, int, str], str | None]) -> str:
    """Return HTML with its pictures and recordings as ``embed`` writes them, from tag, reference and other attributes.

    Where that is None they stay as they are. A recording with content of its own is its author's.

    >>> replace_media('<img src="jisr-ref:0" alt="بيان">', lambda tag, number, rest: f"<i{rest}>{number}</i>")
    '<i alt="بيان">0</i>'
    """

    def media(match: re.Match[str]) -> str:
        made = embed(match[1], int(match[3]), f"{match[2].rstrip()}{match[4].rstrip()}")
        return match[0] if made is None else made

    if REFERENCE_PREFIX not in html:
        return html
    html = _IMAGE.sub(media, html) if "<img" in html else html
    return _RECORDING.sub(media, html) if "<audio" in html or "<video" in html else html
