"""Resolutions as links to themselves, so that one can be cited by its number."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_ITEM = re.compile(r'<li\b[^>]*? ?\bid="(r(?:\d+-)?(\d+))"[^>]*>(?:\s*<p\b[^>]*>)?')


def numbered(html: str, label: str) -> Markup:
    """Give the body of a statement with the number of each resolution as a link to it, called ``label`` with ``%(number)s``.

    The numbers are the same in every language, as the anchors are.

    >>> numbered('<li id="r5">نطالب</li>', "القرار %(number)s")
    Markup('<li id="r5"><a class="numeral" href="#r5" aria-label="القرار 5">5 </a>نطالب</li>')
    """

    def with_numeral(item: re.Match[str]) -> str:
        said = escape(label % {"number": item[2]})
        return f'{item[0]}<a class="numeral" href="#{item[1]}" aria-label="{said}">{item[2]} </a>'

    return Markup(_ITEM.sub(with_numeral, html))  # noqa: S704 (rendered by us)
