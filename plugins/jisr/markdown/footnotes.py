"""Footnotes: references in the text, and links back from the notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from jisr.markdown.blocks.nodes import BlockNode, note_key
from jisr.markdown.findings import Findings, LinePosition

_BACK_LABELS = {
    "en": "Back to the text",
    "ar": "العودة إلى النص",
    "ckb": "گەڕانەوە بۆ دەق",
    "kmr": "Vegere nivîsê",
    "fr": "Retour au texte",
}
"""The accessible name of the link from a note back to its reference, by language."""


@dataclass(slots=True)
class Footnotes:
    """The footnotes of a body, in the order of their first references."""

    definitions: Mapping[str, BlockNode]
    findings: Findings
    order: list[str] = field(default_factory=list)
    reference_counts: dict[str, int] = field(default_factory=dict)  # of each note

    def add_reference(self, name: str, position: LinePosition) -> Element | None:
        """Return the element of a reference to a note, or None where there is no such note: it is then shown as typed."""
        key = note_key(name)
        if len(name.split()) > 1:
            text = '"[^{value}]" is shown as it was typed: the name of a note has no space. Write [^{right}] here and there.'
            self.findings.warning(position, "footnote", text, value=name, right="-".join(name.split()))
            return None
        if key not in self.definitions:
            text = '"[^{value}]" refers to a note that is not there. Add a line that begins with [^{value}]: to the text.'
            self.findings.warning(position, "footnote", text, value=name)
            return None
        if key not in self.reference_counts:
            self.order.append(key)
        self.reference_counts[key] = self.reference_counts.get(key, 0) + 1
        number = self.order.index(key) + 1 if self.reference_counts[key] > 1 else len(self.order)
        mark = Element("sup", {"class": "footnote-mark", "id": _mark_id(number, self.reference_counts[key])})
        link = SubElement(mark, "a", {"href": f"#fn-{number}", "role": "doc-noteref"})
        link.text = str(number)
        return mark

    def warn_unused(self, repeated: Sequence[BlockNode]) -> None:
        """Add a warning for each note that is not shown: without a reference, or with the name of another."""
        for block in repeated:
            text = '"[^{value}]:" begins a second note of this name, which is not shown. Give it another name, and refer to it.'
            self.findings.warning((block.number, block.column), "footnote", text, value=block.info)
        for key, block in self.definitions.items():
            if key not in self.reference_counts:
                text = '"[^{value}]:" is a note that nothing refers to, and is not shown. Write [^{value}] where it belongs.'
                self.findings.warning((block.number, block.column), "footnote", text, value=block.info)

    def add_back_links(self, item: Element, number: int, language: str) -> None:
        """Add to a note the links back to its references."""
        last = item[-1] if len(item) and item[-1].tag == "p" else SubElement(item, "p")
        key = self.order[number - 1]
        for count in range(1, self.reference_counts[key] + 1):
            if len(last):
                last[-1].tail = (last[-1].tail or "") + " "
            else:
                last.text = (last.text or "") + " "
            label = _BACK_LABELS.get(language.split("-", maxsplit=1)[0], _BACK_LABELS["en"])
            address = f"#{_mark_id(number, count)}"
            attributes = {"class": "footnote-back", "href": address, "role": "doc-backlink", "aria-label": label}
            SubElement(last, "a", attributes).text = "↩\ufe0e"


def _mark_id(number: int, count: int) -> str:
    return f"fnref-{number}" if count == 1 else f"fnref-{number}-{count}"
