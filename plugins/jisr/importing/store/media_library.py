"""The files of an old site: found in the folder of its uploads, checked, and copied beside the texts that show them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import unquote

from slugify import slugify

from jisr.content.attachments.attachment_checks import find_file_problems
from jisr.core.diagnostics.problems import Phrase, phrase
from jisr.importing.old_site import Note, OldFile, OldSite, split_url
from jisr.ingest.sanitize.media import names_file

_SIZE = re.compile(r"-\d{2,5}x\d{2,5}(?=\.\w+$)|-scaled(?=\.\w+$)")
_UPLOADS = re.compile(r"/(?:wp-content/uploads|uploads|files|IMG|images|static)/")
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,80}")
Fetch = Callable[[str], "bytes | Phrase | None"]
"""Returns the file of an address, why there is none, or None where nothing is requested."""
_NOT_THERE = phrase("the file is not among the uploads: it stays a link")


@dataclass(slots=True)
class MediaLibrary:
    """Files by their old addresses; ``place`` copies one beside a text, once, and returns its name there."""

    site: OldSite
    folder: Path | None
    write: Callable[[str, bytes], bool]  # writes a file below the content folder, and says whether it is there
    fetch: Fetch = lambda url: None  # or why there is none; of the old site alone
    is_written: Callable[[str], bool] = lambda path: False  # whether an earlier run wrote a file, which need not be fetched
    names: dict[str, dict[str, str]] = field(default_factory=dict)  # folder of a text -> name -> address
    placed: dict[str, str] = field(default_factory=dict)  # old path -> path on this site
    refused: dict[str, Phrase] = field(default_factory=dict)  # old path -> why it does not come
    checked: set[str] = field(default_factory=set)
    by_key: dict[str, OldFile] = field(default_factory=dict)
    pages: dict[str, OldFile] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for file in self.site.files.values():
            self.by_key[_key(file.url)] = file
            self.pages.update((page.rstrip("/"), file) for page in file.pages)

    def find(self, url: str) -> OldFile | None:
        """Return the file of an address, in any of its sizes."""
        return self.by_key.get(_key(url)) or self.by_key.get(_key(_SIZE.sub("", url.partition("?")[0])))

    def page_of(self, url: str) -> OldFile | None:
        """Return the file whose own page an address is."""
        parts = split_url(url)
        return self.pages.get(f"{parts.path}?{parts.query}" if parts.query else parts.path.rstrip("/"))

    def words_of(self, url: str, alt: str) -> str:
        """Return the words for a picture: its own, else the title or caption that the old site has for it."""
        file = self.find(url)
        own = alt.strip() if alt.strip() and not names_file(f"https://x.invalid/{alt.strip()}") else ""
        return own or (file.title or file.caption if file else "")

    def place(self, url: str, folder: str, is_sure: bool = True) -> str:
        """Copy the file of an address into the folder of a text; return its name there, or an empty string.

        ``is_sure``: whether the old site says that there is one, so that its absence is a doubt.
        """
        file = self.find(url) or self.page_of(url)
        address = file.url if file else _SIZE.sub("", url.partition("?")[0])
        path = split_url(address).path
        if not names_file(address) or path in self.refused:
            return ""
        names = self.names.setdefault(folder, {})
        known = next((name for name, other in names.items() if other == path), "")
        if known:
            return known
        name = _free_name(path, names)
        data = self._read(file is not None, f"{folder}/{name}", address, url)
        if data is True:
            names[name] = path
            self.placed.setdefault(path, f"/{folder}/{name}")
            return name
        if isinstance(data, Phrase):
            self.refused[path] = data
            if is_sure and file is None:
                self.site.doubts.append(Note(unquote(path), data))
            return ""
        if path not in self.checked and (fault := self._fault(name, data)):
            self.refused[path] = phrase("the file cannot lie beside a text: {why}", why=fault)
            if file is None:
                self.site.leave("", unquote(path), self.refused[path])
            return ""
        self.checked.add(path)
        names[name] = path
        if not self.write(f"{folder}/{name}", data):
            return ""
        self.placed.setdefault(path, f"/{folder}/{name}")
        return name

    def _read(self, is_stated: bool, place: str, *urls: str) -> bytes | Phrase | Literal[True]:
        """Return a file of the uploads or the old site, True where an earlier run fetched it, or why there is none."""
        for url in urls:
            for file in self._candidates(unquote(split_url(url).path)):
                if file.is_file() and self.folder and file.resolve().is_relative_to(self.folder.resolve()):
                    return file.read_bytes()
        found: bytes | Phrase | None = None
        for url in dict.fromkeys(urls) if is_stated or self._is_own(urls[0]) else ():
            if self.is_written(place):
                return True
            found = self.fetch(url)
            if isinstance(found, bytes):
                return found
        return found or _NOT_THERE

    def _is_own(self, url: str) -> bool:
        """Whether an address is one of the old site: no other is asked for files."""
        hosts = [split_url(one).netloc.removeprefix("www.") for one in (url, self.site.home)]
        return hosts[0] == hosts[1]

    def _candidates(self, path: str) -> Iterator[Path]:
        if self.folder is None:
            return
        match = _UPLOADS.search(path)
        inner = path[match.end() :] if match else path.lstrip("/")
        for one in (inner, path.lstrip("/"), *((f"{match[0].strip('/')}/{inner}",) if match else ())):
            if ".." not in one.split("/") and "\0" not in one:
                yield self.folder / one

    def _fault(self, name: str, data: bytes) -> str:
        """Return why a file cannot lie beside a text, or an empty string."""
        import tempfile

        with tempfile.TemporaryDirectory() as temporary:
            file = Path(temporary) / name
            file.write_bytes(data)
            wrong = (one for one in find_file_problems(name, file, name) if one.severity == "error")
            return next((str(one).partition("]: ")[2] for one in wrong), "")


def _key(url: str) -> str:
    """Return what the addresses of one file have in common."""
    try:
        parts = split_url(url)
    except ValueError:
        return url
    return unquote(parts.path)


def _free_name(path: str, names: dict[str, str]) -> str:
    """Return a name for a file that every computer and the converter take, and no other file beside the text has."""
    last = unquote(path).rpartition("/")[2]
    stem, _, ending = last.rpartition(".")
    stem = stem if _NAME.fullmatch(last) else slugify(stem)[:60] or "file"
    ending = {"jpeg": "jpg"}.get(ending.lower(), ending.lower())
    name, count = f"{stem}.{ending}", 2
    while name in names:
        name, count = f"{stem}-{count}.{ending}", count + 1
    return name
