"""An export of WordPress as an old site: languages of Polylang, WPML, qTranslate or none, topics, files, replies, addresses."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from html import unescape
from pathlib import Path
from urllib.parse import quote, unquote

from jisr.core.diagnostics.problems import Phrase, phrase
from jisr.importing.old_languages import language_of_address, language_of_words, tag_of_locale
from jisr.importing.old_site import Note, OldBody, OldFile, OldSite, OldTopic, OldVersion, ReadOptions, split_url
from jisr.importing.wordpress.comments import read_moment, read_replies
from jisr.importing.wordpress.language_blocks import has_blocks, split_languages
from jisr.importing.wordpress.post_content import PostPicture, block_notes, to_html
from jisr.importing.wordpress.terms import TOPIC_DOMAINS, Terms
from jisr.importing.wordpress.wxr_reader import WxrElement, WxrReader
from jisr.ingest.sanitize.media import IMAGE_NAME
from jisr.ingest.sanitize.sanitizer import plain_title

_TECHNICAL = frozenset(
    (
        "nav_menu_item revision customize_changeset custom_css oembed_cache user_request wp_block wp_template wp_template_part "
        "wp_global_styles wp_navigation wp_font_family wp_font_face acf-field acf-field-group"
    ).split()
)
_SHOWN = {"publish": False, "draft": True, "pending": True, "future": True}  # whether a status is that of a draft
_NOT_SHOWN = {
    "private": phrase("it is private"),
    "trash": phrase("it is in the trash"),
    "auto-draft": phrase("it was begun and never saved"),
}
_PROTECTED = phrase("it has a password")
_DRAFT = phrase("it is a draft; --drafts brings drafts, which everybody can read in a public repository")
_KINDS = frozenset(["statements", "statement", "conferences", "conference"])  # categories that say what a text is
_UNCATEGORISED = re.compile("(?:uncategori[sz]ed|non-classe|غير-مصنف|پۆلێننەکراو)(?:-\\w+)?")


class WordPressExport:
    """Reads an export twice: what there is, then the words of each text."""

    def __init__(self, path: Path, options: ReadOptions) -> None:
        self.reader, self.options = WxrReader(path), options
        self.terms = Terms()
        self.home = ""
        self.site = OldSite("", [], self.bodies)
        self.pictures: dict[str, PostPicture] = {}
        self.versions: dict[str, list[OldVersion]] = {}  # by the id of a post
        self.galleries: dict[str, list[tuple[int, str]]] = defaultdict(list)  # pictures by the post that they were uploaded for
        self.topic_tags: dict[str, Counter[str]] = defaultdict(Counter)

    def read(self) -> OldSite:
        """Return what the export holds. Raises ProblemsError where it is none."""
        for one in self.reader.elements():
            if one.name == "item":
                self._read_item(one)
            else:
                self._read_channel(one)
        site = self.site
        site.home = self.home
        for version in site.versions:
            version.cover = self.pictures[version.cover].url if version.cover in self.pictures else ""
        for name, line in self.reader.lost:
            why = phrase("it is not whole in {name}, line {line}", name=name, line=line)
            site.leave("item", name, why)
            site.read["lost"] += 1
        for name, number in self.reader.lost_comments.items():
            site.read["replies"] += number
            for _ in range(number):
                site.leave("reply", name, phrase("a reply in it could not be read"))
        for name, line in self.reader.broken.items():
            site.doubts.append(
                Note(name, phrase("it is no well-formed XML from line {line} on; what could be read came", line=line))
            )
        site.topics = {topic.key: topic for topic in self._topics()}
        site.feeds = self._feeds()
        if self.terms.languages and not self.terms.post_groups:
            why = phrase("it names languages and no translations: export all content, not posts alone")
            site.doubts.append(Note("Polylang", why))
        return site

    def _read_channel(self, one: WxrElement) -> None:
        if one.name in ("wp:base_blog_url", "link", "wp:base_site_url"):
            url = one.get("").strip().rstrip("/")
            if url and (not self.home or one.name == "wp:base_blog_url"):
                self.home = url
        else:
            self.terms.read(one, self.options.tags)

    def _read_item(self, one: WxrElement) -> None:
        kind, identity = one.get("wp:post_type"), one.get("wp:post_id")
        self.site.read[f"type {kind}"] += 1
        if kind == "attachment":
            self._read_attachment(one)
            return
        if kind in _TECHNICAL:
            self.site.leave("part", f"{kind} {identity}", phrase("it is a part of the old system, no text"))
            return
        self.site.read["texts"] += 1
        self.site.read["replies"] += len(one.comments)
        label = f"{kind} {identity}"
        if identity in self.versions:
            self.site.leave("text", label, phrase("its number is that of another: the first of them came"))
            self._leave_replies(one, label)
            return
        if (why := self._why_not(one)) is not None:
            title = plain_title(one.get("title"))
            self.site.leave("text", f"{label} ({title})" if title else label, why)
            self._leave_replies(one, label)
            return
        versions = list(self._versions_of(one, label))
        self.site.versions += versions
        self.versions[identity] = versions
        self.site.read["texts"] += len(versions) - 1
        self.site.read[f"type {kind}"] += len(versions) - 1
        for version in versions:
            self.site.read[f"language {version.tag}"] += 1
            for key in version.topics:
                self.topic_tags[key][version.tag] += 1

    def _leave_replies(self, one: WxrElement, label: str) -> None:
        for comment in one.comments:
            self.site.leave(
                "reply", f"comment {comment.get('wp:comment_id', '')}", phrase("its text, {name}, does not come", name=label)
            )

    def _why_not(self, one: WxrElement) -> Phrase | None:
        status = one.get("wp:status")
        if one.get("wp:post_password"):
            return _PROTECTED
        if status not in _SHOWN:
            return _NOT_SHOWN.get(status) or phrase("its status is {status}", status=status or "-")
        if _SHOWN[status] and not self.options.drafts:
            return _DRAFT
        if self._kind_of(one) == "skip":
            return phrase("the map says to leave it out")
        if not one.get("title").strip() and not one.get("content:encoded").strip():
            return phrase("it has neither a title nor words")
        return None

    def _kind_of(self, one: WxrElement) -> str:
        """Return the kind that the map, or else the old site, gives a post."""
        kind = one.get("wp:post_type")
        names = [f"type:{kind}", *(name for domain, slug, words in one.categories if domain for name in (unquote(slug), words))]
        chosen = next((self.options.kinds[name] for name in names if name in self.options.kinds), "")
        if chosen or kind != "post":
            return chosen or ("pages" if kind == "page" else kind)
        return next((name for name in names if name.lower() in _KINDS), "").lower()

    def _read_attachment(self, one: WxrElement) -> None:
        url = one.get("wp:attachment_url").strip() or one.get("guid").strip()
        identity, title = one.get("wp:post_id"), plain_title(next(iter(split_languages(one.get("title")).values()), ""))
        alt, caption = one.meta("_wp_attachment_image_alt"), plain_title(one.get("excerpt:encoded"))
        self.site.read["files"] += 1
        self.pictures[identity] = PostPicture(url, plain_title(alt) or title, caption)
        owner = one.get("wp:post_parent").strip()
        if IMAGE_NAME.search(split_url(url).path):
            order = one.get("wp:menu_order").strip()
            self.galleries[owner].append((int(order) if order.isdecimal() else 0, identity))
        if url in self.site.files:
            self.site.leave("file", f"attachment {identity}", phrase("its address is that of another: the first of them came"))
            return
        link = self._address(one.get("link"))
        pages = tuple(dict.fromkeys(one for one in (link, f"/?attachment_id={identity}") if one))
        self.site.files[url] = OldFile(url, plain_title(alt) or title, caption, pages, owner)

    def _versions_of(self, one: WxrElement, label: str) -> Iterator[OldVersion]:
        """Return the versions of a post: one, or with qTranslate one a language that its title or words have."""
        identity, content, raw_title = one.get("wp:post_id"), one.get("content:encoded"), one.get("title")
        title, excerpt = unescape(raw_title) if "&lt;!--:" in raw_title else raw_title, one.get("excerpt:encoded")
        base = OldVersion(
            key=identity,
            group=f"post {identity}",
            tag="",
            title=plain_title(title),
            date=_date(one, "wp:post_date"),
            modified=_date(one, "wp:post_modified"),
            authors=tuple(filter(None, [self.terms.authors.get(one.get("dc:creator"), _name(one.get("dc:creator")))])),
            addresses=tuple(self._addresses(one)),
            guid=one.get("guid").strip(),
            topics=tuple(self._topic_keys(one)),
            kind=self._kind_of(one),
            slug=unquote(one.get("wp:post_name")),
            is_draft=_SHOWN[one.get("wp:status")],
            cover=one.meta("_thumbnail_id"),
            label=label,
            sort=one.get("wp:post_type"),
        )
        if not any(map(has_blocks, (title, content))):
            tag, group = self._language_of(one, base)
            yield replace(base, tag=tag, group=group or base.group, summary=_summary(excerpt))
            return
        titles, texts, summaries = split_languages(title), split_languages(content), split_languages(excerpt)
        codes = dict.fromkeys(code for code in (*titles, *texts) if code)
        for code in codes:
            slug = one.meta(f"qtranslate_slug_{code}", f"_qts_slug_{code}")
            yield replace(
                base,
                key=f"{identity} {code}",
                tag=tag_of_locale(code, self.options.tags, texts.get(code, "")),
                title=plain_title(titles.get(code) or titles.get("") or next(iter(titles.values()))),
                summary=_summary(summaries.get(code, summaries.get("", ""))),
                addresses=tuple(_language_addresses(base.addresses, code, base.slug, slug, code == next(iter(codes)))),
                guid=base.guid if code == next(iter(codes)) else "",
            )

    def _language_of(self, one: WxrElement, version: OldVersion) -> tuple[str, str]:
        """Return the language of a post and its group: of the table, of Polylang, of WPML, of its address, of its words."""
        tags, identity = self.options.tags, version.key
        words = f"{version.title}\n{one.get('content:encoded')}"
        if identity in self.options.table:
            code, group = self.options.table[identity]
            return tag_of_locale(code, tags, words), f"table {group}" if group else ""
        slug = next((slug for domain, slug, _ in one.categories if domain == "language"), "")
        group, member = self.terms.post_groups.get(identity, ("", ""))
        if slug or member:
            known = self.terms.languages.get(slug or member) or tag_of_locale(slug or member, tags, words)
            return known, f"polylang {group}" if group else ""
        if code := one.meta("_icl_lang_code", "_wpml_language", "wpml_language"):
            trid = one.meta("trid", "_icl_trid", "_wpml_trid", "wpml_trid")
            return tag_of_locale(code, tags, words), f"trid {trid}" if trid else ""
        tag = language_of_address(one.get("link"), self.home, tags)
        if tag:
            return tag, ""
        tag = language_of_words(words, tags)
        if not tag:
            self.site.doubts.append(
                Note(version.label, phrase("nothing says its language; it is taken for {tag}", tag=tags[0]))
            )
        return tag or tags[0], ""

    def _addresses(self, one: WxrElement) -> Iterator[str]:
        """Return the old addresses of a post: its own, that of its number, those that it had before."""
        identity, kind = one.get("wp:post_id"), one.get("wp:post_type")
        own = self._address(one.get("link"))
        number = f"/?{'page_id' if kind == 'page' else 'p'}={identity}"
        yield from dict.fromkeys(filter(None, [own, number]))
        if guid := self._address(one.get("guid")):
            yield from [guid] if guid not in (own, number) else []
        for name, slug in one.metas:
            if name == "_wp_old_slug" and slug and own and "?" not in own:
                yield f"{own.rstrip('/').rpartition('/')[0]}/{quote(unquote(slug))}/"

    def _address(self, url: str) -> str:
        """Return an address of the old site from its root; empty for one of another host."""
        try:
            parts, home = split_url(url.strip()), split_url(self.home)
        except ValueError:
            return ""
        if parts.netloc and home.netloc and parts.netloc.removeprefix("www.") != home.netloc.removeprefix("www."):
            return ""
        path = parts.path or "/"
        return f"{path}?{parts.query}" if parts.query else path if path != "/" else ""

    def _topic_keys(self, one: WxrElement) -> Iterator[str]:
        for domain, slug, _ in dict.fromkeys(one.categories):
            if domain in TOPIC_DOMAINS and slug and not _UNCATEGORISED.fullmatch(unquote(slug.lower())):
                yield self._topic_key(TOPIC_DOMAINS[domain], slug, _)

    def _topic_key(self, domain: str, slug: str, words: str) -> str:
        term = self.terms.topics.setdefault((domain, slug), ("", words, "", ""))
        group = self.terms.term_groups.get(term[0], ("", ""))[0] if term[0] else ""
        return f"group {group}" if group else f"{domain} {slug}"

    def _topics(self) -> Iterator[OldTopic]:
        topics: dict[str, OldTopic] = {}
        for (domain, slug), (identity, name, description, _) in self.terms.topics.items():
            if not name.strip():
                continue
            key = self._topic_key(domain, slug, name)
            if _UNCATEGORISED.fullmatch(unquote(slug.lower())):
                self.site.read["topics"] += 1
                self.site.leave("topic", f"{key} ({name})", phrase("it is what the old system calls texts without a topic"))
                continue
            code = self.terms.term_groups.get(identity, ("", ""))[1] if identity else ""
            used = self.topic_tags.get(key, Counter())
            tag = self.terms.languages.get(code) or (
                used.most_common(1)[0][0] if used else language_of_words(name, self.options.tags)
            )
            topic = topics.setdefault(key, OldTopic(key, unquote(slug)))
            for own, words in split_languages(name).items():
                language = tag_of_locale(own, self.options.tags, words) if own else tag or self.options.tags[0]
                title = plain_title(words)
                if topic.names.setdefault(language, title) != title:
                    self.site.read["topics"] += 1
                    self.site.leave(
                        "topic", f"{key} ({title})", phrase("it is one topic with {name}", name=topic.names[language])
                    )
                if text := split_languages(description).get(own, ""):
                    topic.descriptions.setdefault(language, text)
            addresses = topic.addresses.setdefault(tag or self.options.tags[0], [])
            addresses += self._topic_addresses(domain, slug, identity, code, tag)
        yield from (topic for topic in topics.values() if topic.names)

    def _topic_addresses(self, domain: str, slug: str, identity: str, code: str, tag: str) -> Iterator[str]:
        path, seen = slug, {slug}
        parent = self.terms.topics.get((domain, slug), ("", "", "", ""))[3]
        while parent and parent not in seen:
            seen.add(parent)
            path, parent = f"{parent}/{path}", self.terms.topics.get((domain, parent), ("", "", "", ""))[3]
        root = split_url(self.home).path.rstrip("/")
        yield f"{root}/{domain}/{path}/"
        for one in [code] if code else [own for own, known in self.terms.languages.items() if known == tag]:
            yield f"{root}/{one}/{domain}/{path}/"
        if identity and domain == "category":
            yield f"{root}/?cat={identity}"

    def _feeds(self) -> Mapping[str, str]:
        root, first = split_url(self.home).path.rstrip("/"), self.options.tags[0]
        counts = Counter(version.tag for version in self.site.versions)
        main = counts.most_common(1)[0][0] if counts else first
        names = ("/feed/", "/?feed=rss2", "/feed/atom/", "/?feed=atom", "/rss.xml", "/comments/feed/")
        feeds = {f"{root}{path}": main for path in names}
        return feeds | {f"{root}/{slug}/feed/": tag for slug, tag in self.terms.languages.items() if tag}

    def bodies(self) -> Iterator[OldBody]:
        """Return the words of the versions, and with the first of a post the replies to it."""
        waiting = dict(self.versions)
        for one in self.reader.elements():
            found = waiting.get(one.get("wp:post_id"), ()) if one.name == "item" else ()
            versions = found if found and found[0].label == f"{one.get('wp:post_type')} {one.get('wp:post_id')}" else ()
            if versions:
                del waiting[one.get("wp:post_id")]
            for number, version in enumerate(versions):
                content, notes = one.get("content:encoded"), block_notes(one.meta("footnotes"))
                code = version.key.partition(" ")[2]
                texts = split_languages(content) if code else {}
                unknown: Counter[str] = Counter()
                gallery = sorted(self.galleries.get(one.get("wp:post_id"), ()), key=lambda pair: pair[0])
                words = (texts.get(code, texts.get("", "")) if code else content) + notes
                html = to_html(words, self.pictures, self.site.changes, unknown, [identity for _, identity in gallery])
                for name, count in unknown.items():
                    why = phrase('the code "[{name}]" is not known: what it held stays (×{number})', name=name, number=count)
                    self.site.doubts.append(Note(version.label, why))
                replies = list(read_replies(one, self.site)) if number == 0 else []
                yield OldBody(version.key, html, replies, version.label)


def _name(login: str) -> str:
    return "" if "@" in login else plain_title(login)


def _summary(excerpt: str) -> str:
    return plain_title(excerpt)


def _date(one: WxrElement, name: str) -> datetime | None:
    return read_moment(one.get(name), one.get(f"{name}_gmt"))


def _language_addresses(addresses: tuple[str, ...], code: str, slug: str, own: str, is_first: bool) -> Iterator[str]:
    """Return the addresses of one language of a post with qTranslate: below the language, its own slug, ``?lang=``."""
    path = next((one for one in addresses if "?" not in one), "")
    if path:
        written = path.replace(quote(slug), quote(own)) if own and slug else path
        yield f"/{code}{written}"
        yield f"{path}?lang={code}"
    if is_first:
        yield from addresses


def read_site(path: Path, options: ReadOptions) -> OldSite:
    """Return what an export holds. Raises ProblemsError where it is none of WordPress."""
    return WordPressExport(path, options).read()
