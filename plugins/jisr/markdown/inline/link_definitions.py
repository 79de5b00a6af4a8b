"""The definitions of links in a body (``[label]: target "title"``), and those that no link uses."""

from __future__ import annotations

from collections.abc import Iterable

from jisr.markdown.findings import Findings
from jisr.markdown.inline.link_targets import LinkDefinition, normalize_label

_COMMENT_LABELS = ("//", "comment")  # "[//]: # (…)" is how Markdown without comments is commented


class LinkDefinitions:
    """The definitions of one body, in their order; of two with one label the first counts."""

    def __init__(self, definitions: Iterable[LinkDefinition], findings: Findings) -> None:
        self.definitions = tuple(definitions)
        self.findings = findings
        self._by_label: dict[str, LinkDefinition] = {}
        self._used: set[str] = set()
        for one in self.definitions:
            self._by_label.setdefault(one.label, one)

    def use(self, name: str) -> LinkDefinition | None:
        """Return the definition that a link refers to, or None."""
        label = normalize_label(name) if name and self._by_label else ""
        definition = self._by_label.get(label)
        if definition is not None:
            self._used.add(label)
        return definition

    def warn_unused(self) -> None:
        """Add a warning for each definition that is neither used nor shown."""
        for one in self.definitions:
            if one.label in _COMMENT_LABELS:
                continue
            first = self._by_label[one.label]
            if one.label not in self._used:
                text = (
                    '"{value}" defines a link that nothing uses, and is not shown. '
                    "Write [{name}] where the link belongs, or \\ before the first bracket to show the line."
                )
                self.findings.warning(one.place, "definition", text, value=one.typed, name=one.name)
            elif (one.target, one.title) != (first.target, first.title):
                text = (
                    '"{value}" defines "{name}" again and is not shown. '
                    "Give one of the two another name, and refer to it, or take it out."
                )
                self.findings.warning(one.place, "definition", text, value=one.typed, name=one.name)
