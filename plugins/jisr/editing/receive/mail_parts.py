"""A mail as this program sees it: its words as text and as HTML, the headers that decide, and no address of its sender."""

from __future__ import annotations

import binascii
import hashlib
import re
from datetime import date
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import parseaddr, parsedate_to_datetime
from zoneinfo import ZoneInfo

from jisr.core.diagnostics.problems import phrase
from jisr.core.frozen import dataclass
from jisr.editing.receive.refusals import MailRefusedError
from jisr.ingest.encoding.charset import UnreadableFeed, decode
from jisr.ingest.sanitize.tokenizer import strip_invisible

MOST_BYTES = 10_000_000
_MOST_LEVELS = 12  # of parts within parts
_MOST_PARTS = 200
_MOST_HOPS = 30
_FOLD = re.compile(r"\r?\n[ \t]*|\r")
_FLOWED = re.compile(r"format\s*=\s*\"?flowed", re.IGNORECASE)
_DELETED_SPACE = re.compile(r"delsp\s*=\s*\"?yes", re.IGNORECASE)
_BASE64 = re.compile(rb"[A-Za-z0-9+/=\s]*")
_SILENT_TYPES = ("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature")
_SEALED_TYPES = ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted")
_PROGRAMS = re.compile(r"(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)(?:[+=-].*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mail:
    """What is taken of a mail; ``sender`` is compared and never kept, ``digest`` is of its Message-ID, which is not kept."""

    subject: str
    text: str
    html: str
    day: date | None
    sender: str
    digest: str
    is_automatic: bool
    attachments: int
    is_flowed: bool = False
    is_lossy: bool = False  # whether letters were lost on the way


def read_mail(data: bytes, zone: ZoneInfo) -> Mail:
    """Return what matters of a mail. Raises MailRefusedError where it is too large, or cannot be read."""
    if len(data) > MOST_BYTES:
        size = round(len(data) / 1_000_000)
        raise MailRefusedError(phrase('"{size} MB" is too large for a reply. Send the words, without files.', size=size))
    try:
        message = BytesParser(policy=compat32).parsebytes(data)
        parts = _PartCollector()
        parts.collect(message, 0)
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError):  # of the standard library, for odd mails
        raise MailRefusedError(phrase("The mail cannot be read. Send it again as plain text.")) from None
    identity = _header(message, "message-id").strip() or hashlib.sha256(data).hexdigest()
    return Mail(
        subject=_header(message, "subject")[:1000],
        text="\n\n".join(parts.texts),
        html="\n".join(parts.pages),
        day=_sent_day(message, zone),
        sender=parseaddr(_header(message, "from"))[1].casefold(),
        digest=hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()[:24],
        is_automatic=_is_automatic(message),
        attachments=parts.attachments,
        is_flowed=parts.is_flowed,
        is_lossy=parts.is_lossy,
    )


def _raw_header(message: Message, name: str) -> str:
    return _FOLD.sub(" ", next((str(value) for key, value in message.raw_items() if key.lower() == name), ""))[:20_000]


def _header(message: Message, name: str) -> str:
    """Return a header with its encoded words decoded, on one line and without invisible characters."""
    raw = _raw_header(message, name)
    try:
        pieces = decode_header(raw)
    except (HeaderParseError, binascii.Error, ValueError):
        pieces = [(raw, None)]
    words = "".join(_decode_piece(piece, charset) for piece, charset in pieces)
    return " ".join(strip_invisible(words).split())


def _decode_piece(piece: bytes | str, charset: str | None) -> str:
    data = piece if isinstance(piece, bytes) else piece.encode("utf-8", "surrogateescape")
    return _decode_text(data, charset or "")[0]


def _decode_text(data: bytes, charset: str) -> tuple[str, bool]:
    """Return the words of bytes, whatever their label says, and whether letters were lost: all but ASCII where none fits."""
    try:
        found = decode(data, f"charset={charset}")
    except UnreadableFeed:
        return data.decode("ascii", "ignore"), not data.isascii()
    return found.text, any(note.endswith("were left out") for note in found.notes)


