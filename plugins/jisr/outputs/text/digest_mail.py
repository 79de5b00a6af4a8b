"""A newsletter as HTML that every mail program shows, and as a mail that is ready to be sent.

What such programs take out (style sheets, classes, scripts, whatever loads) is not there: tables, inline styles, and ``dir``
and ``lang`` on every cell. Words carry the marks of their direction besides, so that they are right without any of these.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from markupsafe import Markup

from jisr.core.bidi.marks import add_direction_marks
from jisr.core.i18n.languages import Language
from jisr.core.i18n.ui_strings import SENTENCES
from jisr.core.model.document import Document, LocalizedText
from jisr.outputs.text.digest import Digest, entry_notes, render_digest_text, summarise
from jisr.outputs.text.line_writer import LineWriter

MOST_BYTES = 100_000  # of HTML: what is longer is cut by Gmail
_FONT = "font-family:Tahoma,Arial,sans-serif;"  # with Arabic and Kurdish letters on the machines of readers
_HEAD = _FONT + "color:#1c1c1c;font-size:20px;line-height:1.5;font-weight:bold;padding:20px 16px 8px;"
_GROUP = _FONT + "color:#1c1c1c;font-size:16px;line-height:1.6;font-weight:bold;padding:20px 16px 4px;"
_GROUP_LINE = "border-bottom:2px solid #0f4d63;"
_TITLE = _FONT + "color:#1c1c1c;font-size:17px;line-height:1.6;font-weight:bold;padding:14px 16px 0;"
_NOTE = _FONT + "color:#555555;font-size:14px;line-height:1.7;padding:0 16px;"
_WORDS = _FONT + "color:#1c1c1c;font-size:16px;line-height:1.75;padding:4px 16px 0;"
_END = _FONT + "color:#555555;font-size:14px;line-height:1.7;padding:6px 16px;"
_LINK = Markup('<a href="{}" style="color:#0f4d63;">{}</a>')
_TABLE = 'role="presentation" lang="{tag}" dir="{dir}" width="100%" cellpadding="0" cellspacing="0" border="0"'
_PAGE = (
    '<!DOCTYPE html>\n<html lang="{tag}" dir="{dir}">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width">\n<title>{title}</title>\n</head>\n'
    '<body lang="{tag}" dir="{dir}" style="margin:0;background-color:#ffffff;">\n'
    "<table " + _TABLE + ' style="direction:{dir};background-color:#ffffff;"><tbody>\n'
    '<tr><td lang="{tag}" dir="{dir}" align="center" style="padding:0;">\n'
    "<table " + _TABLE + ' style="direction:{dir};max-width:600px;"><tbody>\n{rows}\n</tbody></table>\n'
    "</td></tr>\n</tbody></table>\n</body>\n</html>\n"
)  # fmt: skip


def fit_digest(digest: Digest) -> Digest:
    """Return a letter with as many of its texts, from the first on, as keep its HTML below the limit."""
    most = len(digest.documents)
    while (size := len(render_digest_html(digest).encode())) >= MOST_BYTES and digest.documents:
        count = min(len(digest.documents) - 1, len(digest.documents) * MOST_BYTES // size)
        digest = replace(digest, documents=digest.documents[:count], left_out=most - count)
    return digest


def render_digest_html(digest: Digest) -> str:
    """Return a letter as a page of HTML."""
    rows = Markup("\n").join(_rows(digest))
    tag, direction = digest.language.tag, digest.language.direction
    return str(Markup(_PAGE).format(tag=tag, dir=direction, title=digest.title, rows=rows))  # noqa: S704 (a page of ours)


def _rows(digest: Digest) -> Iterator[Markup]:
    language = digest.language
    writer = LineWriter(language, digest.site, digest.messages)
    yield _row(digest.title, language, _HEAD)
    for name, documents in digest.groups:
        yield _words_row(name, _GROUP + _GROUP_LINE)
        for one in documents:
            yield from _entry_rows(one, writer)
    if digest.left_out:
        yield _words_row(digest.words(SENTENCES["more"]), _WORDS)
    for link, url in (("website", digest.home), ("unsubscribe", digest.unsubscribe_url)):
        end = digest.words(SENTENCES[link])
        yield _row(_LINK.format(url, add_direction_marks(end.text, end.language)), end.language, _END)


def _entry_rows(document: Document, writer: LineWriter) -> Iterator[Markup]:
    language = document.language
    title = _LINK.format(writer.site.text_url(document), add_direction_marks(document.title, language))
    yield _row(title, language, _TITLE)
    for line in entry_notes(document, writer):
        yield _row(line, writer.language, _NOTE)
    summary = summarise(document)
    if summary.text:
        yield _words_row(summary, _WORDS)


def _words_row(words: LocalizedText, style: str) -> Markup:
    return _row(add_direction_marks(words.text, words.language), words.language, style)


def _row(content: str, language: Language, style: str) -> Markup:
    """Return a row of one cell, whose words begin at the side of its language."""
    side = "right" if language.direction == "rtl" else "left"
    cell = '<tr><td lang="{}" dir="{}" align="{}" style="direction:{};text-align:{};{}">{}</td></tr>'
    direction = language.direction
    return Markup(cell).format(language.tag, direction, side, direction, side, style, content)  # noqa: S704 (a cell of ours)


def render_digest_mail(digest: Digest) -> bytes:
    """Return a letter as a mail (RFC 5322) with both forms; its bytes are those of its content and of the clock of the site."""
    text, html = render_digest_text(digest), render_digest_html(digest)
    mark = hashlib.sha256(f"{digest.site.now.isoformat()}\n{text}\n{html}".encode()).hexdigest()[:24]
    mail = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    network = digest.site.network_name(digest.language)
    mail["From"] = Address(add_direction_marks(network, digest.language), addr_spec=digest.sender)
    if digest.recipient:
        mail["To"] = digest.recipient
    mail["Subject"] = digest.title
    mail["Date"] = digest.site.now.astimezone(digest.site.timezone)
    mail["Message-ID"] = f"<{mark}@{digest.host}>"
    mail["List-Unsubscribe"] = f"<{digest.unsubscribe_url}>"
    mail.set_content(text)
    mail.add_alternative(html, subtype="html")
    mail["Content-Language"] = digest.language.tag
    mail.set_boundary(f"=_{mark}")
    return mail.as_bytes()
