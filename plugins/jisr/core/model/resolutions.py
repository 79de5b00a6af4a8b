"""Resolutions as links to themselves, so that one can be cited by its number."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markupsafe import Markup, escape

from jisr.core.i18n.numbers import to_ascii_digits

_EDGE = re.compile(r"<li\b[^>]*>|</li>")
_ITEM = re.compile(r'<li\b[^>]*? ?\bid="(r(?:\d+-)?(\d+))"[^>]*>(?:\s*<p\b[^>]*>)?')


def number_to_anchor(number: str) -> str:
    """Return the anchor of a resolution by its number; ``2-1`` is the first item of the second list.

    >>> number_to_anchor("٦"), number_to_anchor("2-1"), number_to_anchor("r5")
    ('r6', 'r2-1', 'r5')
    """
    return f"r{to_ascii_digits(number).removeprefix('r')}"


def anchor_to_number(anchor: str) -> str:
    """Return the number by which a resolution is cited: 5 of the first list, 2.5 of the second.

    >>> anchor_to_number("r5"), anchor_to_number("r2-5")
    ('5', '2.5')
    """
    return anchor.removeprefix("r").replace("-", ".")


def link_item_numbers(html: str, label: str, notes: Mapping[str, str] | None = None) -> Markup:
    """Return the body of a statement with the number of each resolution as a link to it, called ``label`` with ``%(number)s``.

    The numbers are the same in every language, as the anchors are. What ``notes`` says of an anchor ends its resolution.

    >>> link_item_numbers('<li id="r5">نطالب</li>', "القرار %(number)s", {"r5": Markup("<p>نُفّذ</p>")})
    Markup('<li id="r5"><a class="numeral" href="#r5" aria-label="القرار 5">5 </a>نطالب<p>نُفّذ</p></li>')
    """
    noted = _insert_notes(html, notes) if notes else html

    def with_numeral(item: re.Match[str]) -> str:
        said = escape(label % {"number": item[2]})
        return f'{item[0]}<a class="numeral" href="#{item[1]}" aria-label="{said}">{item[2]} </a>'

    return Markup(_ITEM.sub(with_numeral, noted))  # noqa: S704 (rendered by us)


def _insert_notes(html: str, notes: Mapping[str, str]) -> str:
    """Put notes at the end of the items they belong to, behind the lists that these may hold."""
    open_items: list[str] = []
    pieces, at = [], 0
    for tag in _EDGE.finditer(html):
        if tag[0].startswith("</"):
            anchor = open_items.pop() if open_items else ""
            pieces += [html[at : tag.start()], notes.get(anchor, "")]
            at = tag.start()
        else:
            found = _ITEM.match(tag[0])
            open_items.append(found[1] if found else "")
    return "".join((*pieces, html[at:]))
