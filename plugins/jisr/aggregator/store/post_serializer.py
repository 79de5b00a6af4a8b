"""Serialization of posts as Markdown files, and parsing of these: one field a line, every string in quotes."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime, time

from jisr.aggregator.model import Post, post_path
from jisr.content.read.front_matter import parse_front_matter
from jisr.content.read.source_file import SourceFile, parse_source_file
from jisr.core.bidi.control_characters import EMBEDDINGS, ISOLATES, POP_ISOLATE
from jisr.core.diagnostics.problems import ProblemsError
from jisr.core.i18n.dates import FIRST_YEAR, DateError, parse_date
from jisr.core.schema.raw_values import RawList, RawMapping, RawNode, RawScalar

EPOCH = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)  # of files without a readable date

_LONGEST_TITLE = 300
_ID = re.compile(r"[a-z][a-z0-9-]*")
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile(f"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff{EMBEDDINGS}{ISOLATES}{POP_ISOLATE}]")
_CONFLICT = re.compile(r"^(?=[<>]{7}(?: |$))", re.MULTILINE)
_WEB = re.compile(r"https?://[^\s<>\"/?#][^\s<>\"]*", re.IGNORECASE)
_STRINGS = ("title", "original", "guid", "licence")
_YAML_WORDS = ("null", "true", "false", "yes", "no", "on", "off", "y", "n")
_LISTS = ("authors", "topics", "sources")


def normalize_post(post: Post) -> Post:
    """Return a post without control characters, with a title of one line and text in Unicode's form NFC.

    >>> post = Post("penus", "x", "ckb", " نووسین\\u202e\\n هێواش ", "a\\r\\nb", True, EPOCH, "7", "x:")
    >>> normalize_post(post).title, normalize_post(post).body, normalize_post(post).original
    ('نووسین هێواش', 'a\\nb', '')
    """
    title = normalize_line(post.title)
    return replace(
        post,
        title=title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1].rstrip() + "…",
        body=_normalize_body(post.body),
        guid=normalize_line(post.guid),
        original=_normalize_url(post.original),
        licence=normalize_line(post.licence),
        authors=tuple(dict.fromkeys(filter(None, map(normalize_line, post.authors)))),
        topics=tuple(dict.fromkeys(post.topics)),
        sources=tuple(sorted(set(post.sources))),
        date=_normalize_date(post.date),
        fetched=_normalize_date(post.fetched) if post.fetched else None,
        modified=_normalize_date(post.modified) if post.modified else None,
    )


def normalize_line(text: str) -> str:
    """Return a text on one line, in form NFC, without controls and marks of direction."""
    visible = _CONTROLS.sub("", _BREAKS.sub(" ", text))
    marks = {0x200E: None, 0x200F: None, 0x061C: None}
    return " ".join(unicodedata.normalize("NFC", visible).translate(marks).split())


def _normalize_body(text: str) -> str:
    plain = _CONTROLS.sub("", _BREAKS.sub("\n", text)).replace("\u00a0", " ")
    ends = ("  " if line.endswith("  ") and line.strip() else "" for line in plain.split("\n"))  # two spaces break a line
    lines = "\n".join(line.rstrip("\t ") + end for line, end in zip(plain.split("\n"), ends, strict=True))
    # A conflict marker of git is an error in a text: a space before it changes nothing for Markdown.
    return _CONFLICT.sub(" ", unicodedata.normalize("NFC", lines)).strip("\n").rstrip()


def _normalize_url(link: str) -> str:
    tidy = _CONTROLS.sub("", link.strip()).replace(" ", "%20").replace('"', "%22").replace("<", "%3C").replace(">", "%3E")
    return tidy if _WEB.fullmatch(tidy) else ""


def _normalize_date(moment: datetime) -> datetime:
    """Return a moment to the second, in UTC where its offset has seconds or leads out of the years a text can have."""
    whole = moment.replace(microsecond=0, fold=0)
    offset = whole.utcoffset()
    if offset is None:
        return whole.replace(tzinfo=UTC)
    return whole.astimezone(UTC) if offset.total_seconds() % 60 else datetime.fromisoformat(whole.isoformat())


def render_post(post: Post) -> str:
    """Return the text of a post's file; equal posts have equal bytes."""
    if post.of:
        return _render_translation(post)
    rows = [f"title: {quote_yaml(post.title)}", f"date: {post.date.isoformat()}"]
    rows += [f"modified: {post.modified.isoformat()}"] if post.modified else []
    rows += [f"authors: {_format_list(post.authors)}"] if post.authors else []
    rows += [f"topics: {_format_list(post.topics)}"] if post.topics else []
    rows += [f"member: {_format_scalar(post.member)}"]
    rows += [f"original: {quote_yaml(post.original)}"] if post.original else []
    rows += [f"guid: {quote_yaml(post.guid)}"] if post.guid else []
    rows += [f"licence: {quote_yaml(post.licence)}"] if post.licence else []
    rows += [f"sources: {_format_list(post.sources)}"] if post.sources else []
    rows += [f"fetched: {post.fetched.isoformat()}"] if post.fetched else []
    return _render_file(rows, post)


