"""The forms in which Pelican keeps a text: Markdown, reStructuredText and HTML, each with its fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from html import escape
from io import StringIO
from types import MappingProxyType
from typing import Any

from jisr.core.diagnostics.problems import Phrase, phrase
from jisr.ingest.sanitize.node_tree import descendant_elements, parse_html, text_content

Text = tuple[dict[str, str], str, list[Phrase]]
"""The fields of a text, its words as HTML, and what could not be read."""

_META = re.compile(r"(?P<name>[A-Za-z][\w-]*):[ \t]*(?P<value>.*)")
_MORE = re.compile(r"(?: {4}|\t)(?P<value>.*)")
_FIELD = re.compile(r":(?P<name>[A-Za-z][\w -]*):(?:[ \t]+(?P<value>.*)|$)")
_LINE = re.compile(r'<div class="line">(.*?)</div>')  # of a poem
_CONTENTS = re.compile(r"^[ \t]*\[TOC\][ \t]*$", re.MULTILINE)


def read_markdown(text: str) -> Text:
    """Return a file in Markdown, as Pelican reads it."""
    from markdown import Markdown

    text = text.replace("\r\n", "\n").lstrip("\ufeff\n")
    fields: dict[str, str] = {}
    lines = text.split("\n")
    if lines and lines[0].strip() == "---":
        lines = lines[1:]
    position, last = 0, ""
    for position, line in enumerate(lines):  # noqa: B007 (it is where the words begin)
        match, more = _META.match(line), _MORE.match(line)
        if match:
            last = match["name"].lower()
            fields[last] = match["value"].strip().strip("\"'")
        elif more and last:
            fields[last] = f"{fields[last]} {more['value'].strip()}".strip()
        else:
            break
    body = "\n".join(lines[position:]).strip()
    body = body.removeprefix("---\n") if fields else text
    converter = Markdown(extensions=["extra", "sane_lists", "admonition"])
    return fields, converter.convert(_CONTENTS.sub("", body)), []


def read_html(text: str) -> Text:
    """Return a page of HTML: its title, the metas that state fields, and what its body holds."""
    root = parse_html(text)
    fields: dict[str, str] = {}
    for node in descendant_elements(root):
        if node.name == "meta":
            name = (node.attributes.get("name") or node.attributes.get("itemprop", "")).lower()
            value = node.attributes.get("content") or node.attributes.get("contents", "")  # as older pages of Pelican had it
            fields.setdefault({"keywords": "tags", "description": "summary"}.get(name, name), value.strip())
        elif node.name == "title":
            fields.setdefault("title", text_content(node).strip())
    body = re.search(r"<body\b[^>]*>(.*?)(?:</body\s*>|\Z)", text, re.DOTALL | re.IGNORECASE)
    return {name: value for name, value in fields.items() if name and value}, body[1] if body else "", []


def read_restructured(text: str) -> Text:
    """Return a file in reStructuredText; it may include no other file and run nothing."""
    from docutils.core import publish_doctree, publish_parts  # type: ignore[import-untyped]
    from docutils.parsers.rst import roles  # type: ignore[import-untyped]
    from docutils.readers.doctree import Reader  # type: ignore[import-untyped]
    from docutils.utils import SystemMessage  # type: ignore[import-untyped]

    settings: Mapping[str, Any] = {
        "file_insertion_enabled": False,
        "raw_enabled": True,  # what it holds is sanitized as all other HTML
        "report_level": 2,
        "halt_level": 5,
        "warning_stream": StringIO(),
        "initial_header_level": 2,
        "syntax_highlight": "none",
        "docinfo_xform": False,
        "doctitle_xform": True,
        "embed_stylesheet": False,
    }
    roles.register_local_role("abbr", _read_abbreviation)  # Pelican's own
    fields, words = _split_fields(text.replace("\r\n", "\n"))
    try:
        tree = publish_doctree(words, settings_overrides=dict(settings))
        faults = list(_take_out_messages(tree))
        parts = publish_parts(
            "", reader=Reader(), parser=None, writer="html5", source_class=_source_of(tree), settings_overrides=dict(settings)
        )
    except (SystemMessage, RecursionError, ValueError):
        return fields, f"<pre>{escape(text)}</pre>", [phrase("its markup cannot be read: its source came as it is")]
    if parts["title"]:
        fields.setdefault("title", parts["title"])
    return fields, _LINE.sub(r"\1<br>", str(parts["body"])), faults


def _read_abbreviation(*stated: Any, **more: Any) -> tuple[list[Any], list[Any]]:
    """Return an abbreviation with what it stands for behind it, as it is typed: the third that a role is given."""
    from docutils import nodes  # type: ignore[import-untyped]

    return [nodes.Text(str(stated[2]))], []


def _source_of(tree: Any) -> Any:
    """Return the class of a source that is read already."""
    from docutils.io import DocTreeInput  # type: ignore[import-untyped]

    return lambda **stated: DocTreeInput(tree)


def _split_fields(text: str) -> tuple[dict[str, str], str]:
    """Return the fields that stand at the head of a text, and the rest of it."""
    fields: dict[str, str] = {}
    rest: list[str] = []
    in_head, last = True, ""
    for line in text.split("\n"):
        match = _FIELD.fullmatch(line) if in_head else None
        if match:
            last = match["name"].lower()
            fields[last] = (match["value"] or "").strip()
            rest.append("")
        elif in_head and last and line[:1] in (" ", "\t") and line.strip():
            fields[last] = f"{fields[last]} {line.strip()}".strip()
            rest.append("")
        else:
            in_head = in_head and (not line.strip() or not fields)
            rest.append(line)
    return fields, "\n".join(rest)


def _take_out_messages(tree: Any) -> Iterator[Phrase]:
    """Take the messages of docutils out of a text, and return them; what it holds that is not known stays as text."""
    from docutils import nodes

    for node in list(tree.findall(nodes.problematic)):
        node.parent.replace(node, nodes.Text(re.sub(r"^:[\w-]+:`(.*)`$", r"\1", node.astext())))
    for node in list(tree.findall(nodes.system_message)):
        held = [child for child in node.children if isinstance(child, nodes.literal_block)]
        words = (held[0].astext() if held else node.children[0].astext() if node.children else "").partition("\n")[0]
        if node["level"] > 1:
            yield phrase("its markup is not understood in line {line}: {words}", line=node.get("line", "-"), words=words)
        parts = nodes.block_quote("", *(nodes.paragraph("", line) for one in held for line in _held_words(one.astext())))
        node.parent.replace(node, parts.children)


def _held_words(source: str) -> Iterator[str]:
    """Return the paragraphs that a directive held, without its own line and its options."""
    lines = source.split("\n")
    kept = [line.strip() for line in lines[1:] if not re.fullmatch(r"\s*:[\w-]+:.*", line)]
    yield from (one.replace("\n", " ") for one in "\n".join(kept).split("\n\n") if one.strip())


READERS: Mapping[str, Callable[[str], Text]] = MappingProxyType(
    {
        **dict.fromkeys((".md", ".markdown", ".mkd", ".mdown"), read_markdown),
        **dict.fromkeys((".html", ".htm"), read_html),
        ".rst": read_restructured,
    }
)
