"""The glossary: the preferred name of each organisation by language, in ``content/glossary.yaml``.

::

    insm:
      en: [Iraqi Network for Social Media, Iraqi Social Media Network]
      ar: [الشبكة العراقية للإعلام الاجتماعي, شبكة الإعلام الاجتماعي العراقية]

The first name of a language is the one to use, the others are discouraged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field

import yaml

from jisr.checks.lint_findings import Finding
from jisr.checks.masked_file import MaskedFile
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
_ALIAS = re.compile(r"(?m)[:\s\[{,-]\*(?=\w)")  # aliases could expand a small file without limit
DISCOURAGED_NAME = '"{value}" is another name of {id}. This site calls it "{right}".'


@dataclass(frozen=True, slots=True)
class Glossary:
    """By language, each name with the id of its organisation and the name to use."""

    names: Mapping[str, Mapping[str, tuple[str, str]]] = field(default_factory=dict)


def parse_glossary(text: str, path: str, languages: Languages) -> tuple[Glossary, list[Problem]]:
    """Parse a glossary, and return the problems in it, too.

    >>> from jisr.core.i18n.languages import build_languages
    >>> parse_glossary("insm: {ar: [الشبكة, شبكتنا]}", "g.yaml", build_languages(["ar"]))[0].names["ar"]["شبكتنا"]
    ('insm', 'الشبكة')
    """
    alias = _ALIAS.search(text)
    if alias:
        place = SourceLocation(path, text.count("\n", 0, alias.end()) + 1, alias.end() - text.rfind("\n", 0, alias.end()) - 1)
        reason = phrase("a value begins with *")
        return Glossary(), [Problem.error(place, _CODE, _INVALID_YAML, reason=reason, example=_EXAMPLE)]
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = SourceLocation(path, mark.line + 1, mark.column + 1) if mark else SourceLocation(path)
        reason = parse_reason(getattr(error, "problem", None) or "its characters are none of YAML's")
        return Glossary(), [Problem.error(place, _CODE, _INVALID_YAML, reason=reason, example=_EXAMPLE)]
    if node is None:
        return Glossary(), []
    reader = _GlossaryReader(path, languages)
    for identity, entry in reader.pairs(node):
        for tag, names in reader.pairs(entry):
            reader.add_names(identity.value, tag, names)
    return Glossary(reader.names), reader.problems


@dataclass(slots=True)
class _GlossaryReader:
    path: str
    languages: Languages
    names: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def pairs(self, node: yaml.Node) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
        """Return the keys and values of a mapping, or add a problem where it is not one."""
        if not isinstance(node, yaml.MappingNode):
            self.error(node, _WRONG_SHAPE, value=_node_text(node), example=_EXAMPLE)
            return
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                yield key, value
            else:
                self.error(key, _WRONG_SHAPE, value=_node_text(key), example=_EXAMPLE)

    def add_names(self, identity: str, tag: yaml.ScalarNode, node: yaml.Node) -> None:
        """Add the names of an organisation in a language."""
        if tag.value not in self.languages:
            self.error(tag, _UNKNOWN_LANGUAGE, value=tag.value, names=", ".join(self.languages.tags))
            return
        items = node.value if isinstance(node, yaml.SequenceNode) else [node]
        if not items or not all(isinstance(item, yaml.ScalarNode) and item.value.strip() for item in items):
            self.error(node, _WRONG_SHAPE, value=_node_text(node), example=_EXAMPLE)
            return
        entries = self.names.setdefault(tag.value, {})
        for item in items:
            name = " ".join(item.value.split())
            if entries.get(name, (identity,))[0] != identity:
                self.error(item, _AMBIGUOUS_NAME, value=name, first=entries[name][0], second=identity)
            else:
                entries[name] = (identity, " ".join(items[0].value.split()))

    def error(self, node: yaml.Node, text: str, **values: str) -> None:
        place = SourceLocation(self.path, node.start_mark.line + 1, node.start_mark.column + 1)
        self.problems.append(Problem.error(place, _CODE, text, **values))


def _node_text(node: yaml.Node) -> str:
    return node.value if isinstance(node, yaml.ScalarNode) else "…"


def discouraged_names(page: MaskedFile, glossary: Glossary) -> Iterator[Finding]:
    """Find each discouraged name of an organisation.

    The longest name matches, so that a short one within it is not a fault. In Arabic script a name may follow a prefix of one
    letter, without a space.
    """
    names = glossary.names.get(page.language.tag)
    if not names:
        return
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    pattern = "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest_first)
    prefix = "(?:(?<=[^\\w][وفبلك])|(?<=^[وفبلك]))" if page.language.script == "Arab" else "(?!)"
    for match in re.compile(rf"(?:(?<!\w)|{prefix})(?:{pattern})(?!\w)").finditer(page.masked):
        identity, right = names[" ".join(match[0].split())]
        if " ".join(match[0].split()) != right:
            yield Finding(match.start(), "naming", DISCOURAGED_NAME, {"value": match[0], "id": identity, "right": right})
