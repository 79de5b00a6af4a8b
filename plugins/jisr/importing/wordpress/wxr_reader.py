"""The reader of WXR, the export format of WordPress: cleaned bytes, one item after the other, in little memory."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from lxml import etree

from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation

_CONTROLS = bytes(one for one in range(0x20) if one not in (0x09, 0x0A, 0x0D))
_PREFIXES = (
    (re.compile(r"wordpress\.org/export/[\d.]+/excerpt"), "excerpt:"),
    (re.compile(r"wordpress\.org/export"), "wp:"),
    (re.compile(r"modules/content"), "content:"),
    (re.compile(r"elements/1\.1"), "dc:"),
)
_CHANNEL_TAGS = ("author", "category", "tag", "term", "base_site_url", "base_blog_url", "link", "language", "wxr_version")
_LARGEST_ARCHIVE = 4_000_000_000  # bytes of all files of a zip, unpacked


@dataclass(slots=True)
class WxrElement:
    """An element with fields: their text by name with prefix, the elements that occur several times, its own line."""

    name: str
    fields: dict[str, str] = field(default_factory=dict)
    categories: list[tuple[str, str, str]] = field(default_factory=list)  # domain, nicename and words
    metas: list[tuple[str, str]] = field(default_factory=list)
    comments: list[dict[str, str]] = field(default_factory=list)
    line: int = 0

    def get(self, name: str) -> str:
        """Return the text of a field, or an empty string."""
        return self.fields.get(name, "")

    def meta(self, *names: str) -> str:
        """Return the first of some values that a plugin keeps."""
        return next((value for name, value in self.metas if name in names and value), "")


class CleanStream:
    """Bytes of an export without controls, which are no XML; counts the ends of items."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.closed_items, self.comments, self._tail = stream, 0, 0, b""

    def read(self, size: int = 65536) -> bytes:
        """Return the next bytes."""
        data = self.stream.read(size)
        seen = self._tail + data
        self.closed_items += seen.count(b"</item>") - self._tail.count(b"</item>")
        self.comments += seen.count(b"<wp:comment_id>") - self._tail.count(b"<wp:comment_id>")
        self._tail = seen[-14:]
        return data.translate(None, _CONTROLS)


def list_exports(path: Path) -> list[str]:
    """Return the names of the XML files of an export: a file, a folder, or a zip of several.

    Raises ProblemsError where there is none.
    """
    if path.is_dir():
        names = sorted(one.name for one in path.glob("*.xml") if one.is_file())
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            infos = [
                one for one in archive.infolist() if one.filename.lower().endswith(".xml") and "__MACOSX" not in one.filename
            ]
            if sum(one.file_size for one in infos) > _LARGEST_ARCHIVE:
                text = '"{path}" is larger than 4 GB when it is unpacked. Unpack it, and name its folder.'
                raise ProblemsError(Problem.error(SourceLocation(str(path)), "import", text, path=path))
            names = sorted(one.filename for one in infos)
    else:
        return [path.name] if path.is_file() else _fail(path)
    return names or _fail(path)


def _fail(path: Path) -> Any:
    text = '"{path}" holds no export of WordPress. Name the XML file that it offers under Tools, Export, or a zip of several.'
    raise ProblemsError(Problem.error(SourceLocation(str(path)), "import", text, path=path))