def _sent_day(message: Message, zone: ZoneInfo) -> date | None:
    """Return the day that a mail states, in the time zone of the site; the time is not kept."""
    try:
        moment = parsedate_to_datetime(_raw_header(message, "date"))
        return moment.astimezone(zone).date() if moment.tzinfo else moment.date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _is_automatic(message: Message) -> bool:
    """Whether a program wrote a mail, or passed it on to many (RFC 3834, RFC 2919): nobody wrote it to us."""
    automatic = _header(message, "auto-submitted").lower()
    precedence = _header(message, "precedence").lower()
    sender = parseaddr(_header(message, "from"))[1].partition("@")[0]
    return (
        (bool(automatic) and not automatic.startswith("no"))
        or precedence in ("bulk", "junk", "list", "auto_reply")
        or any(_raw_header(message, name) for name in ("list-id", "x-autoreply", "x-autorespond", "x-failed-recipients"))
        or _raw_header(message, "return-path").strip() == "<>"
        or message.get_content_type() in ("multipart/report", "message/delivery-status")
        or _PROGRAMS.fullmatch(sender) is not None
        or sum(key.lower() == "received" for key, _ in message.raw_items()) > _MOST_HOPS
    )


class _PartCollector:
    """The words of the parts of a mail, in their order; of alternatives both forms."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.pages: list[str] = []
        self.attachments = 0
        self.is_flowed = False
        self.is_lossy = False
        self._seen = 0

    def collect(self, part: Message, level: int) -> None:
        """Add the words of a part and of those within it. Raises MailRefusedError where it is encrypted."""
        kind = part.get_content_type()
        self._seen += 1
        if self._seen > _MOST_PARTS or level > _MOST_LEVELS:
            raise MailRefusedError(phrase("The mail has too many parts. Send the words alone."))
        if kind in _SEALED_TYPES:
            raise MailRefusedError(phrase("The mail is encrypted, and this program has no key. Send it as it is to be shown."))
        inner = part.get_payload()
        if part.is_multipart() and kind.startswith("multipart/") and isinstance(inner, list):
            for one in inner:
                if isinstance(one, Message):
                    self.collect(one, level + 1)
        elif kind in _SILENT_TYPES:
            return
        elif (kind in ("text/plain", "text/html") and not _is_file(part)) or kind.startswith("multipart/"):
            self._add(part, kind)  # one of several parts that has none was cut, and is text
        else:
            self.attachments += 1

    def _add(self, part: Message, kind: str) -> None:
        data = _payload(part, kind)
        stated = _raw_header(part, "content-type")
        charset = re.search(r"charset\s*=\s*[\"']?([\w.:+-]{1,40})", stated, re.IGNORECASE)
        text, is_lossy = _decode_text(data, charset[1] if charset else "")
        words = strip_invisible(text)
        self.is_lossy = self.is_lossy or is_lossy
        if kind == "text/html":
            self.pages.append(words)
        elif _FLOWED.search(stated):
            self.is_flowed = True
            self.texts.append(_unflow(words, "" if _DELETED_SPACE.search(stated) else " "))
        else:
            self.texts.append(words)


def _payload(part: Message, kind: str) -> bytes:
    """Return the bytes of a part, decoded where they are what its header says of them."""
    raw = part.get_payload()
    plain = raw.encode("utf-8", "surrogateescape") if isinstance(raw, str) else b""
    is_base64 = _header(part, "content-transfer-encoding").strip().lower() == "base64"
    if kind.startswith("multipart/") or (is_base64 and not _BASE64.fullmatch(plain)):
        return plain
    decoded = part.get_payload(decode=True)
    return decoded if isinstance(decoded, bytes) else plain


def _is_file(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or part.get_filename() is not None


def _unflow(text: str, space: str) -> str:
    """Return a text whose paragraphs go over several lines with each on one (RFC 3676); the sign of a signature stays.

    >>> _unflow("one \\ntwo\\n-- \\nSara", " ")
    'one two\\n-- \\nSara'
    """
    lines: list[str] = []
    goes_on = False
    for line in text.split("\n"):
        quoted = line.startswith(">")
        content = line[1:] if line.startswith(" ") else line
        if goes_on and not quoted and content != "-- ":
            lines[-1] = f"{lines[-1].rstrip(' ')}{space}{content}"
        else:
            lines.append(content)
        goes_on = content.endswith(" ") and content != "-- " and not quoted
    return "\n".join(line if line == "-- " else line.rstrip() for line in lines)
