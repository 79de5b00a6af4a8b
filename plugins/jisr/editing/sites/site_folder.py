"""The files of a site: those that are its own from the first day, and those of the program, which an upgrade exchanges."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

import yaml

from jisr.core.build.resources import PACKAGE
from jisr.core.frozen import dataclass
from jisr.core.translation.blocks import format_pin, version_blocks
from jisr.editing.sites.handbooks import handbook_files
from jisr.editing.sites.wheels import make_own_wheel, make_wheel
from jisr.editing.source_edits import quote_yaml

_FOLDER = PACKAGE / "editing" / "sites"
_SOURCE_LANGUAGE = "en"
_AUTHORITY = re.compile(r"[a-z0-9.-]+")  # RFC 4151, 2.1
_WITHOUT_WHEEL = (
    "feedgen",
)  # packages that registries have as a source alone, which pip would build with tools without a hash
REQUIREMENTS = "requirements.txt"
VENDOR = "vendor"

Words = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class SiteOptions:
    """A site: its name, its languages in their order, its address, its kinds of texts (all where none is named)."""

    name: str
    tags: Sequence[str]
    url: str
    kinds: Sequence[str] = ()
    color: str = ""
    entries: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # of LANGUAGE_REGISTRY, by tag


def own_files(options: SiteOptions, today: date) -> dict[str, bytes]:
    """Return the files that are a site's own, by their paths: settings, the README, a first text in each language."""
    words: Words = yaml.safe_load((_FOLDER / "first_words.yaml").read_text("utf-8"))
    tags = options.tags
    kind = "news" if "news" in options.kinds or not options.kinds else options.kinds[0]
    values = {
        "name": quote_yaml(options.name),  # a double-quoted string of YAML, JSON and Python alike
        "heading": re.sub(r"([\\`*_\[\]<>&#])", r"\\\1", options.name),
        "tag": tags[0],
        "kind": kind,
        "url": quote_yaml(options.url.rstrip("/")),
        "authority": quote_yaml(f"{host_of(options.url)},{today.year}"),
        "languages": _tuple(tags),
        "names": _language_lines(dict.fromkeys(tags, options.name)),
        "purposes": _language_lines({tag: words[tag]["purpose"] if tag in words else "" for tag in tags}),
        "notes": _language_lines({tag: words[tag]["note"] if tag in words else "" for tag in tags}),
        "kinds": f"KINDS = {_tuple(options.kinds)}\n" if options.kinds else "",
        "registry": _registry(options.entries),
        "colors": f'COLORS = {{"link": {quote_yaml(options.color)}}}\n' if options.color else "",
    }
    templates = sorted((_FOLDER / "settings").glob("*.txt"))
    files = {file.name.removesuffix(".txt"): Template(file.read_text("utf-8")).substitute(values) for file in templates}
    for tag in tags:
        files[f"content/{kind}/welcome/index.{tag}.md"] = _first_text(tag, kind, options, today, words)
    return {path: text.encode() for path, text in files.items()}


def vendored_wheels() -> dict[str, bytes]:
    """Return the wheels that a new site keeps in ``vendor/``, by their names. Raises WheelError where one cannot be made."""
    return dict([make_own_wheel()]) | other_wheels()


def other_wheels() -> dict[str, bytes]:
    """Return the wheels beside the program's that a site keeps. Raises WheelError where one cannot be made."""
    return dict(map(make_wheel, _WITHOUT_WHEEL))


def program_files(tags: Sequence[str], wheels: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files of the program in a site with some languages, by their paths: packages, workflows, handbooks."""
    files = {path: text.encode() for path, text in handbook_files(tags).items()}
    folder = _FOLDER / "program"
    for file in sorted(one for one in folder.rglob("*") if one.is_file()):
        files[re.sub(r"(^|/)dot-", r"\1.", file.relative_to(folder).as_posix())] = file.read_bytes()
    files |= {f"{VENDOR}/{name}": wheel for name, wheel in wheels.items()}
    lines = [f"./{VENDOR}/{name} --hash=sha256:{hashlib.sha256(wheel).hexdigest()}" for name, wheel in sorted(wheels.items())]
    pinned = (_FOLDER / REQUIREMENTS).read_text("utf-8").split("\n", 1)[1]
    heading = f"# The program, which lies in {VENDOR}/, and all that it needs, by hash; jisr upgrade writes this file."
    files[REQUIREMENTS] = "\n".join([heading, *lines, pinned]).encode()
    return files


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files below a folder. Raises OSError where that cannot be."""
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def read_wheels(folder: Path) -> dict[str, bytes]:
    """Return the wheels of a folder by their names."""
    return {file.name: file.read_bytes() for file in sorted(folder.glob("*.whl"))}


def _tuple(words: Sequence[str]) -> str:
    return f"({', '.join(map(quote_yaml, words))}{',' if len(words) == 1 else ''})"


def _registry(entries: Mapping[str, Mapping[str, str]]) -> str:
    """Return the setting that describes languages of which CLDR knows little; nothing where there is none."""
    if not entries:
        return ""
    lines = [f"    {quote_yaml(tag)}: {json.dumps(dict(entry), ensure_ascii=False)}," for tag, entry in entries.items()]
    comment = "# of languages that CLDR barely knows: how each calls itself, and whose dates it borrows"
    return "\n".join([comment, "LANGUAGE_REGISTRY = {", *lines, "}", ""])


def _first_text(tag: str, kind: str, options: SiteOptions, today: date, words: Words) -> str:
    """Return the first text in a language: an original, or a translation that is pinned to it."""
    title, body = _title_and_body(tag, kind, options, words)
    field = f"date: {today.isoformat()}"
    original = options.tags[0]
    if tag != original:
        source_title, source_body = _title_and_body(original, kind, options, words)
        field = f'translation: {{of: {original}, pin: "{format_pin(version_blocks(source_title, "", source_body))}"}}'
    return f"---\ntitle: {quote_yaml(title)}\n{field}\n---\n\n{body}\n"


def _title_and_body(tag: str, kind: str, options: SiteOptions, words: Words) -> tuple[str, str]:
    """Return what the first text says; in a language that the package has no words of, the name, and the body in English."""
    own = words.get(tag) or words[_SOURCE_LANGUAGE]
    body = own["body"].replace("content/news/", f"content/{kind}/")
    if tag in words:
        return own["title"], body
    body = body.replace(f"index.{_SOURCE_LANGUAGE}.md", f"index.{tag}.md")
    return options.name, f'{body}\n{{: lang="{_SOURCE_LANGUAGE}" dir="ltr"}}'


def _language_lines(texts: Mapping[str, str]) -> str:
    return "\n".join(f"    {quote_yaml(tag)}: {quote_yaml(text)}," for tag, text in texts.items())


def host_of(url: str) -> str:
    """Return the host of an address in ASCII; nothing where it has none that can vouch for the ids of feeds."""
    try:
        host = (urlsplit(url).hostname or "").encode("idna").decode()
    except (ValueError, UnicodeError):
        return ""
    return host if _AUTHORITY.fullmatch(host) else ""


if __name__ == "__main__":  # jisr upgrade of an older program asks its successor so: a folder to write, one with wheels, tags
    write_files(Path(sys.argv[1]), program_files(sys.argv[3:], read_wheels(Path(sys.argv[2]))))
