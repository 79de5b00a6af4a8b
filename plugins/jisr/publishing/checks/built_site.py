"""Model of a built site for its checks: the parsed pages, and the files that links resolve to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from jisr.core.frozen import dataclass

_LINK_SELECTORS = {  # elements with a link, and its attribute
    "a[href], area[href], link[href]:not([rel~=alternate][hreflang])": "href",
    "script[src], img[src], source[src], iframe[src], video[src], audio[src], embed[src]": "src",
    "object[data]": "data",
    "form[action]": "action",
}
_SRCSET_SELECTOR = "img[srcset], source[srcset]"
_SCRIPT_TYPES = ("module", "text/javascript", "application/javascript", "importmap", "speculationrules")


@dataclass(frozen=True, slots=True)
class BuiltPage:
    """A parsed page: its title, language, alternates, links and anchors."""

    path: str
    title: str
    language: str
    direction: str
    canonical: str
    alternates: tuple[tuple[str, str], ...]
    links: tuple[str, ...]
    anchors: frozenset[str]
    inline: tuple[str, ...]  # inline scripts and styles, which the policy of headers.py forbids
    is_hidden: bool
    redirect_target: str  # of a refresh, which needs no click

    @property
    def is_redirect(self) -> bool:
        """Whether this page is a redirect."""
        return bool(self.redirect_target)

    @property
    def is_missing(self) -> bool:
        """Whether this is a 404 page."""
        return self.path.rpartition("/")[2] == "404.html"

    @property
    def is_attachment(self) -> bool:
        """Whether this is an HTML file from the bundle of a text, published without changes."""
        return self.path.rpartition("/")[2] not in ("index.html", "404.html") and not self.is_redirect


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """A built site: its URL without the closing slash, its paths of files, and its pages by path."""

    address: str
    files: frozenset[str]
    pages: Mapping[str, BuiltPage]

    def absolute_url(self, path: str) -> str:
        """Return the absolute URL of a page or file.

        >>> BuiltSite("https://x.example", frozenset(), {}).absolute_url("ckb/index.html")
        'https://x.example/ckb/'
        """
        return f"{self.address}/{output_address(path)}"

    def resolve(self, link: str, path: str = "") -> str | None:
        """Return the path of the file that a link of a page resolves to, or None where it leaves the site.

        >>> BuiltSite("https://x.example", frozenset(), {}).resolve("../ar/%D8%A7.pdf#p2", "ckb/index.html")
        'ar/ا.pdf'
        """
        try:
            absolute = urldefrag(urljoin(self.absolute_url(path), link)).url
        except ValueError:  # an invalid URL, as http://[
            return link
        if absolute != self.address and not absolute.startswith((f"{self.address}/", f"{self.address}?")):
            return None
        below = unquote(urlsplit(absolute.removeprefix(self.address)).path).lstrip("/")
        return f"{below}index.html" if not below or below.endswith("/") else below


def output_address(path: str) -> str:
    """Return the address that the file at a path of the output has, the inverse of ``paths.output_path``.

    >>> output_address("ckb/index.html"), output_address("ckb/404.html"), output_address("index.html")
    ('ckb/', 'ckb/404.html', '')
    """
    return path.removesuffix("index.html") if path == "index.html" or path.endswith("/index.html") else path


def parse_page(path: str, html: str) -> BuiltPage:
    """Return a page, parsed from its HTML.

    >>> page = parse_page("ar/index.html", '<html lang="ar" dir="rtl"><title>بيان</title><a id="r1" href="../ckb/">')
    >>> page.title, page.direction, page.links, sorted(page.anchors)
    ('بيان', 'rtl', ('../ckb/',), ['r1'])
    """
    tree = LexborHTMLParser(html)
    root, title = tree.css_first("html"), tree.css_first("head > title")
    attributes = root.attributes if root else {}
    refreshes = _attribute_values(tree, 'meta[http-equiv="refresh"]', "content")
    redirects = [value.partition("url=")[2].strip() for value in refreshes]
    links = [value for selector, name in _LINK_SELECTORS.items() for value in _attribute_values(tree, selector, name)]
    images = (one for value in _attribute_values(tree, _SRCSET_SELECTOR, "srcset") for one in value.split(","))
    candidates = [one.split()[0] for one in images if one.strip()]
    alternates = (node.attributes for node in tree.css('link[rel~="alternate"][hreflang]'))
    return BuiltPage(
        path=path,
        title=title.text(strip=True) if title else "",
        language=attributes.get("lang") or "",
        direction=attributes.get("dir") or "",
        canonical=next(iter(_attribute_values(tree, 'link[rel="canonical"]', "href")), ""),
        alternates=tuple((one.get("hreflang") or "", one.get("href") or "") for one in alternates),
        links=tuple(dict.fromkeys([*links, *candidates, *redirects])),
        anchors=frozenset(_attribute_values(tree, "[id]", "id")),
        inline=tuple(_inline_code(tree)),
        is_hidden=any("noindex" in value for value in _attribute_values(tree, 'meta[name="robots"]', "content")),
        redirect_target=next(iter(redirects), ""),
    )


def _inline_code(tree: LexborHTMLParser) -> Iterator[str]:
    """Return the inline scripts and styles of a page, each as the beginning of its source."""
    for node in tree.css("script:not([src])"):
        if (node.attributes.get("type") or "module").lower() in _SCRIPT_TYPES:
            yield "<script>"
    yield from ("<style>" for _ in tree.css("style"))
    for node in tree.css("body *, body"):
        yield from (f"{name}=" for name in node.attributes if name == "style" or name.startswith("on"))


def _attribute_values(tree: LexborHTMLParser, selector: str, name: str) -> Iterable[str]:
    return [value for node in tree.css(selector) if (value := node.attributes.get(name)) is not None]
