"""The handbooks of editors in the languages of a site, from those of this program's repository."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from jisr.core.build.resources import PACKAGE
from jisr.core.i18n.languages import build_languages

_FOLDER = PACKAGE / "editing" / "sites" / "handbooks"
_BOOKS = {"CONTRIBUTING": "CONTRIBUTING", "README": "content/README"}  # by the name of the file: where a site has it
_SOURCE_LANGUAGE = "en"
_OWN_PARTS = re.compile(r"\n*<!-- of this repository -->.*?<!-- end -->\n?", re.DOTALL)
_TAGS = re.compile(r"`en`([^`]+)`ar`[^`]+`ckb`[^`]+`kmr`[^`]+`fr`")


def handbook_files(tags: Sequence[str]) -> dict[str, str]:
    """Return the handbooks of a site by their paths; in English where there is none in any of its languages.

    The one in the first language has no tag in its name: it is the one that git hosts show.
    """
    written = [tag for tag in tags if _source("README", tag).is_file()] or [_SOURCE_LANGUAGE]
    suffixes = {tag: f".{tag}" if number else "" for number, tag in enumerate(written)}
    files = {}
    for book, path in _BOOKS.items():
        for tag in written:
            text = _source(book, tag).read_text("utf-8")
            files[f"{path}{suffixes[tag]}.md"] = _adapt(text, book, tag, suffixes, tags)
    return files


def _source(book: str, tag: str) -> Path:
    return _FOLDER / f"{book}{'' if tag == _SOURCE_LANGUAGE else f'.{tag}'}.md.txt"


def _adapt(text: str, book: str, tag: str, suffixes: Mapping[str, str], tags: Sequence[str]) -> str:
    """Return a handbook with the languages and the files of a site, without what concerns this repository alone."""
    text = _OWN_PARTS.sub("", text)
    text = _TAGS.sub(lambda found: " ".join(found[1].split("\n")).join(f"`{one}`" for one in tags), text)
    text = text.replace("{of: ar", f"{{of: {tags[0]}")  # where most texts are translated from
    lines = text.splitlines(keepends=True)
    top = next(number for number, line in enumerate(lines) if " · " in line)
    lines[top] = _language_line(book, tag, suffixes)
    text = "".join(lines) if lines[top] else "".join(lines[:top] + lines[top + 2 :])
    table = tag if tag in tags else tags[0]
    text = re.sub(r"FIELDS\.\w+\.md", f"FIELDS.{table}.md", text)
    for name in _BOOKS:
        folder = r"(?:\.\./|content/)" if name != book else "(?:content/)"
        text = re.sub(rf"(\]\({folder}{name})(?:\.\w+)?\.md", rf"\g<1>{suffixes[tag]}.md", text)
    return text.rstrip("\n") + "\n"


def _language_line(book: str, tag: str, suffixes: Mapping[str, str]) -> str:
    """Return the line that leads to the handbook in the other languages; nothing where there is none."""
    names = {one.tag: one.own_name for one in build_languages(list(suffixes))}
    links = [names[one] if one == tag else f"[{names[one]}]({book}{suffix}.md)" for one, suffix in suffixes.items()]
    return " · ".join(links) + "\n" if len(links) > 1 else ""
