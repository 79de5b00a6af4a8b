"""Extensions of Python-Markdown that the setting MARKDOWN names.

Their preprocessors, tree processors and postprocessors run where Python-Markdown runs them. Block and inline processors
read Markdown in the place of our own parser, so an extension that brings one cannot be used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from functools import partial
from importlib.util import find_spec
from typing import Any
from xml.etree.ElementTree import Element, ElementTree

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.postprocessors import AndSubstitutePostprocessor, RawHtmlPostprocessor
from markdown.util import Registry

from jisr.core.diagnostics.problems import SourceLocation
from jisr.core.frozen import dataclass
from jisr.core.model.body import BodyRenderer, MarkdownSource
from jisr.markdown.host import BlockParserAdapter, MarkdownHost
from jisr.markdown.html_writer import outer_html
from jisr.markdown.render import render_body
from jisr.markdown.source_map import SourceMap

ReportError = Callable[..., object]
"""Takes the text of an error and its values."""


@dataclass(frozen=True, slots=True)
class ExtensionSet:
    """Extensions in their order, by name or as objects, with the configuration of those that have names."""

    extensions: tuple[str | Extension, ...] = ()
    configs: Mapping[str, Mapping[str, Any]] | None = None

    def register(self, host: Markdown, *extensions: str | Extension) -> None:
        """Let a converter run these extensions, or all."""
        configs = {name: dict(values) for name, values in (self.configs or {}).items()}
        host.registerExtensions(extensions or self.extensions, configs)


def body_renderer(settings: Mapping[str, Any]) -> BodyRenderer:
    """Return the renderer of bodies: with the extensions that MARKDOWN names, of those that can be used."""
    usable = usable_extensions(settings.get("MARKDOWN") or {}, lambda *_, **__: None)
    return partial(render_body, create_host=partial(ExtendedHost, extensions=usable)) if usable.extensions else render_body


def usable_extensions(setting: object, error: ReportError) -> ExtensionSet:
    """Return the extensions of a setting that can be used; the reason why another cannot goes to ``error``."""
    try:
        named = _read_setting(setting)
    except (TypeError, ValueError):
        text = '"{value}" does not describe extensions. Write MARKDOWN = {{"extensions": ["markdown.extensions.toc"]}}.'
        error(text, value=setting)
        return ExtensionSet()
    return ExtensionSet(tuple(one for one in named.extensions if _is_usable(one, named, error)), named.configs)


def _read_setting(setting: object) -> ExtensionSet:
    """Return the extensions of a setting; as in Pelican, one that has a configuration is used. Raises TypeError, ValueError."""
    if not isinstance(setting, Mapping):
        raise TypeError(setting)
    configs = {str(name): dict(values) for name, values in dict(setting.get("extension_configs") or {}).items()}
    listed = setting.get("extensions") or ()
    if not isinstance(listed, list | tuple) or not all(isinstance(one, str | Extension) for one in listed):
        raise TypeError(listed)
    return ExtensionSet((*listed, *(name for name in configs if name not in listed)), configs)


def _is_usable(extension: str | Extension, named: ExtensionSet, error: ReportError) -> bool:
    name = extension if isinstance(extension, str) else f"{type(extension).__module__}.{type(extension).__qualname__}"
    host = _EmptyHost()
    try:
        named.register(host, extension)
    except Exception as reason:  # noqa: BLE001 (the code of an extension may raise anything)
        text = 'The extension "{name}" cannot be used: {reason}. Mend its name in MARKDOWN, or install it.'
        error(text, name=name, reason=f"{type(reason).__name__}: {str(reason).rstrip('.')}")
        return False
    parsers = [type(one).__name__ for registry in (host.parser.blockprocessors, host.inlinePatterns) for one in registry]
    if parsers:
        text = (
            'The extension "{name}" brings {processors}, and our parser cannot run what reads blocks or words: preprocessors, '
            "tree processors and postprocessors can be run. Take it out of MARKDOWN."
        )
        error(text, name=name, processors=", ".join(parsers))
    return not parsers


def is_foreign(setting: object) -> bool:
    """Whether a setting names extensions that are not of Python-Markdown itself, or configures one with code.

    >>> is_foreign({"extensions": ["toc", "markdown.extensions.meta"]}), is_foreign({"extensions": ["network.signs"]})
    (False, True)
    """
    try:
        named = _read_setting(setting)
    except (TypeError, ValueError):
        return False  # it runs nothing
    configs = named.configs or {}
    plain = all(type(value) in (str, int, float, bool) for values in configs.values() for value in values.values())
    return not plain or not all(isinstance(one, str) and _is_shipped(one) for one in named.extensions)


def _is_shipped(name: str) -> bool:
    short = name.removeprefix("markdown.extensions.")
    return short.isidentifier() and find_spec(f"markdown.extensions.{short}") is not None


def _register_placeholders(host: Markdown) -> None:
    """Let a converter show what extensions put aside while a body is read, as Python-Markdown's own does."""
    host.postprocessors.register(RawHtmlPostprocessor(host), "raw_html", 30)
    host.postprocessors.register(AndSubstitutePostprocessor(), "amp_substitute", 20)


