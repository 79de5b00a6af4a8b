"""A site of Pelican: its articles and pages in Markdown and reStructuredText, their versions, its settings, static files."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from slugify import slugify

from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation, phrase
from jisr.importing.old_languages import language_of_words, tag_of_locale
from jisr.importing.old_site import NOWHERE, Note, OldBody, OldFile, OldSite, OldTopic, OldVersion, ReadOptions, split_url
from jisr.importing.pelican.text_formats import READERS
from jisr.ingest.sanitize.sanitizer import plain_title

_LINK = re.compile(r"(\{|\|)(?P<what>filename|static|attach|author|category|tag|index)(?:\}|\|)(?P<path>[^\"')\s>]*)")
_DATES = (
    *("%Y-%m-%d %H:%M:%S%z", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d"),
    *("%Y/%m/%d", "%d-%m-%Y", "%d/%m/%Y"),
)
_HIDDEN = frozenset([".git", "output", "__pycache__", "node_modules", "theme", "themes", "plugins", "venv", ".venv"])
_RULES = {
    "ARTICLE_URL": "{slug}.html",
    "ARTICLE_LANG_URL": "{slug}-{lang}.html",
    "PAGE_URL": "pages/{slug}.html",
    "PAGE_LANG_URL": "pages/{slug}-{lang}.html",
    "ARTICLE_SAVE_AS": "",
    "ARTICLE_LANG_SAVE_AS": "",
    "PAGE_SAVE_AS": "",
    "PAGE_LANG_SAVE_AS": "",
    "CATEGORY_URL": "category/{slug}.html",
    "TAG_URL": "tag/{slug}.html",
    "SITEURL": "",
    "DEFAULT_LANG": "en",
    "AUTHOR": "",
    "PATH": "content",
    "DEFAULT_CATEGORY": "misc",
    "FEED_ALL_ATOM": "feeds/all.atom.xml",
}


@dataclass(slots=True)
class _Source:
    """A file of an article or page: its path below the content, its fields and its words as HTML."""

    path: str
    fields: dict[str, str]
    html: str
    is_page: bool
    version: OldVersion | None = None
    links: list[str] = field(default_factory=list)


class PelicanBlog:
    """Reads a folder of Pelican."""

    def __init__(self, folder: Path, options: ReadOptions) -> None:
        self.folder, self.options = folder, options
        self.rules: dict[str, str] = dict(_RULES)
        self.content = folder
        self.sources: dict[str, _Source] = {}
        self.site = OldSite(NOWHERE, [], self.bodies)
        self.topic_tags: dict[str, Counter[str]] = {}

    def read(self) -> OldSite:
        """Return what the folder holds. Raises ProblemsError where it has no text."""
        self._read_settings()
        for file in self._files():
            path = file.relative_to(self.content).as_posix()
            if file.suffix.lower() in READERS:
                self._read_source(file, path)
            else:
                self.site.read["files"] += 1
                url = f"{self.site.home}/{quote(path)}"
                self.site.files[url] = OldFile(url)
        if not self.sources:
            text = '"{path}" holds no text of Pelican. Name the folder of its settings, or that of its content.'
            raise ProblemsError(Problem.error(SourceLocation(str(self.folder)), "import", text, path=self.folder))
        for source in self.sources.values():
            self._plan_version(source)
        self._read_topics()
        self.site.media = self.content
        feed = self.rules["FEED_ALL_ATOM"]
        self.site.feeds = {f"/{feed}": tag_of_locale(self.rules["DEFAULT_LANG"], self.options.tags)} if feed else {}
        return self.site

    def _read_settings(self) -> None:
        """Read the settings that are plain values; nothing of the old site is run."""
        for name in ("pelicanconf.py", "publishconf.py"):
            file = self.folder / name
            try:
                tree = ast.parse(file.read_text("utf-8"))
            except (OSError, ValueError, SyntaxError):
                continue
            for node in tree.body:
                if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id in self.rules:
                    try:
                        value = ast.literal_eval(node.value)
                    except ValueError:
                        continue
                    self.rules[node.targets[0].id] = str(value or "")
        below = self.folder / self.rules["PATH"]
        self.content = below if below.is_dir() else self.folder
        if self.rules["SITEURL"].startswith(("http://", "https://")):
            self.site.home = self.rules["SITEURL"].rstrip("/")

    def _files(self) -> Iterator[Path]:
        for file in sorted(self.content.rglob("*")):
            parts = file.relative_to(self.content).parts
            if (
                file.is_file()
                and not file.is_symlink()
                and not _HIDDEN & set(parts)
                and not any(one[0] == "." for one in parts)
            ):
                yield file

    def _read_source(self, file: Path, path: str) -> None:
        from jisr.ingest.encoding.charset import UnreadableFeed, decode

        self.site.read["texts"] += 1
        try:
            text = decode(file.read_bytes()).text
        except (OSError, UnreadableFeed) as error:
            self.site.leave("text", path, phrase("it cannot be read: {reason}", reason=str(error)))
            return
        fields, html, faults = READERS[file.suffix.lower()](text)
        self.site.doubts += (Note(path, one) for one in faults)
        is_page = "pages" in PurePosixPath(path).parts[:-1]
        if not fields.get("title") and not html.strip():
            self.site.leave("text", path, phrase("it has neither a title nor words"))
            return
        status = fields.get("status", "published").lower()
        if status not in ("published", "hidden") and not self.options.drafts:
            self.site.leave("text", path, phrase("its status is {status}", status=status))
            return
        self.sources[path] = _Source(path, fields, html, is_page)

    def _plan_version(self, source: _Source) -> None:
        fields = source.fields
        title = plain_title(fields.get("title", "")) or PurePosixPath(source.path).stem
        slug = fields.get("slug") or slugify(title) or PurePosixPath(source.path).stem
        own = fields.get("lang") or self.rules["DEFAULT_LANG"]
        tag = self._language_of(source, own)
        date = _date(fields.get("date", "")) or _date(PurePosixPath(source.path).name[:10])
        category = fields.get("category") or self._folder_category(source)
        topics = self._topic_keys(fields, category, tag)
        kind = self._kind_of(source, category)
        if kind == "skip":
            self.site.leave("text", source.path, phrase("the map says to leave it out"))
            return
        addresses = tuple(self._addresses(source, slug, own, date, category))
        named = re.split(r"[;,]", fields.get("authors") or fields.get("author") or self.rules["AUTHOR"])
        source.version = OldVersion(
            key=source.path,
            group=f"{'page' if source.is_page else 'article'} {slug}",
            tag=tag,
            title=title,
            date=date,
            modified=_date(fields.get("modified", "")),
            authors=tuple(one.strip() for one in named if one.strip()),
            summary=plain_title(fields.get("summary", "")),
            addresses=addresses,
            topics=() if source.is_page else tuple(topics),
            kind=kind,
            slug=slug,
            is_draft=fields.get("status", "").lower() == "draft",
            is_original=fields.get("translation", "").lower() == "false",
            label=source.path,
            guid=self._guid(date, addresses),
            sort="page" if source.is_page else "article",
        )
        self.site.read[f"language {tag}"] += 1
        self.site.versions.append(source.version)

    def _language_of(self, source: _Source, own: str) -> str:
        """Return the language of a text: the one that it states, else that of its words."""
        words = re.sub(r"<[^>]+>", " ", source.html)
        tag = tag_of_locale(own, self.options.tags, words)
        found = language_of_words(words, self.options.tags)
        if "lang" in source.fields or not found or found == tag:
            return tag
        why = phrase("it states no language, and its words are in {tag}: they decide", tag=found)
        self.site.doubts.append(Note(source.path, why))
        return found

    def _guid(self, date: datetime | None, addresses: tuple[str, ...]) -> str:
        """Return what feeds of Pelican have as the id of a text: a tag of its host, day and address."""
        host = split_url(self.site.home).hostname
        path = f"{split_url(self.site.home).path}{addresses[0]}" if addresses else ""
        return f"tag:{host},{date:%Y-%m-%d}:{path}" if date and path and self.site.home != NOWHERE else ""

    def _topic_keys(self, fields: Mapping[str, str], category: str, tag: str) -> list[str]:
        keys = [f"category {category}"] if category and category != self.rules["DEFAULT_CATEGORY"] else []
        keys += [f"tag {one.strip()}" for one in re.split(r"[,;]", fields.get("tags", "")) if one.strip()]
        for key in keys:
            self.topic_tags.setdefault(key, Counter())[tag] += 1
        return keys

    def _kind_of(self, source: _Source, category: str) -> str:
        """Return the kind of a text: by the map, as a page, or by a category that is called so."""
        chosen = self.options.kinds.get(category) or self.options.kinds.get(str(PurePosixPath(source.path).parent), "")
        own = category if category in ("statements", "conferences") else ""
        return chosen or ("pages" if source.is_page else own)

    def _folder_category(self, source: _Source) -> str:
        parts = PurePosixPath(source.path).parts
        return "" if source.is_page or len(parts) < 2 else parts[-2]

    def _addresses(self, source: _Source, slug: str, lang: str, date: datetime | None, category: str) -> Iterator[str]:
        """Return the addresses that the settings of the old site gave a text; a translation had one with its language."""
        kind = "PAGE" if source.is_page else "ARTICLE"
        is_translation = source.fields.get("translation", "").lower() == "true" or lang != self.rules["DEFAULT_LANG"]
        day = date or datetime(1970, 1, 1)  # noqa: DTZ001 (an address has no offset)
        values = {"slug": slug, "lang": lang, "date": day, "category": slugify(category), "author": ""}
        stated = source.fields.get("url") or source.fields.get("save_as")
        names = [f"{kind}_LANG_URL", f"{kind}_LANG_SAVE_AS"] if is_translation else [f"{kind}_URL", f"{kind}_SAVE_AS"]
        for rule in [stated] if stated else [self.rules[name] for name in names]:
            try:
                address = str(rule).format(**values) if rule else ""
            except (KeyError, ValueError, IndexError):
                self.site.doubts.append(
                    Note(source.path, phrase("the rule of its address, {rule}, is not known", rule=str(rule)))
                )
                continue
            if address:
                path = re.sub(r"(?:^|/)index\.html$", "/", address).lstrip("/")
                yield f"/{path}"

    def _read_topics(self) -> None:
        for key, tags in sorted(self.topic_tags.items()):
            domain, _, name = key.partition(" ")
            tag = tags.most_common(1)[0][0]
            rule = self.rules["CATEGORY_URL" if domain == "category" else "TAG_URL"]
            topic = OldTopic(key, slugify(name) or name, {tag: name.strip()})
            if rule:
                topic.addresses[tag] = [f"/{rule.format(slug=slugify(name))}" if "{slug}" in rule else f"/{rule}"]
            self.site.topics[key] = topic

    def bodies(self) -> Iterator[OldBody]:
        """Return the words of the texts; links to files and texts of the old site are its addresses."""
        for source in self.sources.values():
            if source.version is not None:
                html = _LINK.sub(lambda match, one=source: self._link(match, one), source.html)  # type: ignore[misc]
                yield OldBody(source.path, re.sub(r"\]\(\{", "](", html))

    def _link(self, match: re.Match[str], source: _Source) -> str:
        """Return the old address of what a link in braces names."""
        what, raw = match["what"], match["path"].replace("%20", " ")
        path, mark, fragment = raw.partition("#")
        base = PurePosixPath("/") if path.startswith("/") else PurePosixPath("/") / PurePosixPath(source.path).parent
        steps: list[str] = []
        for step in (base / path.lstrip("/")).parts[1:]:
            if step == "..":
                del steps[-1:]
            elif step != ".":
                steps.append(step)
        target = "/".join(steps)
        known = self.sources.get(target)
        if what == "index":
            return f"{self.site.home}/"
        if known and known.version and known.version.addresses:
            return f"{self.site.home}{known.version.addresses[0]}{mark}{fragment}"
        if what in ("category", "tag"):
            return f"{self.site.home}/{self.rules[f'{what.upper()}_URL'].format(slug=slugify(path))}"
        if f"{self.site.home}/{quote(target)}" not in self.site.files:
            self.site.doubts.append(Note(source.path, phrase("its link to {url} leads to nothing that comes", url=raw)))
        return f"{self.site.home}/{quote(target)}"


def _date(text: str) -> datetime | None:
    for pattern in _DATES:
        try:
            return datetime.strptime(text.strip().replace("T", " "), pattern)  # noqa: DTZ007 (front matter may have no offset)
        except ValueError:
            continue
    return None


def read_site(path: Path, options: ReadOptions) -> OldSite:
    """Return what a folder of Pelican holds. Raises ProblemsError where it holds no text."""
    return PelicanBlog(path, options).read()
