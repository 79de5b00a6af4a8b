"""What is new on a site for readers of a language, as a newsletter in plain text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from urllib.parse import urlsplit

from jisr.core.bidi.marks import RIGHT_TO_LEFT_MARK, add_direction_marks
from jisr.core.frozen import dataclass
from jisr.core.i18n.catalogs import Catalogs
from jisr.core.i18n.dates import format_date
from jisr.core.i18n.languages import Language
from jisr.core.i18n.ui_strings import LABELS, SENTENCES, localize
from jisr.core.model.channels import addresses_for, to_url
from jisr.core.model.document import Document, LocalizedText
from jisr.core.model.site import Site, sort_newest_first, to_datetime
from jisr.core.urls import paths
from jisr.outputs.text.line_writer import LineWriter
from jisr.outputs.text.text_lines import isolate

_SUMMARY_LENGTH = 320
OTHERS = "In other languages"


@dataclass(frozen=True, slots=True)
class Digest:
    """The texts that a letter in a language names, newest first, then those of other languages; ``left_out`` had no room."""

    language: Language
    since: date
    site: Site
    messages: Catalogs
    documents: tuple[Document, ...]
    left_out: int = 0

    def words(self, message: str) -> LocalizedText:
        """Return a message of the interface."""
        return localize(message, self.messages, self.language)

    @property
    def title(self) -> str:
        """What the letter is: with the marks of its direction."""
        words = self.words(SENTENCES["new since"])
        title = f"{self.site.network_name(self.language)}: {words.text % {'day': format_date(self.since, self.language)}}"
        return add_direction_marks(title, self.language)

    @property
    def home(self) -> str:
        """The whole address of the home page."""
        return paths.absolute_url(self.site.url, paths.home(self.language.tag))

    @property
    def groups(self) -> Iterator[tuple[LocalizedText, tuple[Document, ...]]]:
        """The texts by kind, in the order of the site, then those of other languages."""
        order = [kind.name for kind in self.site.kinds]

        def place(document: Document) -> int:
            return order.index(document.kind) if document.language == self.language else len(order)

        for at, group in groupby(sorted(self.documents, key=place), key=place):
            yield self.words(OTHERS if at == len(order) else LABELS[order[at]]), tuple(group)

    @property
    def sender(self) -> str:
        """The e-mail address that the letter comes from."""
        return self._addresses.get("from") or f"newsletter@{self.host}"

    @property
    def host(self) -> str:
        """The host of the site, as mail knows it."""
        return (urlsplit(self.site.url).hostname or "localhost").encode("idna").decode()

    @property
    def recipient(self) -> str:
        """The e-mail address that it goes to, or an empty string."""
        return self._addresses.get("to", "")

    @property
    def unsubscribe_url(self) -> str:
        """Where a reader gets it no more."""
        stated = self._addresses.get("unsubscribe")
        return to_url(stated) if stated else f"mailto:{self.sender}?subject=unsubscribe"

    @property
    def _addresses(self) -> dict[str, str]:
        return addresses_for(self.site.channels.letter, self.language)


def collect_digest(site: Site, messages: Catalogs, language: Language, since: date) -> Digest:
    """Return the letter of the texts of a day and later ones: in a language, then the newest that it lacks."""
    kinds = [kind.name for kind in site.kinds if kind.dated]
    own = _select_new((one for kind in kinds for one in site.collection(kind, language)), site, since)
    others = _select_new((one for kind in kinds for one in site.in_other_languages(kind, language)), site, since)
    return Digest(language, since, site, messages, (*own, *others[: site.policy.other_language_limit]))


def _select_new(documents: Iterator[Document], site: Site, since: date) -> list[Document]:
    zone = site.timezone
    new = [one for one in documents if one.date and to_datetime(one.date, zone).astimezone(zone).date() >= since]
    return sort_newest_first(new, zone)


def summarise(document: Document) -> LocalizedText:
    """Return the summary of a text, or its beginning."""
    words = document.summary or document.outline.first_paragraph
    return LocalizedText(textwrap.shorten(words, _SUMMARY_LENGTH, placeholder=" …"), document.language)


def render_digest_text(digest: Digest) -> str:
    """Return a letter as plain text; it ends in a newline."""
    writer = LineWriter(digest.language, digest.site, digest.messages)
    blocks = [writer.mark_line(digest.title.lstrip(RIGHT_TO_LEFT_MARK))]
    for name, documents in digest.groups:
        blocks.append(writer.mark_line(f"== {writer.text(name.text, name.language)} =="))
        blocks += ["\n".join(_entry_lines(one, writer)) for one in documents]
    if digest.left_out:
        blocks.append(writer.words(SENTENCES["more"]))
    links = {"website": digest.home, "unsubscribe": digest.unsubscribe_url}
    ends = [writer.fact(SENTENCES[name], _address(url, writer)) for name, url in links.items()]
    return "\n\n".join([*blocks, "\n".join(ends)]) + "\n"


def entry_notes(document: Document, writer: LineWriter) -> Iterator[str]:
    """Return when and where, and of a member's post whose it is."""
    yield from writer.when_and_where(document)
    member = writer.site.get("members", document.provenance.member)
    if member:
        best = member.best_for(writer.language)
        yield writer.line(best.title, best.language)


def _entry_lines(document: Document, writer: LineWriter) -> Iterator[str]:
    yield writer.line(document.title, document.language)
    yield from entry_notes(document, writer)
    summary = summarise(document)
    if summary.text:
        yield writer.line(summary.text, summary.language)
    yield writer.mark_line(_address(writer.site.text_url(document), writer))


def _address(url: str, writer: LineWriter) -> str:
    """Return a URL between brackets, at which a mail program ends the link."""
    shown = f"<{url.removeprefix('mailto:').partition('?')[0]}>"
    return isolate(shown, "ltr") if writer.direction == "rtl" else shown
