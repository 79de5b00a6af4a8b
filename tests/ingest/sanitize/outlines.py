"""What HTML says, by its words and its structure, however it is written: to compare a text with what became of it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from jisr.core.i18n.languages import build_languages
from jisr.core.model.body import Body, MarkdownSource
from jisr.markdown.render import render_body

LANGUAGES = build_languages(["en", "ar", "ckb", "kmr", "fr"])
_BLOCKS = frozenset("p h1 h2 h3 h4 h5 h6 li blockquote pre table tr td th dl dt dd ul ol div hr caption".split())
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_SHOWN = str.maketrans("₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ₊₋₌₍₎ₙ", "01234567890123456789+-=()n+-=()n")


@dataclass
class Outline:
    """The words of a text without spaces, and what it has of each structure, in order."""

    letters: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)
    strong: str = ""
    emphasized: str = ""
    code: str = ""
    blocks: list[str] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)


def render(markdown: str, language: str = "ar") -> Body:
    """Render a body as that of a fetched post, whose signs the converter wrote (``content/read/version_parser.py``)."""
    body = render_body(MarkdownSource(markdown, LANGUAGES[language], "posts", "a.md", 5))
    return replace(body, problems=tuple(one for one in body.problems if one.code != "leftover"))


def letters(text: str) -> str:
    """Return words as they are compared: composed, without spaces and signs that Markdown lacks."""
    plain = unicodedata.normalize("NFC", text).translate(_SHOWN)
    return re.sub(r"[\s\u2060\u202f\ufe0e~“”]+", "", plain)


def words_only(text: str) -> str:
    return "".join(one for one in letters(text) if unicodedata.category(one)[0] in "LN")


def is_bare_address(link: LexborNode) -> bool:
    """Whether a link has its own address as words, as one that was typed as such."""
    words = letters(link.text()).casefold()
    address = letters(unquote(link.attributes.get("href") or "")).casefold()
    return words in (address, address.partition("://")[2], address.removeprefix("mailto:"))


def outline(html: str) -> Outline:
    """Return the outline of HTML."""
    found = Outline()
    parser = LexborHTMLParser(f"<main>{html}</main>", is_fragment=True)
    root = parser.root
    if root is not None:
        _walk(root, found, frozenset(), [])
    return found


def _walk(node: LexborNode, found: Outline, styles: frozenset[str], path: list[str]) -> None:
    for child in node.iter(include_text=True):
        tag = child.tag or ""
        if tag == "-text":
            text = child.text_content or ""
            found.letters += letters(text)
            coded = not styles.isdisjoint(("code", "pre"))
            found.strong += words_only(text) if "strong" in styles and not (coded or styles & _HEADINGS) else ""
            found.emphasized += words_only(text) if "em" in styles and not coded else ""
            found.code += words_only(text) if "code" in styles and "pre" not in styles else ""
            continue
        if tag in ("ul", "ol") and path[-1:] in (["ul"], ["ol"]):
            path = [*path, "li"]  # a list that stands in a list belongs to the item before
        if tag in _BLOCKS:
            if tag in ("ul", "ol", "blockquote", "li") and (child.text(strip=True) or child.css_first("img")):
                start = (child.attributes.get("start") or "1") if tag == "ol" else ""
                found.blocks.append("/".join([*path, tag + start]))
            if tag == "table":
                rows = [[letters(cell.text()) for cell in row.css("td, th")] for row in child.css("tr")]
                found.cells += rows
        if tag == "a" and letters(child.text()) and not is_bare_address(child):
            href, said = child.attributes.get("href") or "", letters(child.text())
            if found.links and found.links[-1][0] == href:
                said = found.links.pop()[1] + said
            found.links.append((href, said))
        inner = [*path, tag] if tag in ("ul", "ol", "blockquote", "li") else path
        _walk(child, found, styles | {tag}, inner)