class WxrReader:
    """Reads the elements of an export, as often as it is asked; ``lost`` are the lines of items that are not whole."""

    def __init__(self, path: Path) -> None:
        self.path, self.names = path, list_exports(path)
        self.lost: list[tuple[str, int]] = []
        self.lost_comments: dict[str, int] = {}  # of a file that is broken, how many could not be read
        self.broken: dict[str, int] = {}  # files that are no well-formed XML, with the line of their first fault

    def elements(self) -> Iterator[WxrElement]:
        """Return the elements of the channel and the items, in the order of the files.

        Raises ProblemsError where a file is none of WordPress.
        """
        for name in self.names:
            if name not in self.broken:
                self._check(name)
            yield from self._parse(name, recover=name in self.broken)

    def _open(self, name: str) -> IO[bytes]:
        if self.path.is_dir():
            return (self.path / name).open("rb")
        if zipfile.is_zipfile(self.path):
            return zipfile.ZipFile(self.path).open(name)
        return self.path.open("rb")

    def _check(self, name: str) -> None:
        """Find out whether a file is well-formed, and refuse one with a document type or of another kind."""
        with self._open(name) as stream:
            head = stream.read(65536)
        place = SourceLocation(str(self.path) if self.path.is_file() else f"{self.path}/{name}")
        start = head.partition(b"<rss")[0]
        if b"<!doctype" in start.lower() or b"<!entity" in head.lower().partition(b"<item")[0]:
            text = '"{name}" has a document type, which no export of WordPress has. Export it again.'
            raise ProblemsError(Problem.error(place, "import", text, name=name))
        if b"<rss" not in head and b"<\x00r\x00s\x00s" not in head:
            text = '"{name}" is no export of WordPress. Name the XML file that it offers under Tools, Export.'
            raise ProblemsError(Problem.error(place, "import", text, name=name))
        try:
            for _ in self._parse(name, recover=False):
                pass
        except etree.XMLSyntaxError as error:
            self.broken[name] = error.lineno or 1

    def _parse(self, name: str, recover: bool) -> Iterator[WxrElement]:
        with self._open(name) as raw:
            stream = CleanStream(raw)
            options: dict[str, Any] = {"huge_tree": True, "resolve_entities": False, "no_network": True, "load_dtd": False}
            tags = ["{*}item", *(f"{{*}}{one}" for one in _CHANNEL_TAGS)]
            items = comments = 0
            for _, element in etree.iterparse(stream, events=("end",), tag=tags, recover=recover, **options):
                parent = element.getparent()
                if parent is None or _name(parent) != "channel":
                    continue
                one = _read_element(element)
                element.clear()
                while element.getprevious() is not None:
                    del parent[0]
                if one.name == "item":
                    items += 1
                    comments += len(one.comments)
                    if recover and (items > stream.closed_items or not one.get("wp:post_id") or not one.get("wp:post_type")):
                        self.lost.append((name, one.line))
                        continue
                yield one
            if recover and stream.comments > comments:
                self.lost_comments[name] = stream.comments - comments


def _name(element: Any) -> str:
    namespace, _, name = str(element.tag).rpartition("}")  # of broken XML it may be no name
    prefix = next((one for pattern, one in _PREFIXES if pattern.search(namespace)), "")
    return prefix + name


def _text(element: Any) -> str:
    """Return the text of an element; comments in it are signs of a plugin for languages, and stay."""
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            parts.append("".join(child.itertext()))
        else:  # an entity that is not resolved stays as it is written
            parts.append(f"<!--{child.text or ''}-->" if child.tag is etree.Comment else child.text or "")
        parts.append(child.tail or "")
    return "".join(parts)


def _read_element(element: Any) -> WxrElement:
    one = WxrElement(_name(element), line=element.sourceline or 0)
    if not len(element):
        one.fields[""] = _text(element)
        return one
    for child in element:
        if not isinstance(child.tag, str):
            continue
        name = _name(child)
        if name == "category":
            one.categories.append((child.get("domain", ""), child.get("nicename", ""), _text(child)))
        elif name == "wp:postmeta":
            meta = {_name(inner): _text(inner) for inner in child if isinstance(inner.tag, str)}
            one.metas.append((meta.get("wp:meta_key", ""), meta.get("wp:meta_value", "")))
        elif name == "wp:comment":
            one.comments.append({_name(inner): _text(inner) for inner in child if isinstance(inner.tag, str)})
        else:
            one.fields.setdefault(name, _text(child))
    return one
