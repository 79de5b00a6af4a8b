"""A reply that was sent by the form under a text: a web server runs the command as a CGI program (RFC 3875)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import BinaryIO
from urllib.parse import parse_qs

from jisr.core.diagnostics.message_formatter import MessageFormatter
from jisr.core.diagnostics.problems import Phrase, phrase
from jisr.core.i18n.ui_strings import SENTENCES
from jisr.core.model.site import Site
from jisr.core.urls import paths
from jisr.editing.receive.mail_parts import Mail
from jisr.editing.receive.refusals import MailDeferredError, MailRefusedError
from jisr.editing.receive.reply_form import find_names

_MOST_BYTES = 200_000
_FORM = "application/x-www-form-urlencoded"


def is_form_post(environment: Mapping[str, str]) -> bool:
    """Whether a web server runs this program for a request."""
    return environment.get("GATEWAY_INTERFACE", "").startswith("CGI/")


def answer_form_post(
    environment: Mapping[str, str], body: BinaryIO, take: Callable[[Mail], None], site: Site, formatter: MessageFormatter
) -> str:
    """Take a reply, and return the answer to the browser: back to the text, or why it was not taken."""
    try:
        mail = _read_post(environment, body)
        take(mail)
    except MailRefusedError as error:
        return _say("422 Unprocessable Content", error.reason, formatter)
    except MailDeferredError:
        return _say("503 Service Unavailable", phrase("The reply cannot be taken now. Send it again later."), formatter)
    (name, *_) = find_names(mail.subject)
    url = paths.absolute_url(site.url, paths.text(name.tag, name.kind, name.id))
    return f"Status: 303 See Other\r\nLocation: {url}#reply-sent\r\n\r\n"


def _say(status: str, reason: Phrase, formatter: MessageFormatter) -> str:
    return f"Status: {status}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{formatter.format(reason)}\n"


def _read_post(environment: Mapping[str, str], body: BinaryIO) -> Mail:
    """Return what a form says as a mail from nobody. Raises MailRefusedError where it is none."""
    length = environment.get("CONTENT_LENGTH", "")
    is_form = environment.get("CONTENT_TYPE", "").partition(";")[0].strip().lower() == _FORM
    if environment.get("REQUEST_METHOD") != "POST" or not is_form or not length.isdecimal() or int(length) > _MOST_BYTES:
        raise MailRefusedError(phrase("The request is no reply. Send the form that stands under a text."))
    data = body.read(int(length))
    try:
        fields = parse_qs(data.decode("ascii"), encoding="utf-8", errors="replace", max_num_fields=10)
    except ValueError:
        raise MailRefusedError(phrase("The request is no reply. Send the form that stands under a text.")) from None
    text, name, words = (fields.get(one, [""])[0] for one in ("text", "name", "words"))
    form = f"{SENTENCES['reply name']}: {' '.join(name.split())}\n\n{SENTENCES['reply words']}:\n{words}"
    return Mail(
        subject=f"[{' '.join(text.split())}]",
        text=form.replace("\r\n", "\n"),
        html="",
        day=None,
        sender="",
        digest=hashlib.sha256(data).hexdigest()[:24],
        is_automatic=False,
        attachments=0,
        is_flowed=True,
    )
