"""The body of a text between its Markdown and the page: HTML whose links are not yet addresses."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from jisr.core.diagnostics.problems import Problem, SourceLocation
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language


@dataclass(frozen=True, slots=True)
class MarkdownSource:
    """The Markdown of one version of a text, and where it stands."""

    text: str
    language: Language
    kind: str
    path: str
    first_line: int = 1


@dataclass(frozen=True, slots=True)
class BodyReference:
    """A link, image or file that a body names: its target as written, and where."""

    target: str
    place: SourceLocation
    embedded: bool = False  # an image or other media, shown in the page itself


@dataclass(frozen=True, slots=True)
class Resolution:
    """An item of an ordered list of a statement: its number, its anchor, its text as HTML."""

    number: int
    anchor: str
    html: str


@dataclass(frozen=True, slots=True)
class Body:
    """A rendered body.

    In ``html`` every ``href`` or ``src`` that is not an address on another host reads ``jisr-ref:<n>``, where
    ``n`` counts into ``references``: where a link leads depends on the page that shows it. Its parts are the elements
    that stand in no other, of lists the items.
    """

    html: str
    references: tuple[BodyReference, ...] = ()
    anchors: frozenset[str] = frozenset()
    resolutions: tuple[Resolution, ...] = ()
    first_paragraph: str = ""
    part_lines: tuple[int, ...] = ()  # of each part: its line in the file, 0 where that isn't known
    problems: tuple[Problem, ...] = ()

    def __reduce__(self) -> tuple[Any, ...]:
        """Return what is pickled: a string that is would keep its bytes beside it, and those of all bodies are most of a site."""
        rest = (self.references, self.anchors, self.resolutions, self.first_paragraph, self.part_lines, self.problems)
        return unpickle_body, (self.html.encode("utf-8", "surrogatepass"), *rest)


def unpickle_body(html: bytes, *rest: Any) -> Body:
    """Return a body from what it is pickled as."""
    return Body(html.decode("utf-8", "surrogatepass"), *rest)


BodyRenderer = Callable[[MarkdownSource], Body]

REFERENCE_PREFIX = "jisr-ref:"  # how what isn't yet an address begins

# Only inside a tag: words may read like a reference, and quotes in words stand as they are.
_TAG_CONTENT = r'(?:[^<>"]|"[^"]*")*'
_ATTRIBUTE = re.compile(rf'(<[a-zA-Z]{_TAG_CONTENT}?\s)(href|src)="jisr-ref:(\d+)"')
_LINK = re.compile(rf'(<a\s{_TAG_CONTENT}?)(?<=\s)href="jisr-ref:(\d+)"({_TAG_CONTENT}>)(.*?</a>)', re.DOTALL)


_SPAN_ATTRIBUTES = re.compile(r'\s(?:lang|dir|id)="[^"]*"')


def resolve_references(html: str, attributes: Callable[[int], str | None], mark: Callable[[int], str]) -> str:
    """Return ``html`` with each reference as ``attributes(n)`` says, and what ``mark(n)`` says after its link.

    Where that is None, the words of the link stay, with their language and direction.

    >>> resolve_references('<a href="jisr-ref:0">بيان</a>', lambda n: 'href="../"', lambda n: " (ar)")
    '<a href="../">بيان</a> (ar)'
    >>> resolve_references('<p>href="jisr-ref:0"</p>', lambda n: "", lambda n: "")
    '<p>href="jisr-ref:0"</p>'
    >>> resolve_references('<a lang="ckb" href="jisr-ref:0" title="x">بەیان</a>', lambda n: None, lambda n: "")
    '<span lang="ckb">بەیان</span>'
    """

    def link(found: re.Match[str]) -> str:
        number = int(found[2])
        said = attributes(number)
        if said is None:
            kept = "".join(_SPAN_ATTRIBUTES.findall(found[1] + found[3]))
            words = found[4].removesuffix("</a>")
            return f"<span{kept}>{words}</span>" if kept else words
        return found[1] + said + found[3] + found[4] + mark(number)

    return _ATTRIBUTE.sub(lambda found: found[1] + (attributes(int(found[3])) or ""), _LINK.sub(link, html))
