"""The file of a version as an editor typed it: its front matter, its body, and a pin put into it without touching the rest."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation
from jisr.core.frozen import dataclass
from jisr.core.model.document import Document
from jisr.core.translation.blocks import TextBlock, version_blocks
from jisr.editing.editing_context import EditingContext
from jisr.editing.new.field_examples import quote_yaml

_FRONT_MATTER = re.compile(
    r"\A\ufeff?---[ \t]*(?:\r\n|\r|\n)(?P<yaml>.*?)(?:(?<=\n)|(?<=\r))---[ \t]*(?P<end>\r\n|\r|\n|\Z)", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as typed: its text, where its YAML begins, the YAML with plain spaces, its body and the body's first line."""

    text: str
    start: int
    yaml: str
    body: str
    body_line: int
    newline: str


def parse_source_file(text: str) -> SourceFile:
    """Return the parts of a file. Raises ValueError where it has no front matter."""
    found = _FRONT_MATTER.match(text)
    if found is None:
        raise ValueError(text[:20])
    head = text[: found.end()].replace("\r\n", "\n").replace("\r", "\n")
    return SourceFile(
        text=text,
        start=found.start("yaml"),
        yaml=found["yaml"].replace("\u00a0", " "),
        body=text[found.end() :],
        body_line=head.count("\n") + 1,
        newline=found["end"] or "\n",
    )


def read_source_file(file: Path, path: str) -> SourceFile:
    """Return the manuscript of a file. Raises ProblemsError where it cannot be read."""
    try:
        return parse_source_file(file.read_bytes().decode("utf-8"))
    except (OSError, ValueError):
        text = "The file cannot be read. Mend what inv check says of it."
        raise ProblemsError(Problem.error(SourceLocation(path), "file", text)) from None


def read_blocks(document: Document, desk: EditingContext) -> tuple[TextBlock, ...]:
    """Return the blocks of a version as it stands. Raises ProblemsError where its file cannot be read."""
    manuscript = read_source_file(desk.file(document), document.path)
    return version_blocks(document.title, document.summary, manuscript.body, manuscript.body_line)


def read_scalars(text: str) -> dict[str, str]:
    """Return the fields of a front matter that are single values, as typed. Raises ValueError where it is no mapping.

    >>> read_scalars("title: ئاو\\nstatus: draft\\nauthors: [insm]")
    {'title': 'ئاو', 'status': 'draft'}
    """
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        raise ValueError(text[:20]) from None
    if not isinstance(node, yaml.MappingNode):
        raise ValueError(text[:20])
    return {key.value: value.value for key, value in node.value if isinstance(value, yaml.ScalarNode)}


def set_pin(manuscript: SourceFile, pin: str) -> str:
    """Return the text of a translation with a pin in its ``translation`` field; every other character stays.

    Raises ValueError where the field cannot be found or would read otherwise than it should.

    >>> print(set_pin(parse_source_file("---\\ntitle: ئاو\\ntranslation: {of: ar}\\n---\\n"), "0a1b2c"), end="")
    ---
    title: ئاو
    translation: {of: ar, pin: "0a1b2c"}
    ---
    """
    fields = _translation_node(manuscript.yaml)
    inner = {key.value: (key, value) for key, value in fields.value}
    written = f'"{pin}"'
    if "pin" in inner:
        value = inner["pin"][1]
        begin, end = value.start_mark.index, value.end_mark.index
        written = f" {written}" if begin == end else written
    elif fields.flow_style:
        begin = end = len(manuscript.yaml[: fields.end_mark.index - 1].rstrip())
        comma = "" if manuscript.yaml[begin - 1] in ",{" else ","
        written = f"{comma} pin: {written}"
    else:
        key, value = inner["of"]
        rest = re.compile(r"[^\r\n]*").match(manuscript.yaml, value.end_mark.index)
        begin = end = rest.end() if rest else value.end_mark.index
        written = f"{manuscript.newline}{' ' * key.start_mark.column}pin: {written}"
    text = manuscript.text[: manuscript.start + begin] + written + manuscript.text[manuscript.start + end :]
    _verify_pin(manuscript, text, pin)
    return text


def set_value(manuscript: SourceFile, name: str, value: str) -> str:
    """Return the text of a file with another value of a field that is words on one line; one that is new stands on top.

    >>> print(set_value(parse_source_file("---\\ntitle: ئاو # كذا\\n---\\n"), "title", "ئاو مافە"), end="")
    ---
    title: "ئاو مافە" # كذا
    ---
    """
    node = yaml.compose(manuscript.yaml, Loader=yaml.SafeLoader)
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    found = next((stated for key, stated in pairs if key.value == name), None)
    written = quote_yaml(value)
    if found is None:
        return (
            f"{manuscript.text[: manuscript.start]}{name}: {written}{manuscript.newline}{manuscript.text[manuscript.start :]}"
        )
    begin, end = manuscript.start + found.start_mark.index, manuscript.start + found.end_mark.index
    block = manuscript.newline if found.style in ("|", ">") else ""
    return f"{manuscript.text[:begin]}{written}{block}{manuscript.text[end:]}"


def _translation_node(text: str) -> yaml.MappingNode:
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    found = next((value for key, value in pairs if key.value == "translation"), None)
    if not isinstance(found, yaml.MappingNode) or not any(key.value == "of" for key, _ in found.value):
        raise ValueError(text[:20])
    return found


def _verify_pin(before: SourceFile, text: str, pin: str) -> None:
    """Make sure that nothing but the pin reads otherwise now."""
    after = parse_source_file(text)
    was, now = _load_plain_values(before.yaml), _load_plain_values(after.yaml)
    if now.get("translation", {}).pop("pin", None) != pin:
        raise ValueError(pin)
    was["translation"].pop("pin", None)
    if was != now or before.body != after.body:
        raise ValueError(pin)


def _load_plain_values(text: str) -> dict[str, dict[str, object]]:
    """Return a front matter as plain values, none of them guessed."""
    loaded: dict[str, dict[str, object]] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 (makes strings only)
    return loaded
