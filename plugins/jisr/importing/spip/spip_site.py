"""A dump of SPIP as an old site: articles, sections, news, keywords, documents, forum, and all former addresses."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from html import escape, unescape
from pathlib import Path
from urllib.parse import quote

from jisr.core.diagnostics.problems import Phrase, phrase
from jisr.importing.old_languages import language_of_words, tag_of_locale
from jisr.importing.old_site import NOWHERE, OldBody, OldFile, OldReply, OldSite, OldTopic, OldVersion, ReadOptions, split_url
from jisr.importing.spip.addresses import SpipAddresses
from jisr.importing.spip.dump_reader import Row, read_tables
from jisr.importing.spip.shortcuts import split_multi, strip_number, to_html
from jisr.ingest.sanitize.sanitizer import plain_title

_DRAFTS = frozenset(["prop", "prepa"])
_DRAFT = phrase("it is a draft; --drafts brings drafts, which everybody can read in a public repository")
_STATES = {
    "refuse": phrase("it was refused"),
    "poubelle": phrase("it is in the trash"),
    "prop": _DRAFT,
    "prepa": _DRAFT,
}
_REPLY_STATES = {
    "off": phrase("it is in the trash"),
    "spam": phrase("it is spam"),
    "prop": phrase("it waits for approval"),
    "prive": phrase("it is private"),
    "privadm": phrase("it is private"),
    "privrac": phrase("it is private"),
    "privoff": phrase("it is private"),
}
_LAYOUT = re.compile(
    r"mise en page|squelette|navigation|affichage|home", re.IGNORECASE
)  # groups of keywords that are no topics
_TARGET = re.compile(
    r"(?:art(?:icle)?)?(\d+)$|(rub(?:rique)?|br(?:[eè]ve)?|mot|doc(?:ument)?|img|aut(?:eur)?)(\d+)$", re.IGNORECASE
)
_PARTS = ("surtitre", "chapo", "texte", "ps")


class SpipDump:
    """The tables of a dump, and what links them."""

    def __init__(self, path: Path, options: ReadOptions) -> None:
        self.tables, self.options = read_tables(path), options
        metas = {row.get("nom", ""): row.get("valeur", "") for row in self.tables.get("meta", ())}
        self.home = metas.get("adresse_site", "").rstrip("/") or NOWHERE
        self.default = tag_of_locale(metas.get("langue_site") or "fr", options.tags)
        self.site = OldSite(self.home, [], self.bodies)
        self.sections = {row["id_rubrique"]: row for row in self.tables.get("rubriques", ()) if "id_rubrique" in row}
        self.documents = {row["id_document"]: row for row in self.tables.get("documents", ()) if "id_document" in row}
        self.names = {
            row.get("id_auteur", ""): plain_title(unescape(row.get("nom", ""))) for row in self.tables.get("auteurs", ())
        }
        self.rows: list[tuple[Row, OldVersion, str, str]] = []  # row, version, what it is, its code of a language
        self.addresses: dict[tuple[str, str], str] = {}  # kind and id -> first address
        self.replies: dict[str, list[Row]] = defaultdict(list)
        self.links = self._read_links()
        self.logos: dict[str, str] = {}  # "arton12" -> its address
        self.locations = SpipAddresses(self.home, metas.get("type_urls", "page"), self.tables.get("urls", ()))
        self.titles = {
            f"{kind} {row.get(f'id_{kind}')}": row.get("titre")
            for kind, name in (("article", "articles"), ("breve", "breves"), ("rubrique", "rubriques"), ("mot", "mots"))
            for row in self.tables.get(name, ())
        }

    def _read_links(self) -> dict[tuple[str, str, str], list[str]]:
        """Return the ids of authors, keywords and documents by what is linked to them, of tables of SPIP 3 and older ones."""
        links: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        for what, column in (("auteurs", "id_auteur"), ("mots", "id_mot"), ("documents", "id_document")):
            for row in self.tables.get(f"{what}_liens", ()):
                links[what, row.get("objet"), row.get("id_objet")].append(row.get(column))
            for kind in ("article", "breve"):
                for row in self.tables.get(f"{what}_{kind}s", ()):
                    links[what, kind, row.get(f"id_{kind}")].append(row.get(column))
        return links

    def read(self) -> OldSite:
        """Return what the dump holds."""
        for row in self.tables.get("documents", ()):
            self._read_document(row)
        for kind, row in self._texts():
            self._read_text(kind, row)
        self._read_topics()
        self._read_replies()
        root = split_url(self.home).path.rstrip("/")
        feeds = {f"{root}/spip.php?page=backend": self.default, f"{root}/backend.php": self.default}
        codes = {code for _, _, _, code in self.rows if code}
        feeds |= {f"{root}/spip.php?page=backend&lang={code}": tag_of_locale(code, self.options.tags) for code in codes}
        self.site.feeds = feeds
        return self.site

    def _texts(self) -> Iterator[tuple[str, Row]]:
        yield from (("article", row) for row in self.tables.get("articles", ()) if row.get("id_article"))
        yield from (("breve", row) for row in self.tables.get("breves", ()) if row.get("id_breve"))

    def _read_document(self, row: Row) -> None:
        self.site.read["files"] += 1
        file = row.get("fichier", "").strip()
        if not file or row.get("distant") == "oui":
            self.site.leave("file", f"document {row.get('id_document', '')}", phrase("it lies on another site"))
            return
        url = f"{self.home}/{quote(file if file.startswith('IMG/') else f'IMG/{file}')}"
        title = plain_title(next(iter(split_multi(unescape(row.get("titre", ""))).values())))
        caption = plain_title(next(iter(split_multi(unescape(row.get("descriptif", ""))).values())))
        self.site.files[url] = OldFile(url, title, caption)
        self.logos[url.rpartition("/")[2].rpartition(".")[0]] = url
        row["url"] = url

    def _read_text(self, kind: str, row: Row) -> None:
        self.site.read["texts"] += 1
        self.site.read[f"type {kind}"] += 1
        identity = row[f"id_{kind}"]
        title = strip_number(unescape(row.get("titre", "")))
        why = self._why_not(kind, row)
        if why is not None:
            self.site.leave("text", f"{kind} {identity} ({plain_title(title)})", why)
            return
        words = unescape("\n".join(row.get(name, "") for name in _PARTS))
        titles, texts = split_multi(title), split_multi(words)
        codes = [code for code in dict.fromkeys((*titles, *texts)) if code]
        own = tag_of_locale(row.get("lang", ""), self.options.tags, words) if row.get("lang") else ""
        if not codes:
            self.rows.append((row, self._version(kind, row, titles[""], own or self._guess(words), ""), kind, ""))
        if codes and "" in texts and titles.get("", "").strip() and own and own not in codes:
            codes.insert(0, "")
        self.site.read["texts"] += max(0, len(codes) - 1)
        self.site.read[f"type {kind}"] += max(0, len(codes) - 1)
        for number, code in enumerate(codes):
            tag = tag_of_locale(code, self.options.tags, texts.get(code, "")) if code else own
            version = self._version(kind, row, titles.get(code) or next(iter(titles.values())), tag, code)
            if number:
                version.addresses = tuple(f"{one}{'&' if '?' in one else '?'}lang={code}" for one in version.addresses[:2])
            self.rows.append((row, version, kind, code))
        for _, version, _, _ in self.rows[-max(1, len(codes)) :]:
            self.site.versions.append(version)
            self.site.read[f"language {version.tag}"] += 1

    def _own_language(self, row: Row) -> str:
        return tag_of_locale(row.get("lang", ""), self.options.tags) if row.get("lang") else ""

    def _guess(self, words: str) -> str:
        return language_of_words(words, self.options.tags) or self.default

    def _why_not(self, kind: str, row: Row) -> Phrase | None:
        status = row.get("statut", "publie")
        if status in _DRAFTS and self.options.drafts:
            return None
        if status != "publie":
            return _STATES.get(status) or phrase("its status is {status}", status=status or "-")
        if row.get("virtuel") or row.get("chapo", "").startswith("="):
            return phrase("it only led on to another page")
        if self._kind(kind, row) == "skip":
            return phrase("the map says to leave it out")
        if not any(row.get(name, "").strip() for name in (*_PARTS, "titre")):
            return phrase("it has neither a title nor words")
        return None

    def _kind(self, kind: str, row: Row) -> str:
        """Return the kind of a text: what the map says of it, its section or one above."""
        kinds, seen = self.options.kinds, set()
        names = [f"type:{kind}"]
        section = row.get("id_rubrique", "")
        while section in self.sections and section not in seen:
            seen.add(section)
            title = strip_number(unescape(self.sections[section].get("titre", "")))
            names += [f"rubrique{section}", *split_multi(title).values()]
            section = self.sections[section].get("id_parent", "")
        chosen = next((kinds[one] for one in names if one in kinds), "")
        return chosen or next((one.lower() for one in names if one.lower() in ("statements", "conferences")), "")

    def _version(self, kind: str, row: Row, title: str, tag: str, code: str) -> OldVersion:
        identity = row[f"id_{kind}"]
        group = row.get("id_trad", "0")
        addresses = tuple(self.locations.of_text(kind, identity, row.get("url_propre")))
        self.addresses.setdefault((kind, identity), addresses[0])
        section = row.get("id_rubrique", "")
        topics = [f"rubrique {section}"] if section in self.sections else []
        topics += [f"mot {one}" for one in self._linked("mots", kind, identity)]
        slug = next(
            (
                one.rsplit("/", 1)[-1].rpartition(".html")[0] or one
                for one in addresses
                if "?" not in one and "article" not in one
            ),
            "",
        )
        return OldVersion(
            key=f"{kind} {identity} {code}".strip(),
            group=f"{kind} trad {group}" if group not in ("", "0") else f"{kind} {identity}",
            tag=tag,
            title=plain_title(title),
            date=_date(row.get("date") or row.get("date_heure", "")) or _date(row.get("date_redac", "")),
            modified=None,
            authors=tuple(filter(None, (self._author(one) for one in self._linked("auteurs", kind, identity)))),
            summary=plain_title(next(iter(split_multi(unescape(row.get("descriptif", ""))).values()))),
            addresses=addresses,
            topics=tuple(topics),
            kind=self._kind(kind, row),
            slug=re.sub(r"^[-+@_]+|[-+@_]+$|,\d+$", "", slug.strip("/")).lower(),
            is_draft=row.get("statut", "publie") in _DRAFTS,
            guid=self.locations.guid(kind, identity),
            cover=self._logo(kind, identity),
            is_original=group == identity if group not in ("", "0") else tag == self._own_language(row),
            label=f"{kind} {identity}",
            sort=kind,
        )

    def _author(self, identity: str) -> str:
        name = self.names.get(identity, "")
        return "" if "@" in name else name

    def _linked(self, what: str, kind: str, identity: str) -> list[str]:
        """Return the ids of what is linked to an object."""
        return list(dict.fromkeys(self.links.get((what, kind, identity), ())))

    def _logo(self, kind: str, identity: str) -> str:
        name = f"{'arton' if kind == 'article' else 'breveon'}{identity}"
        return self.logos.get(name, f"{self.home}/IMG/{name}.jpg")

    def _read_topics(self) -> None:
        groups = {row.get("id_groupe", ""): unescape(row.get("titre", "")) for row in self.tables.get("groupes_mots", ())}
        used: dict[str, Counter[str]] = defaultdict(Counter)
        for version in self.site.versions:
            for key in version.topics:
                used[key][version.tag] += 1
        for kind, rows in (("rubrique", self.sections.values()), ("mot", self.tables.get("mots", ()))):
            for row in rows:
                identity = row.get(f"id_{kind}", "")
                group = groups.get(row.get("id_groupe", ""), "") or row.get("type", "")
                if kind == "mot" and _LAYOUT.search(group):
                    self.site.read["topics"] += 1
                    self.site.leave("topic", f"mot {identity}", phrase("it is a part of the old system, no text"))
                else:
                    self._read_topic(kind, identity, row, used[f"{kind} {identity}"])

    def _read_topic(self, kind: str, identity: str, row: Row, used: Counter[str]) -> None:
        key = f"{kind} {identity}"
        title = strip_number(unescape(row.get("titre", "")))
        tag = used.most_common(1)[0][0] if used else tag_of_locale(row.get("lang", ""), self.options.tags) or self.default
        topic = OldTopic(key, "")
        texts = split_multi(unescape(row.get("texte") or row.get("descriptif", "")))
        for code, name in split_multi(title).items():
            language = (
                tag_of_locale(code, self.options.tags, name) if code else language_of_words(name, self.options.tags) or tag
            )
            if name.strip():
                topic.names.setdefault(language, plain_title(name))
                if words := texts.get(code, ""):
                    topic.descriptions[language] = to_html(words, self._resolve, self._picture)
        own = list(self.locations.of_topic(kind, identity))
        topic.slug = next((one.rsplit("/", 1)[-1].strip("-+@_") for one in own if "?" not in one and kind not in one), "")
        topic.addresses[tag] = own
        self.site.topics[key] = topic

    def _read_replies(self) -> None:
        for row in self.tables.get("forum", ()):
            self.site.read["replies"] += 1
            identity, status = row.get("id_forum", ""), row.get("statut", "")
            kind = row.get("objet") or next(
                (one for one in ("article", "breve") if row.get(f"id_{one}", "0") not in ("", "0")), ""
            )
            target = row.get("id_objet") if row.get("objet") else row.get(f"id_{kind}", "")
            if status != "publie":
                why = _REPLY_STATES.get(status) or phrase("its status is {status}", status=status or "-")
                self.site.leave("reply", f"forum {identity}", why)
            elif (kind, target or "") not in self.addresses:
                self.site.leave("reply", f"forum {identity}", phrase("what it is about does not come"))
            else:
                self.replies[f"{kind} {target}"].append(row)

    def bodies(self) -> Iterator[OldBody]:
        """Return the words of the texts, and the replies to each with its first version."""
        seen: set[str] = set()
        for row, version, kind, code in self.rows:
            parts = []
            for name in _PARTS:
                texts = split_multi(unescape(row.get(name, "")))
                words = texts.get(code) or texts.get("") or (next(iter(texts.values())) if not code else "")
                if words.strip():
                    parts.append(to_html(words, self._resolve, self._picture))
            if link := row.get("url_site", "").strip() or row.get("lien_url", "").strip():
                name = plain_title(unescape(row.get("nom_site") or row.get("lien_titre") or link))
                parts.append(f'<p><a href="{escape(link)}">{escape(name)}</a></p>')
            parts += self._attached(kind, row, parts)
            label = version.label
            replies = [] if label in seen else list(self._replies_of(label))
            seen.add(label)
            yield OldBody(version.key, "".join(parts), replies, label)

    def _file_url(self, identity: str) -> str:
        """Return the address of a document, or an empty string."""
        row = self.documents.get(identity)
        return row.get("url") if row else ""

    def _attached(self, kind: str, row: Row, parts: list[str]) -> Iterator[str]:
        """Return links to the documents of a text that its words do not show."""
        shown = "".join(parts)
        for identity in self._linked("documents", kind, row[f"id_{kind}"]):
            url = self._file_url(identity)
            if url and escape(url) not in shown and "arton" not in url:
                file = self.site.files[url]
                yield f'<p><a href="{escape(url)}">{escape(file.title or url.rpartition("/")[2])}</a></p>'

    def _replies_of(self, label: str) -> Iterator[OldReply]:
        rows = self.replies.get(label, [])
        ids = {row.get("id_forum", "") for row in rows}
        for row in rows:
            moment = _date(row.get("date_heure", ""))
            title, words = strip_number(unescape(row.get("titre", ""))).lstrip("> "), unescape(row.get("texte", ""))
            if moment is None:
                self.site.leave("reply", f"forum {row.get('id_forum', '')}", phrase("it has no date"))
                continue
            head = f"<p><strong>{escape(title)}</strong></p>" if title and title not in words else ""
            html = head + to_html(words, self._resolve, lambda name, identity: "")
            parent = row.get("id_parent", "0")
            name = plain_title(unescape(row.get("auteur", "")))
            answers = parent if parent in ids else ""
            yield OldReply(row.get("id_forum", ""), name, moment, html, row.get("url_site", ""), answers)

    def _resolve(self, target: str) -> tuple[str, str]:
        """Return the address and the title of what a link names."""
        match = _TARGET.fullmatch(target)
        if not match:
            return (target if re.match(r"https?:|mailto:|/|#", target) else f"https://{target}" if "." in target else "", "")
        name, identity = (match[2] or "art").lower()[:3], match[1] or match[3]
        kind = {"art": "article", "rub": "rubrique", "br": "breve", "bre": "breve", "brè": "breve", "mot": "mot"}.get(name, "")
        if name in ("doc", "img"):
            return self._file_url(identity), ""
        stated = strip_number(unescape(self.titles.get(f"{kind} {identity}", "")))
        title = plain_title(next(iter(split_multi(stated).values())))
        return f"{self.home}/spip.php?{kind or name}{identity}", title

    def _picture(self, model: str, identity: str) -> str:
        """Return the HTML of a document in a text: a picture with its words, or a link."""
        url = self._file_url(identity)
        if not url:
            self.site.changes["documents that are not there"] += 1
            return ""
        file = self.site.files[url]
        if re.search(r"\.(?:jpe?g|png|gif|webp|svg)$", url, re.IGNORECASE):
            words = "" if model == "img" else file.caption or file.title
            below = f"<figcaption>{escape(words)}</figcaption>" if words else ""
            return f'\n\n<figure><img src="{escape(url)}" alt="{escape(file.title or file.caption)}">{below}</figure>\n\n'
        return f'<a href="{escape(url)}">{escape(file.title or url.rpartition("/")[2])}</a>'


def _date(text: str) -> datetime | None:
    """Return a moment; a month or day of zero is the first, a year of zero none.

    >>> _date("2012-01-00 00:00:00"), _date("0000-00-00 00:00:00")
    (datetime.datetime(2012, 1, 1, 0, 0), None)
    """
    match = re.match(r"(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2}):(\d{2}))?", text.strip())
    if not match or int(match[1]) < 1971:
        return None
    year, month, day, hour, minute, second = (int(one or 0) for one in match.groups())
    try:
        return datetime(year, month or 1, day or 1, hour, minute, second)  # noqa: DTZ001 (SPIP keeps no offset)
    except ValueError:
        return None


def read_site(path: Path, options: ReadOptions) -> OldSite:
    """Return what a dump of SPIP holds. Raises ProblemsError where it is none."""
    return SpipDump(path, options).read()