class _EmptyHost(Markdown):
    """A converter that reads nothing: what an extension adds to it is all that it has."""

    def build_parser(self) -> _EmptyHost:
        self.preprocessors, self.inlinePatterns, self.treeprocessors, self.postprocessors = (Registry() for _ in range(4))
        self.parser = BlockParser(self)
        _register_placeholders(self)
        return self


class ExtendedHost(MarkdownHost):
    """The conversion of one body with extensions."""

    def __init__(self, source: MarkdownSource, source_map: SourceMap, extensions: ExtensionSet) -> None:
        super().__init__(source, source_map)
        self.findings.has_html = True  # an extension may put any HTML into a body
        extensions.register(self)
        self.reset()
        self.serializer = self._serialize

    def build_parser(self) -> ExtendedHost:
        """Put our parts together, with a parser that reads the lines which preprocessors leave."""
        super().build_parser()
        self.parser = ExtendedParserAdapter(self)
        _register_placeholders(self)
        return self

    def _serialize(self, root: Element) -> str:
        """Return the tree as HTML, and take down what tree processors made of it."""
        self.root = root
        self.anchors |= {anchor for one in root.iter() if (anchor := one.get("id"))}
        return outer_html(root)


class ExtendedParserAdapter(BlockParserAdapter):
    """The blocks and words of a body whose lines preprocessors may have changed."""

    def parseDocument(self, lines: Iterable[str]) -> ElementTree:  # noqa: N802 (the name is Python-Markdown's)
        """Return the tree of the lines."""
        findings = self.md.findings
        remapped = remap_lines(findings.source_map, tuple(lines))
        findings.source_map = remapped
        tree = super().parseDocument(remapped.lines)
        self.md.part_lines = {part: remapped.line_numbers[number] for part, number in self.md.part_lines.items()}
        return tree


@dataclass(frozen=True, slots=True)
class RemappedSource(SourceMap):
    """Lines that preprocessors made from those of a body: the place of each is that of the line it comes from."""

    line_numbers: tuple[int, ...] = ()
    original_lines: tuple[str, ...] = ()

    def location_at(self, number: int, column: int) -> SourceLocation:
        """Return where a character of a line stands in the file; of a line that was changed, its beginning."""
        origin = self.line_numbers[number]
        original = SourceMap(self.path, self.first_line, self.original_lines, self.raw_lines, self.column_origins)
        return original.location_at(origin, column if self.lines[number] == self.original_lines[origin] else 0)


def remap_lines(source_map: SourceMap, lines: tuple[str, ...]) -> RemappedSource:
    """Return a source map of changed lines.

    >>> remap_lines(SourceMap("a.md", 4, ("one", "two"), ("one", "two")), ("new", "one", "2")).line_numbers
    (0, 0, 1)
    """
    numbers = tuple(_line_numbers(source_map.lines, lines))
    parts = {name: getattr(source_map, name) for name in ("path", "first_line", "raw_lines", "column_origins")}
    return RemappedSource(**parts, lines=lines, line_numbers=numbers, original_lines=source_map.lines)


def _line_numbers(before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[int]:
    """Return for each line the number of the one that it comes from."""
    last = max(len(before) - 1, 0)
    for kind, begin, end, first, stop in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        for place in range(stop - first):
            yield min(begin + place, last) if kind == "equal" else min(begin + place, max(end - 1, begin), last)
