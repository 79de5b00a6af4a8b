"""The files of an import: texts, topics and replies, each with its front matter as an editor writes it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from slugify import slugify

from jisr.content.write.reply_writer import ReplyFields, format_day, render_file, render_reply, reply_language, shorten_line
from jisr.core.diagnostics.problems import phrase
from jisr.core.schema.kinds import Kinds
from jisr.core.schema.yaml_text import format_scalar, quote_scalar
from jisr.importing.old_site import Note, OldBody, OldReply, OldSite, OldVersion
from jisr.importing.store.body_writer import BodyContext, BodyWriter
from jisr.importing.store.file_record import ImportRecord
from jisr.importing.text_plan import ImportPlan, PlannedText
from jisr.ingest.fetch.ssrf_guard import is_ip_literal

_NAMELESS = {"en": "Anonymous", "ar": "مجهول", "ckb": "نەناسراو", "kmr": "Nenas", "fr": "Anonyme"}


@dataclass(slots=True)
class TextWriter:
    """Writes the texts of a plan, and counts what came."""

    site: OldSite
    plan: ImportPlan
    context: BodyContext
    record: ImportRecord
    kinds: Kinds
    tags: tuple[str, ...]
    spellings: dict[str, str] = field(default_factory=dict)  # slug of an author -> the name that is written
    counts: dict[str, int] = field(default_factory=dict)
    waiting: tuple[str, list[OldReply]] = ("", [])  # to a version that does not come: another of the text may

    def count(self, name: str, number: int = 1) -> None:
        """Count something that came."""
        self.counts[name] = self.counts.get(name, 0) + number

    def write_body(self, body: OldBody) -> None:
        """Write the file of a version, and those of the replies to it."""
        text, tag = self.plan.by_version.get(body.key, (None, ""))
        if self.waiting[0] != body.owner:
            self.leave_replies()
        if text is None:
            self.waiting = (body.owner, [*self.waiting[1], *body.replies])
            return
        replies, self.waiting = [*self.waiting[1], *body.replies], ("", [])
        version = text.versions[tag]
        writer = BodyWriter(self.context, text.folder, tag, version.title, depth=text.folder.count("/") + 1)
        base = f"{self.site.home}{version.addresses[0]}" if version.addresses else f"{self.site.home}/"
        markdown = writer.convert(body.html, base)
        lines = [*self._fields(text, tag, version, writer)]
        path = f"{text.folder}/index.{tag}.md"
        self.record.write(path, render_file(lines, markdown))
        self.count("texts")
        self.count(f"kind {text.kind.partition('/')[0]}")
        self.count(f"language {tag}")
        self._write_replies(replies, text, tag, base)

    def leave_replies(self) -> None:
        """Note the replies to a text of which no version came."""
        owner, replies = self.waiting
        self.waiting = ("", [])
        for reply in replies:
            self.site.leave("reply", f"comment {reply.id}", phrase("its text, {name}, does not come", name=owner))

    def _fields(self, text: PlannedText, tag: str, version: OldVersion, writer: BodyWriter) -> Iterable[str]:
        """Return the lines of front matter: a translation states what differs from its original."""
        kind = self.kinds.get(text.kind.partition("/")[0])
        names = kind.names if kind else ()
        original = text.versions[text.origin]
        is_original = tag == text.origin
        title = version.title or original.title or text.id.rpartition("/")[2]
        yield f"title: {quote_scalar(shorten_line(title))}"
        if "date" in names and version.date and (is_original or _day(version.date) != _day(original.date)):
            yield f"date: {format_day(version.date)}"
        if version.modified and version.date and _day(version.modified) > _day(version.date):
            yield f"modified: {format_day(version.modified)}"
        if version.is_draft:
            yield "status: draft"
        authors = self._authors(version.authors)
        others = [one for one in authors if not is_original and one not in self._authors(original.authors)]
        if others:
            names_of_others = ", ".join(others)
            why = phrase("it names other authors than its original ({names}): its translators", names=names_of_others)
            self.site.doubts.append(Note(version.label, why))
        if authors and is_original:
            yield f"authors: [{', '.join(_item(one) for one in authors)}]"
        if version.summary:
            yield f"summary: {quote_scalar(version.summary[:1500])}"
        topics, before = self._topics(version.topics), self._topics(original.topics)
        if "topics" in names and topics and (is_original or topics != before):
            yield f"topics: [{', '.join(topics)}]"
        yield from self._cover(text, version, original, writer, is_original)
        if "guid" in names and (guid := self.plan.guids.get(version.key)):
            yield f"guid: {quote_scalar(guid)}"
        if aliases := self.plan.aliases.get((text.kind, text.id, tag)):
            yield "aliases:"
            yield from (f"  - {quote_scalar(one)}" for one in aliases)
        if not is_original:
            translators = [*version.translators, *others]
            by = f", by: [{', '.join(_item(one) for one in translators)}]" if translators else ""
            yield f"translation: {{of: {text.origin}{by}}}"

    def _cover(
        self, text: PlannedText, version: OldVersion, original: OldVersion, writer: BodyWriter, is_original: bool
    ) -> Iterable[str]:
        url = version.cover
        if not url or (not is_original and url == original.cover):
            return
        is_sure = url in self.site.files
        others = () if is_sure else (re.sub(r"\.\w+$", ending, url) for ending in (".png", ".gif"))
        if name := next(filter(None, (self.context.media.place(one, text.folder, is_sure) for one in (url, *others))), ""):
            words = self.context.media.words_of(url, "") or version.title
            writer.files.add(name)
            yield f"cover: {{file: {name}, alt: {quote_scalar(shorten_line(words))}}}"

    def _authors(self, names: Iterable[str]) -> list[str]:
        """Return names of authors, each in one spelling, without those that no address can be made of."""
        found = []
        for name in names:
            slug = slugify(name)
            if slug:
                found.append(self.spellings.setdefault(slug, name))
        return list(dict.fromkeys(found))

    def _topics(self, keys: Iterable[str]) -> list[str]:
        return list(dict.fromkeys(self.plan.topics[key][0] for key in keys if key in self.plan.topics))

    def write_topics(self) -> None:
        """Write the topics, each with its name in every language that has one."""
        for identity, topic in sorted(dict(self.plan.topics.values()).items()):
            folder = f"topics/{identity}"
            tags = [tag for tag in self.tags if tag in topic.names]
            for tag in tags:
                writer = BodyWriter(self.context, folder, tag, topic.names[tag])
                text = writer.convert(topic.descriptions.get(tag, ""), self.site.home)
                lines = [f"title: {quote_scalar(shorten_line(topic.names[tag]))}"]
                if aliases := self.plan.aliases.get(("topics", identity, tag)):
                    lines += ["aliases:", *(f"  - {quote_scalar(one)}" for one in aliases)]
                lines += [f"translation: {{of: {tags[0]}}}"] if tag != tags[0] else []
                self.record.write(f"{folder}/index.{tag}.md", render_file(lines, text))
                self.count("topics")

    def _write_replies(self, replies: Iterable[OldReply], text: PlannedText, tag: str, base: str) -> None:
        folder = f"{text.folder}/replies"
        kind = self.kinds.get(text.kind.partition("/")[0])
        if kind is None or not kind.get("replies"):
            self.waiting = (text.folder, list(replies))
            self.leave_replies()
            return
        written: dict[str, tuple[OldReply, str]] = {}
        for reply in replies:
            writer = BodyWriter(self.context, folder, tag, "", depth=folder.count("/") + 1)
            words = writer.convert(reply.html, base, is_reply=True)
            if words.strip():
                written[reply.id] = (reply, words)
            else:
                self.site.leave("reply", f"comment {reply.id}", phrase("it says nothing"))
        parents = {identity: reply.answers for identity, (reply, _) in written.items()}
        for reply, words in written.values():
            language, _ = reply_language(words, self.tags, tag)
            answers = _reply_name(reply.answers) if _is_answer(reply.id, parents) else ""
            author = reply.author if _is_name(reply.author) else _NAMELESS.get(language, _NAMELESS["en"])
            fields = ReplyFields(author, reply.date, answers, reply.site, imported=True)
            self.record.write(f"{folder}/{_reply_name(reply.id)}.{language}.md", render_reply(fields, words))
            self.count("replies")


def _is_answer(identity: str, parents: Mapping[str, str]) -> bool:
    """Whether a reply answers one that comes, and does not come back to itself."""
    seen, one = {identity}, parents[identity]
    while one in parents and one not in seen:
        seen.add(one)
        one = parents[one]
    return parents[identity] in parents and one not in seen


def _is_name(author: str) -> bool:
    """Whether what somebody called themselves is a name, and no address of them or of their machine.

    >>> [_is_name(one) for one in ("سارة", "a@b.example", "203.0.113.7", "2001:db8::7", "...")]
    [True, False, False, False, False]
    """
    return any(map(str.isalpha, author)) and "@" not in author and not is_ip_literal(author)


def _reply_name(identity: str) -> str:
    return slugify(identity) or "reply"


def _item(name: str) -> str:
    return format_scalar(name) if "," not in name else quote_scalar(name)


def _day(moment: datetime | date | None) -> date:
    return moment.date() if isinstance(moment, datetime) else moment or date.min
