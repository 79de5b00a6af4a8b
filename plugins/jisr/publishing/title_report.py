"""What a list of results shows of a page: its title and description, read from what was built."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from selectolax.lexbor import LexborHTMLParser

from jisr.core.bidi.base_direction import title_direction
from jisr.core.diagnostics.problems import Phrase, phrase
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Direction

MAX_TITLE_LENGTH = 70  # letters: what a result shows of a title in its line; a longer one is cut in the middle


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A page as a result shows it: its path, language and direction, its title without the network's name, and description."""

    path: str
    language: str
    direction: Direction
    title: str
    description: str


def read_search_results(files: Mapping[str, bytes]) -> Iterator[SearchResult]:
    """Return the headline of each page that search engines show."""
    for path, data in files.items():
        if path.endswith("/index.html"):  # the front door belongs to no language
            tree = LexborHTMLParser(data.decode("utf-8", "replace"))
            root, canonical = tree.css_first("html"), tree.css_first('link[rel="canonical"]')
            unlisted = tree.css_first('meta[name="robots"], meta[http-equiv="refresh"]') is not None
            if root is not None and canonical is not None and not unlisted:
                title, described = (
                    _meta_content(tree, 'meta[property="og:title"]'),
                    _meta_content(tree, 'meta[name="description"]'),
                )
                way: Direction = "rtl" if root.attributes.get("dir") == "rtl" else "ltr"
                yield SearchResult(path, root.attributes.get("lang") or "", way, title, described)


def _meta_content(tree: LexborHTMLParser, selector: str) -> str:
    node = tree.css_first(selector)
    return (node.attributes.get("content") or "").strip() if node else ""


def review_search_results(found: Iterable[SearchResult], texts: frozenset[str]) -> list[tuple[str, Phrase]]:
    """Return what is to be said of headlines, by path. A name may be in any script; a page of ``texts`` says what it is about.

    >>> page = SearchResult("ckb/x/index.html", "ckb", "rtl", "Water", "")
    >>> [str(one) for _, one in review_search_results([page], frozenset([page.path]))]
    ['no description', 'the title "Water" has no letter of its language']
    """
    ordered = list(found)
    same: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in ordered:
        same[one.language, one.title].append(one.path)
    said = []
    for one in ordered:
        said += [(one.path, remark) for remark in _result_remarks(one, one.path in texts)]
        if one.path != same[one.language, one.title][0]:
            other = same[one.language, one.title][0]
            said.append((one.path, phrase('the title "{title}" is that of {other}, too', title=one.title, other=other)))
    return said


def _result_remarks(one: SearchResult, is_text: bool) -> Iterator[Phrase]:
    if len(one.title) > MAX_TITLE_LENGTH:
        yield phrase(
            "the title has {letters} letters; results show about {most}", letters=len(one.title), most=MAX_TITLE_LENGTH
        )
    if is_text and not one.description:
        yield phrase("no description")
    if is_text and title_direction(one.title, one.direction) != one.direction:
        yield phrase('the title "{title}" has no letter of its language', title=one.title)
