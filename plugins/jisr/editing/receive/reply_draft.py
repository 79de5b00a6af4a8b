"""A mail as a reply: which text it answers, whose name it has, its words as Markdown, and why a person must see it first."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from html import escape
from urllib.parse import urlsplit

from markupsafe import Markup

from jisr.content.write.reply_writer import (
    EMAIL,
    HIDDEN,
    ReplyFields,
    hide_emails,
    render_reply,
    reply_language,
    without_headings,
)
from jisr.core.bidi.phone_numbers import find_phone_numbers
from jisr.core.diagnostics.problems import phrase
from jisr.core.frozen import dataclass
from jisr.core.i18n.catalogs import Catalogs
from jisr.core.i18n.languages import Language
from jisr.core.i18n.ui_strings import SENTENCES
from jisr.core.model.document import Document
from jisr.core.model.entities import fold_name
from jisr.core.model.replies import takes_replies
from jisr.core.model.site import Site
from jisr.editing.receive.mail_parts import Mail
from jisr.editing.receive.quoted_text import own_words, remove_quoted_elements
from jisr.editing.receive.refusals import MailRefusedError
from jisr.editing.receive.reply_form import FilledForm, TextName, find_names, form_labels, read_form
from jisr.ingest.sanitize.media import is_tracking_pixel
from jisr.ingest.sanitize.node_tree import HtmlNode, descendant_elements, parse_html, text_content
from jisr.ingest.sanitize.sanitizer import sanitize_html
from jisr.ingest.to_markdown.converter import html_to_markdown

_BASE = "https://mail.invalid/"
_MOST_LINKS = 10
_MOST_LETTERS = 20_000
_LONGEST_NAME = 80
_MOST_DAYS = 31  # that a mail may have been under way: an older date is not believed
_LINK = re.compile(
    r"\b(?:https?|ftp)://[^\s<>()]+|\bwww\.[^\s<>()]+|\b[a-z0-9-]+\.(?:com|net|org|info|biz|ru|cn|top|xyz|me|ly)\b", re.I
)
_IP_ADDRESS = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])")
_PICTURES = ("img", "picture", "svg", "video")
_FEW_WORDS = 8  # whose language nobody can be sure of
_RUNNING = ("script", "iframe", "object", "embed", "applet", "form")
_WORD = re.compile(r"[^\W_]")
_WRAPPED = range(55, 100)  # letters of the longest line of a text whose lines a mail program broke


@dataclass(frozen=True, slots=True)
class _OwnWords:
    """What a reader wrote: of HTML as Markdown, without e-mail addresses."""

    form: FilledForm
    is_markdown: bool
    has_email: bool


@dataclass(frozen=True, slots=True)
class ReplyDraft:
    """The file of a reply: ``path`` is below the content folder, ``digest`` is of the words, ``held`` is why it waits."""

    path: str
    content: bytes
    day: date
    digest: str
    text: TextName
    tag: str
    held: tuple[str, ...]


def draft_reply(mail: Mail, site: Site, messages: Catalogs, waits: bool = False) -> ReplyDraft:
    """Return the reply that a mail is. Raises MailRefusedError where it is none."""
    _refuse_programs(mail, site)
    name, document, is_single = _find_text(mail, site)
    written = _read_words(mail, site, messages)
    markdown = _to_markdown(written, mail.is_flowed)
    held = dict.fromkeys(_suspicions(mail, written, markdown, site))
    markdown = _IP_ADDRESS.sub(HIDDEN, hide_emails(markdown))
    if not _WORD.search(markdown):
        raise MailRefusedError(phrase("The mail says nothing of its own. Write below the line that asks for your reply."))
    tag, is_sure = reply_language(markdown, site.languages.tags, name.tag)
    held |= {} if is_single else {"texts": None}
    held |= {} if is_sure or len(markdown.split()) < _FEW_WORDS else {"language": None}
    author = _author(written.form.name) or _nameless(site.languages[tag], messages)
    digest = hashlib.sha256(f"{document.key} {' '.join(markdown.split())}".encode()).hexdigest()[:10]
    day = _believed_day(mail.day, site.today)
    fields = ReplyFields(author, day, held=tuple(held), status="draft" if waits else "")
    path = f"{document.kind}/{document.id}/replies/{day}-{digest}.{tag}.md"
    return ReplyDraft(path, render_reply(fields, markdown), day, digest, name, tag, tuple(held))


def _refuse_programs(mail: Mail, site: Site) -> None:
    """Raise MailRefusedError where a program wrote a mail, or the site did: an answer would go round in a circle."""
    if mail.is_automatic:
        raise MailRefusedError(phrase("A program wrote the mail, and programs are not answered."), silent=True)
    if mail.sender and mail.sender in _own_addresses(site):
        raise MailRefusedError(phrase("The mail comes from an address of this site, and is not answered."), silent=True)


def _own_addresses(site: Site) -> set[str]:
    stated = (site.channels.replies.get("mail", {}), *(site.channels.letter.get(name, {}) for name in ("from", "to")))
    return {address.casefold() for by_tag in stated for address in by_tag.values()}


def _words_of_page(html: str) -> str:
    return own_words(html_to_markdown(sanitize_html(html, _BASE, "link", remove_quoted_elements))) if html else ""


def _find_text(mail: Mail, site: Site) -> tuple[TextName, Document, bool]:
    """Return what a mail names, that version, and whether it names no other text: first in its subject, then in its own words.

    Raises MailRefusedError where there is none that may be answered.
    """
    names = find_names(mail.subject, own_words(mail.text), _words_of_page(mail.html)) or find_names(mail.text)
    if not names:
        text = "The mail does not say which text it is about. Write it with the link below that text, and leave its subject."
        raise MailRefusedError(phrase(text))
    name = names[0]
    texts = site.get(name.kind, name.id)
    document = texts.get(name.tag) if texts else None
    # A text that readers cannot find in a list is no other one than a text that is not there: nobody learns of it here.
    if texts is None or document is None or not document.listed:
        value = f"{name.kind}/{name.id} {name.tag}"
        text = '"{value}" is no text that takes replies. Write with the link below a text, and leave the subject as it is.'
        raise MailRefusedError(phrase(text, value=value))
    if not takes_replies(document, site.channels, site.replies.get(document.key, ())):
        value = f"{name.kind}/{name.id}"
        raise MailRefusedError(
            phrase('"{value}" takes no replies, or no more. Write to the contact address of the site.', value=value)
        )
    return name, document, len({(one.kind, one.id) for one in names}) == 1


def _read_words(mail: Mail, site: Site, messages: Catalogs) -> _OwnWords:
    """Return what a reader wrote: of a mail in two forms the plain one, where it says something."""
    labels = form_labels(messages, site.languages)
    plain = read_form(own_words(mail.text), labels)
    if _WORD.search(plain.words) or not mail.html:
        hidden = FilledForm(plain.name, hide_emails(plain.words))
        return _OwnWords(hidden, is_markdown=False, has_email=hidden != plain)
    before: list[str] = []

    def prepare(root: HtmlNode) -> None:
        remove_quoted_elements(root)
        before.append(text_content(root))
        without_headings(root)
        _plainly(root)

    markdown = html_to_markdown(sanitize_html(mail.html, _BASE, "link", prepare))
    return _OwnWords(read_form(own_words(markdown), labels), True, any(EMAIL.search(one) for one in before))


def _plainly(root: HtmlNode) -> None:
    """Take pictures out of HTML, and e-mail addresses with their links."""
    for node in [root, *descendant_elements(root)]:
        if node.name == "a" and node.attributes.get("href", "").strip().lower().startswith(("mailto:", "tel:")):
            node.name, node.attributes = "span", {}
        kept = (one for one in node.children if isinstance(one, str) or one.name not in _PICTURES)
        node.children = [hide_emails(one) if isinstance(one, str) else one for one in kept]


def _to_markdown(written: _OwnWords, is_flowed: bool) -> str:
    """Return the words of a mail as Markdown. Raises MailRefusedError where they are too long."""
    words = written.form.words
    if len(words) > _MOST_LETTERS:
        text = '"{number}" letters are more than the {most} of a reply. Shorten it, or offer it to the network as a text.'
        raise MailRefusedError(phrase(text, number=len(words), most=_MOST_LETTERS))
    if written.is_markdown:
        return words.strip("\n")
    paragraphs = (one.split("\n") for one in re.split(r"\n[ \t]*\n", words) if one.strip())
    joined = ("\n".join(one if is_flowed else join_lines(one)) for one in paragraphs)
    html = "".join(f"<p>{escape(one, quote=False)}</p>".replace("\n", "<br>") for one in joined)
    return html_to_markdown(sanitize_html(html, _BASE)).strip("\n")


def join_lines(lines: Sequence[str]) -> list[str]:
    """Return the lines of a paragraph, those joined that a mail program broke: where the next word had no room.

    >>> join_lines(["short", "lines of a poem"]), len(join_lines(["word " * 14, "word", "word " * 3]))
    (['short', 'lines of a poem'], 2)
    """
    width = max(len(line.rstrip()) for line in lines)
    found: list[str] = []
    before = ""
    for line in (one.strip() for one in lines):
        if found and width in _WRAPPED and len(before) + 1 + len(line.split(" ", 1)[0]) > width:
            found[-1] = f"{found[-1]} {line}"
        else:
            found.append(line)
        before = line
    return found


def _suspicions(mail: Mail, written: _OwnWords, markdown: str, site: Site) -> Iterator[str]:
    """Yield why a person must see a reply before anybody. Raises MailRefusedError where it has too many links."""
    name, links = written.form.name, [match[0] for match in _LINK.finditer(markdown)]
    if len(links) > _MOST_LINKS:
        text = '"{number}" links are more than the {most} of a reply. Leave most of them out.'
        raise MailRefusedError(phrase(text, number=len(links), most=_MOST_LINKS))
    home = urlsplit(site.url).netloc
    if any(home not in one for one in links) or _LINK.search(EMAIL.sub("", name)):
        yield "links"
    if written.has_email or "@" in name or _IP_ADDRESS.search(markdown) or find_phone_numbers(markdown):
        yield "contact"
    if mail.attachments:
        yield "attachments"
    yield from _page_suspicions(mail.html)
    if name and (site.entities.find(name) or fold_name(name) in _known_names(site)):
        yield "name"
    if mail.is_lossy:
        yield "letters"


def _page_suspicions(html: str) -> Iterator[str]:
    if not html:
        return
    nodes = list(descendant_elements(parse_html(html[:1_000_000])))
    if any(one.name in _RUNNING or any(key.startswith("on") for key in one.attributes) for one in nodes):
        yield "script"
    pictures = [one for one in nodes if one.name == "img"]
    trackers = [one for one in pictures if is_tracking_pixel(one.attributes, one.attributes.get("src", ""))]
    if trackers:
        yield "tracker"
    if len(pictures) > len(trackers):
        yield "pictures"


def _known_names(site: Site) -> set[str]:
    """Return the names of the network and of its authors, as they are compared."""
    names = [*site.network.names.values(), site.network.short_name]
    names += [name for author in site.authors.values() for name in author.names.values()]
    return {fold_name(name) for name in names if name}


def _author(name: str) -> str:
    """Return a name as it may be shown; an empty string where it is an address or no name at all."""
    plain = " ".join(name.split())[:_LONGEST_NAME].strip(" .,;:،؛-")
    if not _WORD.search(plain) or "@" in plain or _LINK.search(plain) or find_phone_numbers(plain) or _IP_ADDRESS.search(plain):
        return ""
    return plain


def _nameless(language: Language, messages: Catalogs) -> str:
    text = messages.for_language(language).gettext(SENTENCES["a reader"])
    return SENTENCES["a reader"] if isinstance(text, Markup) else text


def _believed_day(stated: date | None, today: date) -> date:
    """Return the day on which a mail was sent, by its word; that of today where this cannot be."""
    return stated if stated and today - timedelta(days=_MOST_DAYS) <= stated <= today else today
