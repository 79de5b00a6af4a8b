"""Spaces that a language ties to its punctuation, in the words of a body."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from jisr.core.i18n.punctuation import spaced
from jisr.markdown.transforms.text_runs import CODE


def tie(element: Element, tag: str) -> None:
    """Tie the spaces in an element whose words are in the language of ``tag``; what says another language follows that."""
    if element.tag in CODE:
        return
    own = element.get("lang", tag)
    element.text = spaced(element.text or "", own) or None
    for child in element:
        tie(child, own)
        child.tail = spaced(child.tail or "", own) or None