def _render_translation(post: Post) -> str:
    """Return the file of a translation: its own fields; it inherits the others from its original."""
    rows = [f"title: {quote_yaml(post.title)}", f"translation: {{of: {_format_scalar(post.of)}}}"]
    rows += [f"date: {post.date.isoformat()}"]
    rows += [f"modified: {post.modified.isoformat()}"] if post.modified else []
    rows += [f"original: {quote_yaml(post.original)}"] if post.original else []
    rows += [f"guid: {quote_yaml(post.guid)}"] if post.guid else []
    return _render_file([*rows, f"fetched: {post.fetched.isoformat()}"] if post.fetched else rows, post)


def _render_file(rows: list[str], post: Post) -> str:
    body = f"\n{post.body}\n" if post.body else ""
    return "---\n" + "\n".join(rows) + "\n---\n" + body


def quote_yaml(text: str) -> str:
    """Return a string in the double quotes of YAML, which are those of JSON, with invisible characters escaped.

    >>> quote_yaml('گوتی: "نا" #1')
    '"گوتی: \\\\"نا\\\\" #1"'
    """
    escaped = json.dumps(text, ensure_ascii=False)
    return "".join(
        f"\\u{ord(character):04x}"
        if unicodedata.category(character) in ("Cc", "Zl", "Zp", "Cs") or character == "\ufeff"
        else character
        for character in escaped
    )


def _format_scalar(text: str) -> str:
    return text if _ID.fullmatch(text) and text not in _YAML_WORDS else quote_yaml(text)


def _format_list(values: tuple[str, ...]) -> str:
    return "[" + ", ".join(map(_format_scalar, values)) + "]"


def parse_post(text: str, member: str, post_id: str, language: str) -> tuple[Post, bool]:
    """Return the post of a file, and whether it is a translation of another version.

    Raises ValueError where its front matter cannot be parsed: it counts as an editor's.
    """
    path = post_path(member, post_id, language)
    try:
        file = parse_source_file(text.replace("\r\n", "\n"), path)
        fields = _fields(file)
    except ProblemsError as error:
        raise ValueError(str(error)) from None
    if not fields:
        raise ValueError("no fields")
    post = Post(
        member=member,
        id=post_id,
        language=language,
        title=_text(fields.get("title")),
        body=file.body.strip("\n"),
        excerpt=False,
        date=_moment(fields.get("date")) or EPOCH,
        **{name: _text(fields.get(name)) for name in _STRINGS if name != "title"},  # type: ignore[arg-type]
        **{name: _list_texts(fields.get(name)) for name in _LISTS},  # type: ignore[arg-type]
        fetched=_moment(fields.get("fetched")),
        modified=_moment(fields.get("modified")),
        of=_translation_source(fields.get("translation")),
    )
    return post, "translation" in fields


def original_authors(text: str) -> tuple[str, ...]:
    """Return the authors in the file of an original text; none in a translation, and where the file cannot be parsed."""
    try:
        fields = _fields(parse_source_file(text.replace("\r\n", "\n"), ""))
    except ProblemsError:
        return ()
    return () if "translation" in fields else _list_texts(fields.get("authors"))


def _fields(file: SourceFile) -> dict[str, RawNode]:
    return {key.text: value for key, value in parse_front_matter(file.front_matter, file.path)}


def _text(node: RawNode | None) -> str:
    return node.text if isinstance(node, RawScalar) else ""


def _list_texts(node: RawNode | None) -> tuple[str, ...]:
    return tuple(item.text for item in node.items if isinstance(item, RawScalar)) if isinstance(node, RawList) else ()


def _translation_source(node: RawNode | None) -> str:
    entries = {key.text: _text(value) for key, value in node} if isinstance(node, RawMapping) else {}
    return entries.get("of", "")


def _moment(node: RawNode | None) -> datetime | None:
    try:
        day = parse_date(_text(node))
    except DateError:
        return None
    moment = day if isinstance(day, datetime) else datetime.combine(day, time())
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def is_credible(moment: datetime | None, now: datetime) -> bool:
    """Whether a date of a feed can be that of a post: not before the web's first page (6 August 1991), not after now.

    >>> now = datetime(2026, 11, 1, tzinfo=UTC)
    >>> [is_credible(datetime(year, 1, 1, tzinfo=UTC), now) for year in (1970, 2012, 2027)]
    [False, True, False]
    """
    return moment is not None and moment.tzinfo is not None and date(1991, 8, 6) <= moment.date() and moment <= now
