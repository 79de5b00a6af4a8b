"""Spaces that a language ties to its punctuation, in the words of a body."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from jisr.core.i18n.punctuation import add_no_break_spaces
from jisr.markdown.transforms.text_runs import CODE_TAGS


def tie_spaces(element: Element, tag: str) -> None:
    """Tie the spaces in an element whose words are in the language of ``tag``; what says another language follows that."""
    if element.tag in CODE_TAGS:
        return
    own = element.get("lang", tag)
    element.text = add_no_break_spaces(element.text or "", own) or None
    for child in element:
        tie_spaces(child, own)
        child.tail = add_no_break_spaces(child.tail or "", own) or None
