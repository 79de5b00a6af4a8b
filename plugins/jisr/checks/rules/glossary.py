"""The names of organisations: one in each language, in ``content/glossary.yaml``.

::

    insm:
      en: [Iraqi Network for Social Media, Iraqi Social Media Network]
      ar: [الشبكة العراقية للإعلام الاجتماعي, شبكة الإعلام الاجتماعي العراقية]

The first name of a language is the one to use, the others are those that are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field

import yaml

from jisr.checks.lint_findings import Finding
from jisr.checks.source_text_positions import MaskedFile
from jisr.core.diagnostics.error_reasons import parse_reason
from jisr.core.diagnostics.problems import Problem, SourceLocation, phrase
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Languages

GLOSSARY_FILE = "glossary.yaml"

_CODE = "glossary"
_WRONG_SHAPE = '"{value}" is no list of names. Write each language as {example}.'
_EXAMPLE = "en: [Name to use, Other name]"
_AMBIGUOUS_NAME = '"{value}" stands for two organisations, {first} and {second}. Leave it with one of them.'
_UNKNOWN_LANGUAGE = '"{value}" is not a language of this site. It has: {names}.'
_INVALID_YAML = "The names cannot be read: {reason}. Write each organisation as an id, and its names below it as {example}."
_ALIAS = re.compile(r"(?m)[:\s\[{,-]\*(?=\w)")  # which could blow a small file up to a large one
DISCOURAGED_NAME = '"{value}" is another name of {id}. This site calls it "{right}".'


@dataclass(frozen=True, slots=True)
class Glossary:
    """By language, each name with the id it stands for and the name to use."""

    names: Mapping[str, Mapping[str, tuple[str, str]]] = field(default_factory=dict)


def parse_glossary(text: str, path: str, languages: Languages) -> tuple[Glossary, list[Problem]]:
    """Return the names of a glossary, and what is wrong in it.

    >>> from jisr.core.i18n.languages import build_languages
    >>> parse_glossary("insm: {ar: [الشبكة, شبكتنا]}", "g.yaml", build_languages(["ar"]))[0].names["ar"]["شبكتنا"]
    ('insm', 'الشبكة')
    """
    alias = _ALIAS.search(text)
    if alias:
        place = SourceLocation(path, text.count("\n", 0, alias.end()) + 1, alias.end() - text.rfind("\n", 0, alias.end()) - 1)
        return Glossary(), [
            Problem.error(place, _CODE, _INVALID_YAML, reason=phrase("a value begins with *"), example=_EXAMPLE)
        ]
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = SourceLocation(path, mark.line + 1, mark.column + 1) if mark else SourceLocation(path)
        said = getattr(error, "problem", None) or "its characters are none of YAML's"
        return Glossary(), [Problem.error(place, _CODE, _INVALID_YAML, reason=parse_reason(said), example=_EXAMPLE)]
    if node is None:
        return Glossary(), []
    reading = _GlossaryReader(path, languages)
    for identity, entry in reading.pairs(node):
        for tag, listed in reading.pairs(entry):
            reading.add_names(identity.value, tag, listed)
    return Glossary(reading.names), reading.problems


@dataclass(slots=True)
class _GlossaryReader:
    path: str
    languages: Languages
    names: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def pairs(self, node: yaml.Node) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
        """Return the names and values of a mapping; a problem where there is none."""
        if not isinstance(node, yaml.MappingNode):
            self.error(node, _WRONG_SHAPE, value=_node_text(node), example=_EXAMPLE)
            return
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                yield key, value
            else:
                self.error(key, _WRONG_SHAPE, value=_node_text(key), example=_EXAMPLE)

    def add_names(self, identity: str, tag: yaml.ScalarNode, listed: yaml.Node) -> None:
        """Take the names of an organisation in a language."""
        if tag.value not in self.languages:
            self.error(tag, _UNKNOWN_LANGUAGE, value=tag.value, names=", ".join(self.languages.tags))
            return
        items = listed.value if isinstance(listed, yaml.SequenceNode) else [listed]
        if not items or not all(isinstance(one, yaml.ScalarNode) and one.value.strip() for one in items):
            self.error(listed, _WRONG_SHAPE, value=_node_text(listed), example=_EXAMPLE)
            return
        known = self.names.setdefault(tag.value, {})
        for one in items:
            name = " ".join(one.value.split())
            if known.get(name, (identity,))[0] != identity:
                self.error(one, _AMBIGUOUS_NAME, value=name, first=known[name][0], second=identity)
            else:
                known[name] = (identity, " ".join(items[0].value.split()))

    def error(self, node: yaml.Node, text: str, **values: str) -> None:
        place = SourceLocation(self.path, node.start_mark.line + 1, node.start_mark.column + 1)
        self.problems.append(Problem.error(place, _CODE, text, **values))


def _node_text(node: yaml.Node) -> str:
    return node.value if isinstance(node, yaml.ScalarNode) else "…"


def discouraged_names(page: MaskedFile, glossary: Glossary) -> Iterator[Finding]:
    """Return each place where an organisation is called by a name that is not the one to use.

    The longest name counts, so that a short one is no fault within it. In Arabic script a name may follow a word of one letter
    that is written together with it.
    """
    names = glossary.names.get(page.language.tag)
    if not names:
        return
    ordered = sorted(names, key=lambda name: (-len(name), name))
    written = "|".join(r"\s+".join(map(re.escape, name.split())) for name in ordered)
    before = "(?:(?<=[^\\w][وفبلك])|(?<=^[وفبلك]))" if page.language.script == "Arab" else "(?!)"
    for found in re.compile(rf"(?:(?<!\w)|{before})(?:{written})(?!\w)").finditer(page.masked):
        identity, right = names[" ".join(found[0].split())]
        if " ".join(found[0].split()) != right:
            yield Finding(found.start(), "naming", DISCOURAGED_NAME, {"value": found[0], "id": identity, "right": right})
